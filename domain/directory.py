"""Which unit and office there was on a day (danh bạ đơn vị, cơ quan).

Immutable and in memory: the whole country fits. Every question carries a date, because
the reform of 1/7/2025 uses codes again. Levels are data: no question asks whether there
are districts.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Self, TypeVar

from domain.errors import Invalid
from domain.events.base import OfficeEvent
from domain.events.directory import OfficeEstablished, UnitEstablished
from domain.unit_search import UnitIndex
from domain.units import COMMITTEE, Office, Unit, newest, stands

__all__ = ["COMMITTEE", "Directory", "Office", "Unit", "UnknownOffice", "UnknownUnit"]

T = TypeVar("T")
Groups = Mapping[str | None, tuple[T, ...]]
REFERENCE = re.compile(r"([a-z]{1,10}-)?[0-9]{1,5}(-[0-9]{8})?", re.ASCII)


class UnknownUnit(Invalid):
    """No unit goes by this code or id on that day."""

    code = "unknown_unit"
    title = "Không có đơn vị này"


class UnknownOffice(Invalid):
    """No office goes by this id on that day, or the unit has no People's Committee."""

    code = "unknown_office"
    title = "Không có cơ quan này"


class Directory:
    """The tree of units and the offices in it, as of any day. Never changes: it grows copies."""

    __slots__ = ("_by_code", "_children", "_index", "_offices", "_offices_of", "_units")

    def __init__(self) -> None:
        self._units: Mapping[str, Unit] = {}
        self._offices: Mapping[str, Office] = {}
        self._by_code: Groups[Unit] = {}
        self._children: Groups[Unit] = {}
        self._offices_of: Groups[Office] = {}
        self._index: UnitIndex | None = None

    @classmethod
    def of(cls, facts: Iterable[OfficeEvent]) -> Self:
        """The directory these facts add up to; facts about other things are passed over."""
        return cls().with_facts(facts)

    def with_facts(self, facts: Iterable[OfficeEvent]) -> Self:
        """A copy grown by these facts, or itself when none of them is news."""
        units: dict[str, Unit] = {}
        offices: dict[str, Office] = {}
        for fact in facts:
            match fact:
                case UnitEstablished() if fact.unit_id not in self._units:
                    units[fact.unit_id] = Unit.established(fact)
                case OfficeEstablished() if fact.office_id not in self._offices:
                    offices[fact.office_id] = Office.established(fact)
        return self._grown(units, offices) if units or offices else self

    def _grown(self, units: Mapping[str, Unit], offices: Mapping[str, Office]) -> Self:
        copy = type(self)()
        copy._units = {**self._units, **units}
        copy._offices = {**self._offices, **offices}
        copy._by_code = _grouped(self._by_code, units.values(), lambda u: u.code, _by_start)
        copy._children = _grouped(self._children, units.values(), lambda u: u.parent, _by_code)
        copy._offices_of = _grouped(self._offices_of, offices.values(), lambda o: o.unit, None)
        copy._index = None if units else self._index
        return copy

    def find_unit(self, ref: str, on: date) -> Unit | None:
        """The unit by id or bare code, as of a day."""
        unit = self._units.get(ref)
        if unit is not None:
            return unit if stands(unit, on) else None
        return newest(self._by_code.get(ref, ()), on)

    def get_unit(self, ref: str, on: date, *, pointer: str | None = None) -> Unit:
        """As :meth:`find_unit`. Refuses: :class:`UnknownUnit`."""
        unit = self.find_unit(ref, on)
        if unit is not None:
            return unit
        raise UnknownUnit(
            f"Ngày {_vn(on)} không có đơn vị {_named(ref)}.{self._on_other_days(ref)}",
            pointer=pointer,
            mend="Tìm đơn vị theo tên trong danh bạ và dùng mã có hiệu lực vào ngày đó.",
        )

    def _on_other_days(self, ref: str) -> str:
        known = (self._units[ref],) if ref in self._units else self._by_code.get(ref, ())
        spans = "; ".join(f"{unit.name}, {_span(unit)}" for unit in known)
        return f" Mã này là của: {spans}." if spans else ""

    def find_office(self, ref: str, on: date) -> Office | None:
        """The office by id, or the People's Committee of a unit by code or id, as of a day."""
        office = self._offices.get(ref)
        if office is not None:
            return office if stands(office, on) else None
        unit = self.find_unit(ref, on)
        return None if unit is None else self._committee(unit.unit_id, on)

    def get_office(self, ref: str, on: date, *, pointer: str | None = None) -> Office:
        """As :meth:`find_office`. Refuses: :class:`UnknownOffice`."""
        office = self.find_office(ref, on)
        if office is not None:
            return office
        raise UnknownOffice(
            f"Ngày {_vn(on)} không có cơ quan {_named(ref)}.",
            pointer=pointer,
            mend="Chọn cơ quan trong danh bạ; mã đơn vị được hiểu là UBND của đơn vị đó.",
        )

    def _committee(self, unit_id: str, on: date) -> Office | None:
        offices = self._offices_of.get(unit_id, ())
        return newest((office for office in offices if office.type == COMMITTEE), on)

    def committee_of(self, unit_id: str, on: date) -> Office:
        """The People's Committee of a unit (UBND). Refuses: :class:`UnknownOffice`."""
        return self._committee(unit_id, on) or self.get_office(unit_id, on)

    def superior_of(self, office_id: str, on: date) -> Office | None:
        """The office that directs this one (cơ quan cấp trên trực tiếp), if any."""
        office = self.get_office(office_id, on)
        return None if office.superior is None else self.find_office(office.superior, on)

    def superiors_of(self, office_id: str, on: date) -> tuple[Office, ...]:
        """Every office above this one, nearest first."""
        above: list[Office] = []
        superior = self.superior_of(office_id, on)
        while superior is not None and superior not in above:
            above.append(superior)
            superior = self.superior_of(superior.office_id, on)
        return tuple(above)

    def common_superior(self, a: str, b: str, on: date) -> Office | None:
        """The nearest office above both; never one of the two: nobody judges himself."""
        above_b = self.superiors_of(b, on)
        return next((office for office in self.superiors_of(a, on) if office in above_b), None)

    def children(self, unit_id: str, on: date) -> tuple[Unit, ...]:
        """The units right below, in administrative order (by code)."""
        return tuple(unit for unit in self._children.get(unit_id, ()) if stands(unit, on))

    def roots(self, on: date) -> tuple[Unit, ...]:
        """The units below no other, in administrative order."""
        return tuple(unit for unit in self._children.get(None, ()) if stands(unit, on))

    def units_under(self, unit_id: str, on: date) -> tuple[Unit, ...]:
        """Every unit below, each followed by its own."""
        below: list[Unit] = []
        for child in self.children(unit_id, on):
            below.append(child)
            below.extend(self.units_under(child.unit_id, on))
        return tuple(below)

    def ancestors(self, unit_id: str, on: date) -> tuple[Unit, ...]:
        """Every unit above, nearest first."""
        above: list[Unit] = []
        parent = self.get_unit(unit_id, on).parent
        while parent is not None:
            above.append(self.get_unit(parent, on))
            parent = above[-1].parent
        return tuple(above)

    def offices_of(self, unit_id: str, on: date) -> tuple[Office, ...]:
        """The offices of a unit itself, in the order they were entered."""
        return tuple(office for office in self._offices_of.get(unit_id, ()) if stands(office, on))

    def offices_under(self, unit_id: str, on: date) -> tuple[Office, ...]:
        """The offices of a unit and of every unit below it."""
        units = (unit_id, *(unit.unit_id for unit in self.units_under(unit_id, on)))
        return tuple(office for unit in units for office in self.offices_of(unit, on))

    def search(self, text: str, on: date, limit: int) -> tuple[Unit, ...]:
        """Units by name or code as typed, best first; marks and Unicode form do not matter."""
        if self._index is None:
            self._index = UnitIndex(self._units)
        found: list[Unit] = []
        for unit_id in self._index.ranked(text):
            if len(found) >= limit:
                break
            if stands(self._units[unit_id], on):
                found.append(self._units[unit_id])
        return tuple(found)


def _grouped(
    old: Groups[T],
    added: Iterable[T],
    key: Callable[[T], str | None],
    order: Callable[[T], str] | None,
) -> Groups[T]:
    """Groups with more members; only the groups that grow are touched."""
    fresh: dict[str | None, list[T]] = {}
    for thing in added:
        fresh.setdefault(key(thing), []).append(thing)
    grown = dict(old)
    for name, things in fresh.items():
        members = (*old.get(name, ()), *things)
        grown[name] = members if order is None else tuple(sorted(members, key=order))
    return grown


def _by_code(unit: Unit) -> str:
    return unit.code


def _by_start(unit: Unit) -> str:
    return unit.valid_from.isoformat()


def _named(ref: str) -> str:
    """A reference in a message. What is none, a telephone number perhaps, is not repeated."""
    return f"“{ref}”" if REFERENCE.fullmatch(ref) else "này"


def _span(unit: Unit) -> str:
    until = "" if unit.valid_until is None else f" đến {_vn(unit.valid_until)}"
    return f"từ {_vn(unit.valid_from)}{until}"


def _vn(day: date) -> str:
    return f"{day:%d/%m/%Y}"
