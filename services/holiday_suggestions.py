"""What the ``holidays`` package thinks a year's days off will be (gợi ý ngày nghỉ).

A suggestion and no more: it is shown to an officer, who reads the notice and enters the day.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import holidays

from domain.codes import LABELS, DayOffKind, Holiday
from domain.law.calendar import SATURDAY, Calendar, days_after

COUNTRY, LANGUAGE = "VN", "en_US"
NAMES: Final[Mapping[str, Holiday]] = {
    "Lunar New Year": Holiday.TET,
    "New Year's Day": Holiday.NEW_YEAR,
    "Hung Kings": Holiday.KINGS,
    "Liberation Day": Holiday.VICTORY,
    "International Labor Day": Holiday.LABOUR,
    "National Day": Holiday.NATIONAL,
    "Cultural Day": Holiday.CULTURE,
}
"""The package's words, as they begin or stand in its names; the first that fits counts."""

SUBSTITUTED: Final = re.compile(r"substituted from (\d\d)/(\d\d)/(\d{4})")
OBSERVED: Final = "(observed)"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A weekday that may be off. ``known``: it is in the calendar already."""

    day: date
    holiday: Holiday
    kind: DayOffKind
    worked_on: date | None
    words: str
    known: bool

    def as_data(self) -> Mapping[str, Any]:
        """Plain values."""
        return {
            "day": self.day.isoformat(),
            "holiday": self.holiday.value,
            "kind": self.kind.value,
            "worked_on": None if self.worked_on is None else self.worked_on.isoformat(),
            "words": self.words,
            "known": self.known,
        }

    def vietnamese(self) -> str:
        """What it would be, in words: ``Quốc khánh, nghỉ lễ``."""
        swap = "" if self.worked_on is None else f", làm bù {self.worked_on:%d/%m}"
        return f"{LABELS[self.holiday]}, {LABELS[self.kind]}{swap}"

    def fields(self) -> dict[str, str]:
        """The fields of a form that would enter it."""
        said = {"day": f"{self.day:%d/%m/%Y}", "holiday": self.holiday.value}
        swap = {} if self.worked_on is None else {"worked_on": f"{self.worked_on:%d/%m/%Y}"}
        return {**said, "kind": self.kind.value, **swap}

    def line(self) -> str:
        """The command that would enter it, once its notice was read; or that it is known."""
        if self.known:
            return f"# {self.day}  known  {self.words}"
        swap = "" if self.worked_on is None else f" --worked-on {self.worked_on}"
        said = f"--holiday {self.holiday.value} --kind {self.kind.value}{swap}"
        return f"tiepdan calendar add {self.day} {said} --basis NUMBER  # {self.words}"


def suggestions(year: int, calendar: Calendar) -> Iterator[Suggestion]:
    """Every weekday of a year that the package takes for a day off, in order."""
    oracle = holidays.country_holidays(COUNTRY, years=year, language=LANGUAGE)
    for day in days_after(date(year - 1, 12, 31), date(year, 12, 31)):
        if day.weekday() < SATURDAY and not oracle.is_working_day(day):
            words = oracle.get(day, "")
            yield _suggestion(day, words, known=calendar.find_day_off(day) is not None)


def _suggestion(day: date, words: str, *, known: bool) -> Suggestion:
    substituted = SUBSTITUTED.search(words)
    holiday = next((each for name, each in NAMES.items() if name in words), Holiday.OTHER)
    if substituted is not None:
        month, day_of_month, year = map(int, substituted.groups())
        worked_on = date(year, month, day_of_month)
        return Suggestion(day, holiday, DayOffKind.SWAPPED, worked_on, words, known)
    kind = DayOffKind.MADE_UP if OBSERVED in words else DayOffKind.HOLIDAY
    return Suggestion(day, holiday, kind, None, words, known)
