"""Who above a case knows of it, and what it said (báo cáo, chuyển cấp trên, chỉ đạo).

Reporting upward and escalating move information at once and never the charge.
"""

from collections.abc import Sequence

from domain.bounds import not_before
from domain.commands.case import EscalateCase, IssueDirection
from domain.days import day_of
from domain.events.base import OfficeEvent
from domain.events.case import CaseAcknowledged, CaseEscalated, CaseReportedUpward, DirectionIssued
from domain.handled import Handled
from domain.refusals import case as refuse
from domain.values import Signature, TextRef


class ReportedUpward(Handled):
    """A case on the ladder of offices above the one that handles it."""

    def report_upward(
        self,
        by: Signature,
        *,
        to: str | None,
        superiors: Sequence[str],
        texts: tuple[TextRef, ...],
    ) -> None:
        """Tell an office above; without ``to`` the nearest of ``superiors``."""
        self.must_be_handled_by(by)
        if not superiors:
            raise refuse.TopOfLadder("Không có cấp trên để báo cáo.")
        if to is not None and to not in superiors:
            raise refuse.NotASuperior(
                "Chỉ báo cáo cho cơ quan cấp trên không liên quan vụ việc.", pointer="/to_office"
            )
        self.record(CaseReportedUpward, by, to_office=to or superiors[0], texts=texts)

    def escalate(
        self,
        ask: EscalateCase,
        by: Signature,
        *,
        superiors: Sequence[str],
        texts: tuple[TextRef, ...],
    ) -> None:
        """Ask the next office up to take the lead: one rung, never a leap."""
        self.must_be_handled_by(by)
        to = self._next_rung(superiors)
        rung = len(self.rungs) + 1
        self.record(CaseEscalated, by, to_office=to, rung=rung, ground=ask.ground, texts=texts)

    def _next_rung(self, superiors: Sequence[str]) -> str:
        asked = [place for place, office in enumerate(superiors) if office in self.rungs]
        above = superiors[asked[-1] + 1 :] if asked else superiors
        if not above:
            raise refuse.TopOfLadder("Vụ việc đã được chuyển lên cấp cao nhất.")
        return above[0]

    def acknowledge(self, by: Signature) -> None:
        """Confirm that a report or an escalation arrived."""
        self.must_be_open()
        if by.officer.office not in self.told:
            raise refuse.NotTold("Vụ việc chưa được báo cáo cho cơ quan bạn.")
        if by.officer.office not in self.unconfirmed:
            raise refuse.AlreadyAcknowledged("Cơ quan bạn đã xác nhận báo cáo gần nhất.")
        self.record(CaseAcknowledged, by, from_office=self.handling)

    def direct(
        self,
        ask: IssueDirection,
        by: Signature,
        *,
        superiors: Sequence[str],
        texts: tuple[TextRef, ...],
    ) -> None:
        """Direct the office that handles it, as an office told of it or standing above."""
        self.must_be_open()
        office = by.officer.office
        if office not in superiors and office not in self.told:
            raise refuse.MayNotDirect("Chỉ cấp trên của cơ quan giải quyết được chỉ đạo.")
        due = not_before(ask.due, day_of(by.occurred_at), what="Hạn báo cáo", pointer="/due")
        self.record(DirectionIssued, by, to_office=self.handling, due=due, texts=texts)

    def evolve(self, event: OfficeEvent) -> None:
        """Take in who was told and who said that it knows."""
        super().evolve(event)
        match event:
            case CaseReportedUpward(to_office=superior):
                self.tell(superior)
            case CaseEscalated(to_office=superior):
                self.rungs = (*self.rungs, superior)
                self.tell(superior)
            case CaseAcknowledged(office=superior):
                self.unconfirmed -= {superior}
