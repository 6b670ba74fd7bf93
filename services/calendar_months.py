"""A month of the working calendar, day by day (lịch làm việc của một tháng)."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.codes import LABELS, ClosureScope, DayOffKind
from domain.directory import Directory
from domain.events.calendar import CalendarFact, DayOffAnnounced, OfficeClosed
from domain.law.almanac import Almanac, Entry, Place
from domain.law.calendar import ONE_DAY, Calendar, DayOff, OffDay, days_after
from domain.streams import calendar_stream

DECEMBER: Final = 12


class DayKind(StrEnum):
    """What a day is to an office (loại ngày)."""

    WORKING = "working"
    WORKED = "worked"
    """A weekend day that is worked for a swapped one (ngày làm bù)."""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MADE_UP = "made_up"
    SWAPPED = "swapped"
    CLOSED = "closed"


OFF: Final = {
    OffDay.HOLIDAY: DayKind.HOLIDAY,
    OffDay.MADE_UP: DayKind.MADE_UP,
    OffDay.SWAPPED: DayKind.SWAPPED,
    OffDay.CLOSED: DayKind.CLOSED,
}
"""Days off by an entry; without one it is a weekend."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose calendar: one office's, or that of every office of a unit (``office`` empty)."""

    office: str
    unit: str

    @property
    def places(self) -> tuple[Place, ...]:
        """Whose closures and hours count."""
        unit = (ClosureScope.UNIT, self.unit)
        return ((ClosureScope.OFFICE, self.office), unit) if self.office else (unit,)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day: what it is, why, by which notice. ``worked_for``: the day off it is worked for."""

    day: date
    kind: DayKind
    name: str = ""
    basis: str = ""
    verified: bool = True
    worked_for: date | None = None

    @property
    def working(self) -> bool:
        """Whether it counts for limits in working days."""
        return self.kind in (DayKind.WORKING, DayKind.WORKED)


@dataclass(frozen=True, slots=True)
class MonthShown:
    """The days of a month, and the entries that make it differ from plain weeks.

    ``announced``: nothing more is to come for its year. An entry's version withdraws it.
    """

    first: date
    owner: Owner
    announced: bool
    days: tuple[MonthDay, ...]
    entries: tuple[Entry, ...]
    hours: tuple[str, ...]


def owner_of(
    directory: Directory, own: str, today: date, on: date, office: str = "", unit: str = ""
) -> Owner:
    """A unit or an office as named on a day, or now; one's own when neither is named.

    Refuses: ``UnknownUnit``, ``UnknownOffice``.
    """
    if unit:
        named = directory.find_unit(unit, on) or directory.get_unit(
            unit, today, pointer="query/unit"
        )
        return Owner("", named.unit_id)
    found = directory.find_office(office, on) if office else None
    found = found or directory.get_office(office or own, today, pointer="query/office")
    return Owner(found.office_id, found.unit)


def first_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def month_after(first: date) -> date:
    """The first day of the next month; of the last month there is, itself."""
    if first.month < DECEMBER:
        return first.replace(month=first.month + 1)
    return first.replace(year=min(first.year + 1, date.max.year), month=1)


def month_before(first: date) -> date:
    """The first day of the month before; of the first month there is, itself."""
    return first_of(first - ONE_DAY) if first > date.min else first


def month_shown(almanac: Almanac, owner: Owner, first: date) -> MonthShown:
    """A month as this almanac knows it, for this owner."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    calendar = almanac.calendar_of(owner.office, owner.unit)
    return MonthShown(
        first=first,
        owner=owner,
        announced=calendar.is_announced(first),
        days=tuple(_day(each, calendar) for each in _days(first, last)),
        entries=tuple(sorted(_entries(almanac, owner, first, last), key=days_of)),
        hours=almanac.hours_of(owner.places, last),
    )


def days_of(entry: Entry) -> tuple[date, date]:
    """First and last day of an entry; of what is none, days that lie in no month."""
    match entry.fact:
        case DayOffAnnounced(day=day):
            return day, day
        case OfficeClosed(first_day=first, last_day=last):
            return first, last
    return date.max, date.min


def said_of(fact: CalendarFact) -> str:
    """What an entry says, in words: ``Quốc khánh, nghỉ lễ``."""
    match fact:
        case DayOffAnnounced(worked_on=worked) if worked is not None:
            return f"{LABELS[DayOffKind.SWAPPED]} ({LABELS[fact.holiday]}), bù {worked:%d/%m/%Y}"
        case DayOffAnnounced():
            return f"{LABELS[fact.holiday]}, {LABELS[fact.kind]}"
        case OfficeClosed():
            return f"đóng cửa: {LABELS[fact.cause]}"
    return ""


def _days(first: date, last: date) -> Iterator[date]:
    yield first
    yield from days_after(first, last)


def _day(day: date, calendar: Calendar) -> MonthDay:
    entry, worked = calendar.find_day_off(day), calendar.find_worked_for(day)
    if entry is not None:
        return _off(day, OFF[entry.why], entry)
    if worked is not None:
        name = f"làm bù cho {worked.day:%d/%m}"
        return MonthDay(day, DayKind.WORKED, name, worked.source, worked.verified, worked.day)
    return MonthDay(day, DayKind.WORKING if calendar.is_working(day) else DayKind.WEEKEND)


def _off(day: date, kind: DayKind, entry: DayOff) -> MonthDay:
    worked = "" if entry.worked_on is None else f", làm bù {entry.worked_on:%d/%m}"
    return MonthDay(day, kind, f"{entry.name}{worked}", entry.source, entry.verified)


def _entries(almanac: Almanac, owner: Owner, first: date, last: date) -> Iterator[Entry]:
    """What touches the month; a swapped day also where it is worked."""
    for year in sorted({(first - ONE_DAY).year, first.year, (last + ONE_DAY).year}):
        for entry in almanac.of_stream(calendar_stream(year)):
            if isinstance(entry.fact, DayOffAnnounced) and _touches(entry.fact, first, last):
                yield entry
    for entry in almanac.closings(owner.places):
        begun, ended = days_of(entry)
        if begun <= last and first <= ended:
            yield entry


def _touches(fact: DayOffAnnounced, first: date, last: date) -> bool:
    days: Sequence[date | None] = (fact.day, fact.worked_on)
    return any(day is not None and first <= day <= last for day in days)
