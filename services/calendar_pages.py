"""A year of the working calendar as it is shown (lịch làm việc của một năm)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.events.calendar import DayOffAnnounced, OfficeClosed
from domain.law.almanac import Almanac, Entry, Place, is_verified
from domain.streams import calendar_stream
from services.calendar_months import days_of, said_of


@dataclass(frozen=True, slots=True)
class YearShown:
    """The days off of a year, and the closures and hours of some places.

    ``announced``: nothing more is to come. Each entry has the version by which it is withdrawn.
    """

    year: int
    announced: bool
    entries: tuple[Entry, ...]
    hours: tuple[str, ...]

    def as_data(self) -> Mapping[str, Any]:
        """Plain values."""
        return {
            "year": self.year,
            "announced": self.announced,
            "entries": [{"version": e.version, **_said(e)} for e in self.entries],
            "hours": list(self.hours),
        }

    def lines(self) -> Iterator[str]:
        """For people."""
        yield f"{self.year}: {'đã công bố' if self.announced else 'CHƯA công bố, tạm tính'}"
        for entry in self.entries:
            yield f"{entry.version:>4}  {_words(entry)}"
        yield f"Giờ làm việc: {', '.join(self.hours)}"


def year_shown(almanac: Almanac, year: int, places: Sequence[Place] = ()) -> YearShown:
    """A year as this almanac knows it; closures of these places only."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = [
        entry
        for entry in (*almanac.of_stream(calendar_stream(year)), *almanac.closings(places))
        if first <= days_of(entry)[1] and days_of(entry)[0] <= last
    ]
    return YearShown(
        year=year,
        announced=year in almanac.calendar.years,
        entries=tuple(sorted(found, key=days_of)),
        hours=almanac.hours_of(places, last),
    )


def _said(entry: Entry) -> Mapping[str, Any]:
    fact = entry.fact
    first, last = days_of(entry)
    said = {"first_day": first.isoformat(), "last_day": last.isoformat(), "basis": fact.basis}
    match fact:
        case DayOffAnnounced():
            worked = None if fact.worked_on is None else fact.worked_on.isoformat()
            return {
                **said, "what": fact.kind.value, "holiday": fact.holiday.value,
                "worked_on": worked, "verified": is_verified(fact),
            }  # fmt: skip
        case OfficeClosed():
            return {
                **said, "what": "closed", "cause": fact.cause.value, "place": fact.place,
                "verified": is_verified(fact),
            }  # fmt: skip
    return said


def _words(entry: Entry) -> str:
    first, last = days_of(entry)
    span = f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m}–{last:%d/%m/%Y}"
    place = f"{entry.fact.place} " if isinstance(entry.fact, OfficeClosed) else ""
    basis = entry.fact.basis or "(chưa có số văn bản)"
    return f"{span}  {place}{said_of(entry.fact)}  {basis}"
