"""Rows and progress in Postgres, written together (kho khung nhìn)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from typing import Any
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier

from infra.postgres.connections import TRANSACTION_SECONDS, PatientConnection, connect
from infra.postgres.views.arrays import register
from infra.postgres.views.batches import NOTIFY, PROGRESS_LOST, Batches, Work
from infra.postgres.views.tables import LIVE, WRITTEN_ONCE, table_of
from projections.base import Fact, Projection, R
from projections.batch import RowBuffer, asked, fold_all
from projections.ports import (
    Parked,
    Progress,
    ProgressLost,
    RecordChanged,
    RowsRefused,
    StreamRecord,
    ViewsUnavailable,
    Writing,
    asked_to_fold,
    unfolded,
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

BEGIN, COMMIT = SQL("BEGIN"), SQL("COMMIT")

PROGRESS = """
SELECT lane, topic_id, next_offset, position FROM {} WHERE projection = %s AND lane = ANY(%s)
"""
CONFIRM = """
UPDATE {} SET updated_at = clock_timestamp() WHERE projection = ANY(%s) AND lane = ANY(%s)
"""
STREAMS = "SELECT DISTINCT stream FROM {} WHERE lane = ANY(%s)"
RECORDS = """
SELECT lane, record_offset, position, prev, stream, type_name, body, fault, reason, unfolded_by
FROM {} WHERE stream = %s ORDER BY position, record_offset
"""
FORGET = """
DELETE FROM {} WHERE lane = %s AND stream = %s
RETURNING lane, record_offset, position, prev, stream, type_name, body, fault, reason, unfolded_by
"""
SKIPPED = "SELECT position FROM store.skipped_records WHERE lane = ANY(%s) AND position > 0"


class PostgresViewStore:
    """A :class:`projections.ports.ViewStore`. For one thread; close it at the end.

    ``schema`` is another one for a rebuild beside the live views.
    """

    def __init__(
        self, open_connection: Callable[[], PatientConnection], *, schema: str = LIVE
    ) -> None:
        self._open_connection = open_connection
        self._connection: PatientConnection | None = None
        self._schema = schema
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
        return cls(
            lambda: connect(dsn, PROGRAM, transaction_within=TRANSACTION_SECONDS), schema=schema
        )

    def progress(self, projection: str, lanes: Sequence[int]) -> Mapping[int, Progress]:
        with self._use() as connection:
            found = connection.execute(self._progress, [projection, list(lanes)]).fetchall()
        return {lane: Progress(*rest) for lane, *rest in found}

    def apply(self, lane: int, work: Work, parked: Sequence[Parked]) -> None:
        """As the port says.

        Raises ``ProgressLost``, ``FoldFailed``, ``RecordChanged``, ``RowsRefused``,
        ``ViewsUnavailable``.
        """
        self.start(lane, work, parked).settle()

    def start(self, lane: int, work: Work, parked: Sequence[Parked]) -> Writing:
        """One transaction, two round trips, the second not waited for.

        Move progress and load; fold; write and commit. Raises as ``apply``.
        """
        facts = [(projection, batch) for projection, _, _, batch in work]
        with self._use() as connection, undone_if_it_fails(connection):
            with connection.pipeline():
                connection.execute(BEGIN)
                self._batches.move_progress(connection, lane, work)
                loading = self._batches.load(connection, asked(facts))
            rows = loading.rows()
            fold_all(facts, rows)
            return self._send(connection, rows, parked)

    def _send(
        self, connection: PatientConnection, rows: RowBuffer, parked: Sequence[Parked]
    ) -> Writing:
        """Put the writes and their commit on the line; the server works on them from now on."""
        with ExitStack() as opened:
            pipeline = opened.enter_context(connection.pipeline())
            self._batches.write(connection, rows)
            self._batches.park(connection, parked)
            connection.execute(NOTIFY)
            connection.execute(COMMIT)
            pipeline.sync()
            return SentBatch(self._use, opened.pop_all())

    def find(self, row: type[R], *key: Any) -> R | None:
        table = table_of(row, self._schema)
        with self._use() as connection:
            cursor = connection.cursor(row_factory=table.factory(), binary=True)
            return cursor.execute(table.find, key).fetchone()

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
        return [_parked(row) for row in found]

    def skipped(self, lanes: Sequence[int]) -> frozenset[int]:
        with self._use() as connection:
            found = connection.execute(SKIPPED, [list(lanes)]).fetchall()
        return frozenset(position for (position,) in found)

    def release(
        self, lane: int, stream: UUID, work: Sequence[tuple[Projection, Sequence[Fact]]]
    ) -> None:
        """As the port says: each projection folds what it has not folded, no more or less."""
        names = [projection.name for projection, _ in work]
        with self._use() as connection, connection.transaction():
            found = connection.execute(self._forget, [lane, stream]).fetchall()
            gone = sorted(map(_parked, found), key=lambda parked: parked.record.position)
            given = asked_to_fold((parked.record.position for parked in gone), work)
            if not gone or unfolded(gone, names) != given:
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
    def _use(self) -> Iterator[PatientConnection]:
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


class SentBatch:
    """A :class:`projections.ports.Writing` whose answers are still to be read."""

    def __init__(
        self, use: Callable[[], AbstractContextManager[PatientConnection]], opened: ExitStack
    ) -> None:
        self._use = use
        self._opened = opened

    def settle(self) -> None:
        """Read the answers of the pipeline."""
        with self._use() as connection, undone_if_it_fails(connection):
            self._opened.close()


@contextmanager
def undone_if_it_fails(connection: PatientConnection) -> Iterator[None]:
    """Leave no transaction open behind an error."""
    try:
        yield
    except BaseException:
        with suppress(psycopg.Error):
            connection.rollback()
        raise


def _parked(row: tuple[Any, ...]) -> Parked:
    *record, reason, names = row
    return Parked(StreamRecord(*record), reason, tuple(names))
