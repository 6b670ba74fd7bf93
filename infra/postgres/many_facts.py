"""A store and its views filled to millions of facts in minutes (kho lớn). Only ``tiepdan bench``.

Rows come by COPY and by ``INSERT .. SELECT``, indexes last; what was there is multiplied. It
needs the owner of the database: no role of ours may write past the append function.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple
from uuid import UUID

import psycopg
from psycopg import sql

FACTS = """
SELECT originator_id, originator_version, topic, state, lane FROM store.stored_events
ORDER BY notification_id
"""
FACTS_AFTER = """
SELECT originator_id, originator_version, topic, state, lane FROM store.stored_events
WHERE notification_id > %s ORDER BY notification_id
"""
RECEIPTS_AFTER = """
SELECT key, request, response FROM store.receipts ORDER BY recorded_at, key OFFSET %s
"""
SHIFT = "UPDATE views.petitions SET due_on = due_on + %s"
COPY_FACTS = """
COPY store.stored_events (originator_id, originator_version, topic, state, lane)
FROM STDIN (FORMAT BINARY)
"""
BINARY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
BINARY_TAIL = b"\xff\xff"

INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), c.conname,
    pg_get_constraintdef(c.oid)
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
WHERE i.indrelid = %s::regclass
"""
RECEIPTS = """
INSERT INTO store.receipts (key, request, response)
SELECT gen_random_uuid(), sha256(n::text::bytea), convert_to(repeat('r', %s), 'UTF8')
FROM generate_series(1, %s) AS n
"""
MEAN_RECEIPT = "SELECT coalesce(avg(octet_length(response)), 200)::int FROM store.receipts"

DONE: Mapping[str, str] = {
    "petitions": "ended_on IS NOT NULL",
    "offers": "answered_at IS NOT NULL",
    "cases": "state = 'closed'",
    "gatherings": "dispersed_at IS NOT NULL",
    "missions": "closed_at IS NOT NULL",
    "history": "true",
}
"""Which rows of a view are multiplied: work that is done. What is open stays as it is."""

COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'views' AND table_name = %s ORDER BY ordinal_position
"""
VIEW_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'views'"
SPREAD_TALLIES = """
INSERT INTO views.office_flow (office, day, what, lane, n)
SELECT office, day - %(days)s * span, what, lane, n * %(times)s
FROM views.office_flow, generate_series(1, %(spans)s) AS span
ON CONFLICT DO NOTHING;
INSERT INTO views.office_load (office, what, due_on, lane, n)
SELECT office, what, due_on - %(days)s * span, lane, 0
FROM views.office_load, generate_series(1, %(spans)s) AS span
ON CONFLICT DO NOTHING
"""

StoredRow = tuple[UUID, int, str, bytes, int]
ReceiptRow = tuple[UUID, bytes, bytes]


class Written(NamedTuple):
    """Facts and receipts as rows."""

    facts: Sequence[StoredRow]
    receipts: Sequence[ReceiptRow]


class ManyFacts:
    """Fills one database. Close it at the end."""

    def __init__(self, dsn: str) -> None:
        self._connection = psycopg.connect(dsn, autocommit=True)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def facts(self) -> Sequence[StoredRow]:
        """What there is: stream, version, type, body, lane."""
        with self._connection.cursor(binary=True) as cursor:
            return cursor.execute(FACTS).fetchall()

    def copy_facts(self, pieces: Iterable[bytes]) -> None:
        """Take in rows in COPY's binary form, five columns each."""
        with (
            self._indexes_last("store.stored_events"),
            self._connection.cursor() as cursor,
            cursor.copy(COPY_FACTS) as copy,
        ):
            copy.write(BINARY_HEAD)
            for piece in pieces:
                copy.write(piece)
            copy.write(BINARY_TAIL)

    def fill_receipts(self, wanted: int) -> None:
        """So many receipts of the usual length under random keys."""
        with self._indexes_last("store.receipts"):
            row = self._connection.execute(MEAN_RECEIPT).fetchone()
            self._connection.execute(RECEIPTS, [row[0] if row else 0, wanted])

    def multiply_views(
        self, times: int, *, days: int, spans: int, tell: Callable[[str], None]
    ) -> None:
        """Every row of work that is done, so many times more, under other ids and older days.

        Copies fall into so many spans of so many days before the first. Bodies are left empty.
        """
        known = {name for (name,) in self._connection.execute(VIEW_TABLES).fetchall()}
        for table in (name for name in DONE if name in known):
            tell(f"views.{table}")
            with self._indexes_last(f"views.{table}"):
                self._connection.execute(
                    self._multiplied(table), {"times": times, "days": days, "spans": spans}
                )
        for statement in SPREAD_TALLIES.split(";"):
            self._connection.execute(
                statement.encode(), {"times": times // spans, "days": days, "spans": spans}
            )

    def shift_due_days(self, by: int) -> int:
        """Move the reply day of every petition by so many days; how many there were."""
        return self._connection.execute(SHIFT, [by]).rowcount

    def written_after(self, position: int, receipts: int) -> Written:
        """What came after a position, and after so many receipts."""
        with self._connection.cursor(binary=True) as cursor:
            facts = cursor.execute(FACTS_AFTER, [position]).fetchall()
            kept = cursor.execute(RECEIPTS_AFTER, [receipts]).fetchall()
        return Written(facts, kept)

    def settle(self) -> None:
        """As autovacuum would leave it, given time."""
        self._connection.execute("VACUUM (ANALYZE)")
        self._connection.execute("CHECKPOINT")

    def count(self, table: str) -> int:
        """Rows of a table, named with its schema."""
        counting = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(*table.split(".")))
        row = self._connection.execute(counting).fetchone()
        return int(row[0]) if row else 0

    def bytes_on_disk(self) -> int:
        """The whole database."""
        row = self._connection.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0

    def _multiplied(self, table: str) -> sql.Composed:
        columns = self._connection.execute(COLUMNS, [table]).fetchall()
        return sql.SQL(
            "INSERT INTO views.{table} ({names}) SELECT {values} FROM (SELECT *, ("
            "SELECT max(position) + 1 FROM views.{table}) AS stride FROM views.{table} "
            "WHERE {done}) AS t, generate_series(1, %(times)s) AS k"
        ).format(
            table=sql.Identifier(table),
            names=sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns),
            values=sql.SQL(", ").join(_value(name, kind) for name, kind in columns),
            done=sql.SQL(DONE[table]),
        )

    @contextmanager
    def _indexes_last(self, table: str) -> Iterator[None]:
        """Without its indexes while rows come; made anew from the same definitions."""
        found = self._connection.execute(INDEXES, [table]).fetchall()
        for index, _, constraint, _ in found:
            drop = f"ALTER TABLE {table} DROP CONSTRAINT {constraint}"
            self._connection.execute((drop if constraint else f"DROP INDEX {index}").encode())
        yield
        self._connection.execute("SET maintenance_work_mem = '512MB'")
        for _, made, constraint, definition in found:
            add = f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}"
            self._connection.execute((add if constraint else made).encode())


def _value(name: str, kind: str) -> sql.Composable:
    """What a column of the k-th copy holds."""
    column, back = sql.Identifier("t", name), sql.SQL("%(days)s * (1 + k %% %(spans)s)")
    if name == "position":
        return sql.SQL("{} + k * t.stride").format(column)
    if name == "number":
        return sql.SQL("{} || '-' || k").format(column)
    match kind:
        case "uuid":
            return sql.SQL("md5({}::text || k)::uuid").format(column)
        case "date":
            return sql.SQL("{} - {}").format(column, back)
        case "timestamp with time zone":
            return sql.SQL("{} - make_interval(days => {})").format(column, back)
        case "bytea":
            return sql.SQL("''::bytea")
        case _:
            return column
