"""Every crowd: where it stands, how many, who must receive it, who has (đoàn đông người)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from domain.codes import Seat
from domain.events.base import OfficeEvent
from domain.events.gathering import (
    CrowdReceived,
    GatheringAcknowledged,
    GatheringCountRevised,
    GatheringDispersed,
    GatheringRehomed,
    GatheringReported,
)
from domain.gathering import replaced
from projections.base import Changes, Fact, Row, Rows, changed
from projections.homes import moved_home
from projections.office_flow import Flow, OfficeFlow, count_flow
from projections.values import value


@value(frozen=True)
class GatheringRow(Row):
    """A crowd now: counts and places, nobody's name.

    Without ``received_at`` nobody has received it; without ``dispersed_at`` it stands
    there. ``count_low`` to ``count_high`` is the newest of ``counts`` counts, ``first_*``
    the first. ``acknowledged``: offices that said they know, in order.
    """

    TABLE: ClassVar[str] = "gatherings"
    KEY: ClassVar[tuple[str, ...]] = ("gathering_id",)

    gathering_id: UUID
    office: str
    unit: str
    place: str
    site: str
    home: str
    issue: str
    case_id: UUID | None
    reported_at: datetime
    must_receive: str
    must_come: tuple[str, ...]
    acknowledged: tuple[str, ...]
    count_low: int
    count_high: int
    counted_at: datetime
    counts: int
    first_low: int
    first_high: int
    received_at: datetime | None
    received_office: str | None
    received_by: str | None
    in_person: bool | None
    representatives: int | None
    dispersed_at: datetime | None
    version: int
    lane: int
    position: int
    recorded_at: datetime
    interim_seats: tuple[str, ...] = ()
    interim_for: tuple[str, ...] = ()
    interim_at: tuple[str, ...] = ()


class Gatherings:
    """Facts of a gathering's stream move its row."""

    name = "gatherings"
    kinds = frozenset({"gathering"})
    tables = (GatheringRow, OfficeFlow)

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:
        return ((GatheringRow, (fact.event.originator_id,)),)

    def fold(self, fact: Fact, rows: Rows) -> None:
        before = rows.find(GatheringRow, fact.event.originator_id)
        if isinstance(fact.event, GatheringReported):
            after = reported(fact.event, fact)
        elif before is not None:
            after = moved(before, fact.event)
        else:
            raise LookupError(f"gathering {fact.event.originator_id} was never reported")
        version, at = fact.event.originator_version, fact.event.timestamp
        rows.put(changed(after, version=version, position=fact.position, recorded_at=at))
        flow = FLOWS.get(type(fact.event))
        if flow is not None:
            count_flow(rows, fact, flow)


def reported(event: GatheringReported, fact: Fact) -> GatheringRow:
    """The row of a crowd just reported."""
    return GatheringRow(
        gathering_id=event.originator_id, office=event.office, unit=event.unit,
        place=event.place, site=event.site, home=event.home, issue=event.issue,
        case_id=event.case_id, reported_at=event.occurred_at,
        must_receive=event.must_receive, must_come=event.must_come, acknowledged=(),
        count_low=event.count.low, count_high=event.count.high,
        counted_at=event.occurred_at, counts=1,
        first_low=event.count.low, first_high=event.count.high,
        received_at=None, received_office=None, received_by=None, in_person=None,
        representatives=None, dispersed_at=None, version=0, lane=fact.lane,
        position=fact.position, recorded_at=event.timestamp,
    )  # fmt: skip


def moved(row: GatheringRow, event: OfficeEvent) -> GatheringRow:
    """The row after a further fact; one of no interest leaves it as it is."""
    match event:
        case GatheringCountRevised():
            return changed(
                row, count_low=event.count.low, count_high=event.count.high,
                counted_at=event.occurred_at, counts=row.counts + 1,
            )  # fmt: skip
        case GatheringAcknowledged():
            known = row.acknowledged
            return changed(
                row, acknowledged=known if event.office in known else (*known, event.office)
            )
        case CrowdReceived():
            return received(row, event)
        case GatheringDispersed():
            return changed(row, dispersed_at=event.occurred_at)
        case GatheringRehomed():
            return changed(row, **rehomed(row, event))
        case _:
            return row


def rehomed(row: GatheringRow, event: GatheringRehomed) -> Changes:
    """An heir has the duties of an abolished office."""
    changes = moved_home(row, event)
    if Seat.ON_SITE in event.seats:
        changes |= {"office": event.to_office, "unit": event.to_unit}
    if Seat.MUST_RECEIVE in event.seats:
        changes["must_receive"] = event.to_office
    if Seat.MUST_COME in event.seats:
        changes["must_come"] = replaced(row.must_come, event.from_office, event.to_office)
    return changes


def received(row: GatheringRow, event: CrowdReceived) -> GatheringRow:
    """The row after a leader received the representatives; the first time is what counts."""
    if row.received_at is not None:
        return row
    return changed(
        row, received_at=event.occurred_at, received_office=event.office,
        received_by=event.received_by, in_person=event.in_person,
        representatives=event.representatives,
    )  # fmt: skip


FLOWS: dict[type, Flow] = {
    GatheringReported: Flow.CROWD_REPORTED,
    CrowdReceived: Flow.CROWD_RECEIVED,
    GatheringDispersed: Flow.CROWD_DISPERSED,
}
