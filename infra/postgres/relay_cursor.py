"""How far the store has been published, and under which epoch (con trỏ phát)."""

from collections.abc import Mapping
from dataclasses import dataclass

from infra.postgres.connections import open_pool
from infra.postgres.database import Database

LOAD = "SELECT position, heads, epoch, topic_ids FROM store.relay_cursor"
TAKE = "UPDATE store.relay_cursor SET epoch = %s WHERE epoch < %s OR epoch = %s RETURNING epoch"
MOVE = """
UPDATE store.relay_cursor
SET position = %s, heads = %s::bigint[], topic_ids = %s::text[], moved_at = clock_timestamp()
WHERE epoch = %s RETURNING position
"""


class CursorFenced(Exception):
    """A relay of a later epoch has taken over: end at once."""


@dataclass(frozen=True)
class Published:
    """Everything up to ``position`` stands on the topics of these ids.

    ``heads`` holds the last published position of each lane, 0 for none.
    ``topic_ids`` is empty before the first publication.
    """

    position: int
    heads: tuple[int, ...]
    topic_ids: Mapping[str, str]


class RelayCursor:
    """The one cursor, moved by compare-and-set on the epoch of the relay's lease.

    Every method also raises :class:`domain.ports.StoreUnavailable`.
    """

    def __init__(self, dsn: str) -> None:
        self._database = Database(open_pool(dsn, "tiepdan relay cursor", largest=2))

    def close(self) -> None:
        """Let go of every connection."""
        self._database.close()

    def load(self) -> Published:
        """Where it stands, whoever moved it."""
        position, heads, _, topic_ids = self._database.rows(LOAD)[0]
        pairs = (entry.split("=", 1) for entry in topic_ids)
        return Published(position, tuple(heads), dict(pairs))

    def take_over(self, epoch: int) -> Published:
        """Fence every earlier epoch, then say where it stands. Raises :class:`CursorFenced`."""
        if not self._database.rows(TAKE, [epoch, epoch, epoch]):
            raise CursorFenced(f"epoch {epoch} is over")
        return self.load()

    def move(self, to: Published, *, epoch: int) -> None:
        """Everything up to there is acknowledged. Raises :class:`CursorFenced`."""
        topic_ids = [f"{topic}={topic_id}" for topic, topic_id in sorted(to.topic_ids.items())]
        if not self._database.rows(MOVE, [to.position, list(to.heads), topic_ids, epoch]):
            raise CursorFenced(f"epoch {epoch} is over")
