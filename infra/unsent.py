"""A fact on its way out: what the store's outbox gives and the stream's messages are made of."""

from typing import NamedTuple, Self

from domain.ports import StoredFact


class Unsent(NamedTuple):
    """A stored fact as the relay needs it (chờ phát): no id, no event, nothing to be parsed twice.

    ``stream`` is the stream's id as text, ``body`` the stored bytes.
    """

    position: int
    lane: int
    stream: str
    version: int
    type_name: str
    body: bytes
    traceparent: str | None

    @classmethod
    def of(cls, fact: StoredFact) -> Self:
        """The same fact, read through the store's port."""
        return cls(
            fact.position, fact.lane, str(fact.stream), fact.version, fact.type_name, fact.body,
            fact.traceparent,
        )  # fmt: skip
