"""Which unit and office there was on a day (danh bạ đơn vị, cơ quan).

Immutable and in memory: the whole country fits. Every question carries a date, because
the reform of 1/7/2025 uses codes again. Levels are data: no question asks whether there
are districts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Self

from domain import notes
from domain.chronicle import Chronicle, D, Noted, newest
from domain.events.base import OfficeEvent
from domain.not_found import no_office, no_unit
from domain.posts import KINDS, Posts
from domain.refusals.directory import UnknownOffice, UnknownUnit
from domain.unit_search import Meant, UnitIndex
from domain.units import COMMITTEE, Office, Unit

__all__ = ["COMMITTEE", "Directory", "Office", "Unit", "UnknownOffice", "UnknownUnit"]

Groups = Mapping[str | None, tuple[str, ...]]
KNOWN_KEPT = 4
"""Days of knowledge kept at hand with a directory: what is asked again is made once."""
ABOVE_KEPT = 16_384
"""Offices and days of which is remembered who stands above; a few MB, four days of a country."""


class Directory:
    """The tree of units and the offices in it, as of any day. Never changes: it grows copies.

    Who succeeded whom is asked of :mod:`domain.succession`, who holds which post of
    :attr:`posts`, what was known on an earlier day of :meth:`known_on`.
    """

    __slots__ = (
        "_above", "_by_code", "_children", "_index", "_known", "_offices_of", "offices", "posts",
        "units",
    )  # fmt: skip

    def __init__(self) -> None:
        self.units = Chronicle[Unit]()
        self.offices = Chronicle[Office]()
        self.posts = Posts()
        self._by_code: Groups = {}
        self._children: Groups = {}
        self._offices_of: Groups = {}
        self._index: UnitIndex | None = None
        self._known: dict[date, Self] = {}
        self._above: dict[tuple[str, date], tuple[Office, ...]] = {}

    @classmethod
    def of(cls, facts: Iterable[OfficeEvent]) -> Self:
        """The directory these facts add up to; facts about other things are passed over."""
        return cls().with_facts(facts)

    def with_facts(self, facts: Iterable[OfficeEvent]) -> Self:
        """A copy grown by these facts, or itself when none of them is news.

        Each fact is looked at once and let go: a whole country may come page by page.
        """
        of_units, of_offices, of_posts = list[Noted](), list[Noted](), list[OfficeEvent]()
        for fact in facts:
            of_units += notes.of_units((fact,))
            of_offices += notes.of_offices((fact,))
            if isinstance(fact, KINDS):
                of_posts.append(fact)
        units = self.units.with_notes(of_units)
        offices = self.offices.with_notes(of_offices)
        posts = self.posts.with_facts(of_posts)
        if units is self.units and offices is self.offices and posts is self.posts:
            return self
        grown = self._of_both(units, offices)
        grown.posts = posts
        return grown

    def known_on(self, day: date) -> Self:
        """The directory as it was known at the end of a day, whatever day it is asked about."""
        if day >= max(each.newest_record for each in (self.units, self.offices, self.posts)):
            return self
        if day not in self._known:
            known = type(self)()._of_both(self.units.known_on(day), self.offices.known_on(day))
            known.posts = self.posts.known_on(day)
            kept = dict(list(self._known.items())[1 - KNOWN_KEPT :])
            self._known = {**kept, day: known}
        return self._known[day]

    def _of_both(self, units: Chronicle[Unit], offices: Chronicle[Office]) -> Self:
        copy = type(self)()
        copy.units, copy.offices = units, offices
        fresh = units.changed_since(self.units)
        copy._by_code = _grouped(self._by_code, fresh, lambda unit: unit.code)
        copy._children = _grouped(self._children, fresh, lambda unit: unit.parent)
        seated = offices.changed_since(self.offices)
        copy._offices_of = _grouped(self._offices_of, seated, lambda office: office.unit)
        copy._index = None if fresh else self._index
        return copy

    def find_unit(self, ref: str, on: date) -> Unit | None:
        """The unit by id or bare code, as of a day."""
        if ref in self.units:
            return self.units.on(ref, on)
        return newest(self.of_code(ref), on)

    def of_code(self, code: str) -> Iterable[Unit]:
        """Every unit that ever bore a code, period by period."""
        return (unit for name in self._by_code.get(code, ()) for unit in self.units.of(name))

    def get_unit(self, ref: str, on: date, *, pointer: str | None = None) -> Unit:
        """As :meth:`find_unit`. Refuses: :class:`UnknownUnit`."""
        unit = self.find_unit(ref, on)
        if unit is not None:
            return unit
        known = self.units.of(ref) if ref in self.units else self.of_code(ref)
        raise no_unit(ref, on, known, pointer)

    def find_office(self, ref: str, on: date) -> Office | None:
        """The office by id, or the People's Committee of a unit by code or id, as of a day."""
        if ref in self.offices:
            return self.offices.on(ref, on)
        unit = self.find_unit(ref, on)
        return None if unit is None else self._committee(unit.unit_id, on)

    def get_office(self, ref: str, on: date, *, pointer: str | None = None) -> Office:
        """As :meth:`find_office`. Refuses: :class:`UnknownOffice`."""
        office = self.find_office(ref, on)
        if office is not None:
            return office
        raise no_office(ref, on, pointer)

    def _committee(self, unit_id: str, on: date) -> Office | None:
        offices = self.offices_of(unit_id, on)
        return newest((office for office in offices if office.type == COMMITTEE), on)

    def committee_of(self, unit_id: str, on: date) -> Office:
        """The People's Committee of a unit (UBND). Refuses: :class:`UnknownOffice`."""
        return self._committee(unit_id, on) or self.get_office(unit_id, on)

    def superior_of(self, office_id: str, on: date) -> Office | None:
        """The office that directs this one (cơ quan cấp trên trực tiếp), if any."""
        office = self.get_office(office_id, on)
        return None if office.superior is None else self.find_office(office.superior, on)

    def superiors_of(self, office_id: str, on: date) -> tuple[Office, ...]:
        """Every office above this one, nearest first. Worked out once: the tree never changes."""
        known = self._above.get((office_id, on))
        if known is None:
            if len(self._above) >= ABOVE_KEPT:
                self._above.clear()
            known = self._above[office_id, on] = tuple(self._climbed(office_id, on))
        return known

    def _climbed(self, office_id: str, on: date) -> Sequence[Office]:
        above: list[Office] = []
        superior = self.superior_of(office_id, on)
        while superior is not None and superior not in above:
            above.append(superior)
            superior = self.superior_of(superior.office_id, on)
        return above

    def common_superior(self, a: str, b: str, on: date) -> Office | None:
        """The nearest office above both; never one of the two: nobody judges himself."""
        above_b = {office.office_id for office in self.superiors_of(b, on)}
        above_a = self.superiors_of(a, on)
        return next((office for office in above_a if office.office_id in above_b), None)

    def children(self, unit_id: str, on: date) -> tuple[Unit, ...]:
        """The units right below, in administrative order (by code)."""
        return self._below(unit_id, on)

    def roots(self, on: date) -> tuple[Unit, ...]:
        """The units below no other, in administrative order."""
        return self._below(None, on)

    def _below(self, parent: str | None, on: date) -> tuple[Unit, ...]:
        ever = (self.units.on(name, on) for name in self._children.get(parent, ()))
        standing = [unit for unit in ever if unit is not None and unit.parent == parent]
        return tuple(sorted(standing, key=lambda unit: unit.code))

    def ever_below(self, unit_id: str) -> Iterator[tuple[str, Unit | Office]]:
        """Each period in which a unit stood right below this one, then those of its offices."""
        for name in sorted(self._children.get(unit_id, ())):
            yield from ((name, unit) for unit in self.units.of(name) if unit.parent == unit_id)
        for name in self._offices_of.get(unit_id, ()):
            yield from ((name, office) for office in self.offices.of(name))

    def units_under(self, unit_id: str, on: date) -> tuple[Unit, ...]:
        """Every unit below, each followed by its own."""
        below: list[Unit] = []
        for child in self.children(unit_id, on):
            below.append(child)
            below.extend(self.units_under(child.unit_id, on))
        return tuple(below)

    def ancestors(self, unit_id: str, on: date) -> tuple[Unit, ...]:
        """Every unit above that stands on that day, nearest first."""
        above: list[Unit] = []
        parent = self.get_unit(unit_id, on).parent
        while parent is not None:
            unit = self.find_unit(parent, on)
            if unit is None or unit in above:
                break  # recorded before this was refused: see domain.every_day
            above.append(unit)
            parent = unit.parent
        return tuple(above)

    def offices_of(self, unit_id: str, on: date) -> tuple[Office, ...]:
        """The offices of a unit itself, in the order they were entered."""
        ever = (self.offices.on(name, on) for name in self._offices_of.get(unit_id, ()))
        return tuple(office for office in ever if office is not None and office.unit == unit_id)

    def offices_under(self, unit_id: str, on: date) -> tuple[Office, ...]:
        """The offices of a unit and of every unit below it."""
        units = (unit_id, *(unit.unit_id for unit in self.units_under(unit_id, on)))
        return tuple(office for unit in units for office in self.offices_of(unit, on))

    def search(self, text: str, on: date, limit: int) -> tuple[Unit, ...]:
        """Units by name or code as typed, best first; marks and Unicode form do not matter."""
        return tuple(islice((unit for unit, _ in self.meant(text, on)), limit))

    def meant(self, text: str, on: date) -> Iterator[tuple[Unit, Unit]]:
        """The units that stand on a day, best first, each with the period of the name found.

        A unit that was renamed is found by its former names too.
        """
        seen = set[str]()
        for _, meant in self.ranked(text):
            unit = self.units.on(meant.unit_id, on)
            if unit is not None and unit.unit_id not in seen:
                seen.add(unit.unit_id)
                yield unit, meant

    def ranked(self, text: str) -> Iterator[Meant]:
        """Every period of every unit whose name or code fits, best first, whatever the day."""
        if self._index is None:
            self._index = UnitIndex(self.units)
        return self._index.ranked(text)


def _grouped(
    old: Groups, added: Mapping[str, tuple[D, ...]], key: Callable[[D], str | None]
) -> Groups:
    """Groups of ids with more members; only the groups that grow are touched."""
    fresh: dict[str | None, dict[str, None]] = {}
    for name, periods in added.items():
        for period in periods:
            fresh.setdefault(key(period), {})[name] = None
    grown = dict(old)
    for group, names in fresh.items():
        grown[group] = tuple(dict.fromkeys((*old.get(group, ()), *names)))
    return grown
