"""The store's log as the relay reads it: narrow rows, in position order, one query a round."""

from collections.abc import Sequence

from infra.postgres.connections import open_pool
from infra.postgres.database import Database
from infra.unsent import Unsent

LARGEST_PAGE = 8 * 1024 * 1024
"""Bytes of bodies in one reading: a round of the largest facts must not fill the memory."""

READ = """
SELECT notification_id, lane, stream, originator_version, topic, state, traceparent FROM (
    SELECT notification_id, lane, originator_id::text AS stream, originator_version, topic,
        state, traceparent,
        sum(octet_length(state)) OVER (ORDER BY notification_id ROWS UNBOUNDED PRECEDING)
            - octet_length(state) AS before
    FROM (
        SELECT * FROM store.stored_events
        WHERE notification_id > %s AND (SELECT position FROM store.relay_cursor) = %s
        ORDER BY notification_id LIMIT %s
    ) AS page
) AS measured
WHERE before < %s ORDER BY notification_id
"""


class PostgresOutbox:
    """Facts after a position, for one thread.

    Unlike the fact store's reading it asks for no ``prev``: the relay keeps each lane's head.
    """

    def __init__(self, dsn: str) -> None:
        self._database = Database(open_pool(dsn, "tiepdan relay outbox", largest=2))

    def read(self, *, after: int, cursor_at: int, limit: int) -> Sequence[Unsent]:
        """So many facts at most, fewer when they are large, none at the head.

        None either when the cursor does not stand where the relay left it: then another
        relay has moved it, or the store was put back to an older state under this one.
        Raises :class:`domain.ports.StoreUnavailable`.
        """
        rows = self._database.rows(READ, [after, cursor_at, limit, LARGEST_PAGE])
        return list(map(Unsent._make, rows))

    def close(self) -> None:
        """Let go of every connection."""
        self._database.close()
