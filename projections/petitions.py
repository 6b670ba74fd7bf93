"""Every petition as it stands: where it lies, who answers for it, until when (đơn)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.codes import DataClass, PetitionKind, Seat
from domain.days import day_of
from domain.events.base import OfficeEvent
from domain.events.petition import (
    CitizenGuided,
    CompetenceDecided,
    CompetenceDisputed,
    PetitionAccepted,
    PetitionClassified,
    PetitionConcluded,
    PetitionRecalled,
    PetitionReceived,
    PetitionRehomed,
    PetitionReturned,
    PetitionTakenUp,
    PetitionTransferred,
)
from projections.base import Changes, Fact, Row, Rows, changed
from projections.clocks import Clocks
from projections.homes import moved_home, settled, trail
from projections.office_flow import Flow, OfficeFlow, count_flow
from projections.office_load import Item, Load, OfficeLoad, move_load
from projections.petition_row import (
    MOVING,
    NO_OFFER,
    SEATS,
    SETTLED,
    TIMED,
    PetitionRow,
    PetitionState,
)


class Petitions:
    """Facts of a petition's stream move its row, and the counts of the offices it touches."""

    name = "petitions"
    kinds = frozenset({"petition"})
    tables = (PetitionRow, OfficeLoad, OfficeFlow)

    def __init__(self, clocks: Clocks) -> None:
        self.clocks = clocks

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:
        return ((PetitionRow, (fact.event.originator_id,)),)

    def fold(self, fact: Fact, rows: Rows) -> None:
        before = rows.find(PetitionRow, fact.event.originator_id)
        after = self._after(before, fact)
        rows.put(after)
        move_load(rows, fact.lane, load_of(before), load_of(after))
        if flow := FLOWS.get(type(fact.event)):
            count_flow(rows, fact, flow)

    def _after(self, row: PetitionRow | None, fact: Fact) -> PetitionRow:
        event = fact.event
        if isinstance(event, PetitionReceived):
            return self._received(event, fact)
        if row is None:
            raise LookupError(f"petition {event.originator_id} was never received")
        if isinstance(event, PetitionClassified):
            changes = self._classified(row, event)
        else:
            changes = moved(row, event, day_of(event.occurred_at))
        after = changed(
            row, version=event.originator_version, position=fact.position,
            recorded_at=event.timestamp, **changes,
        )  # fmt: skip
        if all(getattr(after, name) == getattr(row, name) for name in TIMED):
            return after
        return changed(after, due_on=self._due(after))

    def _first_due(self, event: PetitionReceived, on: date) -> date:
        return self.clocks.reply_due(event.kind, on, event.office, event.unit)

    def _due(self, row: PetitionRow) -> date:
        """The total clock runs on, by the working days of the office answerable now."""
        kind = PetitionKind(row.kind)
        return self.clocks.reply_due(
            kind, row.received_on, row.in_charge, row.in_charge_unit, met_on=row.answered_on
        )

    def _received(self, event: PetitionReceived, fact: Fact) -> PetitionRow:
        on = day_of(event.occurred_at)
        return PetitionRow(
            petition_id=event.originator_id, number=event.number, kind=event.kind,
            channel=event.channel, field=event.field, place=event.place,
            petitioners=event.petitioners, election=event.election,
            received_office=event.office, received_unit=event.unit, received_on=on,
            in_charge=event.office, in_charge_unit=event.unit, in_charge_since=on,
            state=PetitionState.RECEIVED, due_on=self._first_due(event, on),
            data_class=class_of(event.kind), accused_office=event.accused_office,
            competent_office=None, repeat_of=None, returns=0, disputed_superior=None,
            disputed_on=None, case_id=None, answered_on=None, ended_on=None,
            version=event.originator_version, lane=fact.lane, position=fact.position,
            recorded_at=event.timestamp, **NO_OFFER,
        )  # fmt: skip

    def _classified(self, row: PetitionRow, event: PetitionClassified) -> Changes:
        return {
            "state": row.state if row.state in MOVING else PetitionState.CLASSIFIED,
            "kind": event.kind, "field": event.field, "repeat_of": event.repeat_of,
            "competent_office": event.competent_office, "accused_office": event.accused_office,
            "data_class": max(row.data_class, class_of(event.kind)),
        }  # fmt: skip


def moved(row: PetitionRow, event: OfficeEvent, on: date) -> Changes:
    """What a fact about custody or the end changes in the row."""
    match event:
        case PetitionTransferred():
            return {
                "state": PetitionState.OFFERED, "offer": event.offer, "offered_on": on,
                "offered_to": event.to_office, "offered_to_unit": event.to_unit,
                "reply_due": event.reply_due,
            }  # fmt: skip
        case PetitionAccepted():
            return held(row, event.office, event.unit, on)
        case CompetenceDecided():
            return held(row, event.to_office, event.to_unit, on)
        case PetitionRehomed():
            return rehomed(row, event)
        case PetitionReturned():
            back = {"state": PetitionState.RETURNED, "returns": event.times_returned}
            return {**back, **NO_OFFER, **settled(row, Seat.OFFERED_TO)}
        case PetitionRecalled():
            return recalled(row)
        case CompetenceDisputed():
            return {
                "state": PetitionState.DISPUTED,
                "disputed_superior": event.superior,
                "disputed_on": on,
            }
        case _:
            return answered(row, event, on)


def recalled(row: PetitionRow) -> Changes:
    """Its offer is taken back: as sorted, or as received when it never was."""
    sorted_out = row.competent_office is not None
    state = PetitionState.CLASSIFIED if sorted_out else PetitionState.RECEIVED
    return {"state": state, **NO_OFFER, **settled(row, Seat.OFFERED_TO)}


def rehomed(row: PetitionRow, event: PetitionRehomed) -> Changes:
    """An heir has parts of it: no clock starts anew, and no offer is answered by that.

    An offer between two that are one office now falls away.
    """
    changes = moved_home(row, event)
    if Seat.IN_CHARGE in event.seats:
        changes |= {"formers": trail(row.formers, event)}
    for seat, columns in SEATS.items():
        if seat in event.seats:
            values = (event.to_office, event.to_unit)
            changes |= dict(zip(columns, values, strict=False))
    after = changed(row, **changes)
    if after.offered_to == after.in_charge:
        return changes | recalled(after)
    return changes


def answered(row: PetitionRow, event: OfficeEvent, on: date) -> Changes:
    """What a fact that tells the citizen something changes; others change nothing."""
    told = row.answered_on or on
    match event:
        case PetitionTakenUp():
            said = told if row.kind in SETTLED else row.answered_on
            return {
                "state": PetitionState.TAKEN_UP, "case_id": event.case_id, "answered_on": said,
                **settled(row, Seat.IN_CHARGE),
            }  # fmt: skip
        case CitizenGuided():
            return {"state": PetitionState.GUIDED, "answered_on": told, "ended_on": on}
        case PetitionConcluded():
            return {"state": PetitionState.CONCLUDED, "answered_on": told, "ended_on": on}
        case _:
            return {}


def held(row: PetitionRow, office: str, unit: str, on: date) -> Changes:
    """In another office's hands; the total clock runs on."""
    return {
        "state": PetitionState.ACCEPTED, "in_charge": office, "in_charge_unit": unit,
        "in_charge_since": on, "disputed_superior": None, "disputed_on": None, **NO_OFFER,
        "formers": (),
        **settled(row, Seat.IN_CHARGE, Seat.OFFERED_TO),
    }  # fmt: skip


def class_of(kind: PetitionKind) -> int:
    """A denunciation stays sealed for ever, also when it is sorted otherwise later."""
    return DataClass.SEALED if kind == PetitionKind.DENUNCIATION else DataClass.INTERNAL


def load_of(row: PetitionRow | None) -> Iterable[Item]:
    """What a petition counts for, where it lies."""
    if row is None:
        return
    if row.ended_on is None:
        yield row.in_charge, Load.OPEN, row.due_on
    if row.answered_on is None:
        yield row.in_charge, Load.REPLY, row.due_on


FLOWS: dict[type, Flow] = {
    PetitionReceived: Flow.RECEIVED,
    CitizenGuided: Flow.GUIDED,
    PetitionTransferred: Flow.TRANSFERRED,
    PetitionAccepted: Flow.ACCEPTED,
    PetitionReturned: Flow.RETURNED,
    CompetenceDisputed: Flow.DISPUTED,
    PetitionTakenUp: Flow.TAKEN_UP,
    PetitionConcluded: Flow.CONCLUDED,
}
