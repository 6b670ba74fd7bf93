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
    """Turns stored facts into facts; sets aside what this release cannot read or fold.

    Such a fact at one of the ``skipped`` positions is passed over: nobody waits for it.
    """

    def __init__(
        self,
        decode: Decode,
        waiting: frozenset[UUID] = frozenset(),
        skipped: frozenset[int] = frozenset(),
    ) -> None:
        self._decode = decode
        self._waiting = set(waiting)
        self._skipped = skipped
        self._passed: set[int] = set()
        self._parked: dict[int, Parked] = {}

    def copy(self) -> "Opener":
        """As it stands now."""
        made = Opener(self._decode, frozenset(self._waiting), self._skipped)
        made._parked, made._passed = dict(self._parked), set(self._passed)
        return made

    def become(self, before: "Opener") -> None:
        """Stand where a copy stood."""
        self._waiting, self._parked, self._passed = before._waiting, before._parked, before._passed

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
                event = self._read(stored)
            except (ValueError, LookupError) as reason:
                if stored.position in self._skipped:
                    continue
                self._waiting.add(stored.stream)
                self._park(stored, f"{type(reason).__name__}: {reason}")
                continue
            yield Fact(stored.position, stored.lane, stored.type_name, stored.body, event)

    def _read(self, stored: StoredFact) -> OfficeEvent:
        """As a projector reads it: a body of another stream is no fact of this one."""
        event = self._decode(stored.type_name, stored.body)
        if event.originator_id != stored.stream:
            raise ValueError(f"the body belongs to stream {event.originator_id}")
        return event

    def set_aside(self, page: Sequence[StoredFact], refused: FoldFailed) -> None:
        """Park a fact that could not be folded, and what of its stream the page has after it."""
        self.park(page, refused.fact, str(refused))

    def park(self, page: Sequence[StoredFact], fact: Fact, reason: str) -> None:
        """Park a fact for a reason, and what of its stream the page has after it."""
        position, stream = fact.position, fact.event.originator_id
        if position in self._skipped:
            self._passed.add(position)
            return
        self._waiting.add(stream)
        for stored in page:
            if stored.position == position:
                self._park(stored, reason)
            elif stored.stream == stream and stored.position > position:
                self._park(stored, WAITS)

    def without(
        self, facts: Sequence[Fact], page: Sequence[StoredFact], refused: FoldFailed
    ) -> Sequence[Fact]:
        """The facts that can still be folded when one of them was refused."""
        self.set_aside(page, refused)
        return self.left_of(facts)

    def left_of(self, facts: Sequence[Fact]) -> Sequence[Fact]:
        """The facts that were neither set aside nor passed over."""
        gone = self._parked.keys() | self._passed
        return [fact for fact in facts if fact.position not in gone]

    def _park(self, stored: StoredFact, reason: str) -> None:
        record = StreamRecord(
            stored.lane, stored.position, stored.position, stored.prev, stored.stream,
            stored.type_name, stored.body,
        )  # fmt: skip
        self._parked[stored.position] = Parked(record, reason)
