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
WHERE epoch = %s AND position = %s RETURNING position
"""
PUT_BACK = """
UPDATE store.relay_cursor
SET position = %s, heads = %s::bigint[], moved_at = clock_timestamp()
WHERE position = %s AND heads = %s::bigint[] AND topic_ids = %s::text[] RETURNING position
"""


class CursorFenced(Exception):
    """Another relay has taken over, or the cursor was put back: end at once."""


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
    """The one cursor, moved by compare-and-set on the epoch of the relay's lease and on
    where it stood.

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

    def move(self, to: Published, *, was: Published, epoch: int) -> None:
        """Everything up to there is acknowledged. Raises :class:`CursorFenced`."""
        arguments = [to.position, list(to.heads), _written(to.topic_ids), epoch, was.position]
        if not self._database.rows(MOVE, arguments):
            raise CursorFenced(f"epoch {epoch} is over, or it no longer stands at {was.position}")

    def put_back(self, to: Published, *, was: Published) -> None:
        """Have what follows sent again, whoever is the relay. Raises :class:`CursorFenced`."""
        arguments = [
            to.position, list(to.heads), was.position, list(was.heads), _written(was.topic_ids)
        ]  # fmt: skip
        if not self._database.rows(PUT_BACK, arguments):
            raise CursorFenced(f"it no longer stands at {was.position}")


def _written(topic_ids: Mapping[str, str]) -> list[str]:
    return [f"{topic}={topic_id}" for topic, topic_id in sorted(topic_ids.items())]
