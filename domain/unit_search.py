"""Finding a unit by what somebody types (tìm đơn vị theo tên)."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from domain.chronicle import Chronicle
from domain.held_once import one_name
from domain.names import KINDS, fold_key, search_words, short_name
from domain.units import Unit

EXACT, STARTS, WORD_STARTS, NEAR = range(4)
OTHER_KIND = 4
"""Added to the rank where the typed kind is not the unit's: a town that became a city."""
FOLDED_KINDS = tuple(tuple(fold_key(kind).split()) for kind in KINDS)


class Meant(NamedTuple):
    """A unit that fits what was typed, in the period of the name that fits, and how well."""

    rank: int
    unit: Unit


class UnitIndex:
    """The folded names of all units, former names included, ready to rank (chỉ mục tên đơn vị).

    A query's words must all occur in the unit's name or in the names above it, the first
    one in its own: ``tam di luc nam`` finds Xã Tam Dị of Huyện Lục Nam. The last word may
    be the beginning of one, for somebody is still typing. Digits are a code's beginning.
    Where the kind typed fits no unit, units of other kinds follow: ``tx kon tum``.
    """

    __slots__ = ("_codes", "_entries", "_of_words", "_words")

    def __init__(self, units: Chronicle[Unit]) -> None:
        every = (unit for name in units.names() for unit in units.of(name))
        in_order = sorted(every, key=lambda unit: (len(unit.code), unit.code))
        self._codes = tuple((unit.code, unit) for unit in in_order)
        self._entries = tuple(
            (unit, _padded(short_name(unit.name)), _padded(unit.name), _above(unit, units))
            for unit in in_order
        )
        of_words: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
        for place, (_, _, own, above) in enumerate(self._entries):
            for word in {*own.split(), *above.split()}:
                of_words[word].append(place)
        self._of_words: Mapping[str, array[int]] = dict(of_words)
        self._words = sorted(of_words)

    def ranked(self, text: str) -> Iterator[Meant]:
        """What fits, best first: exact, beginnings, the rest, then other kinds.

        Within a rank the higher level comes first, then administrative order.
        """
        words = search_words(text)
        if len(words) == 1 and words[0].isdigit():
            for code, unit in self._codes:
                if code.startswith(words[0]):
                    yield Meant(EXACT if code == words[0] else STARTS, unit)
            return
        yield from self._named(words)
        bare = _without_kind(words)
        if bare:
            yield from (Meant(rank + OTHER_KIND, unit) for rank, unit in self._named(bare))

    def _named(self, words: tuple[str, ...]) -> Iterator[Meant]:
        hits: tuple[list[Unit], ...] = ([], [], [], [])
        for place in self._places(words):
            unit, short, own, above = self._entries[place]
            if f" {words[0]}" in own:
                rank = _rank(words, short, own, above)
                if rank is not None:
                    hits[rank].append(unit)
        return (Meant(rank, unit) for rank, units in enumerate(hits) for unit in units)

    def _places(self, words: tuple[str, ...]) -> Sequence[int]:
        """In order, the entries that have the rarest of the words; the others are left out.

        The first word and the last may be beginnings.
        """
        if not words:
            return ()
        begun = [self._beginning(word) for word in {words[0], words[-1]}]
        whole = [[word] for word in words[1:-1]]
        rarest = min((*begun, *whole), key=self._how_many)
        found = [self._of_words[word] for word in rarest if word in self._of_words]
        return found[0] if len(found) == 1 else sorted({*chain.from_iterable(found)})

    def _beginning(self, start: str) -> Sequence[str]:
        """Every word of a name that begins so."""
        return self._words[bisect_left(self._words, start) : bisect_left(self._words, f"{start}~")]

    def _how_many(self, words: Sequence[str]) -> int:
        return sum(len(self._of_words.get(word, ())) for word in words)


def _without_kind(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words after a kind of unit in front; nothing when there is no kind or no name."""
    for kind in FOLDED_KINDS:
        if words[: len(kind)] == kind:
            return words[len(kind) :]
    return ()


def _padded(name: str) -> str:
    """A folded name with a space on both sides: every word begins and ends with one."""
    return one_name(f" {fold_key(name)} ")


def _above(unit: Unit, units: Chronicle[Unit]) -> str:
    names: list[str] = []
    parent, seen = unit.parent, set[str]()
    while parent is not None and parent not in seen and units.of(parent):
        seen.add(parent)
        above = units.on(parent, unit.valid_from) or units.of(parent)[-1]
        names.append(fold_key(above.name))
        parent = above.parent
    return one_name(f" {' '.join(names)} ")


def _rank(words: tuple[str, ...], short: str, own: str, above: str) -> int | None:
    typed = f" {' '.join(words)}"
    if f"{typed} " in (short, own):
        return EXACT
    if short.startswith(typed) or own.startswith(typed):
        return STARTS
    if typed in own:
        return WORD_STARTS
    whole = (f" {word} " for word in words[:-1])
    if any(word not in own and word not in above for word in whole):
        return None
    if f" {words[-1]}" not in own and f" {words[-1]}" not in above:
        return None
    return STARTS if f"{typed} ".startswith((short, own)) else NEAR
