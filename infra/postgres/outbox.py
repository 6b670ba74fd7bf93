"""The store's log as the relay reads it: narrow rows, in position order, one query a round."""

from collections.abc import Sequence

from infra.postgres.connections import open_pool
from infra.postgres.database import Database
from infra.unsent import Unsent

LARGEST_PAGE = 8 * 1024 * 1024
"""Bytes of bodies in one reading: a round of the largest facts must not fill the memory.

The page is summed up first; only of one that is too large is it asked how far it may go, for
a running sum hands on every body once more.
"""

READ = """
SELECT notification_id, lane, originator_id::text, originator_version, topic, state, traceparent
FROM store.stored_events
WHERE notification_id > %(after)s
    AND (SELECT position FROM store.relay_cursor) = %(cursor_at)s
    AND notification_id <= CASE
        WHEN (
            SELECT coalesce(sum(octet_length(state)), 0) FROM (
                SELECT state FROM store.stored_events
                WHERE notification_id > %(after)s ORDER BY notification_id LIMIT %(limit)s
            ) AS page
        ) <= %(largest)s THEN 9223372036854775807
        ELSE (
            SELECT max(notification_id) FROM (
                SELECT notification_id,
                    sum(octet_length(state)) OVER so_far - octet_length(state) AS before
                FROM (
                    SELECT notification_id, state FROM store.stored_events
                    WHERE notification_id > %(after)s ORDER BY notification_id LIMIT %(limit)s
                ) AS page
                WINDOW so_far AS (ORDER BY notification_id ROWS UNBOUNDED PRECEDING)
            ) AS measured
            WHERE before < %(largest)s
        )
    END
ORDER BY notification_id LIMIT %(limit)s
"""


class PostgresOutbox:
    """Facts after a position, for one thread.

    Unlike the fact store's reading it asks for no ``prev``: the relay keeps each lane's head.
    """

    def __init__(self, dsn: str, *, largest_page: int = LARGEST_PAGE) -> None:
        self._largest_page = largest_page
        self._database = Database(open_pool(dsn, "tiepdan relay outbox", largest=2))

    def read(self, *, after: int, cursor_at: int, limit: int) -> Sequence[Unsent]:
        """So many facts at most, fewer when they are large, none at the head.

        None either when the cursor does not stand where the relay left it: then another
        relay has moved it, or the store was put back to an older state under this one.
        Raises :class:`domain.ports.StoreUnavailable`.
        """
        place = {"after": after, "cursor_at": cursor_at}
        bounds = {"limit": limit, "largest": self._largest_page}
        rows = self._database.rows(READ, {**place, **bounds})
        return list(map(Unsent._make, rows))

    def close(self) -> None:
        """Let go of every connection."""
        self._database.close()
