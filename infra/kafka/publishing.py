"""What the relay asks of a producer, whichever library it is made with."""

from collections.abc import Sequence
from typing import Protocol

from infra.kafka.messages import Message

GRACE = 5.0
"""Seconds beyond the delivery time-out before a silent producer is given up."""


class PublisherDead(RuntimeError):
    """A round was not wholly acknowledged: end this process, send nothing more with it."""


class RoundPublisher(Protocol):
    """Sends rounds, one after the other, each acknowledged by all replicas in sync.

    After :class:`PublisherDead` some of the round may yet be stored.
    """

    def begin(self, messages: Sequence[Message]) -> None:
        """Hand over a round. Not before the one before was finished."""

    def finish(self) -> None:
        """Wait for every delivery report of the round. Raises :class:`PublisherDead`."""

    def rest(self) -> None:
        """There is nothing to send just now."""

    def abandon(self) -> None:
        """Stop sending now: nothing waits, nothing is flushed."""


def send(publisher: RoundPublisher, messages: Sequence[Message]) -> None:
    """Send a round and wait for it. Raises :class:`PublisherDead`."""
    publisher.begin(messages)
    publisher.finish()


def not_delivered(missing: int, of: int, why: object) -> PublisherDead:
    """The end of a producer that lost something."""
    return PublisherDead(f"{missing} of {of} not delivered: {why or 'no report came'}")
