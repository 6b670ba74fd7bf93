"""The place of the views in memory."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from projections.base import Fact, Projection, Record, Row, Tally
from projections.batch import Key, RowBuffer, asked, fold_all
from projections.ports import Parked, Progress, ProgressLost, RecordChanged

Work = Sequence[tuple[Projection, Progress | None, Progress, Sequence[Fact]]]


class MemoryViewStore:
    """A :class:`projections.ports.ViewStore` that forgets with the process.

    ``rows`` are all rows by type and key, for tests to compare.
    """

    def __init__(self) -> None:
        self.rows: dict[type[Row], dict[Key, Row]] = {}
        self._progress: dict[tuple[str, int], Progress] = {}
        self._parked: dict[tuple[int, int, int], Parked] = {}
        self.confirmed: list[tuple[str, int]] = []

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

    def _park(self, item: Parked) -> None:
        """Set a record aside once, wherever it comes from; one without a position by its offset."""
        lane, position = item.record.lane, item.record.position
        if position == 0 or not any(place[:2] == (lane, position) for place in self._parked):
            self._parked.setdefault((lane, position, item.record.offset), item)

    def confirm(self, projections: Sequence[str], lanes: Sequence[int]) -> None:
        self.confirmed += [(name, lane) for name in projections for lane in lanes]

    def parked_streams(self, lanes: Sequence[int]) -> frozenset[UUID]:
        return frozenset(p.record.stream for p in self._parked.values() if p.record.lane in lanes)

    def parked_records(self, stream: UUID) -> Sequence[Parked]:
        return [p for _, p in sorted(self._parked.items()) if p.record.stream == stream]

    def release(
        self, lane: int, stream: UUID, work: Sequence[tuple[Projection, Sequence[Fact]]]
    ) -> None:
        places = [
            place
            for place, parked in sorted(self._parked.items())
            if parked.record.stream == stream and place[0] == lane
        ]
        expected = {tuple(fact.position for fact in facts) for _, facts in work}
        if expected != {tuple(position for _, position, _ in places)}:
            raise ProgressLost(f"what was set aside of {stream} is not what was asked for")
        self._fold(work)
        for place in places:
            del self._parked[place]

    def _fold(self, work: Sequence[tuple[Projection, Sequence[Fact]]]) -> None:
        loaded = {
            row: {key: self.rows.get(row, {}).get(key) for key in keys}
            for row, keys in asked(work).items()
        }
        buffer = RowBuffer(loaded)
        fold_all(work, buffer)
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
