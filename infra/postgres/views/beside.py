"""New views beside the live ones, and the moment they take their place.

Tables move between schemas one by one: renaming the schemas would leave every prepared
statement with the old tables. The old ones stay in ``views_old`` until the next rebuild.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from infra.postgres.connections import PatientConnection, connect
from infra.postgres.views.arrays import register
from infra.postgres.views.copying import LaneWriter
from infra.postgres.views.digests import digests
from infra.postgres.views.indexing import index
from infra.postgres.views.moment import Moment
from infra.postgres.views.sessions import UNWRITABLE
from infra.postgres.views.swapping import (
    NAMES,
    OLD,
    SWAP_TRIES,
    Still,
    ViewsHeld,
    holders,
    keep_vacuum_away,
)
from infra.postgres.views.tables import LIVE, NEXT
from projections.case_history import HistoryRow
from projections.ports import Progress, RowsRefused, ViewsUnavailable
from projections.tables import TABLES

PROGRAM = "tiepdan rebuild"
WIDEST = HistoryRow.TABLE
LONGEST_STATEMENT = 3600.0
LOCK = 0x72656275696C64
"""One rebuild at a time in a database, held by its connection: the letters of "rebuild"."""

SETTINGS = (
    "SET synchronous_commit = off",
    "SET statement_timeout = 0",
    "SET maintenance_work_mem = '64MB'",
    "SET idle_in_transaction_session_timeout = 0",
)

SHAPE = """
SELECT table_name, column_name, udt_name, is_nullable FROM information_schema.columns
WHERE table_schema = %s AND table_name = ANY(%s) ORDER BY 1, 2
"""
OPTIONS = "SELECT unnest(reloptions) FROM pg_class WHERE oid = %s::regclass"

PROGRESS = "SELECT projection, lane, topic_id, next_offset, position FROM views_next.progress"


class NoOldViews(Exception):
    """There is nothing fit to roll back to."""


class RebuildRuns(Exception):
    """Two rebuilds at once would make their tables under each other's hands."""


class Beside:
    """The new views while they are made. For one thread."""

    def __init__(
        self, open_connection: Callable[[], PatientConnection], *, tries: int = SWAP_TRIES
    ) -> None:
        self._open_connection = open_connection
        self._tries = tries
        self._connection = self._opened()
        register(self._connection.adapters)

    def _opened(self) -> PatientConnection:
        connection = self._open_connection()
        connection.silence = LONGEST_STATEMENT
        for setting in SETTINGS:
            connection.execute(setting)
        return connection

    @classmethod
    @contextmanager
    def at(cls, dsn: str, *, tries: int = SWAP_TRIES) -> Iterator["Beside"]:
        """Beside the views at an address, as the role that owns them.

        Raises :class:`ViewsHeld` when somebody kept the live ones for too long; ``tries``
        says how often a swap lets readers past, a fifth of a second each. Raises
        ``ViewsUnavailable``.
        """
        try:
            made = cls(lambda: connect(dsn, PROGRAM), tries=tries)
            with closing(made) as beside, beside._told():
                yield beside
        except psycopg.OperationalError as error:
            raise ViewsUnavailable(str(error)) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except psycopg.errors.LockNotAvailable as late:
            raise ViewsHeld(holders(self._connection)) from late

    def begin(self, *, resume: bool) -> None:
        """Make empty tables, or keep those of a rebuild that was interrupted.

        Raises :class:`RebuildRuns` while another one is at it.
        """
        self._hold()
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
    def lane(self) -> Iterator[LaneWriter]:
        """Write one lane, wholly or not at all. Raises ``RowsRefused``."""
        try:
            with self._connection.transaction():
                yield LaneWriter(self._connection)
        except (psycopg.DataError, *UNWRITABLE) as refused:
            raise RowsRefused(str(refused)) from refused

    def index(self) -> None:
        """Give the tables the keys and indexes of the live ones, and statistics.

        The widest table has more to sort than all others: another connection sees to it.
        """
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="indexes") as other:
            widest = other.submit(self._index_widest)
            for name in NAMES:
                if name != WIDEST:
                    index(self._connection, name)
            widest.result()

    def _index_widest(self) -> None:
        with closing(self._opened()) as connection:
            index(connection, WIDEST)

    def moment(self) -> Moment:
        """The live views as they are now."""
        return Moment.taken(self._opened)

    def digests(self) -> Mapping[str, str]:
        """What the new rows add up to."""
        return digests(self._connection, TABLES, NEXT)

    def reached(self) -> Mapping[tuple[str, int], Progress]:
        """Where the new views stand."""
        found = self._connection.execute(PROGRESS).fetchall()
        return {(projection, lane): Progress(*rest) for projection, lane, *rest in found}

    @contextmanager
    def standing_still(self) -> Iterator[Still]:
        """Hold the live views as they are; whoever reads them goes on reading."""
        with self._connection.transaction():
            keep_vacuum_away(self._connection)
            self._connection.execute(SQL("LOCK TABLE views.progress IN EXCLUSIVE MODE"))
            yield Still(self._connection, self._tries)

    def roll_back(self) -> None:
        """Put the views from before the last rebuild in place; those of now become the old ones.

        They go on from where they stood then. Raises :class:`NoOldViews`,
        :class:`RebuildRuns`.
        """
        self._hold()
        with self._connection.transaction():
            if self._shape(OLD) != self._shape(LIVE):
                raise NoOldViews("there are no old views, or they have another release's columns")
            keep_vacuum_away(self._connection)
            self._connection.execute(SQL("LOCK TABLE views.progress IN EXCLUSIVE MODE"))
            for name in NAMES:
                self._drop(NEXT, name)
                self._move(name, OLD, NEXT)
            Still(self._connection, self._tries).exchange()

    def close(self) -> None:
        """Let go of the lock and the connection; the server would notice the latter later."""
        with suppress(psycopg.Error):
            self._connection.execute("SELECT pg_advisory_unlock_all()")
        self._connection.close()

    def _hold(self) -> None:
        got = self._connection.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
        if got != (True,):
            raise RebuildRuns("another rebuild of these views runs; wait for its end")

    def _shape(self, schema: str) -> Sequence[Any]:
        """The tables of a schema and their columns."""
        return self._connection.execute(SHAPE, [schema, list(NAMES)]).fetchall()

    def _move(self, name: str, here: str, there: str) -> None:
        move = SQL("ALTER TABLE {} SET SCHEMA {}")
        self._connection.execute(move.format(Identifier(here, name), Identifier(there)))

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
