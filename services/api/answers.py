"""What is answered, where a row of a view is not the answer by itself."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel

from domain.directory import Office
from projections.answers import (
    Awaiting,
    DeskCounts,
    Freshness,
    InboxItem,
    Incoming,
    OfficeSums,
    Page,
    ProvinceFigures,
    Urgency,
)
from projections.case_history import HistoryRow
from projections.gatherings import GatheringRow
from services.units.answers import UnitAnswer

ENVELOPE = frozenset(
    {
        "originator_id", "originator_version", "timestamp", "occurred_at", "office", "unit",
        "actor", "role", "correlation", "causation", "campaign",
    }
)  # fmt: skip
"""Fields of a fact that an entry tells by name or not at all."""


class Age(BaseModel):
    """How old the views are: ``recorded_at`` is when the newest fact they show was recorded."""

    age_seconds: float | None
    recorded_at: datetime | None

    @classmethod
    def of(cls, freshness: Freshness) -> "Age":
        """From what the views say of themselves."""
        age = freshness.age
        seconds = None if age is None else age.total_seconds()
        return cls(age_seconds=seconds, recorded_at=freshness.recorded_at)


class OfficeAnswer(BaseModel):
    """An office of a unit, as of a day (cơ quan)."""

    office_id: str
    type: str
    name: str
    unit: str
    superior: str | None
    fields: tuple[str, ...]
    valid_from: date
    valid_until: date | None

    @classmethod
    def of(cls, office: Office) -> "OfficeAnswer":
        """From the directory."""
        return cls.model_validate(office, from_attributes=True)


class Change(BaseModel):
    """Something that happened lately; what exactly is in the history, for those it concerns."""

    id: UUID
    type: str
    office: str
    unit: str
    recorded_at: datetime
    occurred_at: datetime

    @classmethod
    def of(cls, row: HistoryRow) -> "Change":
        """From a history row, without what it says."""
        return cls(
            id=row.stream,
            type=row.type_name,
            office=row.office,
            unit=row.unit,
            recorded_at=row.recorded_at,
            occurred_at=row.occurred_at,
        )


class Entry(BaseModel):
    """One fact of a history: coded facts, and references to texts in the vault."""

    version: int
    position: str
    type: str
    recorded_at: datetime
    occurred_at: datetime
    office: str
    unit: str
    actor: str
    role: str
    data_class: int
    facts: dict[str, Any]

    @classmethod
    def of(cls, row: HistoryRow) -> "Entry":
        """From a history row."""
        body = orjson.loads(row.body)
        return cls(
            version=row.version,
            position=f"{row.lane}-{row.position}",
            type=row.type_name,
            recorded_at=row.recorded_at,
            occurred_at=row.occurred_at,
            office=row.office,
            unit=row.unit,
            actor=row.actor,
            role=row.role,
            data_class=row.data_class,
            facts={name: value for name, value in body.items() if name not in ENVELOPE},
        )


class History(BaseModel):
    """A page of a history, oldest first. ``next``: the version to ask for after, if any."""

    id: UUID
    items: list[Entry]
    next: int | None


class TextAnswer(BaseModel):
    """A protected text, opened for a purpose and on record (nội dung được bảo vệ)."""

    field: str
    text: str
    opened_at: datetime


class Inbox(BaseModel):
    """A queue of the reader's office, and how much waits in all of them (hộp việc)."""

    office: str
    queue: str
    counts: DeskCounts
    page: Page[InboxItem]
    freshness: Age


class CommuneBoard(BaseModel):
    """What a desk has before it today (bàn tiếp dân)."""

    unit: UnitAnswer
    office: str
    counts: DeskCounts
    incoming: Page[Incoming]
    gatherings: list[GatheringRow]
    freshness: Age


class UnitFigures(BaseModel):
    """The figures of a unit: those of its offices and of every unit below, together."""

    unit_id: str
    name: str
    urgency: Urgency
    urgent: int
    sums: OfficeSums


class AreaBoard(BaseModel):
    """What a district or a province sees: totals, units, crowds, what waits (bảng điều hành)."""

    unit: UnitAnswer
    figures: ProvinceFigures
    total: OfficeSums
    units: list[UnitFigures]
    offices: list[OfficeSums]
    gatherings: list[GatheringRow]
    awaiting: list[Awaiting]
    changes: list[Change]
    freshness: Age


def added_up(name: str, sums: Iterable[OfficeSums]) -> OfficeSums:
    """Figures of several offices as one: counts add up, the earliest day stays."""
    several = tuple(sums)
    return OfficeSums(
        office=name,
        overdue=sum(each.overdue for each in several),
        overdue_oldest=_earliest(each.overdue_oldest for each in several),
        pending=sum(each.pending for each in several),
        pending_since=_earliest(each.pending_since for each in several),
        pending_late=sum(each.pending_late for each in several),
        due_soon=sum(each.due_soon for each in several),
        open=sum(each.open for each in several),
        received=sum(each.received for each in several),
        returned=sum(each.returned for each in several),
        escalated=sum(each.escalated for each in several),
        directed=sum(each.directed for each in several),
        disputes=sum(each.disputes for each in several),
    )


def _earliest(days: Iterable[date | None]) -> date | None:
    known: Sequence[date] = [day for day in days if day is not None]
    return min(known, default=None)
