"""Facts of one petition (đơn)."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.codes import (
    Channel,
    ClosureReason,
    Field,
    Guidance,
    PetitionKind,
    ReturnGround,
    TransferGround,
)
from domain.events.base import OfficeEvent
from domain.events.rehoming import Rehomed
from domain.values import TextRef


class PetitionReceived(OfficeEvent):
    """An office received a petition and gave a receipt (tiếp nhận đơn).

    ``place`` is the unit where the matter lies, not where the citizen lives; who the
    citizen is stands in the vault, named by ``texts``. ``number`` is gapless per
    office and year. ``accused_office`` is the office the petition is about, if any.

    Recorded by: the office that received it. Told: the citizen. Rule: Law 42/2013 art. 25.
    """

    TOPIC: ClassVar[str] = "petition.received"

    number: str
    kind: PetitionKind
    channel: Channel
    field: Field
    place: str
    petitioners: int
    election: bool
    accused_office: str | None
    texts: tuple[TextRef, ...]


class PetitionClassified(OfficeEvent):
    """The office sorted it by content and competence (phân loại đơn).

    ``competent_office`` is the office believed competent; it moves nothing.

    Recorded by: the office in charge. Rule: Circular 05/2021 art. 6.
    """

    TOPIC: ClassVar[str] = "petition.classified"

    kind: PetitionKind
    field: Field
    competent_office: str
    repeat_of: UUID | None
    accused_office: str | None


class CitizenGuided(OfficeEvent):
    """The citizen was told where to go or what is missing (hướng dẫn công dân).

    Once per content. It answers the citizen, so the petition ends here.

    Recorded by: the office in charge. Told: the citizen. Rule: Law 42/2013 art. 26.
    """

    TOPIC: ClassVar[str] = "petition.citizen_guided"

    guidance: Guidance
    competent_office: str | None
    texts: tuple[TextRef, ...]


class PetitionTransferred(OfficeEvent):
    """The office in charge offered the petition to another (chuyển đơn).

    The sender stays answerable until :class:`PetitionAccepted`: information moves at
    once, responsibility does not. ``offer`` counts the offers of this petition from 1.

    Recorded by: the sending office. Told: the receiving office, the citizen.
    Rule: Law 42/2013 art. 26; requirements.md D 14.
    """

    TOPIC: ClassVar[str] = "petition.transferred"

    offer: int
    to_office: str
    to_unit: str
    ground: TransferGround
    papers: int
    reply_due: date
    texts: tuple[TextRef, ...]


class PetitionAccepted(OfficeEvent):
    """The office offered to took the petition over (nhận đơn chuyển đến).

    From here on it is answerable. The total clock runs on from the first receipt.

    Recorded by: the receiving office. Told: the sender, the citizen.
    """

    TOPIC: ClassVar[str] = "petition.accepted"

    offer: int
    from_office: str


class PetitionReturned(OfficeEvent):
    """The office offered to gave it back with grounds (trả lại đơn).

    ``times_returned`` counts this one. The sender never stopped being answerable.

    Recorded by: the receiving office. Told: the sender.
    """

    TOPIC: ClassVar[str] = "petition.returned"

    offer: int
    from_office: str
    ground: ReturnGround
    times_returned: int
    texts: tuple[TextRef, ...]


class PetitionRecalled(OfficeEvent):
    """The sender took its offer back before an answer (thu hồi đơn chuyển).

    Recorded by: the sending office. Told: the office it was offered to.
    """

    TOPIC: ClassVar[str] = "petition.recalled"

    offer: int
    to_office: str


class CompetenceDisputed(OfficeEvent):
    """The petition bounced twice; the common superior must decide (tranh chấp thẩm quyền).

    Recorded with the second return, by the returning office. Told: ``superior``.
    Rule: Law 02/2011 art. 21; requirements.md D 19 (chống đùn đẩy).
    """

    TOPIC: ClassVar[str] = "petition.competence_disputed"

    offices: tuple[str, ...]
    superior: str


class CompetenceDecided(OfficeEvent):
    """The common superior named the office answerable (quyết định thẩm quyền).

    The named office is answerable from here on, without a further acceptance.

    Recorded by: the superior. Told: the offices that disputed it, the citizen.
    """

    TOPIC: ClassVar[str] = "petition.competence_decided"

    to_office: str
    to_unit: str
    texts: tuple[TextRef, ...]


class PetitionTakenUp(OfficeEvent):
    """The petition is being handled in a case (đơn được thụ lý).

    Recorded with the case's own fact, in one transaction, so that a transfer and an
    opening can never both happen.

    Recorded by: the office in charge. Told: the citizen. Rule: Law 02/2011 art. 27.
    """

    TOPIC: ClassVar[str] = "petition.taken_up"

    case_id: UUID


class PetitionConcluded(OfficeEvent):
    """The case that handled the petition ended (đơn đã giải quyết xong).

    Recorded with ``CaseClosed``, by the office that closed the case. Told: the citizen.
    """

    TOPIC: ClassVar[str] = "petition.concluded"

    case_id: UUID
    reason: ClosureReason


class PetitionRehomed(Rehomed):
    """The petition rests on the heir of an abolished office (đơn về nơi kế thừa).

    ``offer`` is the number of the offer that waits, if one does: it stays an offer between
    the heirs, and falls away where both are one office.

    Recorded by: the system when the office stands no longer, or who decides between the
    candidates: the head of the office that answers meanwhile, an administrator.
    Told: ``to_office``.
    """

    TOPIC: ClassVar[str] = "petition.rehomed"

    offer: int | None
