"""The row of a case and the states it passes through (một vụ việc trên bảng)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.codes import Contested, Instance
from projections.base import Row
from projections.values import value


class CaseState(StrEnum):
    """Where a case is (trạng thái vụ việc)."""

    OPEN = "open"
    DECIDED = "decided"
    CLOSED = "closed"


@value(frozen=True)
class CaseRow(Row):
    """A case now. ``settle_due`` runs from the day it was taken up and stops at the decision;
    None for a proposal or feedback, where the reply to the citizen is what counts.

    ``reported_to`` and ``escalated_to`` name the newest; the office stays answerable
    whatever its superiors were told. ``told`` are all superiors a report or an escalation
    reached, ``unconfirmed`` those of them that did not acknowledge the newest.
    ``extended`` and what follows are what the settlement clock goes by, see
    :mod:`projections.settlements`.
    """

    TABLE: ClassVar[str] = "cases"
    KEY: ClassVar[tuple[str, ...]] = ("case_id",)

    case_id: UUID
    number: str
    office: str
    unit: str
    kind: str
    field: str
    place: str
    accused_office: str | None
    data_class: int
    petition_id: UUID
    petitions: int
    opened_on: date
    settle_due: date | None
    state: str
    handler: str | None
    reported_to: str | None
    reported_on: date | None
    escalated_to: str | None
    escalated_on: date | None
    escalation_ground: str | None
    rung: int
    told: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    directed_by: str | None
    directed_on: date | None
    direction_due: date | None
    decision: str | None
    decided_on: date | None
    closed_on: date | None
    closed_for: str | None
    version: int
    lane: int
    position: int
    recorded_at: datetime
    interim_seats: tuple[str, ...] = ()
    interim_for: tuple[str, ...] = ()
    interim_at: tuple[str, ...] = ()
    formers: tuple[str, ...] = ()
    instance: str = Instance.FIRST
    contested: str = Contested.ACT
    remote: bool = False
    grounds: tuple[str, ...] = ()
    extended: tuple[str, ...] = ()
    suspended: tuple[str, ...] = ()
    continued: tuple[str, ...] = ()


def met_on(row: CaseRow) -> date | None:
    """The day on which the settlement clock stopped."""
    return row.decided_on or row.closed_on
