"""When something is due, and every day on the way there (thời hạn). Computed, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.law.calendar import Calendar
from domain.law.counting import ONE_DAY, Pause, SkippedDay, count, days_after
from domain.law.provisions import Rule
from domain.law.terms import DayUnit

__all__ = ["ONE_DAY", "Deadline", "Doubt", "Lengthened", "SkippedDay", "days_after", "deadline"]


class Doubt(StrEnum):
    """Why a day may still move (lý do tạm tính)."""

    YEAR_NOT_ANNOUNCED = "year_not_announced"
    """The holidays of a year it runs through are not known."""
    DAY_NOT_VERIFIED = "day_not_verified"
    """A day off on the way was not read in a notice."""
    RESTS = "rests"
    """The file is suspended: nobody has decided to go on."""


@dataclass(frozen=True, slots=True)
class Lengthened:
    """An extension that counts (gia hạn): from which decision, by how much, by which article."""

    decided_on: date
    days: int
    article: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a time limit, and how it came about (hạn).

    ``due`` is still in time. While the file rests it is the day that a continuation on the
    day asked would give. :mod:`domain.law.explanation` puts it into days and words.
    """

    due: date
    rule: Rule
    start: date
    skipped: tuple[SkippedDay, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    lengthened: tuple[Lengthened, ...] = ()
    pauses: tuple[Pause, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether the day may still move."""
        return bool(self.doubts)

    @property
    def rests(self) -> bool:
        """Whether no day is running off now (đang tạm đình chỉ)."""
        return Doubt.RESTS in self.doubts

    @property
    def days(self) -> int:
        """The whole limit, extensions included."""
        return self.rule.days + sum(each.days for each in self.lengthened)

    def is_late_on(self, day: date) -> bool:
        """Whether the limit has passed (quá hạn). The due day itself is in time."""
        return day > self.due


def working_days_after(start: date, days: int, calendar: Calendar) -> date:
    """The day on which so many working days have passed; ``start`` does not count.

    Zero days give ``start`` itself. Refuses: ``ValueError`` for a negative number.
    """
    return count(start, days, DayUnit.WORKING, calendar).due


def working_days_left(today: date, due: date, calendar: Calendar) -> int:
    """Working days from tomorrow to ``due``, both included; negative when it has passed."""
    if due < today:
        return -working_days_left(due, today, calendar)
    return calendar.working_days(today, due)


def deadline(
    rule: Rule,
    start: date,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    lengthened: Sequence[Lengthened] = (),
) -> Deadline:
    """A rule's limit counted from a day; a suspension after its end changes nothing."""
    days = rule.days + sum(each.days for each in lengthened)
    counted = count(start, days, rule.unit, calendar, pauses)
    rested = tuple(pause for pause in pauses if pause.since < counted.due)
    return Deadline(
        counted.due,
        rule,
        start,
        counted.skipped,
        tuple(_doubts(rule, start, counted.due, calendar, rested)),
        tuple(lengthened),
        tuple(pause for pause in rested if pause.days or pause.open),
    )


def _doubts(
    rule: Rule, start: date, due: date, calendar: Calendar, pauses: Sequence[Pause]
) -> list[Doubt]:
    found: list[Doubt] = []
    if any(pause.open for pause in pauses):
        found.append(Doubt.RESTS)
    if rule.unit is DayUnit.WORKING:
        if not calendar.years.issuperset(range((start + ONE_DAY).year, due.year + 1)):
            found.append(Doubt.YEAR_NOT_ANNOUNCED)
        if not all(map(calendar.is_verified, days_after(start, due))):
            found.append(Doubt.DAY_NOT_VERIFIED)
    return found
