"""Due days in the views, looked through and set right while projectors fold on (hạn trong bảng).

Pages are read without a lock. What moved is worked out once more under the lock of its lane,
the one that a projector takes: neither overwrites the other's row, and the counts stay right.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier

from infra.postgres.connections import TRANSACTION_SECONDS, PatientConnection, connect
from infra.postgres.views.amended import amend
from infra.postgres.views.arrays import register, texts
from infra.postgres.views.batches import LOCK, Batches
from infra.postgres.views.tables import LIVE, table_of
from projections.base import Row
from projections.batch import RowBuffer, key_of
from projections.clocks import Clocks
from projections.ports import ViewsUnavailable
from projections.recomputing import Moved, Sort, put_moved, worked_out_again

PROGRAM: Final = "tiepdan due days"
AT_ONCE: Final = 5_000
"""Rows of a page: some hundred of a lane are written at a time, as a projector does."""
FIRST: Final = UUID(int=0)

PAGE = """
SELECT {picked} FROM {table} WHERE {key} > %s AND ({due} IS NULL OR {due} >= %s) AND {start} < %s
    AND (coalesce({met}) IS NULL OR coalesce({met}) >= %s)
ORDER BY {key} LIMIT %s
"""
SOME = "SELECT {picked} FROM {table} WHERE {key} = ANY(%s) ORDER BY {key}"
NOTE = """
INSERT INTO views.moved_due (upto, office, clock, subject, number, lane, was, due)
SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::uuid[], %s::text[], %s::smallint[],
    %s::date[], %s::date[])
ON CONFLICT (upto, office, subject, clock) DO UPDATE SET due = excluded.due
"""
MARK = "SELECT coalesce(max(upto), 0) FROM views.law_passes"
PASSED = """
INSERT INTO views.law_passes AS p (upto, moved) VALUES (%s, %s)
ON CONFLICT (upto) DO UPDATE SET moved = p.moved + excluded.moved, passed_at = clock_timestamp()
"""
FORGET = """
WITH kept AS (SELECT upto FROM views.law_passes ORDER BY upto DESC LIMIT %s),
    gone AS (DELETE FROM views.law_passes WHERE upto < (SELECT min(upto) FROM kept))
DELETE FROM views.moved_due WHERE upto < (SELECT min(upto) FROM kept)
"""
KEPT: Final = 50
"""Passes of which it is still told what they moved: some years of notices."""
MOVED = """
SELECT clock, subject, number, office, lane, was, due, false FROM views.moved_due
WHERE upto > %s AND upto <= %s ORDER BY upto, office, subject, clock
"""
TURN: Final = 0x6475652064617973
"""One pass at a time in a database: the letters of "due days"."""
LOOK_AGAIN: Final = 0.1


@dataclass(frozen=True, slots=True)
class Span:
    """Days of which the working or not working changed; both are included.

    ``since``: when the change was learned. A clock met before that day keeps its own.
    """

    first: date = date.min
    last: date = date.max
    since: date = date.min


EVERY_DAY: Final = Span()


class DueDays:
    """The due days of the live views. For one thread; close it at the end."""

    def __init__(self, open_connection: Callable[[], PatientConnection]) -> None:
        self._open_connection = open_connection
        self._connection: PatientConnection | None = None
        self._batches = Batches(LIVE)

    @classmethod
    def at(cls, dsn: str) -> "DueDays":
        """At an address, as the projectors' role; nothing is opened before the first use."""
        return cls(lambda: connect(dsn, PROGRAM, transaction_within=TRANSACTION_SECONDS))

    def mark(self) -> int:
        """Up to which fact of the law every due day is right; 0 before the first pass."""
        with self._use() as connection:
            return int(connection.execute(MARK).fetchall()[0][0])

    @contextmanager
    def turn(self, wait: float) -> Iterator[bool]:
        """Whether one has the turn to pass, at the latest after so many seconds."""
        until, got = time.monotonic() + wait, False
        with self._use() as connection:
            while True:
                ask = connection.execute("SELECT pg_try_advisory_lock(%s)", [TURN])
                got = bool(ask.fetchall()[0][0])
                if got or time.monotonic() >= until:
                    break
                time.sleep(LOOK_AGAIN)
        try:
            yield got
        finally:
            if got and self._connection is not None:
                with suppress(psycopg.Error):
                    self._connection.execute("SELECT pg_advisory_unlock(%s)", [TURN])

    def passed(self, upto: int, moved: int) -> None:
        """Every due day is right up to this fact; what old passes moved is forgotten."""
        with self._use() as connection, connection.transaction():
            connection.execute(PASSED, [upto, moved])
            connection.execute(FORGET, [KEPT])

    def moved_since(self, mark: int, upto: int) -> Sequence[Moved]:
        """What the passes after a mark moved, up to another."""
        with self._use() as connection:
            found = connection.execute(MOVED, [mark, upto]).fetchall()
        return [Moved(*values) for values in found]

    def set_right(
        self, sort: Sort[Any], clocks: Clocks, span: Span, upto: int | None = None
    ) -> Iterator[tuple[Moved, ...]]:
        """Page by page what moved, each page's rows written. Raises ``ViewsUnavailable``.

        ``upto`` names the pass under which what moved is kept; none keeps nothing.

        A row of which nothing is due yet is looked at too: it may be due now.
        """
        after: UUID | None = FIRST
        while after is not None:
            page = self._page(sort, after, span)
            after = key_of(page[-1])[0] if len(page) == AT_ONCE else None
            lanes: defaultdict[int, list[UUID]] = defaultdict(list)
            for _, row in worked_out_again(sort, page, clocks):
                lanes[sort.moved(row, row).lane].append(key_of(row)[0])
            for lane, keys in sorted(lanes.items()):
                yield self._write(sort, lane, keys, clocks, upto)

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _page(self, sort: Sort[Any], after: UUID, span: Span) -> Sequence[Row]:
        asked = [after, span.first, span.last, span.since, AT_ONCE]
        with self._use() as connection:
            return self._rows(connection, PAGE, sort, asked)

    def _write(
        self, sort: Sort[Any], lane: int, keys: Sequence[UUID], clocks: Clocks, upto: int | None
    ) -> tuple[Moved, ...]:
        """These rows as they stand now, under the lane's lock; another may have moved them."""
        rows = RowBuffer({})
        progress = Identifier(LIVE, "progress")
        with self._use() as connection, connection.transaction():
            lock = SQL(LOCK).format(progress).as_bytes()
            connection.execute(lock, [lane, texts([sort.projection])])
            standing = self._rows(connection, SOME, sort, [list(keys)])
            moved = put_moved(sort, worked_out_again(sort, standing, clocks), rows)
            self._batches.write(connection, rows)
            _note(connection, upto, moved)
            if moved:
                amend(connection)
        return moved

    def _rows(
        self, connection: PatientConnection, query: str, sort: Sort[Any], asked: Sequence[Any]
    ) -> Sequence[Row]:
        table = table_of(sort.row)
        named = SQL(query).format(
            picked=table.picked,
            table=table.name,
            key=Identifier(sort.row.KEY[0]),
            due=Identifier(sort.due),
            start=Identifier(sort.start),
            met=SQL(", ").join(map(Identifier, sort.met)),
        )
        return connection.cursor(row_factory=table.factory()).execute(named, asked).fetchall()

    @contextmanager
    def _use(self) -> Iterator[PatientConnection]:
        try:
            if self._connection is None or self._connection.closed:
                self._connection = self._open_connection()
                register(self._connection.adapters)
            yield self._connection
        except psycopg.OperationalError as error:
            self.close()
            raise ViewsUnavailable(str(error)) from error


def _note(connection: PatientConnection, upto: int | None, moved: Sequence[Moved]) -> None:
    """Keep what moved of open files, under its pass."""
    told = [each for each in moved if not each.ended]
    if upto is None or not told:
        return
    columns = zip(
        *((m.office, m.clock, m.subject, m.number, m.lane, m.was, m.due) for m in told),
        strict=True,
    )
    connection.execute(NOTE, [upto, *map(list, columns)])
