"""Rows and progress in Postgres, written together (kho khung nhìn)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg.sql import SQL, Identifier

from infra.postgres.connections import TRANSACTION_SECONDS, PatientConnection, connect
from infra.postgres.views.amended import amend
from infra.postgres.views.batches import Batches, Work
from infra.postgres.views.sessions import Sessions
from infra.postgres.views.tables import LIVE, table_of
from infra.postgres.views.under_way import BatchUnderWay
from projections.base import Fact, Projection, R
from projections.batch import asked, concerning, fold_all
from projections.ports import (
    Parked,
    ParkedHead,
    Progress,
    ProgressLost,
    StreamRecord,
    Writing,
    asked_to_fold,
    unfolded,
)

PROGRAM = "tiepdan projector"

BEGIN, COMMIT = SQL("BEGIN"), SQL("COMMIT")

PROGRESS = """
SELECT lane, topic_id, next_offset, position FROM {} WHERE projection = %s AND lane = ANY(%s)
"""
CONFIRM = """
UPDATE {} SET updated_at = clock_timestamp() WHERE projection = ANY(%s) AND lane = ANY(%s)
"""
HEADS = """
SELECT DISTINCT ON (lane, stream) lane, stream, position, reason
FROM {} WHERE lane = ANY(%s) ORDER BY lane, stream, position, record_offset
"""
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
        self._sessions = Sessions(open_connection)
        self._schema = schema
        self._batches = Batches(schema)
        progress, parked = Identifier(schema, "progress"), Identifier(schema, "parked")
        self._progress = SQL(PROGRESS).format(progress)
        self._confirm = SQL(CONFIRM).format(progress)
        self._heads = SQL(HEADS).format(parked)
        self._records = SQL(RECORDS).format(parked)
        self._forget = SQL(FORGET).format(parked)

    @classmethod
    def at(cls, dsn: str, *, schema: str = LIVE) -> "PostgresViewStore":
        """The store at an address; nothing is opened before the first use."""
        return cls(
            lambda: connect(dsn, PROGRAM, transaction_within=TRANSACTION_SECONDS), schema=schema
        )

    def progress(self, projection: str, lanes: Sequence[int]) -> Mapping[int, Progress]:
        with self._sessions.use() as connection:
            found = connection.execute(self._progress, [projection, list(lanes)]).fetchall()
        return {lane: Progress(*rest) for lane, *rest in found}

    def apply(self, lane: int, work: Work, parked: Sequence[Parked]) -> None:
        """As the port says.

        Raises ``ProgressLost``, ``FoldFailed``, ``RecordChanged``, ``RowsRefused``,
        ``ViewsUnavailable``.
        """
        self.start(lane, work, parked).settle()

    def start(self, lane: int, work: Work, parked: Sequence[Parked]) -> Writing:
        """One transaction, two round trips, neither waited for.

        Move progress and load; fold; write and commit.
        """
        facts = concerning((projection, batch) for projection, _, _, batch in work)
        keys = asked(facts)
        return BatchUnderWay(self._sessions, self._batches, lane, work, facts, keys, parked)

    def find(self, row: type[R], *key: Any) -> R | None:
        table = table_of(row, self._schema)
        with self._sessions.use() as connection:
            cursor = connection.cursor(row_factory=table.factory(), binary=True)
            return cursor.execute(table.find, key).fetchone()

    def confirm(self, projections: Sequence[str], lanes: Sequence[int]) -> None:
        with self._sessions.use() as connection:
            connection.execute(self._confirm, [list(projections), list(lanes)])

    def parked_heads(self, lanes: Sequence[int]) -> Sequence[ParkedHead]:
        with self._sessions.use() as connection:
            found = connection.execute(self._heads, [list(lanes)]).fetchall()
        return [ParkedHead(*row) for row in found]

    def parked_records(self, stream: UUID) -> Sequence[Parked]:
        with self._sessions.use() as connection:
            found = connection.execute(self._records, [stream]).fetchall()
        return [_parked(row) for row in found]

    def skipped(self, lanes: Sequence[int]) -> frozenset[int]:
        with self._sessions.use() as connection:
            found = connection.execute(SKIPPED, [list(lanes)]).fetchall()
        return frozenset(position for (position,) in found)

    def release(
        self, lane: int, stream: UUID, work: Sequence[tuple[Projection, Sequence[Fact]]]
    ) -> None:
        """As the port says: each projection folds what it has not folded, no more or less."""
        names = [projection.name for projection, _ in work]
        with self._sessions.use() as connection, connection.transaction():
            self._batches.lock(connection, lane, names)
            found = connection.execute(self._forget, [lane, stream]).fetchall()
            gone = sorted(map(_parked, found), key=lambda parked: parked.record.position)
            given = asked_to_fold((parked.record.position for parked in gone), work)
            if not gone or unfolded(gone, names) != given:
                raise ProgressLost(f"what was set aside of {stream} is not what was asked for")
            facts = concerning(work)
            with connection.pipeline():
                loading = self._batches.load(connection, asked(facts))
            rows = loading.rows()
            fold_all(facts, rows)
            with connection.pipeline():
                self._batches.write(connection, rows)
                amend(connection)

    def close(self) -> None:
        """Let go of every connection."""
        self._sessions.close()


def _parked(row: tuple[Any, ...]) -> Parked:
    *record, reason, names = row
    return Parked(StreamRecord(*record), reason, tuple(names))
