"""What is set aside, as an operator looks at it and decides: pages, tries, skips."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from infra.postgres.connections import PatientConnection, connect
from projections.ports import ViewsUnavailable

PROGRAM = "tiepdan parked"
COLUMNS = """
lane, position, record_offset, stream, type_name, fault, reason, unfolded_by, tried, parked_at,
tried_at, octet_length(body)
"""
PAGE = f"""
SELECT {COLUMNS} FROM views.parked WHERE (lane, position, record_offset) > (%s, %s, %s)
ORDER BY lane, position, record_offset LIMIT %s
"""  # noqa: S608
OF_STREAM = f"""
SELECT {COLUMNS} FROM views.parked WHERE stream = %s
ORDER BY position, record_offset LIMIT %s
"""  # noqa: S608
TRIED = """
UPDATE views.parked SET tried = tried + 1, tried_at = clock_timestamp(), reason = %s
WHERE (lane, position, record_offset) = (%s, %s, %s)
"""
DROP = """
DELETE FROM views.parked WHERE (lane, position, record_offset) = (%s, %s, %s) RETURNING 1
"""
SKIP = """
INSERT INTO store.skipped_records
    (lane, position, record_offset, stream, type_name, fault, reason, skipped_by)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
SKIPPED = """
SELECT lane, position, record_offset, stream, type_name, fault, reason, skipped_by, skipped_at
FROM store.skipped_records WHERE (lane, position, record_offset) > (%s, %s, %s)
ORDER BY lane, position, record_offset LIMIT %s
"""


class Spot(NamedTuple):
    """Where a record stands: what pages go on from."""

    lane: int
    position: int
    offset: int


FIRST = Spot(-1, 0, 0)


@dataclass(frozen=True)
class SetAside:
    """A record that is set aside, without what it says. ``size`` is its body's, in bytes."""

    spot: Spot
    stream: UUID
    type_name: str
    fault: str | None
    reason: str
    unfolded_by: tuple[str, ...]
    tried: int
    parked_at: datetime
    tried_at: datetime
    size: int


@dataclass(frozen=True)
class Skipped:
    """A record the views go on without: ``fault`` is what was wrong, ``reason`` why by whom."""

    spot: Spot
    stream: UUID
    type_name: str
    fault: str
    reason: str
    skipped_by: str
    skipped_at: datetime


class Parking:
    """The live views' records set aside. For one thread; close it at the end.

    Every method raises ``ViewsUnavailable``.
    """

    def __init__(self, open_connection: Callable[[], PatientConnection]) -> None:
        self._open_connection = open_connection
        self._opened: PatientConnection | None = None

    @classmethod
    def at(cls, dsn: str) -> "Parking":
        """At an address, as the role that owns the views."""
        return cls(lambda: connect(dsn, PROGRAM))

    def page(self, *, after: Spot = FIRST, limit: int) -> Sequence[SetAside]:
        """The next ones, by lane and position."""
        with self._use() as connection:
            found = connection.execute(PAGE, [*after, limit]).fetchall()
        return [_set_aside(row) for row in found]

    def of_stream(self, stream: UUID, *, limit: int) -> Sequence[SetAside]:
        """What waits of a stream, the first to be mended first."""
        with self._use() as connection:
            found = connection.execute(OF_STREAM, [stream, limit]).fetchall()
        return [_set_aside(row) for row in found]

    def tried(self, spot: Spot, reason: str) -> None:
        """It was tried once more, in vain."""
        with self._use() as connection:
            connection.execute(TRIED, [reason, *spot])

    def skip(self, one: SetAside, *, reason: str, by: str) -> bool:
        """Put on record that the views go on without it, and forget it; False when it is gone."""
        with self._use() as connection, connection.transaction():
            if connection.execute(DROP, list(one.spot)).fetchone() is None:
                return False
            connection.execute(SKIP, [*one.spot, one.stream, one.type_name, one.reason, reason, by])
            return True

    def skipped(self, *, after: Spot = FIRST, limit: int) -> Sequence[Skipped]:
        """The next of those skipped, ever, by lane and position."""
        with self._use() as connection:
            found = connection.execute(SKIPPED, [*after, limit]).fetchall()
        return [Skipped(Spot(*row[:3]), *row[3:]) for row in found]

    def skipped_count(self) -> int:
        """How many records were ever skipped."""
        with self._use() as connection:
            row = connection.execute("SELECT count(*) FROM store.skipped_records").fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        """Let go of the connection."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @contextmanager
    def _use(self) -> Iterator[PatientConnection]:
        try:
            if self._opened is None or self._opened.closed:
                self._opened = self._open_connection()
            yield self._opened
        except psycopg.OperationalError as error:
            self.close()
            raise ViewsUnavailable(str(error)) from error


def _set_aside(row: Sequence[Any]) -> SetAside:
    stream, name, fault, reason, names, *rest = row[3:]
    return SetAside(Spot(*row[:3]), stream, name, fault, reason, tuple(names), *rest)
