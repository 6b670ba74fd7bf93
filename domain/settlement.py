"""How long a case may take, as far as its own facts say (thời hạn giải quyết).

Which limit that makes is worked out by :mod:`domain.law.engine`; nothing due is kept here.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from domain.bounds import not_after
from domain.codes import LABELS
from domain.commands.settlement import ContinueCase, ExtendSettlement, SuspendCase
from domain.counted_by import CountedBy, in_order
from domain.days import day_of
from domain.events.base import OfficeEvent
from domain.events.settlement import CaseContinued, CaseSuspended, SettlementExtended
from domain.law.timeline import Extended, Timeline
from domain.refusals import settlement as refuse
from domain.refusals.directory import basis_must_be_a_number
from domain.values import Signature


class Settlement(CountedBy):
    """What lengthens the settlement clock of a case and what stops it."""

    opened_on: date
    notified_on: date | None

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
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

    def extend(
        self, ask: ExtendSettlement, by: Signature, *, allowed: int, due: date | None
    ) -> None:
        """Extend it once more, while the limit runs.

        ``allowed`` is how often the rulebook lets this be done, for the grounds marked now;
        ``due`` is the day the limit ends as things stand.
        """
        self.must_be_settling(by)
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
        self.must_be_settling(by)
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
        self.must_be_settling(by)
        if not self.rests:
            raise refuse.NotSuspended("Vụ việc không trong thời gian tạm đình chỉ.")
        basis_must_be_a_number(ask.basis)
        decided_on = self._decided(ask.decided_on, by)
        self.record(CaseContinued, by, decided_on=decided_on, basis=ask.basis)

    def must_not_rest(self) -> None:
        """Refuses: :class:`~domain.refusals.settlement.SettlementRests`."""
        if self.rests:
            raise refuse.SettlementRests(
                "Vụ việc đang tạm đình chỉ.", mend="Ra quyết định tiếp tục giải quyết trước."
            )

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
        """Take a fact about the clock in."""
        super().evolve(event)
        match event:
            case SettlementExtended(decided_on=day, grounds=grounds):
                self.extended = (*self.extended, Extended(day, in_order(grounds)))
            case CaseSuspended(decided_on=day):
                self.suspensions = (*self.suspensions, day)
            case CaseContinued(decided_on=day):
                self.continuations = (*self.continuations, day)
