"""Old units of which a person must say where they went (địa bàn chờ quyết định).

A list of pairs does not know everything: some old units have no pair, some pairs are guesses
among namesakes, a split unit's work has no single heir, and a level may be gone. Whatever is
suggested here is only a suggestion: nothing is taken until somebody decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.chronicle import ONE_DAY
from domain.codes import SuccessionMatch
from domain.directory import Directory
from domain.names import fold_key, short_name
from domain.succession import candidates, heirs_of_office
from domain.units import Unit

CHOICES: Final = 40
"""Units offered for one old unit at most; a search finds any other."""


class Doubt(StrEnum):
    """Why somebody must decide (vì sao chờ quyết định)."""

    UNPLACED = "unplaced"
    """Nobody says where it went."""
    GUESSED = "guessed"
    """A pair of it is a guess among namesakes."""
    SPLIT = "split"
    """It went into several, or only a part of it is known; who does its work is not said."""
    LEVEL_GONE = "level_gone"
    """No unit of its level is left, such as districts after 1/7/2025."""


class Why(StrEnum):
    """Why a unit is offered as a choice (vì sao được gợi ý)."""

    LISTED = "listed"
    """The list says it took over the old unit, or a part of it."""
    GUESSED = "guessed"
    """The list guesses so."""
    SAME_NAME = "same_name"
    """It bears the old unit's bare name, in a unit that took over the one above."""
    NAMESAKE = "namesake"
    """It is guessed to have taken over a namesake of the old unit."""
    UNCLAIMED = "unclaimed"
    """Nobody says what went into it, and it lies in a unit that took over one above."""
    BELOW = "below"
    """It took over units that stood below the old one."""
    BESIDE = "beside"
    """It took over neighbours: units that stood beside the old one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that may be the answer, and why."""

    unit: Unit
    why: Why


@dataclass(frozen=True, slots=True)
class Undecided:
    """An old unit as it last stood, and what is not known of it."""

    unit: Unit
    doubt: Doubt


class OpenQuestions:
    """What must be decided as of a day, in the order of codes (hàng chờ quyết định)."""

    __slots__ = ("_directory", "_guessed_of", "_levels", "_on")

    def __init__(self, directory: Directory, on: date) -> None:
        self._directory = directory
        self._on = on
        units = directory.units
        standing = (units.on(name, on) for name in units.names())
        self._levels = frozenset(unit.level for unit in standing if unit is not None)
        self._guessed_of: Mapping[str, list[str]] | None = None

    def waiting(
        self, *, after: str = "", doubt: Doubt | None = None, below: str | None = None
    ) -> Iterator[Undecided]:
        """Old units with an open question, each once; ``after`` a unit id.

        ``below`` keeps those that stood below a former unit, ``doubt`` those of one sort.
        """
        for unit in sorted(self._ended(), key=lambda each: each.unit_id):
            if unit.unit_id <= after or not self._stood_below(unit, below):
                continue
            found = self.doubt_of(unit)
            if found is not None and doubt in (None, found):
                yield Undecided(unit, found)

    def doubt_of(self, unit: Unit) -> Doubt | None:
        """What is not known of an old unit; None when nothing waits."""
        if unit.level not in self._levels:
            return None if self._work_has_an_heir(unit) else Doubt.LEVEL_GONE
        found = candidates(self._directory.units, unit.unit_id, self._on)
        if not found:
            return Doubt.UNPLACED
        if any(each.match is SuccessionMatch.GUESSED for each in found):
            return Doubt.GUESSED
        if len(found) == 1 and found[0].whole:
            return None
        return None if self._work_has_an_heir(unit) else Doubt.SPLIT

    def choices(self, unit: Unit) -> tuple[Choice, ...]:
        """Units that stand and may be the answer, the likeliest first. Never an answer."""
        found: dict[str, Choice] = {}
        for name, why in self._suggested(unit):
            choice = self._directory.units.on(name, self._on)
            if choice is not None:
                found.setdefault(name, Choice(choice, why))
        return tuple(found.values())[:CHOICES]

    def _ended(self) -> Iterator[Unit]:
        for name in self._directory.units.names():
            last = self._directory.units.of(name)[-1:]
            if last and last[0].valid_until is not None and last[0].valid_until < self._on:
                yield last[0]

    def _stood_below(self, unit: Unit, below: str | None) -> bool:
        if below is None or unit.unit_id == below:
            return True
        above = self._above(unit)
        return any(each.unit_id == below for each in above)

    def _above(self, unit: Unit) -> tuple[Unit, ...]:
        return self._directory.ancestors(unit.unit_id, unit.valid_until or self._on)

    def _work_has_an_heir(self, unit: Unit) -> bool:
        """Whether one office, and no guess, does what the unit's committee did."""
        seat = self._directory.find_office(unit.unit_id, unit.valid_until or self._on)
        if seat is None:
            return False
        heirs = heirs_of_office(seat.office_id, self._directory, self._on)
        return len(heirs) == 1 and heirs[0][1].is_sure

    def _suggested(self, unit: Unit) -> Iterator[tuple[str, Why]]:
        units, on = self._directory.units, self._on
        for each in candidates(units, unit.unit_id, on):
            guessed = each.match is SuccessionMatch.GUESSED
            yield each.name, Why.GUESSED if guessed else Why.LISTED
        yield from ((name, Why.SAME_NAME) for name in self._same_name(unit))
        yield from ((name, Why.NAMESAKE) for name in self._namesakes(unit))
        yield from ((name, Why.UNCLAIMED) for name in self._unclaimed(unit))
        yield from ((name, Why.BELOW) for name in self._heirs_below(unit.unit_id, unit))
        if unit.parent is not None and unit.level in self._levels:
            yield from ((name, Why.BESIDE) for name in self._heirs_below(unit.parent, unit))

    def _heirs_below(self, parent: str, unit: Unit) -> Iterator[str]:
        last_day = unit.valid_until or self._on
        for child in self._directory.children(parent, last_day):
            for each in candidates(self._directory.units, child.unit_id, self._on):
                if each.match is not SuccessionMatch.GUESSED:
                    yield each.name

    def _same_name(self, unit: Unit) -> Iterator[str]:
        """Units of the same bare name and level, below those that took over a unit above."""
        bare = _bare(unit)
        return (each.unit_id for each in self._peers(unit) if _bare(each) == bare)

    def _unclaimed(self, unit: Unit) -> Iterator[str]:
        """Units that began when the old one ended, and of which nobody knows whence they came."""
        begins = (unit.valid_until or self._on) + ONE_DAY
        for each in self._peers(unit):
            new = self._directory.units.of(each.unit_id)[0].valid_from == begins
            if new and not self._directory.units.forebears(each.unit_id):
                yield each.unit_id

    def _peers(self, unit: Unit) -> Iterator[Unit]:
        """Units of its level in those that took over what stood above it."""
        for above in self._above(unit):
            for each in candidates(self._directory.units, above.unit_id, self._on):
                for other in self._directory.units_under(each.name, self._on):
                    if other.level == unit.level:
                        yield other

    def _namesakes(self, unit: Unit) -> Iterator[str]:
        """Where the guesses of a namesake in the same former top unit lead."""
        if self._guessed_of is None:
            self._guessed_of = self._guesses()
        yield from self._guessed_of.get(self._home(unit), ())

    def _guesses(self) -> Mapping[str, list[str]]:
        guesses: dict[str, list[str]] = {}
        for unit in self._ended():
            for heir in self._directory.units.heirs(unit.unit_id):
                if heir.match is SuccessionMatch.GUESSED:
                    guesses.setdefault(self._home(unit), []).append(heir.heir)
        return guesses

    def _home(self, unit: Unit) -> str:
        above = self._above(unit)
        return f"{above[-1].unit_id if above else ''} {_bare(unit)}"


def _bare(unit: Unit) -> str:
    return fold_key(short_name(unit.name))
