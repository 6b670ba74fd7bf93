"""A lane's batch: each record opened once, the readable ones facts, the others set aside."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from domain.events.base import OfficeEvent
from projections.base import Fact
from projections.chain import Sifted
from projections.ports import Parked, StreamRecord

NO_STREAM = UUID(int=0)
LONGEST_REASON = 500
WAITS = "waits behind an earlier record of its stream"

Decode = Callable[[str, bytes], OfficeEvent]
"""Raises ``ValueError`` or ``LookupError`` for what is no event this release knows."""


class Batch:
    """What one run of records gives to fold and to park.

    ``waiting`` names, by stream, the position from which its facts are set aside; it is
    the lane's own and grows here. A record that tells no place in the chain is parked
    under no stream: anybody can write one, so it must not hold up a real stream. A record
    at one of the ``skipped`` positions that cannot be folded is passed over.
    """

    def __init__(
        self,
        runs: Iterable[Sifted],
        waiting: dict[UUID, int],
        decode: Decode,
        skipped: Collection[int] = (),
    ) -> None:
        self._waiting = waiting
        self._skipped = skipped
        self._decode = decode
        self._records: dict[int, StreamRecord] = {}
        self._facts: dict[int, Fact] = {}
        self._parked: dict[tuple[int, int], Parked] = {}
        for run in runs:
            self._records |= {record.position: record for record in run.fold}
            for stray in run.strays:
                self._park(replace(stray, stream=NO_STREAM), stray.fault or "no position")
        for position in sorted(self._records):
            self._open(self._records[position])

    @property
    def parked(self) -> Sequence[Parked]:
        """What is set aside, in order."""
        return [self._parked[place] for place in sorted(self._parked)]

    @property
    def facts(self) -> Mapping[int, Fact]:
        """What can be folded, by position."""
        return self._facts

    def among(self, records: Iterable[StreamRecord]) -> Sequence[Fact]:
        """The facts of these records, in their order."""
        facts = self._facts
        return [facts[record.position] for record in records if record.position in facts]

    def set_aside(self, stream: UUID, position: int, reason: str) -> None:
        """Take a fact back, and what of its stream follows, because it cannot be folded."""
        if position in self._skipped:
            self._facts.pop(position)
            return
        self._waiting[stream] = position
        self._park(self._records[position], reason)
        for later in self._records.values():
            if (
                later.stream == stream
                and later.position > position
                and later.position in self._facts
            ):
                self._park(later, WAITS)

    def _open(self, record: StreamRecord) -> None:
        try:
            self._facts[record.position] = self._read(record)
        except (ValueError, LookupError) as reason:
            if record.position in self._skipped and not self._waits(record):
                return
            self._waiting.setdefault(record.stream, record.position)
            self._park(record, f"{type(reason).__name__}: {reason}")

    def _read(self, record: StreamRecord) -> Fact:
        if record.fault is not None:
            raise Unfit(record.fault)
        if self._waits(record):
            raise Unfit(WAITS)
        event = self._decode(record.type_name, record.body)
        if event.originator_id != record.stream:
            raise Unfit(f"the body belongs to stream {event.originator_id}")
        return Fact(record.position, record.lane, record.type_name, record.body, event)

    def _waits(self, record: StreamRecord) -> bool:
        if not self._waiting:
            return False
        return record.position >= self._waiting.get(record.stream, record.position + 1)

    def _park(self, record: StreamRecord, reason: str) -> None:
        self._facts.pop(record.position, None)
        self._parked[record.position, record.offset] = Parked(record, storable(reason))


def storable(reason: str) -> str:
    """A reason that may quote a hostile record, made fit for any database and page."""
    printable = reason.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    return printable[:LONGEST_REASON]


class Unfit(ValueError):
    """A record is not folded; the message says why."""
