"""The rows of one batch in memory, between loading and writing."""

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NewType

from domain.events.registry import BY_NAME
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
        self.added: defaultdict[type[Tally], dict[Key, int]] = defaultdict(dict)

    def find(self, row: type[R], *key: Any) -> R | None:
        for place in (self.written, self._loaded):
            found: Row | NotNamed | None = place.get(row, _NONE).get(key, _NOWHERE)
            if isinstance(found, row) or found is None:
                return found
        raise NotNamed(f"{row.__name__} {key}")

    def put(self, row: Row) -> None:
        self.written[type(row)][key_of(row)] = row

    def drop(self, row: type[Row], *key: Any) -> None:
        self.written[row][key] = None

    def add(self, tally: type[Tally], key: Key, n: int) -> None:
        sums = self.added[tally]
        sums[key] = sums.get(key, 0) + n


_NOWHERE = NotNamed()
_NONE: Mapping[Key, Row | None] = {}


def key_of(row: Row) -> Key:
    """The key of a row, in the order of its type."""
    return _picker_of(type(row))(row)


def _picker(row: Any) -> Callable[[Row], Key]:
    pick = attrgetter(*row.KEY)
    return pick if len(row.KEY) > 1 else lambda row: (pick(row),)


_picker_of: Callable[[Any], Callable[[Row], Key]] = functools.cache(_picker)


Concerning = NewType("Concerning", list[tuple[Projection, Sequence[Fact]]])
"""Projections, each with the facts of its kinds and no others."""


def concerning(work: Iterable[tuple[Projection, Sequence[Fact]]]) -> Concerning:
    """Of a batch what each projection takes in: most facts say nothing to most of them."""
    return Concerning([(projection, _of_kinds(projection, facts)) for projection, facts in work])


def _of_kinds(projection: Projection, facts: Sequence[Fact]) -> Sequence[Fact]:
    if projection.kinds is None:
        return facts
    names = _names(projection.kinds)
    return [fact for fact in facts if fact.type_name in names]


@functools.cache
def _names(kinds: frozenset[str]) -> frozenset[str]:
    """The names of all types of these kinds."""
    return frozenset(name for name in BY_NAME if name.partition(".")[0] in kinds)


def asked(work: Concerning) -> dict[type[Row], set[Key]]:
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


def fold_all(work: Concerning, rows: Rows) -> None:
    """Fold every projection's facts. Raises :class:`FoldFailed`, naming the fact."""
    for projection, facts in work:
        for fact in facts:
            try:
                projection.fold(fact, rows)
            except FOLD_FAULTS as fault:
                raise FoldFailed(projection.name, fact, repr(fault)) from fault
