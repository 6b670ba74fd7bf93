"""Bodies of acts on a case (vụ việc)."""

from uuid import UUID

from domain.codes import ClosureReason, DecisionOutcome, EscalationGround, Notice
from services.api.bodies.base import Act, Day, Ref, Text, Texts


class ReportTexts(Texts):
    """What is reported and proposed."""

    summary: Text | None = None
    proposal: Text | None = None


class SummaryTexts(Texts):
    """A summary that goes with the act."""

    summary: Text | None = None


class DirectionTexts(Texts):
    """What is to be done."""

    instruction: Text | None = None


class CaseOpening(Act):
    """The petition to take up (thụ lý)."""

    petition_id: UUID


class LinkedPetition(Act):
    """One more petition to handle in the case (nhập đơn)."""

    petition_id: UUID


class AcceptanceNotice(Act):
    """The day of the notice that the matter was taken up (thông báo thụ lý)."""

    noticed_on: Day


class Handler(Act):
    """The officer's account (giao người thụ lý)."""

    handler: Ref


class UpwardReport(Act):
    """A report to the superior (báo cáo). No ``to_office``: the direct superior."""

    to_office: Ref | None = None
    texts: ReportTexts = ReportTexts()


class Direction(Act):
    """A superior's direction, to be answered by ``due`` (chỉ đạo)."""

    due: Day
    texts: DirectionTexts = DirectionTexts()


class Escalation(Act):
    """Why the superior should take the lead (chuyển lên cấp trên)."""

    ground: EscalationGround
    texts: SummaryTexts = SummaryTexts()


class Decision(Act):
    """What was decided, and on which day (ra quyết định)."""

    outcome: DecisionOutcome
    decided_on: Day
    texts: SummaryTexts = SummaryTexts()


class Closure(Act):
    """Why the case ends and how the citizen was told (kết thúc)."""

    reason: ClosureReason
    notice: Notice
    noticed_on: Day
