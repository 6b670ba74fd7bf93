"""Stored facts opened page by page for a rebuild."""

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

from domain.events.base import OfficeEvent
from domain.ports import StoredFact
from projections.base import Fact
from projections.ports import FoldFailed, Parked, StreamRecord

Decode = Callable[[str, bytes], OfficeEvent]
"""Raises ``ValueError`` or ``LookupError`` for what is no event this release knows."""

WAITS = "waits behind an earlier record of its stream"


class Opener:
    """Turns stored facts into facts; sets aside what this release cannot read or fold."""

    def __init__(self, decode: Decode, waiting: frozenset[UUID] = frozenset()) -> None:
        self._decode = decode
        self._waiting = set(waiting)
        self._parked: dict[int, Parked] = {}

    @property
    def parked(self) -> Sequence[Parked]:
        """What was set aside, in order."""
        return [self._parked[position] for position in sorted(self._parked)]

    def facts(self, page: Sequence[StoredFact]) -> Iterator[Fact]:
        """The readable ones, one by one: one set aside meanwhile holds up its stream."""
        for stored in page:
            if stored.stream in self._waiting:
                self._park(stored, WAITS)
                continue
            try:
                event = self._decode(stored.type_name, stored.body)
            except (ValueError, LookupError) as reason:
                self._waiting.add(stored.stream)
                self._park(stored, f"{type(reason).__name__}: {reason}")
                continue
            yield Fact(stored.position, stored.lane, stored.type_name, stored.body, event)

    def set_aside(self, page: Sequence[StoredFact], refused: FoldFailed) -> None:
        """Park a fact that could not be folded, and what of its stream the page has after it."""
        position, stream = refused.fact.position, refused.fact.event.originator_id
        self._waiting.add(stream)
        for stored in page:
            if stored.position == position:
                self._park(stored, str(refused))
            elif stored.stream == stream and stored.position > position:
                self._park(stored, WAITS)

    def without(
        self, facts: Sequence[Fact], page: Sequence[StoredFact], refused: FoldFailed
    ) -> Sequence[Fact]:
        """The facts that can still be folded when one of them was refused."""
        self.set_aside(page, refused)
        return [fact for fact in facts if fact.position not in self._parked]

    def _park(self, stored: StoredFact, reason: str) -> None:
        record = StreamRecord(
            stored.lane, stored.position, stored.position, stored.prev, stored.stream,
            stored.type_name, stored.body,
        )  # fmt: skip
        self._parked[stored.position] = Parked(record, reason)
