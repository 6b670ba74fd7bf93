"""All rows of one lane in memory, for folding a lane from its beginning.

A row belongs to one lane, so nothing need be loaded. A fact is folded by every projection
or by none: what the first wrote is dropped when the second refuses.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from projections.base import Fact, Projection, R, Record, Row, Rows, Tally
from projections.batch import Key, RowBuffer, fold_all, key_of


class LaneRows(Rows):
    """What the facts of one lane add up to. Records wait in a list until they are taken."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._rows: dict[type[Row], dict[Key, Row]] = {}
        self._tallies: dict[type[Tally], dict[Key, int]] = {}
        self._pending = RowBuffer({})

    def fold(self, fact: Fact, projections: Sequence[Projection]) -> None:
        """Take a fact in. Raises ``FoldFailed``; no row is changed then."""
        self._pending = RowBuffer({})
        fold_all([(projection, (fact,)) for projection in projections], self)
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

    def add(self, row: Tally) -> None:
        self._pending.add(row)

    def tables(self) -> Iterator[tuple[type[Row], Sequence[Row]]]:
        """Every row but the records, by table."""
        for row, by_key in self._rows.items():
            yield row, list(by_key.values())
        for tally, counts in self._tallies.items():
            yield tally, [tally.of(key, n) for key, n in counts.items()]

    def take_records(self) -> dict[type[Row], list[Row]]:
        """The records since the last time, by table."""
        taken: dict[type[Row], list[Row]] = {}
        for record in self.records:
            taken.setdefault(type(record), []).append(record)
        self.records = []
        return taken

    def _keep(self) -> None:
        for row, by_key in self._pending.written.items():
            kept = self._rows.setdefault(row, {})
            for key, value in by_key.items():
                if isinstance(value, Record):
                    self.records.append(value)
                elif value is None:
                    kept.pop(key, None)
                else:
                    kept[key_of(value)] = value
        for tally, counts in self._pending.added.items():
            sums = self._tallies.setdefault(tally, {})
            for key, n in counts.items():
                sums[key] = sums.get(key, 0) + n
