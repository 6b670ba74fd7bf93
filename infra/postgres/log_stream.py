"""The embedded shared stream: the event store's own log, when there is no Kafka.

A record's offset is its position, a lane's end is its newest position and one.
"""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from infra.postgres.wake import Listener
from projections.ports import LogTruncated, StreamRecord, StreamUnavailable

PAGE = 500
"""Records per lane and poll."""

IDENTITY = "SELECT id FROM store.log_identity"
FOLLOW = """
SELECT e.lane, e.notification_id, e.originator_id, e.topic, e.state
FROM unnest(%s::smallint[], %s::bigint[]) AS wanted (lane, following) CROSS JOIN LATERAL (
    SELECT lane, notification_id, originator_id, topic, state FROM store.stored_events
    WHERE lane = wanted.lane AND notification_id >= wanted.following
    ORDER BY notification_id LIMIT %s
) AS e ORDER BY e.notification_id
"""
HEADS = """
SELECT wanted.lane, (
    SELECT coalesce(max(notification_id), 0) FROM store.stored_events e
    WHERE e.lane = wanted.lane AND e.notification_id < wanted.before
) FROM unnest(%s::smallint[], %s::bigint[]) AS wanted (lane, before)
"""
NEVER = 2**63 - 1


class PostgresLogStream:
    """A :class:`projections.ports.FactStream`. For one thread; every method also raises
    :class:`projections.ports.StreamUnavailable`.
    """

    def __init__(self, dsn: str) -> None:
        self._listener = Listener(dsn, "tiepdan log stream", "stored_events")
        self._next: dict[int, int] = {}
        self._heads: dict[int, int] = {}
        self._identity: str | None = None

    def topic_id(self, lane: int) -> str:
        """The store's own id: a store made anew has another one."""
        if self._identity is None:
            self._identity = str(self._rows(IDENTITY, [])[0][0])
        return f"{self._identity}/{lane}"

    def seek(self, offsets: Mapping[int, int]) -> None:
        self._next = dict(offsets)
        self._heads = self._heads_before(offsets)

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:
        deadline = time.monotonic() + timeout
        came = self._read()
        while not came and (left := deadline - time.monotonic()) > 0:
            self._listener.nap(left)
            came = self._read()
        return came

    def ends(self, lanes: Sequence[int]) -> Mapping[int, int]:
        heads = self._heads_before(dict.fromkeys(lanes, NEVER))
        return {lane: head + 1 for lane, head in heads.items()}

    def close(self) -> None:
        self._listener.close()

    def _read(self) -> Mapping[int, Sequence[StreamRecord]]:
        if not self._next:
            return {}
        rows = self._rows(FOLLOW, [list(self._next), list(self._next.values()), PAGE])
        if not rows:
            self._refuse_lost_tail()
        came: dict[int, list[StreamRecord]] = {}
        for row in rows:
            came.setdefault(row[0], []).append(self._record(*row))
        return came

    def _record(self, lane: int, position: int, stream: Any, name: str, body: Any) -> StreamRecord:
        prev, self._heads[lane] = self._heads[lane], position
        self._next[lane] = position + 1
        return StreamRecord(
            lane=lane,
            offset=position,
            position=position,
            prev=prev,
            stream=stream,
            type_name=name,
            body=bytes(body),
        )

    def _refuse_lost_tail(self) -> None:
        """A store restored from an older copy ends before what was read of it."""
        for lane, end in self.ends(list(self._next)).items():
            if self._next[lane] > end:
                raise LogTruncated(f"lane {lane} ends at {end}, asked for {self._next[lane]}")

    def _heads_before(self, offsets: Mapping[int, int]) -> dict[int, int]:
        rows = self._rows(HEADS, [list(offsets), list(offsets.values())]) if offsets else []
        return dict(rows)

    def _rows(self, query: str, arguments: Sequence[Any]) -> list[tuple[Any, ...]]:
        try:
            return self._listener.rows(query, arguments)
        except psycopg.OperationalError as error:
            raise StreamUnavailable(f"the store's log cannot be read: {error}") from error
