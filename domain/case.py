"""A matter the competent office settles, and who above it knows (vụ việc).

Reporting upward and escalating move information at once and never the charge: the office
that opened the case handles it to its end.
"""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from domain.bounds import account, not_after, not_before
from domain.codes import ClosureReason, PetitionKind
from domain.commands.case import AssignHandler, CloseCase, IssueDecision, NotifyAcceptance
from domain.days import day_of
from domain.events.base import OfficeEvent
from domain.events.case import (
    AcceptanceNotified,
    CaseClosed,
    CaseOpened,
    DecisionIssued,
    HandlerAssigned,
    PetitionLinked,
)
from domain.events.settlement import CaseContestedNamed, CaseInstanceNamed
from domain.law.endings import must_end_for
from domain.petition import Petition, sort_of
from domain.refusals import case as refuse
from domain.reported_upward import ReportedUpward
from domain.settlement import Settlement
from domain.values import Signature, TextRef

ON_ITS_OWN: Final = "Thụ lý đơn này thành một vụ việc riêng."


class Case(Settlement, ReportedUpward):
    """One case: what it is about, which petitions are in it, and how it ends."""

    BEGINS_WITH = CaseOpened

    number: str
    kind: PetitionKind

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.petitions: tuple[UUID, ...] = ()
        self.decided_on = None
        self.notified_on = None

    def open(self, petition: Petition, by: Signature, *, number: str) -> None:
        """Take a petition up; the petition itself says whether it may be."""
        if self.version:
            raise refuse.CaseAlreadyOpened("Vụ việc này đã có trong sổ.")
        self.record(
            CaseOpened,
            by,
            number=number,
            petition_id=petition.id,
            kind=petition.kind,
            field=petition.field,
            place=petition.place,
            accused_office=petition.accused,
        )
        self.record(PetitionLinked, by, petition_id=petition.id)
        if petition.instance is not self.instance:
            self.record(CaseInstanceNamed, by, instance=petition.instance)
        if petition.contested is not self.contested:
            self.record(CaseContestedNamed, by, contested=petition.contested)

    def link(self, petition: Petition, by: Signature) -> None:
        """Handle one more petition in it, of the same sort and about nobody else."""
        self.must_be_handled_by(by)
        other_sort = sort_of(petition.kind) is not sort_of(self.kind)
        if other_sort or petition.accused not in (None, self.accused):
            raise refuse.AnotherMatter(
                "Đơn loại khác, hoặc đơn về một cơ quan khác, không gộp vào vụ việc này được.",
                pointer="/petition_id",
                mend=ON_ITS_OWN,
            )
        if self.decided_on is not None:
            raise refuse.AlreadyDecided(
                f"Vụ việc đã có quyết định ngày {self.decided_on:%d/%m/%Y}, không xét đến đơn này.",
                pointer="/petition_id",
                mend=ON_ITS_OWN,
            )
        self.record(PetitionLinked, by, petition_id=petition.id)

    def notify_acceptance(self, ask: NotifyAcceptance, by: Signature) -> None:
        """Say on which day who must know was told that it was taken up, once."""
        self.must_be_handled_by(by)
        if self.notified_on is not None:
            raise refuse.AcceptanceAlreadyNotified("Đã ghi ngày thông báo thụ lý.")
        today = day_of(by.occurred_at)
        told_on = not_after(ask.noticed_on, today, what="Ngày thông báo", pointer="/noticed_on")
        not_before(told_on, self.opened_on, what="Ngày thông báo", pointer="/noticed_on")
        self.record(AcceptanceNotified, by, noticed_on=told_on)

    def assign_handler(self, ask: AssignHandler, by: Signature) -> None:
        """Give it to an officer of the office, or to another one; not to one who has left."""
        self.must_be_handled_by(by)
        handler = account(ask.handler, what="Người thụ lý", pointer="/handler")
        if self.offices.has_left(handler, self.handling):
            raise refuse.HandlerHasLeft(
                "Người này không còn giữ vị trí nào ở cơ quan.",
                pointer="/handler",
                mend="Chọn người đang giữ vị trí ở cơ quan.",
            )
        self.record(HandlerAssigned, by, handler=handler)

    def decide(self, ask: IssueDecision, by: Signature, *, texts: tuple[TextRef, ...]) -> None:
        """Decide or answer, once."""
        self.must_be_handled_by(by)
        if self.decided_on is not None:
            raise refuse.AlreadyDecided("Vụ việc đã có quyết định giải quyết.")
        self.must_not_rest()
        today = day_of(by.occurred_at)
        decided_on = not_after(ask.decided_on, today, what="Ngày quyết định", pointer="/decided_on")
        if decided_on < self.opened_on:
            raise refuse.DecidedBeforeOpening(
                f"Vụ việc được thụ lý ngày {self.opened_on:%d/%m/%Y}.", pointer="/decided_on"
            )
        self.record(DecisionIssued, by, outcome=ask.outcome, decided_on=decided_on, texts=texts)

    def close(self, ask: CloseCase, by: Signature, *, grounds: Collection[ClosureReason]) -> None:
        """End it, saying why and when and how the citizen was told.

        ``grounds``: for what the law of the day ends such a case undecided.
        """
        self.must_be_handled_by(by)
        must_end_for(ask.reason, self.kind, grounds, decided=self.decided_on is not None)
        today = day_of(by.occurred_at)
        noticed_on = not_after(ask.noticed_on, today, what="Ngày thông báo", pointer="/noticed_on")
        if self.decided_on is not None and noticed_on < self.decided_on:
            raise refuse.NoticeBeforeDecision(
                f"Quyết định ban hành ngày {self.decided_on:%d/%m/%Y}.", pointer="/noticed_on"
            )
        not_before(noticed_on, self.opened_on, what="Ngày thông báo", pointer="/noticed_on")
        self.record(
            CaseClosed,
            by,
            reason=ask.reason,
            notice=ask.notice,
            noticed_on=noticed_on,
            petitions=self.petitions,
        )

    def evolve(self, event: OfficeEvent) -> None:
        """Take a fact in."""
        super().evolve(event)
        match event:
            case CaseOpened():
                self.number, self.handling = event.number, event.office
                self.kind, self.accused = event.kind, event.accused_office
                self.opened_on = day_of(event.occurred_at)
            case PetitionLinked(petition_id=petition):
                self.petitions = (*self.petitions, petition)
            case AcceptanceNotified(noticed_on=day):
                self.notified_on = day
            case DecisionIssued(decided_on=day):
                self.decided_on = day
            case CaseClosed():
                self.closed = True
