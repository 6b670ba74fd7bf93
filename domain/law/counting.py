"""Days counted off one by one (tính ngày): what counts, what does not, and why.

The first day does not count (ngày đầu không tính): no law read here says whether it does,
so the reading that favours a full period is taken (law.md 11.4). A limit in calendar days
ends on its day, also on a weekend: that is the stricter reading for an office. Time in which
a file is suspended counts in neither unit; by the same reading the day of the suspension
still counts, and the day of the continuation does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.law.calendar import ONE_DAY, RESTING, Calendar, DayOff, OffDay, days_after
from domain.law.terms import DayUnit

__all__ = ["ONE_DAY", "Counted", "Pause", "SkippedDay", "count", "days_after"]


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day that did not count, and why. ``entry`` is the announced day off, if it was one."""

    day: date
    why: OffDay
    entry: DayOff | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension (tạm đình chỉ): the days after ``since``, up to the continuation ``until``.

    ``open`` says that nobody has decided to go on: ``until`` is then the day of asking. Or
    what stood in a citizen's way, by ``why``.
    """

    since: date
    until: date
    open: bool = False
    why: OffDay = OffDay.SUSPENDED

    def rests_on(self, day: date) -> bool:
        """Whether that day is not counted."""
        return self.since < day <= self.until

    @property
    def days(self) -> int:
        """How many days rest."""
        return max(0, (self.until - self.since).days)


@dataclass(frozen=True, slots=True)
class Counted:
    """The last day of a limit, and every day on the way that did not count."""

    due: date
    skipped: tuple[SkippedDay, ...]


def count(
    start: date, days: int, unit: DayUnit, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> Counted:
    """The day on which so many days have counted. Zero days give ``start`` itself.

    Refuses: ``ValueError`` for a negative number.
    """
    if days < 0:
        raise ValueError(f"{days} days: a limit cannot run backwards")
    if unit is DayUnit.CALENDAR and not pauses:
        return Counted(start + timedelta(days=days), ())
    skipped: list[SkippedDay] = []
    day = start
    while days:
        day += ONE_DAY
        why = _why_not(day, unit, calendar, pauses)
        if why is None:
            days -= 1
        else:
            entry = None if why in RESTING else calendar.find_day_off(day)
            skipped.append(SkippedDay(day, why, entry))
    return Counted(day, tuple(skipped))


def _why_not(
    day: date, unit: DayUnit, calendar: Calendar, pauses: Sequence[Pause]
) -> OffDay | None:
    for pause in pauses:
        if pause.rests_on(day):
            return pause.why
    return calendar.why_off(day) if unit is DayUnit.WORKING else None
