"""How a petition was filed: whether in time, again, and where it must be checked (việc nộp đơn).

By which limits that counts is worked out by :mod:`domain.law.engine`; nothing due is kept here.
"""

from datetime import date
from uuid import UUID

from domain.bounds import not_after
from domain.codes import CheckGround, Contested, Instance, PetitionKind
from domain.commands.filing import DateFiling, NameFurther, WidenCheck
from domain.custody import Custody
from domain.days import day_of
from domain.events.base import OfficeEvent
from domain.events.filing import CheckWidened, FilingDated, FurtherDenounced
from domain.events.petition import CompetenceDecided, PetitionAccepted
from domain.refusals import filing as refuse
from domain.refusals.directory import basis_must_be_a_number
from domain.refusals.settlement import AlreadySo
from domain.values import Signature


class Filing(Custody):
    """What was noted about the filing. Only who answers for the petition notes anything."""

    kind: PetitionKind

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.checked_by: CheckGround | None = None
        self.further: str | None = None
        self.filed: FilingDated | None = None

    @property
    def contested(self) -> Contested:
        """What a complaint is about, as far as it was noted."""
        return Contested.ACT if self.filed is None else self.filed.contested

    @property
    def instance(self) -> Instance:
        """Which time it is complained of."""
        return Instance.FIRST if self.filed is None else self.filed.instance

    def widen_check(self, ask: WidenCheck, by: Signature) -> None:
        """Checked in several places, or by others."""
        self._must_be_a_denunciation(by)
        if self.checked_by is ask.ground:
            raise AlreadySo("Hồ sơ đã ghi nhận như vậy.", pointer="/ground")
        self.record(CheckWidened, by, ground=ask.ground)

    def name_further(self, ask: NameFurther, by: Signature) -> None:
        """Made again to the superior."""
        self._must_be_a_denunciation(by)
        basis_must_be_a_number(ask.basis)
        if self.further == ask.basis:
            raise AlreadySo("Hồ sơ đã ghi nhận tố cáo tiếp.", pointer="/basis")
        self.record(FurtherDenounced, by, basis=ask.basis)

    def date_filing(self, ask: DateFiling, by: Signature) -> None:
        """By which days it is judged whether it came in time; the newest note counts."""
        self.must_be_free(by)
        if self.kind is not PetitionKind.COMPLAINT:
            raise refuse.NotAComplaint("Chỉ khiếu nại có thời hiệu.")
        filed_on = day_of(self.received_at)
        not_after(ask.known_on, filed_on, what="Ngày biết", pointer="/known_on")
        self._obstacle_must_fit(ask, filed_on)
        said = {
            "contested": ask.contested, "instance": ask.instance, "known_on": ask.known_on,
            "remote": ask.remote, "obstacle_from": ask.obstacle_from,
            "obstacle_until": ask.obstacle_until,
        }  # fmt: skip
        if self.filed is not None and said.items() <= vars(self.filed).items():
            raise AlreadySo("Hồ sơ đã ghi nhận như vậy.")
        self.record(FilingDated, by, **said)

    @staticmethod
    def _obstacle_must_fit(ask: DateFiling, filed_on: date) -> None:
        first, last = ask.obstacle_from, ask.obstacle_until
        if first is None and last is None:
            return
        if first is None or last is None or not ask.known_on <= first <= last <= filed_on:
            raise refuse.ObstacleOutOfOrder(
                "Trở ngại phải có ngày đầu và ngày cuối, trong khoảng từ ngày biết đến ngày nộp.",
                pointer="/obstacle_until" if last is None else "/obstacle_from",
            )

    def _must_be_a_denunciation(self, by: Signature) -> None:
        self.must_be_free(by)
        if self.kind is not PetitionKind.DENUNCIATION:
            raise refuse.NotADenunciation("Quy định này chỉ dành cho tố cáo.")

    def evolve(self, event: OfficeEvent) -> None:
        """Take in what was noted; who takes it over checks anew."""
        super().evolve(event)
        match event:
            case CheckWidened(ground=ground):
                self.checked_by = ground
            case PetitionAccepted() | CompetenceDecided():
                self.checked_by = None
            case FurtherDenounced(basis=basis):
                self.further = basis
            case FilingDated():
                self.filed = event
