"""Which days offices work (lịch làm việc): weekends, public holidays, swapped days.

Dated data: each exception names the notice it comes from. A calendar knows the years it
was announced for; beyond them only weekends are free and a result is provisional.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

SATURDAY, SUNDAY = 5, 6
"""As ``date.weekday()`` counts."""


class OffDay(StrEnum):
    """Why an office does not work on a day (lý do nghỉ)."""

    HOLIDAY = "holiday"
    SWAPPED = "swapped"
    MADE_UP = "made_up"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


MARKS: Final = {
    OffDay.HOLIDAY: "lễ",
    OffDay.SWAPPED: "bù",
    OffDay.MADE_UP: "bù",
    OffDay.SATURDAY: "T7",
    OffDay.SUNDAY: "CN",
}
"""The short mark of a skipped day, as the day strip prints it."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A weekday on which offices do not work (ngày nghỉ).

    A swapped day (nghỉ hoán đổi) is worked on another, ``worked_on``; a made-up day (nghỉ
    bù) stands for a holiday that fell on a weekend.
    """

    day: date
    name: str
    source: str
    why: OffDay = OffDay.HOLIDAY
    worked_on: date | None = None
    verified: bool = True


class Calendar:
    """The working days of the state's offices. Immutable."""

    __slots__ = ("_off", "_worked", "years")

    def __init__(self, days_off: Iterable[DayOff], years: Iterable[int]) -> None:
        self._off: Mapping[date, DayOff] = {entry.day: entry for entry in days_off}
        self._worked = frozenset(
            entry.worked_on for entry in self._off.values() if entry.worked_on is not None
        )
        self.years = frozenset(years)

    def find_day_off(self, day: date) -> DayOff | None:
        """The announced entry of a day, if any."""
        return self._off.get(day)

    def why_off(self, day: date) -> OffDay | None:
        """Why nobody works that day; None on a working day, a worked Saturday included."""
        entry = self._off.get(day)
        if entry is not None:
            return entry.why
        if day in self._worked or day.weekday() < SATURDAY:
            return None
        return OffDay.SATURDAY if day.weekday() == SATURDAY else OffDay.SUNDAY

    def is_working(self, day: date) -> bool:
        """Whether offices work that day."""
        return self.why_off(day) is None

    def is_announced(self, day: date) -> bool:
        """Whether the holidays of that day's year are known."""
        return day.year in self.years

    def with_days_off(self, days_off: Iterable[DayOff]) -> "Calendar":
        """A copy with more days off, for a closure or a new notice."""
        return Calendar((*self._off.values(), *days_off), self.years)
