"""What somebody who looks for a unit is shown, old names and old units too (kết quả tìm đơn vị).

An old unit is shown with where it is on the day asked about: one unit, or the candidates of a
split one. Nobody is sent to a guess as if it were known.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from domain.directory import Directory
from domain.succession import Candidate, places_now
from domain.units import Unit

LOOKED_AT: Final = 2_000
"""Names that fit, looked at for one answer: what is found behind them nobody would read."""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit as it stands on a day, or as it last stood before; by which name it was found.

    ``places`` says where an old unit is now, each with how sure that is; nothing for one that
    stands.
    """

    unit: Unit
    by_name: str
    stands: bool
    places: tuple[tuple[Unit, Candidate], ...]


def find_units(text: str, directory: Directory, on: date, limit: int) -> tuple[Found, ...]:
    """Units that stand or stood before a day, best first.

    Of equals those come first that bear the marks typed, then those that stand.
    """
    meant = list(islice(_once(directory, text, on), LOOKED_AT))
    typed = _with_marks(text)
    meant.sort(key=lambda hit: (hit[0], typed not in _with_marks(hit[2]), not hit[3]))
    return tuple(
        Found(unit, by_name, stands, () if stands else whereabouts(unit, directory, on))
        for _, unit, by_name, stands in meant[:limit]
    )


def whereabouts(unit: Unit, directory: Directory, on: date) -> tuple[tuple[Unit, Candidate], ...]:
    """Where an old unit is on a day. Of one with no heir: where what stood below it is.

    Of a former district these are the units that its communes went into, each a candidate.
    """
    places = places_now(unit.unit_id, directory, on)
    if places or unit.valid_until is None:
        return places
    found: dict[str, tuple[Unit, Candidate]] = {}
    for below in directory.children(unit.unit_id, unit.valid_until):
        for place, each in places_now(below.unit_id, directory, on):
            partly = Candidate(place.unit_id, whole=False, match=each.match)
            found.setdefault(place.unit_id, (place, partly))
    return tuple(found.values())


def _once(directory: Directory, text: str, on: date) -> Iterator[tuple[int, Unit, str, bool]]:
    """Each unit by the best of its names that fits; units of later days are not known yet."""
    seen = set[str]()
    for rank, meant in directory.ranked(text):
        if meant.unit_id in seen or meant.valid_from > on:
            continue
        seen.add(meant.unit_id)
        now = directory.units.on(meant.unit_id, on)
        last = now or max(
            (each for each in directory.units.of(meant.unit_id) if each.valid_from <= on),
            key=lambda each: each.valid_from,
        )
        yield rank, last, meant.name, now is not None


def _with_marks(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()
