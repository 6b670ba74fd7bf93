"""Every offer of help home: who leads, how many accepted, how far they are (hỗ trợ công dân về)."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from domain.codes import Seat
from domain.events.base import OfficeEvent
from domain.events.return_mission import (
    ReturnArrivedHome,
    ReturnConsented,
    ReturnDeclined,
    ReturnDeparted,
    ReturnFollowUpHeld,
    ReturnFollowUpScheduled,
    ReturnHandedOver,
    ReturnLeadNamed,
    ReturnMissionClosed,
    ReturnMissionRehomed,
    ReturnOffered,
    ReturnOfficerDispatched,
    ReturnRequested,
)
from domain.returning_people import still_willing
from projections.base import Fact, Row, Rows, changed
from projections.homes import moved_home, settled
from projections.office_flow import Flow, OfficeFlow, count_flow
from projections.values import value


class MissionStage(StrEnum):
    """How far a mission is: the newest step recorded (bước)."""

    REQUESTED = "requested"
    LEAD_NAMED = "lead_named"
    DISPATCHED = "dispatched"
    OFFERED = "offered"
    ANSWERED = "answered"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    HANDED_OVER = "handed_over"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


@value(frozen=True)
class MissionRow(Row):
    """A mission now: counts of people, never who. ``office`` asked, ``lead_office`` leads.

    The counts are those of :class:`domain.returning_people.ReturningPeople`: they add up over
    the parts, and who accepted but stays after all is one who declined.
    """

    TABLE: ClassVar[str] = "missions"
    KEY: ClassVar[tuple[str, ...]] = ("mission_id",)

    mission_id: UUID
    gathering_id: UUID
    office: str
    unit: str
    site: str
    place: str
    home: str
    home_office: str
    people: int
    stage: str
    requested_at: datetime
    lead_office: str | None
    lead: str | None
    officers: int
    vehicles: int
    offered: int
    consented: int
    declined: int
    departed: int
    departed_at: datetime | None
    arrived: int
    arrived_at: datetime | None
    needs_care: bool
    receiving_officer: str | None
    receiving_office: str | None
    follow_up_on: date | None
    follow_up_office: str | None
    closed_at: datetime | None
    version: int
    lane: int
    position: int
    recorded_at: datetime
    interim_seats: tuple[str, ...] = ()
    interim_for: tuple[str, ...] = ()
    interim_at: tuple[str, ...] = ()
    follow_up_held_on: date | None = None


class ReturnMissions:
    """Facts of a mission's stream move its row."""

    name = "return_missions"
    kinds = frozenset({"return_mission"})
    tables = (MissionRow, OfficeFlow)

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:
        return ((MissionRow, (fact.event.originator_id,)),)

    def fold(self, fact: Fact, rows: Rows) -> None:
        before = rows.find(MissionRow, fact.event.originator_id)
        if isinstance(fact.event, ReturnRequested):
            after = requested(fact.event, fact)
        elif before is not None:
            after = moved(before, fact.event)
        else:
            raise LookupError(f"mission {fact.event.originator_id} was never requested")
        version, at = fact.event.originator_version, fact.event.timestamp
        rows.put(changed(after, version=version, position=fact.position, recorded_at=at))
        flow = FLOWS.get(type(fact.event))
        if flow is not None:
            count_flow(rows, fact, flow)


def requested(event: ReturnRequested, fact: Fact) -> MissionRow:
    """The row of a mission just asked for."""
    return MissionRow(
        mission_id=event.originator_id, gathering_id=event.gathering_id,
        office=event.office, unit=event.unit, site=event.site, place=event.place,
        home=event.home, home_office=event.home_office, people=event.people,
        stage=MissionStage.REQUESTED, requested_at=event.occurred_at,
        lead_office=None, lead=None, officers=0, vehicles=0, offered=0, consented=0,
        declined=0, departed=0, departed_at=None, arrived=0, arrived_at=None,
        needs_care=False, receiving_officer=None, receiving_office=None,
        follow_up_on=None, follow_up_office=None, closed_at=None, version=0,
        lane=fact.lane, position=fact.position, recorded_at=event.timestamp,
    )  # fmt: skip


def moved(row: MissionRow, event: OfficeEvent) -> MissionRow:
    """The row after a further fact; one of no interest leaves it as it is."""
    if isinstance(event, ReturnMissionRehomed):
        return rehomed(row, event)
    if isinstance(event, ReturnFollowUpHeld):
        return changed(row, follow_up_held_on=event.held_on)
    step = STEPS.get(type(event))
    if step is None:
        return row
    stage, takes = step
    anew = {"follow_up_held_on": None} if stage is MissionStage.FOLLOW_UP else {}
    changes: dict[str, Any] = {
        column: getattr(row, column) + getattr(event, field)
        if column in ADDED_UP
        else getattr(event, field)
        for column, field in takes.items()
    }
    if isinstance(event, ReturnDeclined):
        unanswered = row.offered - row.consented - row.declined
        changes["consented"] = still_willing(unanswered, row.consented, event.people)
    if isinstance(event, ReturnArrivedHome):
        changes["needs_care"] = row.needs_care or event.needs_care
    taken = [TAKEN_OVER[type(event)]] if type(event) in TAKEN_OVER else []
    return changed(row, stage=stage, **changes, **anew, **settled(row, *taken))


def rehomed(row: MissionRow, event: ReturnMissionRehomed) -> MissionRow:
    """An heir has the duties of an abolished office; how far the mission is stays so."""
    columns = {SEATS[seat]: event.to_office for seat in event.seats}
    if Seat.ASKING in event.seats:
        columns["unit"] = event.to_unit
    return changed(row, **columns, **moved_home(row, event))


SEATS: dict[Seat, str] = {
    Seat.ASKING: "office",
    Seat.HOME: "home_office",
    Seat.LEADING: "lead_office",
    Seat.HOST: "follow_up_office",
}
"""Where a row keeps which office has a part."""

TAKEN_OVER: dict[type, Seat] = {
    ReturnLeadNamed: Seat.LEADING,
    ReturnFollowUpScheduled: Seat.HOST,
}
"""Steps by which an office takes a part over itself."""


ADDED_UP = frozenset(
    {"officers", "vehicles", "offered", "consented", "declined", "departed", "arrived"}
)
"""Columns that add up over several facts; the others take the newest."""

STEPS: dict[type, tuple[MissionStage, dict[str, str]]] = {
    ReturnLeadNamed: (MissionStage.LEAD_NAMED, {"lead_office": "office", "lead": "lead"}),
    ReturnOfficerDispatched: (
        MissionStage.DISPATCHED,
        {"officers": "officers", "vehicles": "vehicles"},
    ),
    ReturnOffered: (MissionStage.OFFERED, {"offered": "people"}),
    ReturnConsented: (MissionStage.ANSWERED, {"consented": "people"}),
    ReturnDeclined: (MissionStage.ANSWERED, {"declined": "people"}),
    ReturnDeparted: (
        MissionStage.DEPARTED,
        {"departed": "people", "departed_at": "occurred_at"},
    ),
    ReturnArrivedHome: (
        MissionStage.ARRIVED,
        {"arrived": "people", "arrived_at": "occurred_at", "needs_care": "needs_care"},
    ),
    ReturnHandedOver: (
        MissionStage.HANDED_OVER,
        {"receiving_officer": "receiving_officer", "receiving_office": "receiving_office"},
    ),
    ReturnFollowUpScheduled: (
        MissionStage.FOLLOW_UP,
        {"follow_up_on": "on", "follow_up_office": "host_office"},
    ),
    ReturnMissionClosed: (MissionStage.CLOSED, {"closed_at": "occurred_at"}),
}
"""What each step is, and which column takes which field of its fact."""

FLOWS: dict[type, Flow] = {
    ReturnRequested: Flow.RETURN_REQUESTED,
    ReturnMissionClosed: Flow.RETURN_CLOSED,
}
