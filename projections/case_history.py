"""What happened, fact by fact: a file's timeline and everybody's live feed (diễn biến)."""

import functools
import typing
from collections.abc import Callable, Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from domain.events.base import OfficeEvent
from domain.ports import PARTITIONS
from projections.base import Fact, Record, Row, Rows
from projections.values import value

NAMES_OFFICES = (
    "to_office", "from_office", "superior", "must_receive", "home_office",
    "receiving_office", "host_office", "former",
)  # fmt: skip
"""Payload fields that name an office the fact is meant for. Never ``accused_office``:
the office complained about is not told; nor ``competent_office``, which moves nothing."""

NAMES_MANY = ("offices", "must_come")
OFFICE = (str, str | None)
Pick = Callable[[Any], Any]


@value(frozen=True)
class HistoryRow(Record):
    """One fact about case work or the office tree, as it was recorded.

    ``offices`` are those it concerns, the recording one first. ``body`` is the
    canonical JSON, the same bytes as in the store and on the stream.
    """

    TABLE: ClassVar[str] = "history"
    KEY: ClassVar[tuple[str, ...]] = ("stream", "version")

    stream: UUID
    version: int
    lane: int
    position: int
    type_name: str
    recorded_at: datetime
    occurred_at: datetime
    office: str
    unit: str
    actor: str
    role: str
    offices: tuple[str, ...]
    data_class: int
    body: bytes


class CaseHistory:
    """Every fact of the events topic becomes a row; facts about reading have their own log."""

    name = "case_history"
    kinds = None
    tables = (HistoryRow,)

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:  # noqa: ARG002
        return ()

    def fold(self, fact: Fact, rows: Rows) -> None:
        if fact.lane >= PARTITIONS:
            return
        event = fact.event
        rows.put(
            HistoryRow(
                stream=event.originator_id, version=event.originator_version,
                lane=fact.lane, position=fact.position, type_name=fact.type_name,
                recorded_at=event.timestamp, occurred_at=event.occurred_at,
                office=event.office, unit=event.unit, actor=event.actor, role=event.role,
                offices=concerned(event), data_class=event.DATA_CLASS, body=fact.body,
            )
        )  # fmt: skip


def concerned(event: OfficeEvent) -> tuple[str, ...]:
    """The offices a fact concerns, once each, the recording one first."""
    one, many = naming(type(event))
    if not one and not many:
        return (event.office,)
    named = [event.office, *(office for pick in one if (office := pick(event)) is not None)]
    for pick in many:
        named += pick(event)
    return tuple(dict.fromkeys(named))


def _naming(event: Any) -> tuple[tuple[Pick, ...], tuple[Pick, ...]]:
    hints = typing.get_type_hints(event)
    one = tuple(attrgetter(field) for field in NAMES_OFFICES if hints.get(field) in OFFICE)
    return one, tuple(attrgetter(field) for field in NAMES_MANY if field in hints)


naming: Callable[[Any], tuple[tuple[Pick, ...], tuple[Pick, ...]]] = functools.cache(_naming)
"""How to pick what an event type names beside its office: one office each, and several each."""
