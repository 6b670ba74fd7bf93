"""Facts of one case (vụ việc)."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.codes import (
    ClosureReason,
    DecisionOutcome,
    EscalationGround,
    Field,
    Notice,
    PetitionKind,
)
from domain.events.base import OfficeEvent
from domain.events.rehoming import Rehomed
from domain.values import TextRef


class CaseOpened(OfficeEvent):
    """The competent office took a matter up (thụ lý vụ việc).

    Its settlement clock starts here; the petition's total clock runs on.

    Recorded by: the competent office. Told: the citizen. Rule: Law 02/2011 art. 27-28.
    """

    TOPIC: ClassVar[str] = "case.opened"

    number: str
    petition_id: UUID
    kind: PetitionKind
    field: Field
    place: str
    accused_office: str | None


class AcceptanceNotified(OfficeEvent):
    """The citizen, and who is accused, were told that it was taken up (thông báo thụ lý).

    ``noticed_on`` is the notice's own day.

    Recorded by: the office handling the case. Rule: Law 25/2018 art. 29.
    """

    TOPIC: ClassVar[str] = "case.acceptance_notified"

    noticed_on: date


class PetitionLinked(OfficeEvent):
    """A petition belongs to this case (nhập đơn vào vụ việc). Several may.

    Recorded by: the office handling the case.
    """

    TOPIC: ClassVar[str] = "case.petition_linked"

    petition_id: UUID


class HandlerAssigned(OfficeEvent):
    """An officer of the office handles the case (giao người thụ lý).

    Recorded by: the head of the office. Told: the handler.
    """

    TOPIC: ClassVar[str] = "case.handler_assigned"

    handler: str


class CaseReportedUpward(OfficeEvent):
    """The office told its superior (báo cáo cấp trên).

    Information moves at once; responsibility stays.

    Recorded by: the office handling the case. Told: ``to_office``. Rule: requirements.md D 7.
    """

    TOPIC: ClassVar[str] = "case.reported_upward"

    to_office: str
    texts: tuple[TextRef, ...]


class DirectionIssued(OfficeEvent):
    """A superior directed the office handling the case (chỉ đạo).

    Recorded by: the superior. Told: ``to_office``, which answers by ``due``.
    """

    TOPIC: ClassVar[str] = "case.direction_issued"

    to_office: str
    due: date
    texts: tuple[TextRef, ...]


class CaseEscalated(OfficeEvent):
    """The office asked its superior to take the lead (chuyển lên cấp trên).

    ``rung`` counts the steps up the ladder from 1. The handling office stays
    answerable; the superior must acknowledge.

    Recorded by: the office handling the case. Told: ``to_office``. Rule: requirements.md D ladder.
    """

    TOPIC: ClassVar[str] = "case.escalated"

    to_office: str
    rung: int
    ground: EscalationGround
    texts: tuple[TextRef, ...]


class CaseAcknowledged(OfficeEvent):
    """The superior confirmed it knows (xác nhận đã biết).

    Recorded by: the superior reported or escalated to. Told: the handling office.
    """

    TOPIC: ClassVar[str] = "case.acknowledged"

    from_office: str


class DecisionIssued(OfficeEvent):
    """The office decided or answered (ra quyết định, trả lời). It stops the settlement clock.

    Recorded by: the head of the office. Told: the citizen. Rule: Law 02/2011 art. 28-32.
    """

    TOPIC: ClassVar[str] = "case.decision_issued"

    outcome: DecisionOutcome
    decided_on: date
    texts: tuple[TextRef, ...]


class CaseClosed(OfficeEvent):
    """The case ended, with a reason and a notice to the citizen (kết thúc vụ việc).

    "Transferred" is no reason: it solves nothing.

    Recorded by: the head of the office. Told: the citizen. Rule: requirements.md G 14.
    """

    TOPIC: ClassVar[str] = "case.closed"

    reason: ClosureReason
    notice: Notice
    noticed_on: date
    petitions: tuple[UUID, ...]


class CaseRehomed(Rehomed):
    """The case rests on the heir of an abolished office (vụ việc về nơi kế thừa).

    ``handler`` is who handles it from here on: the same officer where he or she holds a
    post in the office that takes it over, else nobody yet.

    Recorded by: the system when the office stands no longer, or who decides between the
    candidates: the head of the office that answers meanwhile, an administrator.
    Told: ``to_office``.
    """

    TOPIC: ClassVar[str] = "case.rehomed"

    handler: str | None
