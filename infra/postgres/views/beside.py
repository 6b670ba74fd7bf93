"""New views beside the live ones, and the moment they take their place.

Tables move between schemas one by one: renaming the schemas would leave every prepared
statement with the old tables. The old ones stay in ``views_old`` until the next rebuild.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

from infra.postgres.connections import PatientConnection, connect
from infra.postgres.views.arrays import register
from infra.postgres.views.batches import Batches
from infra.postgres.views.digests import digests
from infra.postgres.views.tables import LIVE, table_of
from projections.base import Row
from projections.ports import Parked, Progress
from projections.tables import TABLES

PROGRAM = "tiepdan rebuild"
NEXT, OLD = "views_next", "views_old"
NAMES = (*(row.TABLE for row in TABLES), "parked", "progress")
LONGEST_STATEMENT = 3600.0
SWAP_LOCK = "SET LOCAL lock_timeout = '200ms'"
"""Shorter than a deadlock check: a reader is never the one to be ended."""

SWAP_TRIES = 50

SETTINGS = (
    "SET synchronous_commit = off",
    "SET statement_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
)

OPTIONS = "SELECT unnest(reloptions) FROM pg_class WHERE oid = %s::regclass"

INDEXES = """
SELECT i.indisprimary, pg_get_indexdef(i.indexrelid), pg_get_constraintdef(c.oid)
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
WHERE i.indrelid = %s::regclass ORDER BY i.indexrelid::regclass::text
"""

PROGRESS = "SELECT projection, lane, topic_id, next_offset, position FROM {}.progress"

BEGIN_LANE = """
INSERT INTO views_next.progress (projection, lane, topic_id, next_offset, position, recorded_at)
SELECT projection, %s, '', 0, %s, %s FROM unnest(%s::text[]) AS p(projection)
"""

CARRY = """
UPDATE views_next.progress AS n SET
    topic_id = l.topic_id, updated_at = l.updated_at,
    next_offset = CASE WHEN l.position <= n.position THEN l.next_offset ELSE 0 END
FROM views.progress AS l WHERE l.projection = n.projection AND l.lane = n.lane
"""
"""The live place in the topic stays valid while it is not past the new rows: what comes
from there again is a repeat. Otherwise the topic is read from its beginning."""

KEEP_STRAYS = """
INSERT INTO views_next.parked SELECT * FROM views.parked WHERE position = 0 ON CONFLICT DO NOTHING
"""


class Beside:
    """The new views while they are made. For one thread; close it at the end."""

    def __init__(self, open_connection: Callable[[], PatientConnection]) -> None:
        self._connection = open_connection()
        self._connection.silence = LONGEST_STATEMENT
        for setting in SETTINGS:
            self._connection.execute(setting)
        register(self._connection.adapters)

    @classmethod
    def at(cls, dsn: str) -> "Beside":
        """Beside the views at an address, as the role that owns them."""
        return cls(lambda: connect(dsn, PROGRAM))

    def begin(self, *, resume: bool) -> None:
        """Make empty tables, or keep those of a rebuild that was interrupted."""
        with self._connection.transaction():
            if resume and self._exists():
                return
            for name in NAMES:
                self._drop(NEXT, name)
                self._make(name)

    def lanes_done(self) -> frozenset[int]:
        """The lanes an interrupted rebuild had finished."""
        found = self._connection.execute(SQL("SELECT DISTINCT lane FROM views_next.progress"))
        return frozenset(lane for (lane,) in found)

    @contextmanager
    def lane(self) -> Iterator["LaneWriter"]:
        """Write one lane, wholly or not at all."""
        with self._connection.transaction():
            yield LaneWriter(self._connection)

    def index(self) -> None:
        """Give the tables the keys and indexes of the live ones, and statistics."""
        for name in NAMES:
            with self._connection.transaction():
                for primary, index, constraint in self._indexes(LIVE, name):
                    if not self._has(name, primary, index):
                        self._connection.execute(_copy_of(name, primary, index, constraint))
            self._connection.execute(SQL("ANALYZE {}").format(Identifier(NEXT, name)))

    def live(self) -> Mapping[tuple[str, int], Progress]:
        """Where the live views stand."""
        return self._standing(LIVE)

    def reached(self) -> Mapping[tuple[str, int], Progress]:
        """Where the new views stand."""
        return self._standing(NEXT)

    @contextmanager
    def standing_still(self) -> Iterator["Still"]:
        """Hold the live views as they are; whoever reads them goes on reading."""
        with self._connection.transaction():
            self._connection.execute(SQL("LOCK TABLE views.progress IN EXCLUSIVE MODE"))
            yield Still(self._connection)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _standing(self, schema: str) -> Mapping[tuple[str, int], Progress]:
        query = SQL(PROGRESS).format(Identifier(schema))
        found = self._connection.execute(query).fetchall()
        return {(projection, lane): Progress(*rest) for projection, lane, *rest in found}

    def _exists(self) -> bool:
        found = [self._connection.execute("SELECT to_regclass(%s)", [f"{NEXT}.{n}"]).fetchone()
                 for n in NAMES]  # fmt: skip
        return None not in {oid for row in found if row for oid in row}

    def _drop(self, schema: str, name: str) -> None:
        self._connection.execute(SQL("DROP TABLE IF EXISTS {}").format(Identifier(schema, name)))

    def _make(self, name: str) -> None:
        live, new = Identifier(LIVE, name), Identifier(NEXT, name)
        self._connection.execute(
            SQL("CREATE TABLE {} (LIKE {} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)").format(
                new, live
            )
        )
        for (option,) in self._connection.execute(OPTIONS, [f"{LIVE}.{name}"]).fetchall():
            key, value = option.split("=", 1)
            self._connection.execute(
                SQL("ALTER TABLE {} SET ({} = {})").format(new, Identifier(key), Literal(value))
            )
        self._connection.execute(SQL("GRANT SELECT ON {} TO tiepdan_app").format(new))

    def _indexes(self, schema: str, name: str) -> Sequence[tuple[bool, str, str | None]]:
        return self._connection.execute(INDEXES, [f"{schema}.{name}"]).fetchall()

    def _has(self, name: str, primary: bool, index: str) -> bool:
        made = self._indexes(NEXT, name)
        return any(p for p, *_ in made) if primary else _moved(index) in {i for _, i, _ in made}


class LaneWriter:
    """Writes one lane's rows into tables that have no keys yet."""

    def __init__(self, connection: PatientConnection) -> None:
        self._connection = connection

    def write(self, row: type[Row], rows: Sequence[Row]) -> None:
        """Rows of one table that are not there yet."""
        table = table_of(row, NEXT)
        self._connection.execute(table.insert, table.arrays(rows), prepare=True)

    def park(self, parked: Sequence[Parked]) -> None:
        """Records set aside."""
        Batches(NEXT).park(self._connection, parked)

    def finish(self, lane: int, names: Sequence[str], position: int, recorded_at: Any) -> None:
        """Say how far every projection is in this lane."""
        self._connection.execute(BEGIN_LANE, [lane, position, recorded_at, list(names)])


class Still:
    """The live views, which nobody writes now."""

    def __init__(self, connection: PatientConnection) -> None:
        self._connection = connection

    def digests(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """What the live rows and the new rows add up to."""
        return digests(self._connection, TABLES), digests(self._connection, TABLES, NEXT)

    def swap(self) -> None:
        """Put the new tables in place of the live ones."""
        self._connection.execute(CARRY)
        self._connection.execute(KEEP_STRAYS)
        for attempt in range(1, SWAP_TRIES + 1):
            try:
                with self._connection.transaction():
                    self._exchange()
            except psycopg.errors.LockNotAvailable:
                if attempt == SWAP_TRIES:
                    raise
            else:
                return

    def _exchange(self) -> None:
        self._connection.execute(SWAP_LOCK)
        live = SQL(", ").join(Identifier(LIVE, name) for name in NAMES)
        self._connection.execute(SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(live))
        for name in NAMES:
            for statement in (
                SQL("DROP TABLE IF EXISTS {}").format(Identifier(OLD, name)),
                SQL("ALTER TABLE {} SET SCHEMA {}").format(Identifier(LIVE, name), Identifier(OLD)),
                SQL("ALTER TABLE {} SET SCHEMA {}").format(
                    Identifier(NEXT, name), Identifier(LIVE)
                ),
            ):
                self._connection.execute(statement)


def _moved(index: str) -> str:
    """A live index's definition on the new table: the catalogue qualifies every table."""
    return index.replace(f" ON {LIVE}.", f" ON {NEXT}.", 1)


def _copy_of(name: str, primary: bool, index: str, constraint: str | None) -> SQL | Composed:
    if primary and constraint is not None:
        return SQL("ALTER TABLE {} ADD {}").format(Identifier(NEXT, name), SQL(constraint))
    return SQL(_moved(index))
