"""What the store says of the stream and of the rows (đối chiếu với kho sự kiện)."""

from collections.abc import Callable, Mapping
from typing import Protocol

from domain.ports import FactStore, StoredFact
from infra.postgres.relay_cursor import RelayCursor


class Recorded(Protocol):
    """The store as a projector holds itself against it. Raises ``StoreUnavailable``."""

    def published(self) -> Mapping[int, int] | None:
        """The last position of each lane, once all recorded some moment ago is on the stream.

        None while something of it still waits for the relay. A lane left out demands nothing.
        """

    def holds(self, lane: int, position: int, is_it: Callable[[StoredFact], bool]) -> bool:
        """Whether the fact that was meant stands at this position of this lane."""


class StoreAndRelay:
    """The real one. Without a ``cursor`` the stream is the store's own log.

    Without asking how far the relay is, an idle lane would look fresh while the relay stands
    still, and a hole would be forgotten by a projector that starts behind it.
    """

    def __init__(self, store: FactStore, cursor: RelayCursor | None) -> None:
        self._store = store
        self._cursor = cursor
        self._head = store.head()

    def published(self) -> Mapping[int, int] | None:
        """All that was recorded at the last asking must have been published since."""
        if self._cursor is None:
            return {}
        place, wanted = self._cursor.load(), self._head
        self._head = self._store.head()
        return dict(enumerate(place.heads)) if place.position >= wanted else None

    def holds(self, lane: int, position: int, is_it: Callable[[StoredFact], bool]) -> bool:
        """One look by the lane's index."""
        found = self._store.read(after=position - 1, limit=1, lanes=[lane])
        return [fact.position for fact in found] == [position] and is_it(found[0])
