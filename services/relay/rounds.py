"""One round after the other: read, chain, send, and only then move the cursor."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from domain.ports import LANES, FactStore, StoredFact
from infra.kafka.messages import Message, message_of, recorded_at
from infra.postgres.relay_cursor import Published, RelayCursor
from services.relay.status import RelayStatus

ROUND = 1_000
"""Facts in a round. 500 and 3000 were no faster, 10000 slower (core.md 3)."""


class Publisher(Protocol):
    """Sends a round whole, or raises and is dead."""

    def send(self, messages: Sequence[Message]) -> None:
        """Send and wait for every delivery report."""


class Relay:
    """The work of the active relay. Any error ends it; what it sent is sent again.

    The chain is made here: ``prev`` comes from the heads kept in the cursor's own row, so
    it is right by construction whatever was sent, lost or repeated before.
    """

    def __init__(
        self,
        store: FactStore,
        cursor: RelayCursor,
        publisher: Publisher,
        *,
        epoch: int,
        topic_ids: Mapping[str, str],
        status: RelayStatus,
    ) -> None:
        self._store = store
        self._cursor = cursor
        self._publisher = publisher
        self._epoch = epoch
        self._status = status
        self._place = self._begin(topic_ids)

    def send_round(self) -> int:
        """Publish the next facts; how many there were. Nothing is moved on any failure.

        Raises ``PublisherDead``, ``CursorFenced``, ``StoreUnavailable``.
        """
        facts = self._store.read(after=self._place.position, limit=ROUND)
        if not facts:
            self._status.oldest_unsent = None
            return 0
        self._status.oldest_unsent = recorded_at(facts[0].body)
        messages, heads = chain(facts, self._place.heads, self._epoch)
        self._publisher.send(messages)
        self._move(Published(facts[-1].position, heads, self._place.topic_ids))
        self._status.rounds += 1
        self._status.sent += len(facts)
        return len(facts)

    def _begin(self, topic_ids: Mapping[str, str]) -> Published:
        """Where to go on; at the beginning when the topics are not those sent to before."""
        place = self._cursor.take_over(self._epoch)
        self._status.restarted = place.topic_ids != topic_ids
        if self._status.restarted:
            place = Published(0, (0,) * LANES, topic_ids)
            self._cursor.move(place, epoch=self._epoch)
        self._status.position = place.position
        return place

    def _move(self, to: Published) -> None:
        self._cursor.move(to, epoch=self._epoch)
        self._place = to
        self._status.position = to.position


def chain(
    facts: Sequence[StoredFact], heads: Sequence[int], epoch: int
) -> tuple[list[Message], tuple[int, ...]]:
    """The records of facts, each naming the position before it in its lane; the new heads."""
    latest = list(heads)
    messages: list[Message] = []
    for fact in facts:
        messages.append(message_of(fact, prev=latest[fact.lane], epoch=epoch))
        latest[fact.lane] = fact.position
    return messages, tuple(latest)
