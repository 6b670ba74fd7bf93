"""How long a case may take, as far as its own facts say (thời hạn giải quyết).

Which limit that makes is worked out by :mod:`domain.law.engine`; nothing due is kept here.
"""

from abc import abstractmethod
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from domain.bounds import not_after
from domain.codes import LABELS, ComplexGround, Contested, Instance, PetitionKind
from domain.commands.settlement import (
    ContinueCase,
    ExtendSettlement,
    MarkComplex,
    MarkRemote,
    NameContested,
    NameInstance,
    SuspendCase,
)
from domain.days import day_of
from domain.dossier import Dossier
from domain.events.base import OfficeEvent
from domain.events.settlement import (
    CaseContestedNamed,
    CaseContinued,
    CaseInstanceNamed,
    CaseMarkedComplex,
    CaseMarkedRemote,
    CaseSuspended,
    CaseUnmarkedComplex,
    CaseUnmarkedRemote,
    SettlementExtended,
)
from domain.law.timeline import Extended, Timeline
from domain.refusals import settlement as refuse
from domain.refusals.directory import basis_must_be_a_number
from domain.refusals.filing import NotAComplaint
from domain.values import Signature


class Settlement(Dossier):
    """What moves the settlement clock of a case. The case itself says who may act on it."""

    kind: PetitionKind
    opened_on: date
    decided_on: date | None
    notified_on: date | None

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.instance = Instance.FIRST
        self.contested = Contested.ACT
        self.remote = False
        self.grounds: tuple[ComplexGround, ...] = ()
        self.extended: tuple[Extended, ...] = ()
        self.suspensions: tuple[date, ...] = ()
        self.continuations: tuple[date, ...] = ()

    @property
    def timeline(self) -> Timeline:
        """What the clocks of the case go by."""
        return Timeline(
            kind=self.kind,
            taken_up_on=self.opened_on,
            notified_on=self.notified_on,
            instance=self.instance,
            contested=self.contested,
            remote=self.remote,
            grounds=self.grounds,
            extended=self.extended,
            suspended_on=self.suspensions,
            continued_on=self.continuations,
            decided_on=self.decided_on,
        )

    @property
    def rests(self) -> bool:
        """Whether settling is suspended now."""
        return len(self.suspensions) > len(self.continuations)

    def mark_complex(self, ask: MarkComplex, by: Signature) -> None:
        """All grounds that hold; none is told twice."""
        self._must_be_settling(by)
        grounds = in_order(ask.grounds)
        if not grounds:
            raise refuse.GroundsNeeded(
                "Vụ việc phức tạp phải nêu căn cứ.",
                pointer="/grounds",
                mend="Chọn ít nhất một tiêu chí.",
            )
        if grounds == self.grounds:
            raise refuse.AlreadySo("Hồ sơ đã ghi nhận các căn cứ này.", pointer="/grounds")
        self.record(CaseMarkedComplex, by, grounds=grounds)

    def unmark_complex(self, by: Signature) -> None:
        """Not complex after all; extensions made stand."""
        self._must_be_settling(by)
        if not self.grounds:
            raise refuse.AlreadySo("Hồ sơ không ghi nhận vụ việc phức tạp.")
        self.record(CaseUnmarkedComplex, by)

    def mark_remote(self, ask: MarkRemote, by: Signature) -> None:
        """In a remote area, by a list that has a number."""
        self._must_be_settling(by)
        basis_must_be_a_number(ask.basis)
        if self.remote:
            raise refuse.AlreadySo("Hồ sơ đã ghi nhận vùng sâu, vùng xa.")
        self.record(CaseMarkedRemote, by, basis=ask.basis)

    def unmark_remote(self, by: Signature) -> None:
        """Not in a remote area."""
        self._must_be_settling(by)
        if not self.remote:
            raise refuse.AlreadySo("Hồ sơ không ghi nhận vùng sâu, vùng xa.")
        self.record(CaseUnmarkedRemote, by)

    def name_instance(self, ask: NameInstance, by: Signature) -> None:
        """First or second time."""
        self._must_be_settling(by)
        if ask.instance is self.instance:
            raise refuse.AlreadySo("Hồ sơ đã ghi nhận lần giải quyết này.", pointer="/instance")
        self.record(CaseInstanceNamed, by, instance=ask.instance)

    def name_contested(self, ask: NameContested, by: Signature) -> None:
        """An act, or discipline."""
        self._must_be_settling(by)
        if self.kind is not PetitionKind.COMPLAINT:
            raise NotAComplaint("Chỉ khiếu nại có đối tượng là quyết định kỷ luật.")
        if ask.contested is self.contested:
            raise refuse.AlreadySo("Hồ sơ đã ghi nhận như vậy.", pointer="/contested")
        self.record(CaseContestedNamed, by, contested=ask.contested)

    def extend(
        self, ask: ExtendSettlement, by: Signature, *, allowed: int, due: date | None
    ) -> None:
        """Extend it once more, while the limit runs.

        ``allowed`` is how often the rulebook lets this be done, for the grounds marked now;
        ``due`` is the day the limit ends as things stand.
        """
        self._must_be_settling(by)
        self.must_not_rest()
        basis_must_be_a_number(ask.basis)
        decided_on = self._decided(ask.decided_on, by)
        if allowed == 0 or due is None:
            raise refuse.NotExtendable(
                "Không có quy định gia hạn cho vụ việc này như hồ sơ đang ghi.",
                mend="Ghi nhận căn cứ phức tạp trước. Khiếu nại phức tạp không cần gia hạn.",
            )
        if len(self.extended) >= allowed:
            raise refuse.NoFurtherExtension(
                f"Đã gia hạn {len(self.extended)} lần, quy định cho phép {allowed} lần."
            )
        if decided_on > due:
            raise refuse.ExtendedTooLate(
                f"Thời hạn đã hết ngày {due:%d/%m/%Y}.", pointer="/decided_on"
            )
        self.record(
            SettlementExtended,
            by,
            step=len(self.extended) + 1,
            grounds=self.grounds,
            decided_on=decided_on,
            basis=ask.basis,
        )

    def suspend(
        self, ask: SuspendCase, by: Signature, *, lawful: bool, grounds: Collection[str]
    ) -> None:
        """Let it rest. ``lawful``: a rule in force on the day of the decision knows this.

        ``grounds``: what that law names for such a case.
        """
        self._must_be_settling(by)
        self.must_not_rest()
        basis_must_be_a_number(ask.basis)
        decided_on = self._decided(ask.decided_on, by)
        if not lawful:
            raise refuse.SuspensionUnknown(
                f"Ngày {decided_on:%d/%m/%Y} chưa có quy định tạm đình chỉ loại vụ việc này.",
                pointer="/decided_on",
            )
        if ask.ground not in grounds:
            raise refuse.GroundUnknown(
                f"“{LABELS[ask.ground]}” không phải căn cứ tạm đình chỉ loại vụ việc này.",
                pointer="/ground",
            )
        self.record(CaseSuspended, by, ground=ask.ground, decided_on=decided_on, basis=ask.basis)

    def resume(self, ask: ContinueCase, by: Signature) -> None:
        """Go on; the clock runs on from this decision."""
        self._must_be_settling(by)
        if not self.rests:
            raise refuse.NotSuspended("Vụ việc không trong thời gian tạm đình chỉ.")
        basis_must_be_a_number(ask.basis)
        decided_on = self._decided(ask.decided_on, by)
        self.record(CaseContinued, by, decided_on=decided_on, basis=ask.basis)

    @abstractmethod
    def must_be_handled_by(self, by: Signature) -> None:
        """Refuses whoever may not act on it."""

    def must_not_rest(self) -> None:
        """Refuses: :class:`~domain.refusals.settlement.SettlementRests`."""
        if self.rests:
            raise refuse.SettlementRests(
                "Vụ việc đang tạm đình chỉ.", mend="Ra quyết định tiếp tục giải quyết trước."
            )

    def _must_be_settling(self, by: Signature) -> None:
        self.must_be_handled_by(by)
        if self.decided_on is not None:
            raise refuse.AlreadySo("Vụ việc đã có quyết định, thời hạn không đổi nữa.")

    def _decided(self, day: date, by: Signature) -> date:
        """A decision's day: after what came before it, not after today."""
        today = day_of(by.occurred_at)
        not_after(day, today, what="Ngày quyết định", pointer="/decided_on")
        before = max((self.opened_on, *self.suspensions, *self.continuations))
        if day < before:
            raise refuse.OutOfOrder(
                f"Trước ngày {before:%d/%m/%Y} của việc liền trước.", pointer="/decided_on"
            )
        return day

    def evolve(self, event: OfficeEvent) -> None:
        """Take a fact about the clock in; others change nothing."""
        match event:
            case CaseMarkedComplex(grounds=grounds):
                self.grounds = in_order(grounds)
            case CaseUnmarkedComplex():
                self.grounds = ()
            case CaseMarkedRemote():
                self.remote = True
            case CaseUnmarkedRemote():
                self.remote = False
            case CaseInstanceNamed(instance=instance):
                self.instance = instance
            case CaseContestedNamed(contested=contested):
                self.contested = contested
            case SettlementExtended(decided_on=day, grounds=grounds):
                self.extended = (*self.extended, Extended(day, in_order(grounds)))
            case CaseSuspended(decided_on=day):
                self.suspensions = (*self.suspensions, day)
            case CaseContinued(decided_on=day):
                self.continuations = (*self.continuations, day)


def in_order(grounds: Iterable[ComplexGround]) -> tuple[ComplexGround, ...]:
    """Each ground once, in the order of the closed list."""
    held = set(grounds)
    return tuple(ground for ground in ComplexGround if ground in held)
