"""When something is due, and every day on the way there (thời hạn). Computed, never stored.

The first day does not count (ngày đầu không tính): no law read here says whether it does,
so the reading that favours a full period is taken (law.md 11.4). A limit in calendar days
ends on its day, also on a weekend: that is the stricter reading for an office.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.codes import PetitionKind
from domain.law import rulebook
from domain.law.calendar import Calendar, DayOff, OffDay
from domain.law.rulebook import DayUnit, Rule, rule_on

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day that did not count, and why. ``entry`` is the announced day off, if it was one."""

    day: date
    why: OffDay
    entry: DayOff | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a time limit, and how it came about (hạn).

    ``due`` is still in time. ``provisional`` says that the holidays of a year it runs
    through were not announced, so the day may move. :mod:`domain.law.explanation` puts it
    into days and words.
    """

    due: date
    rule: Rule
    start: date
    skipped: tuple[SkippedDay, ...]
    provisional: bool

    def is_late_on(self, day: date) -> bool:
        """Whether the limit has passed (quá hạn). The due day itself is in time."""
        return day > self.due


def working_days_after(start: date, days: int, calendar: Calendar) -> date:
    """The day on which so many working days have passed; ``start`` does not count.

    Zero days give ``start`` itself. Refuses: ``ValueError`` for a negative number.
    """
    if days < 0:
        raise ValueError(f"{days} working days: a limit cannot run backwards")
    day = start
    while days:
        day += ONE_DAY
        days -= calendar.is_working(day)
    return day


def working_days_left(today: date, due: date, calendar: Calendar) -> int:
    """Working days from tomorrow to ``due``, both included; negative when it has passed."""
    if due < today:
        return -working_days_left(due, today, calendar)
    return sum(calendar.is_working(day) for day in days_after(today, due))


def days_after(start: date, last: date) -> Iterator[date]:
    """Every day after ``start`` up to ``last``, which is included."""
    return (start + timedelta(days=n) for n in range(1, (last - start).days + 1))


def deadline(rule: Rule, start: date, calendar: Calendar) -> Deadline:
    """A rule's limit counted from a day."""
    if rule.unit is DayUnit.CALENDAR:
        return Deadline(start + timedelta(days=rule.days), rule, start, (), provisional=False)
    due = working_days_after(start, rule.days, calendar)
    skipped: list[SkippedDay] = []
    for day in days_after(start, due):
        why = calendar.why_off(day)
        if why is not None:
            skipped.append(SkippedDay(day, why, calendar.find_day_off(day)))
    announced = all(map(calendar.is_announced, days_after(start, due)))
    return Deadline(due, rule, start, tuple(skipped), provisional=not announced)


def reply_deadline(kind: PetitionKind, received_on: date, calendar: Calendar) -> Deadline:
    """By when the citizen must be answered: 10 working days from receipt, whatever the kind.

    Never starts again at a transfer. Law 42/2013 art. 28.1.
    """
    return deadline(rule_on(_REPLY_RULES[kind], received_on), received_on, calendar)


def acceptance_deadline(received_on: date, calendar: Calendar) -> Deadline:
    """By when a complaint must be accepted or refused (thụ lý). Law 02/2011 art. 27.

    10 days until 30/6/2026, 7 working days for those received from 1/7/2026.
    """
    return deadline(rule_on(rulebook.ACCEPTANCE, received_on), received_on, calendar)


def settlement_deadline(
    kind: PetitionKind,
    opened_on: date,
    calendar: Calendar,
    *,
    complex_case: bool = False,
    remote: bool = False,
) -> Deadline | None:
    """By when a case must be settled; None for proposals and feedback: only the reply counts.

    First complaint 30 days, complex 45; remote areas 45 and 60 (Law 02/2011 art. 28).
    Denunciation 30 days (Law 25/2018 art. 30).
    """
    match kind:
        case PetitionKind.COMPLAINT:
            rule_id = _COMPLAINT_RULES[complex_case, remote]
        case PetitionKind.DENUNCIATION:
            rule_id = rulebook.DENUNCIATION
        case _:
            return None
    return deadline(rule_on(rule_id, opened_on), opened_on, calendar)


_REPLY_RULES: Final = dict.fromkeys(PetitionKind, rulebook.REPLY)
_COMPLAINT_RULES: Final = {
    (False, False): rulebook.COMPLAINT,
    (True, False): rulebook.COMPLAINT_COMPLEX,
    (False, True): rulebook.COMPLAINT_REMOTE,
    (True, True): rulebook.COMPLAINT_REMOTE_COMPLEX,
}


def transfer_deadline(on: date, calendar: Calendar) -> Deadline:
    """By when an office offered a petition must answer: 3 working days, our configuration."""
    return deadline(rule_on(rulebook.TRANSFER_ANSWER, on), on, calendar)


def transfer_reply_due(on: date, calendar: Calendar) -> date:
    """The due day of :func:`transfer_deadline`, as a transfer records it."""
    return transfer_deadline(on, calendar).due
