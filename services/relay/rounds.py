"""One round after the other: read, chain, send, and only then move the cursor.

While a round is on its way the next one is read and chained, but not begun: a round is sent
when the one before it is wholly acknowledged.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from domain.ports import LANES
from infra.kafka.messages import Message, message_of, recorded_at
from infra.kafka.publishing import RoundPublisher
from infra.postgres.relay_cursor import CursorFenced, Published, RelayCursor
from infra.unsent import Unsent
from services.relay.status import RelayStatus

ROUND = 4_000
"""Facts in a round at most. With fewer the wait for the last report weighs more."""


class Outbox(Protocol):
    """The store's log, to be sent."""

    def read(self, *, after: int, cursor_at: int, limit: int) -> Sequence[Unsent]:
        """The facts after a position, in position order; none unless the cursor stands there.

        Raises ``StoreUnavailable``.
        """


class Round(NamedTuple):
    """Facts made into records, and where the cursor stands when they are on the stream."""

    messages: Sequence[Message]
    oldest: bytes
    done: Published


class Relay:
    """The work of the active relay. Any error ends it; what it sent is sent again.

    The chain is made here: ``prev`` comes from the heads kept in the cursor's own row, so
    it is right by construction whatever was sent, lost or repeated before.
    """

    def __init__(
        self,
        outbox: Outbox,
        cursor: RelayCursor,
        publisher: RoundPublisher,
        *,
        epoch: int,
        topic_ids: Mapping[str, str],
        status: RelayStatus,
    ) -> None:
        self._outbox = outbox
        self._cursor = cursor
        self._publisher = publisher
        self._epoch = epoch
        self._status = status
        self._next: Round | None = None
        self._place = self._begin(topic_ids)

    def send_round(self) -> int:
        """Publish the next facts; how many there were. Nothing is moved on any failure.

        Raises ``PublisherDead``, ``CursorFenced``, ``StoreUnavailable``.
        """
        going = self._next or self._prepared(self._place)
        self._next = None
        if going is None:
            self._status.oldest_unsent = None
            self._publisher.rest()
            self._refuse_moved()
            return 0
        self._status.oldest_unsent = recorded_at(going.oldest)
        self._publisher.begin(going.messages)
        self._next = self._prepared(going.done)
        self._publisher.finish()
        self._move(going.done)
        self._status.rounds += 1
        self._status.sent += len(going.messages)
        return len(going.messages)

    def _prepared(self, after: Published) -> Round | None:
        """The round that follows on this one; None at the head of the store."""
        left_at = self._place.position
        facts = self._outbox.read(after=after.position, cursor_at=left_at, limit=ROUND)
        if not facts:
            return None
        messages, heads = chain(facts, after.heads, self._epoch)
        return Round(messages, facts[0].body, Published(facts[-1].position, heads, after.topic_ids))

    def _begin(self, topic_ids: Mapping[str, str]) -> Published:
        """Where to go on; at the beginning when the topics are not those sent to before."""
        place = self._cursor.take_over(self._epoch)
        self._status.restarted = place.topic_ids != topic_ids
        if self._status.restarted:
            was, place = place, Published(0, (0,) * LANES, topic_ids)
            self._cursor.move(place, was=was, epoch=self._epoch)
        self._status.position = place.position
        return place

    def _move(self, to: Published) -> None:
        self._cursor.move(to, was=self._place, epoch=self._epoch)
        self._place = to
        self._status.position = to.position

    def _refuse_moved(self) -> None:
        """A cursor put back, by an operator or with the store, is seen even when all is sent."""
        found = self._cursor.load()
        if found != self._place:
            raise CursorFenced(f"left at {self._place.position}, found at {found.position}")


def chain(
    facts: Sequence[Unsent], heads: Sequence[int], epoch: int
) -> tuple[list[Message], tuple[int, ...]]:
    """The records of facts, each naming the position before it in its lane; the new heads."""
    latest = list(heads)
    messages: list[Message] = []
    for fact in facts:
        lane = fact.lane
        messages.append(message_of(fact, prev=latest[lane], epoch=epoch))
        latest[lane] = fact.position
    return messages, tuple(latest)
