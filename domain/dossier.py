"""The base of every aggregate: one stream of facts and what they add up to (hồ sơ).

It meets the library's aggregate protocols (``id``, ``version``, ``collect_events``)
without its base class: that one reads the clock by itself and stores the module path
of the aggregate in every first event. See docs/decisions/aggregates.md.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from domain.errors import NotFound
from domain.events.base import OfficeEvent, envelope
from domain.values import Signature


class Dossier(ABC):
    """A stream's state. ``version`` 0 means that nothing was ever recorded.

    ``BEGINS_WITH`` is the type of a stream's first fact, by which it is told from others.
    """

    BEGINS_WITH: ClassVar[type[OfficeEvent]] = OfficeEvent

    def __init__(self, stream: UUID) -> None:
        self.id = stream
        self.version = 0
        self.modified_on: datetime | None = None
        self._pending: list[OfficeEvent] = []

    @classmethod
    def replay(cls, stream: UUID, facts: Sequence[OfficeEvent]) -> Self:
        """The state after these facts, oldest first."""
        dossier = cls(stream)
        for fact in facts:
            fact.mutate(dossier)
        return dossier

    def record(self, event: type[OfficeEvent], by: Signature, **facts: Any) -> None:
        """Take in a new fact, to be saved with the rest of the command."""
        fact = event(**envelope(self.id, self.version + 1, by), **facts)
        fact.mutate(self)
        self._pending.append(fact)

    def collect_events(self) -> Sequence[OfficeEvent]:
        """Hand over the facts not yet saved, once."""
        pending, self._pending = self._pending, []
        return pending

    @abstractmethod
    def evolve(self, event: OfficeEvent) -> None:
        """Take a fact in. Cannot fail, see a clock or call out."""

    def is_hidden_from(self, office: str) -> bool:
        """Whether this office must not learn that the dossier exists."""
        del office
        return False

    def must_exist(self, what: str) -> None:
        """Refuses: :class:`NotFound` when nothing was ever recorded here."""
        if self.version == 0:
            raise NotFound(f"Không tìm thấy {what} {self.id}.")
