"""Due days in the views, looked through and set right while projectors fold on (hạn trong bảng).

Pages are read without a lock. What moved is worked out once more under the lock of its lane,
the one that a projector takes: neither overwrites the other's row, and the counts stay right.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier

from infra.postgres.connections import TRANSACTION_SECONDS, PatientConnection, connect
from infra.postgres.views.arrays import register, texts
from infra.postgres.views.batches import LOCK, NOTIFY, Batches
from infra.postgres.views.tables import LIVE, table_of
from projections.base import Row
from projections.batch import RowBuffer, key_of
from projections.clocks import Clocks
from projections.ports import ViewsUnavailable
from projections.recomputing import Moved, Sort, put_moved, worked_out_again

PROGRAM: Final = "tiepdan due days"
AT_ONCE: Final = 1_000
"""Rows of a page."""
FIRST: Final = UUID(int=0)

PAGE = """
SELECT {picked} FROM {table} WHERE {key} > %s AND ({due} IS NULL OR {due} >= %s) AND {start} < %s
ORDER BY {key} LIMIT %s
"""
SOME = "SELECT {picked} FROM {table} WHERE {key} = ANY(%s) ORDER BY {key}"
ENDED_OVER = """
SELECT (SELECT count(*) FROM views.petitions
        WHERE ended_on IS NOT NULL AND received_on < %(last)s AND due_on >= %(first)s
            AND (%(office)s::text IS NULL OR in_charge = %(office)s)
            AND (%(units)s::text[] IS NULL OR in_charge_unit = ANY(%(units)s)))
    + (SELECT count(*) FROM views.cases
        WHERE state = 'closed' AND opened_on < %(last)s AND settle_due >= %(first)s
            AND (%(office)s::text IS NULL OR office = %(office)s)
            AND (%(units)s::text[] IS NULL OR unit = ANY(%(units)s)))
"""


@dataclass(frozen=True, slots=True)
class Span:
    """Days of which the working or not working changed; both are included."""

    first: date = date.min
    last: date = date.max


EVERY_DAY: Final = Span()


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose files: of one office, of the offices of some units, or everybody's."""

    office: str | None = None
    units: Sequence[str] | None = None


EVERYBODY: Final = Whose()


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

    def ended_over(self, span: Span, whose: Whose = EVERYBODY) -> int:
        """How many files at their end ran over these days. Raises ``ViewsUnavailable``."""
        units = None if whose.units is None else list(whose.units)
        named = {"first": span.first, "last": span.last, "office": whose.office, "units": units}
        with self._use() as connection:
            return int(connection.execute(ENDED_OVER, named).fetchall()[0][0])

    def set_right(self, sort: Sort[Any], clocks: Clocks, span: Span) -> Iterator[tuple[Moved, ...]]:
        """Page by page what moved, each page's rows written. Raises ``ViewsUnavailable``.

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
                yield self._write(sort, lane, keys, clocks)

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _page(self, sort: Sort[Any], after: UUID, span: Span) -> Sequence[Row]:
        asked = [after, span.first, span.last, AT_ONCE]
        with self._use() as connection:
            return self._rows(connection, PAGE, sort, asked)

    def _write(
        self, sort: Sort[Any], lane: int, keys: Sequence[UUID], clocks: Clocks
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
            connection.execute(NOTIFY)
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
