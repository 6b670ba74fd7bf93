"""Which days offices work (lịch làm việc): weekends, public holidays, swapped days, closures.

Dated data: each exception names the notice it comes from. A calendar knows the years it
was announced for; beyond them only weekends are free and a result is provisional.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.codes import ClosureCause

SATURDAY, SUNDAY = 5, 6
"""As ``date.weekday()`` counts."""

ONE_DAY: Final = timedelta(days=1)


class OffDay(StrEnum):
    """Why a day does not count (lý do không tính ngày)."""

    HOLIDAY = "holiday"
    SWAPPED = "swapped"
    MADE_UP = "made_up"
    CLOSED = "closed"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    SUSPENDED = "suspended"
    """Offices work, but the file rests (tạm đình chỉ)."""
    OBSTACLE = "obstacle_day"
    """Offices work, but the citizen could not come (trở ngại khách quan)."""


RESTING: Final = frozenset({OffDay.SUSPENDED, OffDay.OBSTACLE})
"""Days on which offices work and which do not count all the same."""


MARKS: Final = {
    OffDay.HOLIDAY: "lễ",
    OffDay.SWAPPED: "bù",
    OffDay.MADE_UP: "bù",
    OffDay.CLOSED: "đóng",
    OffDay.SATURDAY: "T7",
    OffDay.SUNDAY: "CN",
    OffDay.SUSPENDED: "dừng",
    OffDay.OBSTACLE: "trở ngại",
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


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which one place is closed while others work (đóng cửa), both included."""

    first_day: date
    last_day: date
    cause: ClosureCause
    name: str
    source: str
    verified: bool = True

    def days(self) -> Iterator[date]:
        """Every day of it."""
        return days_after(self.first_day - ONE_DAY, self.last_day)


def days_after(start: date, last: date) -> Iterator[date]:
    """Every day after ``start`` up to ``last``, which is included."""
    return (start + timedelta(days=n) for n in range(1, (last - start).days + 1))


class Calendar:
    """The working days of the state's offices. Immutable."""

    __slots__ = ("_off", "_worked", "years")

    def __init__(self, days_off: Iterable[DayOff], years: Iterable[int]) -> None:
        self._off: Mapping[date, DayOff] = {entry.day: entry for entry in days_off}
        self._worked: Mapping[date, DayOff] = {
            entry.worked_on: entry for entry in self._off.values() if entry.worked_on is not None
        }
        self.years = frozenset(years)

    def find_day_off(self, day: date) -> DayOff | None:
        """The announced entry of a day, if any."""
        return self._off.get(day)

    def find_worked_for(self, day: date) -> DayOff | None:
        """The swapped day off that is worked on this weekend day instead, if any."""
        return self._worked.get(day)

    def days_off(self) -> tuple[DayOff, ...]:
        """Every entry, the earliest day first."""
        return tuple(self._off[day] for day in sorted(self._off))

    def why_off(self, day: date) -> OffDay | None:
        """Why nobody works that day; None on a working day, a worked Saturday included."""
        entry = self._off.get(day)
        if entry is not None:
            return entry.why
        weekday = day.weekday()
        if weekday < SATURDAY or day in self._worked:
            return None
        return OffDay.SATURDAY if weekday == SATURDAY else OffDay.SUNDAY

    def is_working(self, day: date) -> bool:
        """Whether offices work that day."""
        return self.why_off(day) is None

    def working_days(self, after: date, last: date) -> int:
        """How many days after one up to another, which is included, offices work.

        Counted by weeks, however far apart they lie.
        """
        weeks, more = divmod((last - after).days, 7)
        rest = days_after(last - timedelta(days=more), last)
        plain = weeks * SATURDAY + sum(day.weekday() < SATURDAY for day in rest)
        named = (day for day in {*self._off, *self._worked} if after < day <= last)
        return plain + sum(self.is_working(day) - (day.weekday() < SATURDAY) for day in named)

    def is_announced(self, day: date) -> bool:
        """Whether the holidays of that day's year are known."""
        return day.year in self.years

    def is_verified(self, day: date) -> bool:
        """Whether the entry that makes the day off, or worked, was read in a notice."""
        entry = self._off.get(day) or self._worked.get(day)
        return entry is None or entry.verified

    def with_days_off(self, days_off: Iterable[DayOff]) -> "Calendar":
        """A copy with more days off, for a new notice."""
        return Calendar((*self._off.values(), *days_off), self.years)

    def closed_for(self, closures: Iterable[Closure]) -> "Calendar":
        """A copy for the place that these closures are about. What was off anyway stays so."""
        closed = {
            day: DayOff(day, each.name, each.source, OffDay.CLOSED, verified=each.verified)
            for each in closures
            for day in each.days()
            if self.is_working(day)
        }
        return self.with_days_off(closed.values()) if closed else self
