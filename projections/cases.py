"""What moves a case (vụ việc): who handles it, what its superiors were told and said."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.codes import DataClass, PetitionKind, Seat
from domain.days import day_of
from domain.events.base import OfficeEvent
from domain.events.case import (
    CaseAcknowledged,
    CaseClosed,
    CaseEscalated,
    CaseOpened,
    CaseRehomed,
    CaseReportedUpward,
    DecisionIssued,
    DirectionIssued,
    HandlerAssigned,
    PetitionLinked,
)
from domain.law.timeline import Timeline
from projections.base import Changes, Fact, Row, Rows, changed
from projections.case_row import CaseRow, CaseState, met_on
from projections.clocks import Clocks
from projections.homes import moved_home, trail
from projections.office_flow import Flow, OfficeFlow, count_flow
from projections.office_load import Item, Load, OfficeLoad, move_load
from projections.settlements import TIMED, timed, timeline_of


class Cases:
    """Facts of a case's stream move its row, and the counts of the office that handles it."""

    name = "cases"
    kinds = frozenset({"case"})
    tables = (CaseRow, OfficeLoad, OfficeFlow)

    def __init__(self, clocks: Clocks) -> None:
        self.clocks = clocks

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:
        return ((CaseRow, (fact.event.originator_id,)),)

    def fold(self, fact: Fact, rows: Rows) -> None:
        before = rows.find(CaseRow, fact.event.originator_id)
        after = self._after(before, fact)
        rows.put(after)
        move_load(rows, fact.lane, load_of(before), load_of(after))
        if flow := FLOWS.get(type(fact.event)):
            count_flow(rows, fact, flow)

    def _after(self, row: CaseRow | None, fact: Fact) -> CaseRow:
        event = fact.event
        if isinstance(event, CaseOpened):
            return self._opened(event, fact)
        if row is None:
            raise LookupError(f"case {event.originator_id} was never opened")
        changes = told(row, event)
        if changes is None:
            changes = {**worked_on(row, event), **timed(row, event)}
        after = changed(
            row, version=event.originator_version, position=fact.position,
            recorded_at=event.timestamp, **changes,
        )  # fmt: skip
        if not changes.keys() & TIMED and met_on(after) == met_on(row):
            return after
        timeline = timeline_of(after)
        due = self.clocks.settle_due(timeline, after.office, after.unit, met_on=met_on(after))
        return changed(after, settle_due=due)

    def _first_due(self, event: CaseOpened, on: date) -> date | None:
        begun = Timeline(kind=PetitionKind(event.kind), taken_up_on=on)
        return self.clocks.settle_due(begun, event.office, event.unit)

    def _opened(self, event: CaseOpened, fact: Fact) -> CaseRow:
        on = day_of(event.occurred_at)
        sealed = event.kind == PetitionKind.DENUNCIATION
        return CaseRow(
            case_id=event.originator_id, number=event.number, office=event.office,
            unit=event.unit, kind=event.kind, field=event.field, place=event.place,
            accused_office=event.accused_office, petition_id=event.petition_id, petitions=0,
            data_class=DataClass.SEALED if sealed else DataClass.INTERNAL,
            opened_on=on, settle_due=self._first_due(event, on),
            state=CaseState.OPEN, handler=None, reported_to=None, reported_on=None,
            escalated_to=None, escalated_on=None, escalation_ground=None, rung=0, told=(),
            unconfirmed=(), directed_by=None, directed_on=None, direction_due=None,
            decision=None, decided_on=None, closed_on=None, closed_for=None,
            version=event.originator_version, lane=fact.lane, position=fact.position,
            recorded_at=event.timestamp,
        )  # fmt: skip


def told(row: CaseRow, event: OfficeEvent) -> Changes | None:
    """What changes when word went up or came down the ladder; None when it is another fact."""
    match event:
        case CaseReportedUpward():
            on = day_of(event.occurred_at)
            return {"reported_to": event.to_office, "reported_on": on, **heard(row, event)}
        case CaseEscalated():
            return {
                "escalated_to": event.to_office, "escalated_on": day_of(event.occurred_at),
                "escalation_ground": event.ground, "rung": event.rung, **heard(row, event),
            }  # fmt: skip
        case CaseAcknowledged():
            left = tuple(office for office in row.unconfirmed if office != event.office)
            return {"unconfirmed": left}
        case DirectionIssued():
            return {
                "directed_by": event.office, "directed_on": day_of(event.occurred_at),
                "direction_due": event.due,
            }  # fmt: skip
        case _:
            return None


def heard(row: CaseRow, event: CaseReportedUpward | CaseEscalated) -> Changes:
    """A superior was told and has yet to say that it knows."""
    superior = event.to_office
    return {
        "told": (*dict.fromkeys((*row.told, superior)),),
        "unconfirmed": (*dict.fromkeys((*row.unconfirmed, superior)),),
    }


def worked_on(row: CaseRow, event: OfficeEvent) -> Changes:
    """What changes when the office itself did something; other facts change nothing."""
    match event:
        case PetitionLinked():
            return {"petitions": row.petitions + 1}
        case HandlerAssigned():
            return {"handler": event.handler}
        case CaseRehomed():
            return rehomed(row, event)
        case DecisionIssued():
            return {
                "state": CaseState.DECIDED, "decision": event.outcome,
                "decided_on": event.decided_on,
            }  # fmt: skip
        case CaseClosed():
            on = day_of(event.occurred_at)
            return {"state": CaseState.CLOSED, "closed_on": on, "closed_for": event.reason}
        case _:
            return {}


def rehomed(row: CaseRow, event: CaseRehomed) -> Changes:
    """An heir handles it or is told of it; nobody reports to himself."""
    changes = {**moved_home(row, event), "handler": event.handler}
    office, told, unconfirmed = row.office, row.told, set(row.unconfirmed)
    if Seat.HANDLING in event.seats:
        office = event.to_office
        changes |= {"office": office, "unit": event.to_unit, "formers": trail(row.formers, event)}
    if Seat.INFORMED in event.seats:
        told = (*dict.fromkeys((*told, event.to_office)),)
        unconfirmed = (unconfirmed - {event.from_office}) | {event.to_office}
        for column in ("reported_to", "escalated_to"):
            if getattr(row, column) == event.from_office:
                changes[column] = event.to_office
    left = (each for each in told if each in unconfirmed and each != office)
    return {**changes, "told": told, "unconfirmed": tuple(left)}


def load_of(row: CaseRow | None) -> Iterable[Item]:
    """A case without a decision waits for one, and for what a superior directed."""
    if row is None or row.state != CaseState.OPEN:
        return
    if row.settle_due is not None:
        yield row.office, Load.SETTLE, row.settle_due
    if row.direction_due is not None:
        yield row.office, Load.DIRECTION, row.direction_due


FLOWS: dict[type, Flow] = {
    DecisionIssued: Flow.DECIDED,
    CaseEscalated: Flow.ESCALATED,
    CaseClosed: Flow.CLOSED,
}
