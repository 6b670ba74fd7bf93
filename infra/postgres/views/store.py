"""Rows and progress in Postgres, written together (kho khung nhìn)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier

from infra.postgres.connections import PatientConnection, connect
from infra.postgres.views.arrays import register
from infra.postgres.views.batches import NOTIFY, PROGRESS_LOST, Batches, Work
from infra.postgres.views.tables import LIVE, WRITTEN_ONCE
from projections.base import Fact, Projection
from projections.batch import asked, fold_all
from projections.ports import (
    Parked,
    Progress,
    ProgressLost,
    RecordChanged,
    RowsRefused,
    StreamRecord,
    ViewsUnavailable,
)

PROGRAM = "tiepdan projector"

SETTINGS = (
    # Progress and rows are lost together in a crash, and the stream is read again from there.
    "SET synchronous_commit = off",
    # A rebuild's last moment, when the tables change, is worth waiting for.
    "SET lock_timeout = '9s'",
    # Rows are only looked up by key; a plan made while a table was empty must not last.
    "SET enable_seqscan = off",
)

PROGRESS = """
SELECT lane, topic_id, next_offset, position FROM {} WHERE projection = %s AND lane = ANY(%s)
"""
CONFIRM = """
UPDATE {} SET updated_at = clock_timestamp() WHERE projection = ANY(%s) AND lane = ANY(%s)
"""
STREAMS = "SELECT DISTINCT stream FROM {} WHERE lane = ANY(%s)"
RECORDS = """
SELECT lane, record_offset, position, prev, stream, type_name, body, fault, reason
FROM {} WHERE stream = %s ORDER BY position, record_offset
"""
FORGET = """
WITH gone AS (DELETE FROM {} WHERE lane = %s AND stream = %s RETURNING position)
SELECT coalesce(array_agg(position ORDER BY position), '{{}}') FROM gone
"""


class PostgresViewStore:
    """A :class:`projections.ports.ViewStore`. For one thread; close it at the end.

    ``schema`` is another one for a rebuild beside the live views.
    """

    def __init__(
        self, open_connection: Callable[[], PatientConnection], *, schema: str = LIVE
    ) -> None:
        self._open_connection = open_connection
        self._connection: PatientConnection | None = None
        self._batches = Batches(schema)
        progress, parked = Identifier(schema, "progress"), Identifier(schema, "parked")
        self._progress = SQL(PROGRESS).format(progress)
        self._confirm = SQL(CONFIRM).format(progress)
        self._streams = SQL(STREAMS).format(parked)
        self._records = SQL(RECORDS).format(parked)
        self._forget = SQL(FORGET).format(parked)

    @classmethod
    def at(cls, dsn: str, *, schema: str = LIVE) -> "PostgresViewStore":
        """The store at an address; nothing is opened before the first use."""
        return cls(lambda: connect(dsn, PROGRAM), schema=schema)

    def progress(self, projection: str, lanes: Sequence[int]) -> Mapping[int, Progress]:
        with self._use() as connection:
            found = connection.execute(self._progress, [projection, list(lanes)]).fetchall()
        return {lane: Progress(*rest) for lane, *rest in found}

    def apply(self, lane: int, work: Work, parked: Sequence[Parked]) -> None:
        """One transaction, two round trips: move progress and load, then write.

        Raises ``ProgressLost``, ``FoldFailed``, ``ViewsUnavailable``.
        """
        facts = [(projection, batch) for projection, _, _, batch in work]
        with self._use() as connection, connection.transaction():
            with connection.pipeline():
                self._batches.move_progress(connection, lane, work)
                loading = self._batches.load(connection, asked(facts))
            rows = loading.rows()
            fold_all(facts, rows)
            with connection.pipeline():
                self._batches.write(connection, rows)
                self._batches.park(connection, parked)
                connection.execute(NOTIFY)

    def confirm(self, projections: Sequence[str], lanes: Sequence[int]) -> None:
        with self._use() as connection:
            connection.execute(self._confirm, [list(projections), list(lanes)])

    def parked_streams(self, lanes: Sequence[int]) -> frozenset[UUID]:
        with self._use() as connection:
            found = connection.execute(self._streams, [list(lanes)]).fetchall()
        return frozenset(stream for (stream,) in found)

    def parked_records(self, stream: UUID) -> Sequence[Parked]:
        with self._use() as connection:
            found = connection.execute(self._records, [stream]).fetchall()
        return [Parked(StreamRecord(*row[:-1]), row[-1]) for row in found]

    def release(
        self, lane: int, stream: UUID, work: Sequence[tuple[Projection, Sequence[Fact]]]
    ) -> None:
        """As the port says. The facts of every projection are those set aside, no more or less."""
        expected = {tuple(fact.position for fact in facts) for _, facts in work}
        with self._use() as connection, connection.transaction():
            gone = connection.execute(self._forget, [lane, stream]).fetchone()
            if gone is None or expected != {tuple(gone[0])}:
                raise ProgressLost(f"what was set aside of {stream} is not what was asked for")
            with connection.pipeline():
                loading = self._batches.load(connection, asked(work))
            rows = loading.rows()
            fold_all(work, rows)
            with connection.pipeline():
                self._batches.write(connection, rows)
                connection.execute(NOTIFY)

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _use(self) -> Iterator[psycopg.Connection[Any]]:
        try:
            yield self._opened()
        except psycopg.Error as error:
            if error.sqlstate == PROGRESS_LOST:
                raise ProgressLost(str(error)) from error
            if error.sqlstate == WRITTEN_ONCE:
                raise RecordChanged(str(error)) from error
            if isinstance(error, psycopg.DataError):
                raise RowsRefused(str(error)) from error
            if isinstance(error, psycopg.OperationalError):
                self.close()
                raise ViewsUnavailable(str(error)) from error
            raise

    def _opened(self) -> PatientConnection:
        if self._connection is None or self._connection.closed:
            connection = self._open_connection()
            for setting in SETTINGS:
                connection.execute(setting)
            register(connection.adapters)
            self._connection = connection
        return self._connection
