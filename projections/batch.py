"""The rows of one batch in memory, between loading and writing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from projections.base import Fact, Projection, R, Row, Rows, Tally
from projections.ports import FoldFailed

Key = tuple[Any, ...]

FOLD_FAULTS = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError)
"""What a projection may raise about a fact it cannot take in. Anything else stops the program."""


class NotNamed(LookupError):
    """A fold looked up a row that ``reads`` did not name: a mistake in the projection."""


class RowBuffer(Rows):
    """Rows as a batch has them now: what was loaded, overlaid with what was written.

    ``loaded`` holds an entry for every key asked for; None where there is no such row.
    """

    def __init__(self, loaded: Mapping[type[Row], Mapping[Key, Row | None]]) -> None:
        self._loaded = loaded
        self.written: defaultdict[type[Row], dict[Key, Row | None]] = defaultdict(dict)
        self.added: defaultdict[type[Tally], Counter[Key]] = defaultdict(Counter)

    def find(self, row: type[R], *key: Any) -> R | None:
        for place in (self.written, self._loaded):
            found: Row | NotNamed | None = place.get(row, {}).get(key, _NOWHERE)
            if isinstance(found, row) or found is None:
                return found
        raise NotNamed(f"{row.__name__} {key}")

    def put(self, row: Row) -> None:
        self.written[type(row)][key_of(row)] = row

    def drop(self, row: type[Row], *key: Any) -> None:
        self.written[row][key] = None

    def add(self, row: Tally) -> None:
        self.added[type(row)][key_of(row)] += row.n


_NOWHERE = NotNamed()


def key_of(row: Row) -> Key:
    """The key of a row, in the order of its type."""
    return tuple(getattr(row, name) for name in row.KEY)


def asked(work: Iterable[tuple[Projection, Sequence[Fact]]]) -> dict[type[Row], set[Key]]:
    """What folding these facts may look up. Raises :class:`FoldFailed`, naming the fact."""
    keys: dict[type[Row], set[Key]] = {}
    for projection, facts in work:
        for fact in facts:
            try:
                for row, key in projection.reads(fact):
                    keys.setdefault(row, set()).add(key)
            except FOLD_FAULTS as fault:
                raise FoldFailed(projection.name, fact, repr(fault)) from fault
    return keys


def fold_all(work: Iterable[tuple[Projection, Sequence[Fact]]], rows: Rows) -> None:
    """Fold every projection's facts. Raises :class:`FoldFailed`, naming the fact."""
    for projection, facts in work:
        for fact in facts:
            try:
                projection.fold(fact, rows)
            except FOLD_FAULTS as fault:
                raise FoldFailed(projection.name, fact, repr(fault)) from fault
