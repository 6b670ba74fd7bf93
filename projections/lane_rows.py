"""All rows of one lane in memory, for folding a lane from its beginning.

A row belongs to one lane, so nothing need be loaded. A page of facts is folded by every
projection or by none: what the first wrote is dropped when the second refuses.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from projections.base import Fact, Projection, R, Record, Row, Rows, Tally
from projections.batch import Key, RowBuffer, concerning, fold_all


class LaneRows(Rows):
    """What the facts of one lane add up to. Records wait in a list until they are taken."""

    def __init__(self) -> None:
        self._records: dict[type[Row], list[Row]] = {}
        self._rows: dict[type[Row], dict[Key, Row]] = {}
        self._tallies: dict[type[Tally], dict[Key, int]] = {}
        self._pending = RowBuffer({})

    def fold(self, facts: Sequence[Fact], projections: Sequence[Projection]) -> None:
        """Take facts in. Raises ``FoldFailed``; no row is changed then."""
        self._pending = RowBuffer({})
        fold_all(concerning((projection, facts) for projection in projections), self)
        self._keep()

    def find(self, row: type[R], *key: Any) -> R | None:
        for place in (self._pending.written, self._rows):
            if key in (by_key := place.get(row, {})):
                found = by_key[key]
                return found if isinstance(found, row) else None
        return None

    def put(self, row: Row) -> None:
        self._pending.put(row)

    def drop(self, row: type[Row], *key: Any) -> None:
        self._pending.drop(row, *key)

    def add(self, tally: type[Tally], key: Key, n: int) -> None:
        self._pending.add(tally, key, n)

    def tables(self) -> Iterator[tuple[type[Row], Sequence[Row]]]:
        """Every row but records and tallies, by table."""
        for row, by_key in self._rows.items():
            yield row, list(by_key.values())

    def tallies(self) -> Mapping[type[Tally], Mapping[Key, int]]:
        """Every tally, by table and key."""
        return self._tallies

    def take_records(self) -> Mapping[type[Row], Sequence[Row]]:
        """The records since the last time, by table."""
        taken, self._records = self._records, {}
        return taken

    def _keep(self) -> None:
        for row, by_key in self._pending.written.items():
            if issubclass(row, Record):
                records = self._records.setdefault(row, [])
                records += [value for value in by_key.values() if value is not None]
            else:
                self._keep_rows(self._rows.setdefault(row, {}), by_key)
        for tally, counts in self._pending.added.items():
            sums = self._tallies.setdefault(tally, {})
            for key, n in counts.items():
                sums[key] = sums.get(key, 0) + n

    @staticmethod
    def _keep_rows(kept: dict[Key, Row], by_key: Mapping[Key, Row | None]) -> None:
        for key, value in by_key.items():
            if value is None:
                kept.pop(key, None)
            else:
                kept[key] = value
