"""Facts of one gathering (đoàn đông người): counts and places, never a list of people."""

from typing import ClassVar
from uuid import UUID

from domain.codes import Field, Role, Site
from domain.events.base import OfficeEvent
from domain.events.rehoming import Rehomed
from domain.values import CountRange, TextRef


class GatheringReported(OfficeEvent):
    """A crowd stands somewhere (báo có đoàn đông người).

    ``place`` is the unit where it stands, ``home`` the unit the people came from.
    ``must_receive`` is the office whose chair must receive it, ``must_come`` the offices
    whose chairs must come (the ladder of requirements.md D 2-6, as of that day).

    Recorded by: the office on site. Told: leaders of every level above, and the home unit.
    """

    TOPIC: ClassVar[str] = "gathering.reported"

    place: str
    site: Site
    home: str
    count: CountRange
    issue: Field
    must_receive: str
    must_come: tuple[str, ...]
    case_id: UUID | None
    texts: tuple[TextRef, ...]


class GatheringCountRevised(OfficeEvent):
    """Somebody counted again (đếm lại).

    Recorded by: an office on site.
    """

    TOPIC: ClassVar[str] = "gathering.count_revised"

    count: CountRange


class GatheringAcknowledged(OfficeEvent):
    """An office confirmed it knows of the crowd (đã biết).

    Recorded by: an office that was told.
    """

    TOPIC: ClassVar[str] = "gathering.acknowledged"


class CrowdReceived(OfficeEvent):
    """A leader received the crowd's representatives (tiếp đoàn đông người).

    ``received_by`` is the leader's role; the office is the event's own. At most five
    representatives (Law 42/2013 art. 29).

    Recorded by: the office whose chair must receive. Rule: requirements.md D 2.
    """

    TOPIC: ClassVar[str] = "gathering.crowd_received"

    received_by: Role
    in_person: bool
    representatives: int
    texts: tuple[TextRef, ...]


class GatheringDispersed(OfficeEvent):
    """The crowd is no longer there (đoàn đã giải tán, đã về). Said of a place, not of people.

    Recorded by: an office on site.
    """

    TOPIC: ClassVar[str] = "gathering.dispersed"


class GatheringRehomed(Rehomed):
    """A duty about the crowd is the heir's of an abolished office (đoàn về nơi kế thừa).

    Recorded by: the system when the office stands no longer, or who decides between the
    candidates: the head of the office that answers meanwhile, an administrator.
    Told: ``to_office``.
    """

    TOPIC: ClassVar[str] = "gathering.rehomed"
