"""The row of a petition and the states it passes through (một đơn trên bảng)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.codes import PetitionKind, Seat
from projections.base import Changes, Row
from projections.values import value


class PetitionState(StrEnum):
    """Where a petition is on its way (trạng thái đơn)."""

    RECEIVED = "received"
    CLASSIFIED = "classified"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    DISPUTED = "disputed"
    TAKEN_UP = "taken_up"
    GUIDED = "guided"
    CONCLUDED = "concluded"


SETTLED = frozenset({PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION})
"""Kinds whose case has a settlement clock of its own."""

TIMED = ("in_charge", "kind", "answered_on")
"""The columns that the due day depends on."""

MOVING = frozenset({PetitionState.OFFERED, PetitionState.DISPUTED, PetitionState.TAKEN_UP})
"""States that sorting a petition anew does not change."""


@value(frozen=True)
class PetitionRow(Row):
    """A petition now. ``due_on`` is the citizen's reply, from the first receipt, never restarted.

    ``answered_on``: the day the citizen was told what becomes of it. Guiding and concluding
    tell so; taking up tells so for a complaint or denunciation, whose settlement has a
    clock of its own, but not for a proposal or feedback (Law 42/2013 art. 28.1).
    ``offered_*`` stand while an offer is unanswered. ``interim_*``, ``formers``:
    :mod:`projections.homes`.
    """

    TABLE: ClassVar[str] = "petitions"
    KEY: ClassVar[tuple[str, ...]] = ("petition_id",)

    petition_id: UUID
    number: str
    kind: str
    channel: str
    field: str
    place: str
    petitioners: int
    election: bool
    received_office: str
    received_unit: str
    received_on: date
    in_charge: str
    in_charge_unit: str
    in_charge_since: date
    state: str
    due_on: date
    data_class: int
    accused_office: str | None
    competent_office: str | None
    repeat_of: UUID | None
    offer: int | None
    offered_to: str | None
    offered_to_unit: str | None
    offered_on: date | None
    reply_due: date | None
    returns: int
    disputed_superior: str | None
    disputed_on: date | None
    case_id: UUID | None
    answered_on: date | None
    ended_on: date | None
    version: int
    lane: int
    position: int
    recorded_at: datetime
    interim_seats: tuple[str, ...] = ()
    interim_for: tuple[str, ...] = ()
    interim_at: tuple[str, ...] = ()
    formers: tuple[str, ...] = ()


NO_OFFER: Changes = dict.fromkeys(
    ("offer", "offered_to", "offered_to_unit", "offered_on", "reply_due")
)

SEATS: dict[Seat, tuple[str, ...]] = {
    Seat.IN_CHARGE: ("in_charge", "in_charge_unit"),
    Seat.OFFERED_TO: ("offered_to", "offered_to_unit"),
    Seat.JUDGE: ("disputed_superior",),
}
"""Where a row keeps which office has a part."""
