"""Who read protected texts and histories, and what for (nhật ký truy cập)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from domain.events.access import HistoryReplayed, TextOpened
from projections.base import Fact, Record, Row, Rows
from projections.values import value


@value(frozen=True)
class AccessRow(Record):
    """One reading. ``what`` is the fact's topic; ``field`` names the text that was opened."""

    TABLE: ClassVar[str] = "access_log"
    KEY: ClassVar[tuple[str, ...]] = ("stream", "version")

    stream: UUID
    version: int
    subject: UUID
    what: str
    purpose: str
    field: str | None
    entry: UUID | None
    at_position: int | None
    office: str
    unit: str
    actor: str
    role: str
    occurred_at: datetime
    lane: int
    position: int
    recorded_at: datetime


class AccessLog:
    """Every fact about reading becomes a row."""

    name = "access_log"
    kinds = frozenset({"access"})
    tables = (AccessRow,)

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:  # noqa: ARG002
        return ()

    def fold(self, fact: Fact, rows: Rows) -> None:
        event = fact.event
        if not isinstance(event, TextOpened | HistoryReplayed):
            return
        opened = event if isinstance(event, TextOpened) else None
        replayed = event if isinstance(event, HistoryReplayed) else None
        rows.put(
            AccessRow(
                stream=event.originator_id, version=event.originator_version,
                subject=event.subject, what=event.TOPIC, purpose=event.purpose,
                field=opened.field if opened else None,
                entry=opened.entry if opened else None,
                at_position=replayed.at_position if replayed else None,
                office=event.office, unit=event.unit, actor=event.actor, role=event.role,
                occurred_at=event.occurred_at, lane=fact.lane, position=fact.position,
                recorded_at=event.timestamp,
            )
        )  # fmt: skip
