"""The place of the views in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from projections.base import Fact, Projection, R, Record, Row, Tally
from projections.batch import Key, RowBuffer, asked, concerning, fold_all
from projections.ports import (
    Parked,
    ParkedHead,
    Progress,
    ProgressLost,
    RecordChanged,
    Writing,
    asked_to_fold,
    unfolded,
)

Work = Sequence[tuple[Projection, Progress | None, Progress, Sequence[Fact]]]


class Started:
    """A :class:`projections.ports.Writing` of :class:`MemoryViewStore`."""

    def __init__(self, apply: Callable[[], None]) -> None:
        self._apply = apply
        self._written = False

    def write(self) -> None:
        self._apply()
        self._written = True

    def settle(self) -> None:
        if not self._written:
            self.write()


class MemoryViewStore:
    """A :class:`projections.ports.ViewStore` that forgets with the process.

    ``rows`` are all rows by type and key, for tests to compare.
    """

    def __init__(self) -> None:
        self.rows: dict[type[Row], dict[Key, Row]] = {}
        self._progress: dict[tuple[str, int], Progress] = {}
        self._parked: dict[tuple[int, int, int], Parked] = {}
        self.skips: set[tuple[int, int]] = set()
        self.confirmed: list[tuple[str, int]] = []

    def copy(self) -> "MemoryViewStore":
        """The same rows and progress as they stand, to be put back later."""
        other = type(self)()
        other.rows = {row: dict(by_key) for row, by_key in self.rows.items()}
        other._progress, other._parked = dict(self._progress), dict(self._parked)
        other.skips, other.confirmed = set(self.skips), list(self.confirmed)
        return other

    def progress(self, projection: str, lanes: Sequence[int]) -> Mapping[int, Progress]:
        standing = {lane: self._progress.get((projection, lane)) for lane in lanes}
        return {lane: found for lane, found in standing.items() if found is not None}

    def apply(self, lane: int, work: Work, parked: Sequence[Parked]) -> None:
        for projection, was, _, _ in work:
            if self._progress.get((projection.name, lane)) != was:
                raise ProgressLost(f"{projection.name} moved lane {lane} on")
        self._fold([(projection, facts) for projection, _, _, facts in work])
        for projection, _, now, _ in work:
            self._progress[projection.name, lane] = now
        for item in parked:
            self._park(item)

    def start(self, lane: int, work: Work, parked: Sequence[Parked]) -> Writing:
        return Started(partial(self.apply, lane, work, parked))

    def _park(self, item: Parked) -> None:
        """Set a record aside once, wherever it comes from; one without a position by its offset."""
        lane, position = item.record.lane, item.record.position
        known = [place for place in self._parked if place[:2] == (lane, position)]
        if position == 0 or not known:
            self._parked.setdefault((lane, position, item.record.offset), item)
            return
        there = self._parked[known[0]]
        both: tuple[str, ...] = ()
        if there.unfolded_by and item.unfolded_by:
            both = tuple(sorted({*there.unfolded_by, *item.unfolded_by}))
        self._parked[known[0]] = replace(there, unfolded_by=both)

    def find(self, row: type[R], *key: Any) -> R | None:
        found = self.rows.get(row, {}).get(key)
        return found if isinstance(found, row) else None

    def confirm(self, projections: Sequence[str], lanes: Sequence[int]) -> None:
        self.confirmed += [(name, lane) for name in projections for lane in lanes]

    def parked_heads(self, lanes: Sequence[int]) -> Sequence[ParkedHead]:
        first: dict[tuple[int, UUID], ParkedHead] = {}
        for (lane, position, _), parked in sorted(self._parked.items()):
            stream = parked.record.stream
            if lane in lanes:
                head = ParkedHead(lane, stream, position, parked.reason)
                first.setdefault((lane, stream), head)
        return [first[place] for place in sorted(first)]

    def parked_records(self, stream: UUID) -> Sequence[Parked]:
        return [p for _, p in sorted(self._parked.items()) if p.record.stream == stream]

    def skipped(self, lanes: Sequence[int]) -> frozenset[int]:
        return frozenset(position for lane, position in self.skips if lane in lanes)

    def release(
        self, lane: int, stream: UUID, work: Sequence[tuple[Projection, Sequence[Fact]]]
    ) -> None:
        places = [
            place
            for place, parked in sorted(self._parked.items())
            if parked.record.stream == stream and place[0] == lane
        ]
        parked = [self._parked[place] for place in places]
        names = [projection.name for projection, _ in work]
        positions = [place[1] for place in places]
        if not places or unfolded(parked, names) != asked_to_fold(positions, work):
            raise ProgressLost(f"what was set aside of {stream} is not what was asked for")
        self._fold(work)
        for place in places:
            del self._parked[place]

    def _fold(self, work: Sequence[tuple[Projection, Sequence[Fact]]]) -> None:
        facts = concerning(work)
        loaded = {
            row: {key: self.rows.get(row, {}).get(key) for key in keys}
            for row, keys in asked(facts).items()
        }
        buffer = RowBuffer(loaded)
        fold_all(facts, buffer)
        self._write(buffer)

    def _write(self, buffer: RowBuffer) -> None:
        for row, by_key in buffer.written.items():
            table = self.rows.setdefault(row, {})
            for key, value in by_key.items():
                if issubclass(row, Record) and table.get(key, value) != value:
                    raise RecordChanged(f"{row.TABLE} {key}")
                if value is None:
                    table.pop(key, None)
                else:
                    table[key] = value
        for tally, counts in buffer.added.items():
            table = self.rows.setdefault(tally, {})
            for key, n in counts.items():
                before = table.get(key)
                table[key] = tally.of(key, n + (before.n if isinstance(before, Tally) else 0))
