"""Offers from office to office, answered or not (chuyển đơn, chờ tiếp nhận)."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from domain.codes import Seat
from domain.days import day_of
from domain.events.petition import (
    PetitionAccepted,
    PetitionRecalled,
    PetitionRehomed,
    PetitionReturned,
    PetitionTransferred,
)
from projections.base import Changes, Fact, Row, Rows, changed
from projections.homes import trail
from projections.office_load import Item, Load, OfficeLoad, move_load
from projections.values import value

Answer = PetitionAccepted | PetitionReturned | PetitionRecalled


class OfferEnd(StrEnum):
    """How an offer ended."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    RECALLED = "recalled"
    ONE_OFFICE = "one_office"
    """Sender and receiver have become one office."""


@value(frozen=True)
class OfferRow(Row):
    """One offer of a petition to an office. Without ``answered_at`` it waits.

    It stays afterwards: a former holder follows what it passed on, and how long offers
    wait is a figure. ``formers`` (:mod:`projections.homes`) are of the receiver.
    """

    TABLE: ClassVar[str] = "offers"
    KEY: ClassVar[tuple[str, ...]] = ("petition_id", "offer")

    petition_id: UUID
    offer: int
    from_office: str
    from_unit: str
    to_office: str
    to_unit: str
    ground: str
    papers: int
    offered_at: datetime
    offered_on: date
    reply_due: date
    answered_at: datetime | None
    answered_on: date | None
    how: str | None
    return_ground: str | None
    lane: int
    position: int
    recorded_at: datetime
    formers: tuple[str, ...] = ()


class PendingTransfers:
    """An offer begins with the transfer and ends with one of three answers."""

    name = "pending_transfers"
    kinds = frozenset({"petition"})
    tables = (OfferRow, OfficeLoad)

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:
        event = fact.event
        if isinstance(event, Answer | PetitionRehomed) and event.offer is not None:
            return ((OfferRow, (event.originator_id, event.offer)),)
        return ()

    def fold(self, fact: Fact, rows: Rows) -> None:
        match fact.event:
            case PetitionTransferred():
                offer = offered(fact.event, fact)
                rows.put(offer)
                move_load(rows, fact.lane, (), load_of(offer))
            case PetitionAccepted() | PetitionReturned() | PetitionRecalled() as answer:
                before = standing(rows, answer.originator_id, answer.offer)
                put(rows, before, answered(before, answer, fact))
            case PetitionRehomed(offer=int(number)) as moved:
                before = standing(rows, moved.originator_id, number)
                put(rows, before, rehomed(before, moved, fact))


def standing(rows: Rows, petition: UUID, number: int) -> OfferRow:
    """The offer as it stands. Refuses: ``LookupError``."""
    found = rows.find(OfferRow, petition, number)
    if found is None:
        raise LookupError(f"offer {number} was never made")
    return found


def put(rows: Rows, before: OfferRow, after: OfferRow) -> None:
    """Write the row, and count it where it lies now."""
    rows.put(after)
    move_load(rows, after.lane, load_of(before), load_of(after))


def rehomed(row: OfferRow, event: PetitionRehomed, fact: Fact) -> OfferRow:
    """The offer between the heirs; it ends where both are one office."""
    changes: Changes = {"position": fact.position, "recorded_at": event.timestamp}
    if Seat.IN_CHARGE in event.seats:
        changes |= {"from_office": event.to_office, "from_unit": event.to_unit}
    if Seat.OFFERED_TO in event.seats:
        changes |= {
            "to_office": event.to_office, "to_unit": event.to_unit,
            "formers": trail(row.formers, event),
        }  # fmt: skip
    after = changed(row, **changes)
    if after.from_office != after.to_office:
        return after
    return changed(
        after, answered_at=event.occurred_at, answered_on=day_of(event.occurred_at),
        how=OfferEnd.ONE_OFFICE,
    )  # fmt: skip


def offered(event: PetitionTransferred, fact: Fact) -> OfferRow:
    """The row of a new offer."""
    return OfferRow(
        petition_id=event.originator_id, offer=event.offer,
        from_office=event.office, from_unit=event.unit,
        to_office=event.to_office, to_unit=event.to_unit, ground=event.ground,
        papers=event.papers, offered_at=event.occurred_at,
        offered_on=day_of(event.occurred_at), reply_due=event.reply_due,
        answered_at=None, answered_on=None, how=None, return_ground=None,
        lane=fact.lane, position=fact.position, recorded_at=event.timestamp,
    )  # fmt: skip


def answered(row: OfferRow, event: Answer, fact: Fact) -> OfferRow:
    """The row with its answer."""
    return changed(
        row,
        answered_at=event.occurred_at,
        answered_on=day_of(event.occurred_at),
        how=ENDS[type(event)],
        return_ground=event.ground if isinstance(event, PetitionReturned) else None,
        position=fact.position,
        recorded_at=event.timestamp,
    )


def load_of(row: OfferRow) -> Iterable[Item]:
    """An offer is work of the office it waits for."""
    if row.answered_at is None:
        yield row.to_office, Load.OFFER, row.reply_due


ENDS: dict[type, OfferEnd] = {
    PetitionAccepted: OfferEnd.ACCEPTED,
    PetitionReturned: OfferEnd.RETURNED,
    PetitionRecalled: OfferEnd.RECALLED,
}
