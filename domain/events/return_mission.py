"""Facts of one return mission (hỗ trợ công dân về): an offer of help, never an order.

Nothing here touches a case or its clocks.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.codes import Site
from domain.events.base import OfficeEvent
from domain.events.rehoming import Rehomed


class ReturnRequested(OfficeEvent):
    """Somebody asked the home unit to help its people home (đề nghị phối hợp đưa về).

    Recorded by: the office where they are, or a superior. Told: ``home_office``.
    Rule: Law 42/2013 art. 31; requirements.md D 3-5.
    """

    TOPIC: ClassVar[str] = "return_mission.requested"

    gathering_id: UUID
    site: Site
    place: str
    home: str
    home_office: str
    people: int


class ReturnLeadNamed(OfficeEvent):
    """The home unit named who leads (cử người phụ trách).

    Recorded by: the office that leads. ``lead`` is an account.
    """

    TOPIC: ClassVar[str] = "return_mission.lead_named"

    lead: str


class ReturnOfficerDispatched(OfficeEvent):
    """Officers and a vehicle are on the way (cử cán bộ, bố trí xe).

    Recorded by: the leading office. Rule: requirements.md D 5 (also for one citizen).
    """

    TOPIC: ClassVar[str] = "return_mission.officer_dispatched"

    officers: int
    vehicles: int


class ReturnOffered(OfficeEvent):
    """Help to return was offered and explained (đề nghị hỗ trợ về, đã giải thích).

    Recorded by: the return lead.
    """

    TOPIC: ClassVar[str] = "return_mission.offered"

    people: int


class ReturnConsented(OfficeEvent):
    """So many people accepted the help, of their own will (đồng ý về).

    Recorded by: the return lead. Counts only.
    """

    TOPIC: ClassVar[str] = "return_mission.consented"

    people: int


class ReturnDeclined(OfficeEvent):
    """So many people stay by choice (không về). No adverse mark, no change to any case.

    Recorded by: the return lead. Counts only.
    """

    TOPIC: ClassVar[str] = "return_mission.declined"

    people: int


class ReturnDeparted(OfficeEvent):
    """Those who wished to left for home (khởi hành).

    Recorded by: the return lead.
    """

    TOPIC: ClassVar[str] = "return_mission.departed"

    people: int


class ReturnArrivedHome(OfficeEvent):
    """They arrived home (về đến nơi). ``needs_care`` says welfare help was asked for.

    Recorded by: the return lead or the home office.
    """

    TOPIC: ClassVar[str] = "return_mission.arrived_home"

    people: int
    needs_care: bool


class ReturnHandedOver(OfficeEvent):
    """An officer at home took over (bàn giao). ``receiving_officer`` is an account.

    Recorded by: the home office.
    """

    TOPIC: ClassVar[str] = "return_mission.handed_over"

    receiving_officer: str
    receiving_office: str


class ReturnFollowUpScheduled(OfficeEvent):
    """A reception at home has a date (hẹn tiếp tại địa phương).

    Recorded by: the home office. Told: the people helped.
    """

    TOPIC: ClassVar[str] = "return_mission.follow_up_scheduled"

    on: date
    host_office: str


class ReturnFollowUpHeld(OfficeEvent):
    """The people helped were received at home (đã tiếp tại địa phương). Also after the mission.

    ``held_on`` may be another day than the one that was set.

    Recorded by: the office that holds the reception. Rule: requirements.md G 10.
    """

    TOPIC: ClassVar[str] = "return_mission.follow_up_held"

    held_on: date


class ReturnMissionClosed(OfficeEvent):
    """The mission ended (kết thúc hỗ trợ về). Needs a receiving officer and a date.

    Recorded by: the home office. Rule: requirements.md G 10.
    """

    TOPIC: ClassVar[str] = "return_mission.closed"


class ReturnMissionRehomed(Rehomed):
    """A duty of the mission is the heir's of an abolished office (hỗ trợ về, nơi kế thừa).

    The dated reception at home too, also when the mission itself has ended.

    Recorded by: the system when the office stands no longer, or who decides between the
    candidates: the head of the office that answers meanwhile, an administrator.
    Told: ``to_office``.
    """

    TOPIC: ClassVar[str] = "return_mission.rehomed"
