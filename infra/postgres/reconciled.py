"""What comparing store and stream needs of Postgres: digests of rows, and how far it came."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.ports import LANES
from infra.postgres.connections import open_pool
from infra.postgres.database import Database
from projections.ports import StreamRecord

COLUMNS = "notification_id, originator_id, originator_version, topic, sha256(state)"
AFTER = f"""
SELECT {COLUMNS} FROM store.stored_events
WHERE lane = %s AND notification_id > %s ORDER BY notification_id LIMIT %s
"""  # noqa: S608
AT = f"""
SELECT {COLUMNS} FROM store.stored_events WHERE lane = %s AND notification_id = ANY(%s)
"""  # noqa: S608
HEADS = """
SELECT wanted.lane, (
    SELECT coalesce(max(notification_id), 0) FROM store.stored_events e
    WHERE e.lane = wanted.lane AND e.notification_id <= %s
) FROM unnest(%s::smallint[]) AS wanted (lane)
"""
HEAD = "SELECT coalesce(max(notification_id), 0) FROM store.stored_events"
LOAD = """
SELECT lane, topic_id, next_offset, position, digest, compared, repeats, differences,
    kind, at_position, at_offset, of_stream, of_version, found_at, looked_at
FROM store.reconciled ORDER BY lane
"""
SAVE = """
INSERT INTO store.reconciled AS r (lane, topic_id, next_offset, position, digest, compared,
    repeats, differences, kind, at_position, at_offset, of_stream, of_version, found_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
    CASE WHEN %s::text IS NOT NULL THEN clock_timestamp() END)
ON CONFLICT (lane) DO UPDATE SET
    topic_id = excluded.topic_id, next_offset = excluded.next_offset,
    position = excluded.position, digest = excluded.digest, compared = excluded.compared,
    repeats = excluded.repeats, differences = excluded.differences, kind = excluded.kind,
    at_position = excluded.at_position, at_offset = excluded.at_offset,
    of_stream = excluded.of_stream, of_version = excluded.of_version,
    found_at = CASE WHEN excluded.kind IS NOT NULL THEN coalesce(r.found_at, excluded.found_at) END,
    looked_at = clock_timestamp()
"""

NOTHING_YET = bytes(32)
"""The digest of no facts."""


class Kind(StrEnum):
    """How store and stream differ at one place."""

    MISSING = "missing"
    """The store holds it, the relay went past it, the stream has it not."""
    SURPLUS = "surplus"
    """The stream has it, the store holds no such fact."""
    BODY = "body"
    """Both have it, and the bytes, the type or the stream are not the same."""
    ORDER = "order"
    """It came before one that stands ahead of it in the store, and not again after."""
    CHAIN = "chain"
    """It names another position before it than the store does."""
    HISTORY = "history"
    """What was compared before is no longer what both hold: the two were altered alike."""


@dataclass(frozen=True)
class Difference:
    """Where they differ. ``offset`` is None where there is no record, ``version`` no row."""

    kind: Kind
    lane: int
    position: int
    offset: int | None = None
    stream: UUID | None = None
    version: int | None = None

    def __str__(self) -> str:
        at = "nowhere" if self.offset is None else f"offset {self.offset}"
        of = f"stream {self.stream}, version {self.version}" if self.stream else "no known stream"
        return f"{self.kind}: lane {self.lane}, position {self.position}, {of}, {at}"


@dataclass(frozen=True)
class StoredDigest:
    """A row of the store with its body's SHA-256, made where it lies."""

    position: int
    stream: UUID
    version: int
    type_name: str
    sha256: bytes

    def is_told_by(self, record: StreamRecord) -> bool:
        """Whether a record of the stream at this position is this fact."""
        told = record.stream, record.type_name, sha256(record.body).digest()
        return told == (self.stream, self.type_name, self.sha256)


@dataclass(frozen=True)
class LaneState:
    """How far a lane was compared.

    Everything up to ``position`` stands on the stream below ``next_offset``; ``digest`` is
    chained over it. ``compared``, ``repeats`` and ``differences`` are counts,
    ``difference`` is the first one that still stands.
    """

    lane: int
    topic_id: str
    next_offset: int = 0
    position: int = 0
    digest: bytes = NOTHING_YET
    compared: int = 0
    repeats: int = 0
    differences: int = 0
    difference: Difference | None = None
    looked_at: datetime | None = None


class StoreDigests:
    """The store's rows as digests. Every method raises ``StoreUnavailable``."""

    def __init__(self, dsn: str) -> None:
        self._database = Database(open_pool(dsn, "tiepdan reconcile", largest=2))

    def close(self) -> None:
        """Let go of every connection."""
        self._database.close()

    def head(self) -> int:
        """The newest position, 0 when empty."""
        return int(self._database.rows(HEAD)[0][0])

    def after(self, lane: int, position: int, limit: int) -> Sequence[StoredDigest]:
        """A lane's next rows, in order."""
        return _rows(self._database.rows(AFTER, [lane, position, limit]))

    def at(self, lane: int, positions: Collection[int]) -> Mapping[int, StoredDigest]:
        """The rows at these positions of a lane, by position; what is absent is not there."""
        found = _rows(self._database.rows(AT, [lane, sorted(positions)]))
        return {row.position: row for row in found}

    def heads(self, at: int) -> tuple[int, ...]:
        """The newest position of each lane at or before one, 0 for none."""
        found: dict[int, int] = dict(self._database.rows(HEADS, [at, list(range(LANES))]))
        return tuple(found[lane] for lane in range(LANES))


class ReconciledLanes:
    """The state kept of each lane. Every method raises ``StoreUnavailable``."""

    def __init__(self, dsn: str) -> None:
        self._database = Database(open_pool(dsn, "tiepdan reconcile", largest=1))

    def close(self) -> None:
        """Let go of every connection."""
        self._database.close()

    def load(self) -> Mapping[int, LaneState]:
        """Each lane that was ever compared."""
        return {row[0]: _state(*row) for row in self._database.rows(LOAD)}

    def save(self, states: Iterable[LaneState]) -> None:
        """Keep these, all or none."""
        rows = [_arguments(state) for state in states]

        def write(connection: Any) -> None:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.executemany(SAVE, rows)

        self._database.run(write)


def _rows(found: Iterable[tuple[Any, ...]]) -> Sequence[StoredDigest]:
    return [
        StoredDigest(position, stream, version, name, bytes(digest))
        for position, stream, version, name, digest in found
    ]


def _state(lane: int, topic_id: str, *rest: Any) -> LaneState:
    offset, position, digest, compared, repeats, differences, kind, at, place, *more = rest
    stream, version, _, looked_at = more
    found = None if kind is None else Difference(Kind(kind), lane, at, place, stream, version)
    return LaneState(
        lane, topic_id, offset, position, bytes(digest), compared, repeats, differences,
        found, looked_at,
    )  # fmt: skip


def _arguments(state: LaneState) -> list[Any]:
    found = state.difference
    kind = None if found is None else found.kind.value
    where: list[Any] = [None] * 4
    if found is not None:
        where = [found.position, found.offset, found.stream, found.version]
    return [
        state.lane, state.topic_id, state.next_offset, state.position, state.digest,
        state.compared, state.repeats, state.differences, kind, *where, kind,
    ]  # fmt: skip
