"""The fact store on Postgres: the truth."""

import os
from collections.abc import Mapping, Sequence
from typing import Any, Self, cast
from uuid import UUID

import psycopg
from psycopg_pool import ConnectionPool

from domain.events.base import OfficeEvent
from domain.ports import (
    AtHand,
    Draft,
    KeyTaken,
    Receipt,
    StoredFact,
    StoreUnavailable,
    Told,
    VersionTaken,
    Wanted,
)
from infra.postgres.batches import ReceiptTaken, StreamTaken
from infra.postgres.connections import PatientConnection, connect
from infra.postgres.database import Database
from infra.postgres.group_commit import UNKNOWN, Save
from infra.postgres.recorder import (
    PROGRAM,
    GroupCommitRecorder,
    StoreDatastore,
    refuse_lossy_mode,
    refuse_unsafe_server,
)
from infra.postgres.views.arrays import uuids
from infra.serial import EventMapper, decode

LOAD = """
SELECT topic, state FROM store.stored_events
WHERE originator_id = %s AND originator_version <= coalesce(%s, 9223372036854775807)
ORDER BY originator_version
"""
LAST_VERSION = """
SELECT coalesce(max(originator_version), 0) FROM store.stored_events WHERE originator_id = %s
"""
FIND_RECEIPT = "SELECT key, request, response FROM store.receipts WHERE key = %s"
AT_HAND = """
SELECT 0, key, NULL::bigint, NULL::bigint, NULL::text, request, response
FROM store.receipts WHERE key = ANY (%b)
UNION ALL
SELECT 1, originator_id, originator_version, notification_id, topic, state, NULL
FROM store.stored_events WHERE originator_id = ANY (%b)
UNION ALL
SELECT 2, wanted.stream, (
    SELECT coalesce(max(originator_version), 0) FROM store.stored_events
    WHERE originator_id = wanted.stream
), NULL, NULL, NULL, NULL FROM unnest(%b) AS wanted (stream)
"""
RECEIPT, FACT = 0, 1
HEAD = "SELECT coalesce(max(notification_id), 0) FROM store.stored_events"
COLUMNS = "notification_id, lane, originator_id, originator_version, topic, state, traceparent"
READ = f"""
SELECT {COLUMNS} FROM store.stored_events
WHERE notification_id > %s ORDER BY notification_id LIMIT %s
"""  # noqa: S608
READ_LANES = f"""
SELECT e.* FROM unnest(%s::smallint[]) AS wanted (lane) CROSS JOIN LATERAL (
    SELECT {COLUMNS} FROM store.stored_events
    WHERE lane = wanted.lane AND notification_id > %s ORDER BY notification_id LIMIT %s
) AS e ORDER BY e.notification_id LIMIT %s
"""  # noqa: S608
READ_STREAM = f"""
SELECT {COLUMNS}, (
    SELECT coalesce(max(p.notification_id), 0) FROM store.stored_events p
    WHERE p.lane = e.lane AND p.notification_id < e.notification_id
) FROM store.stored_events e
WHERE originator_id = %s AND notification_id <= coalesce(%s, 9223372036854775807)
ORDER BY originator_version
"""  # noqa: S608
LANE_HEADS = """
SELECT wanted.lane, (
    SELECT coalesce(max(notification_id), 0) FROM store.stored_events e
    WHERE e.lane = wanted.lane AND e.notification_id <= %s
) FROM unnest(%s::smallint[]) AS wanted (lane)
"""


class PostgresFactStore:
    """A :class:`domain.ports.FactStore`. Threads may share it; close it at the end."""

    def __init__(self, recorder: GroupCommitRecorder) -> None:
        self.recorder = recorder
        self._mapper = EventMapper()
        self._database = Database(cast(Any, recorder.datastore.pool))

    @classmethod
    def open(
        cls,
        dsn: str,
        *,
        pool_size: int = 15,
        durable: bool = True,
        answer_within: float | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> Self:
        """Check that the store is safe to write to, then open it.

        ``durable=False`` is for tests on a server without fsync. ``answer_within``: seconds
        after which a question is given up. Raises ``UnsafeStore``, :class:`StoreUnavailable`.
        """
        refuse_lossy_mode(environ)
        try:
            with connect(dsn, PROGRAM) as connection:
                connection.execute("SELECT id FROM store.log_identity")
                if durable:
                    refuse_unsafe_server(connection)
        except psycopg.OperationalError as error:
            raise StoreUnavailable(str(error)) from error
        datastore = StoreDatastore(dsn, pool_size=pool_size, answer_within=answer_within)
        return cls(GroupCommitRecorder(datastore))

    @property
    def pool(self) -> ConnectionPool[PatientConnection]:
        """Its connections, for the figures."""
        return self._database.pool

    def close(self) -> None:
        """Let go of every connection."""
        self.recorder.close()

    def load(self, stream: UUID, *, up_to_version: int | None = None) -> Sequence[OfficeEvent]:
        rows = self._database.rows(LOAD, [stream, up_to_version])
        return [decode(name, bytes(body)) for name, body in rows]

    def last_version(self, stream: UUID) -> int:
        return int(self._database.rows(LAST_VERSION, [stream])[0][0])

    def append(
        self,
        facts: Sequence[OfficeEvent],
        *,
        receipt: Receipt | None = None,
        traceparent: str | None = None,
    ) -> Sequence[int]:
        (saved,) = self.append_each([Draft(facts, receipt, traceparent)])
        if isinstance(saved, Exception):
            raise saved
        return saved

    def append_each(self, drafts: Sequence[Draft]) -> Sequence[Sequence[int] | Exception]:
        saves = [self._save(draft) for draft in drafts]
        try:
            self.recorder.insert_each(saves)
        except StoreUnavailable as busy:
            return [StoreUnavailable(str(busy)) for _ in saves]
        return [_outcome(save) for save in saves]

    def _save(self, draft: Draft) -> Save:
        rows = [self._mapper.to_stored_event(fact) for fact in draft.facts]
        return Save(rows, draft.receipt, draft.traceparent)

    def at_hand(self, wanted: Wanted) -> AtHand:
        columns = [uuids(wanted.keys), uuids(wanted.streams), uuids(wanted.counters)]
        receipts, versions = dict[UUID, Receipt](), dict[UUID, int]()
        facts: dict[UUID, list[tuple[int, Told]]] = {stream: [] for stream in wanted.streams}
        for what, name, version, position, topic, first, second in self._database.rows(
            AT_HAND, columns
        ):
            if what == RECEIPT:
                receipts[name] = Receipt(name, first, second)
            elif what == FACT:
                facts[name].append((version, Told(position, topic, first)))
            else:
                versions[name] = version
        return AtHand(receipts, {s: _in_order(told) for s, told in facts.items()}, versions)

    def find_receipt(self, key: UUID) -> Receipt | None:
        rows = self._database.rows(FIND_RECEIPT, [key])
        return Receipt(rows[0][0], bytes(rows[0][1]), bytes(rows[0][2])) if rows else None

    def read(
        self, *, after: int, limit: int, lanes: Sequence[int] | None = None
    ) -> Sequence[StoredFact]:
        if lanes is None:
            rows = self._database.rows(READ, [after, limit])
        else:
            rows = self._database.rows(READ_LANES, [sorted(set(lanes)), after, limit, limit])
        heads = self._heads(after, {row[1] for row in rows})
        facts = []
        for row in rows:
            facts.append(_fact(row, heads[row[1]]))
            heads[row[1]] = row[0]
        return facts

    def _heads(self, at: int, lanes: set[int]) -> dict[int, int]:
        """The newest position of each lane at or before a position."""
        if at <= 0 or not lanes:
            return dict.fromkeys(lanes, 0)
        return dict(self._database.rows(LANE_HEADS, [at, list(lanes)]))

    def read_stream(
        self, stream: UUID, *, up_to_position: int | None = None
    ) -> Sequence[StoredFact]:
        rows = self._database.rows(READ_STREAM, [stream, up_to_position])
        return [_fact(row, row[-1]) for row in rows]

    def head(self) -> int:
        return int(self._database.rows(HEAD, [])[0][0])


def _in_order(told: list[tuple[int, Told]]) -> Sequence[Told]:
    told.sort()
    return [fact for _, fact in told]


def _outcome(save: Save) -> Sequence[int] | Exception:
    """What became of a save, in the port's words."""
    match save.refusal:
        case StreamTaken(stream=stream):
            return VersionTaken(stream)
        case ReceiptTaken() as taken:
            return KeyTaken(str(taken))
        case Exception() as refusal:
            return refusal
    return StoreUnavailable(UNKNOWN) if save.positions is None else save.positions


def _fact(row: tuple[Any, ...], prev: int) -> StoredFact:
    position, lane, stream, version, name, body, traceparent = row[:7]
    return StoredFact(position, lane, prev, stream, version, name, bytes(body), traceparent)
