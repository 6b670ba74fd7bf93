"""In which one unit an office's work is counted on a day (tính số liệu về đơn vị nào).

The same work may be counted by the unit of then or by the successor of now: only the day
differs. Each piece counts exactly once on any day, so all ways have one total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from domain.chronicle import Dated
from domain.directory import Directory
from domain.homes import OfficesOn
from domain.succession import sole_heir
from domain.units import Unit

Groups = Mapping[str | None, Sequence[str]]


class How(StrEnum):
    """Why work counts in a unit (vì sao tính về đơn vị này)."""

    OWN = "own"
    """Its office stood in this unit on that day."""
    LATER = "later"
    """Its office did not stand yet: it counts in the unit in which it was set up."""
    HEIR = "heir"
    """Its office had ended, and this unit's office took it over for good."""
    MEANWHILE = "meanwhile"
    """Its office had ended without one sure heir: the nearest superior answers meanwhile."""
    NOBODY = "nobody"
    """Its office had ended and nobody answers: the nearest unit above that is known."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where work counts. Without a unit it counts in the country alone."""

    unit: str | None
    how: How


class Placing:
    """The units of a day as a forest, and the place of every office's work in it.

    Units and offices set up after the day stand beside those of the day, below the parents they
    began with: work that began there has no other unit of then. Threads may share it.
    """

    def __init__(self, directory: Directory, on: date) -> None:
        self.directory = directory
        self.on = on
        self._tree = OfficesOn(directory, on)
        self._places: dict[str, Place] = {}
        self._above: dict[str, tuple[str, ...]] = {}

    def place(self, office: str, formers: Sequence[str] = ()) -> Place:
        """The place of work that rests on an office.

        ``formers`` are the abolished offices it rested on before, the first one first. The first
        that had not ended by the day tells; when all had, who stands in the place of the last.
        """
        lasting = (each for each in (*formers, office) if self._lasts(each))
        return self._place_of(next(lasting, office))

    def _lasts(self, office: str) -> bool:
        periods = self.directory.offices.of(office)
        return bool(periods) and not _ended(periods, self.on)

    def _place_of(self, office: str) -> Place:
        if office not in self._places:
            self._places[office] = self._placed(office)
        return self._places[office]

    def _placed(self, office: str) -> Place:
        periods = self.directory.offices.of(office)
        if not periods:
            return Place(None, How.NOBODY)
        if not _ended(periods, self.on):
            standing = self.directory.offices.on(office, self.on)
            how = How.LATER if standing is None else How.OWN
            return Place(self.of_unit((standing or periods[0]).unit), how)
        home = self._tree.home_of(office)
        if home is None:
            return Place(self.of_unit(periods[-1].unit), How.NOBODY)
        how = How.MEANWHILE if home.interim else How.HEIR
        return Place(self.of_unit(home.office.unit), how)

    def of_unit(self, unit_id: str) -> str | None:
        """The unit of this day for a unit of any day: itself, its one sure heir, or the nearest
        above it of which one of the two is known. None when nothing above is known either.
        """
        seen = set[str]()
        name: str | None = unit_id
        while name is not None and name not in seen:
            seen.add(name)
            periods = self.directory.units.of(name)
            if not periods:
                return None
            if not _ended(periods, self.on):
                return name
            heir = sole_heir(self.directory.units, name, self.on)
            if heir is not None:
                return heir
            name = periods[-1].parent
        return None

    def unit(self, unit_id: str) -> Unit:
        """A unit of the forest, as it stood on the day, or as it began later."""
        found = self.directory.units.on(unit_id, self.on)
        return found or self.directory.units.of(unit_id)[0]

    def above(self, unit_id: str) -> tuple[str, ...]:
        """The units above one of the forest, nearest first."""
        known = self._above.get(unit_id)
        if known is None:
            known = self._above[unit_id] = self._climbed(unit_id)
        return known

    def _climbed(self, unit_id: str) -> tuple[str, ...]:
        """Up to a unit below no other. Where an heir stands below what it took over, the units
        would go round in a circle: then the one of the lowest id is the top.
        """
        chain = [unit_id]
        up = self._parent(unit_id)
        while up is not None and up not in chain:
            chain.append(up)
            up = self._parent(up)
        if up is not None:
            top = min(chain[chain.index(up) :])
            chain = chain[: chain.index(top) + 1]
        return tuple(chain[1:])

    def _parent(self, unit_id: str) -> str | None:
        parent = self.unit(unit_id).parent
        return None if parent is None else self.of_unit(parent)

    def lies_in(self, unit_id: str | None, area: str) -> bool:
        """Whether a unit of the forest is another or lies below it."""
        return unit_id is not None and (unit_id == area or area in self.above(unit_id))

    def units_in(self, area: str) -> tuple[str, ...]:
        """A unit of the forest and all below it, each followed by its own."""
        found: list[str] = []
        waiting = [area]
        while waiting:
            found.append(waiting.pop())
            waiting.extend(reversed(self._below.get(found[-1], ())))
        return tuple(found)

    def former_units_in(self, area: str) -> tuple[str, ...]:
        """The units that had ended by the day and whose place is in an area."""
        return self._all(self._ended_units, area)

    def offices_in(self, area: str) -> tuple[str, ...]:
        """The offices whose work counts in an area, those that had ended among them."""
        return self._all(self._offices, area)

    def offices_at(self, unit: str) -> tuple[str, ...]:
        """The offices whose work counts in a unit itself, and in none below it."""
        return tuple(self._offices.get(unit, ()))

    def _all(self, groups: Groups, area: str) -> tuple[str, ...]:
        return tuple(name for unit in self.units_in(area) for name in groups.get(unit, ()))

    @cached_property
    def eve(self) -> date | None:
        """The last day of the units that ended last: the day before the newest reform."""
        units = self.directory.units
        return max(
            (units.of(name)[-1].valid_until or date.min for name in self._gone), default=None
        )

    @cached_property
    def _gone(self) -> Mapping[str, None]:
        units = self.directory.units
        lives = ((name, units.of(name)) for name in units.names())
        return {name: None for name, periods in lives if periods and _ended(periods, self.on)}

    @cached_property
    def _below(self) -> Groups:
        units = self.directory.units
        lasting = (name for name in units.names() if units.of(name) and name not in self._gone)
        by_code = sorted(lasting, key=lambda name: (self.unit(name).code, name))
        return _grouped((next(iter(self.above(name)), None), name) for name in by_code)

    @cached_property
    def _ended_units(self) -> Groups:
        return _grouped((self.of_unit(name), name) for name in self._gone)

    @cached_property
    def _offices(self) -> Groups:
        return _grouped(
            (self._place_of(name).unit, name) for name in self.directory.offices.names()
        )


def _ended(periods: Sequence[Dated], on: date) -> bool:
    last_day = periods[-1].valid_until
    return last_day is not None and last_day < on


def _grouped(placed: Iterable[tuple[str | None, str]]) -> Groups:
    groups: dict[str | None, list[str]] = {}
    for place, name in placed:
        groups.setdefault(place, []).append(name)
    return groups
