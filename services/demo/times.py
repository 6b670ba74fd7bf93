"""Moments at which offices work: invented acts happen in office hours, on working days."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Final

from domain.codes import PetitionKind
from domain.days import day_of
from domain.law.calendar import ONE_DAY
from domain.law.deadlines import working_days_after
from domain.law.engine import settlement
from domain.law.limits import reply_limit
from domain.law.public_holidays import public_calendar
from domain.law.timeline import Timeline
from services.demo.clock import NOW, at
from services.law import carried_law

OFFICE_HOURS: Final = ((7, 30, 225), (13, 30, 180))
"""Morning and afternoon: hour, minute, length in minutes."""

LAST_PLAIN_ACT: Final = NOW - timedelta(minutes=70)
"""Plain work ends here; the last hour belongs to the designed happenings."""


def some_time_on(day: date, draw: Random) -> datetime:
    """A moment of a day's office hours, to the second."""
    hour, minute, length = draw.choice(OFFICE_HOURS)
    return at(day, hour, minute) + timedelta(seconds=draw.randrange(length * 60))


def soon_after(moment: datetime, days: int, draw: Random) -> datetime:
    """A moment so many working days later; none: within the hours after it.

    What would lie in the future is drawn in between, so a story never outruns the demo.
    """
    if days:
        wanted = some_time_on(working_days_after(day_of(moment), days, public_calendar()), draw)
    else:
        wanted = moment + timedelta(seconds=draw.randrange(300, 4_800))
    if wanted <= LAST_PLAIN_ACT:
        return wanted
    left = max(LAST_PLAIN_ACT, moment + timedelta(minutes=2)) - moment
    return moment + left * draw.uniform(0.2, 0.8)


@cache
def received_for_reply_due(due: date) -> date:
    """The latest working day from which the limit to answer, as the release has it, ends on due."""
    law = carried_law()
    calendar = law.almanac.calendar

    def ends(day: date) -> bool:
        if not calendar.is_working(day):
            return False
        limit = reply_limit(PetitionKind.FEEDBACK, day, calendar, law.book)
        return limit is not None and limit.due == due

    return _latest_before(due, ends)


@cache
def taken_up_for_settlement_due(due: date) -> date:
    """The latest day from which the limit of a first complaint ends on due."""
    law = carried_law()

    def ends(day: date) -> bool:
        case = Timeline(kind=PetitionKind.COMPLAINT, taken_up_on=day)
        limit = settlement(case, law.almanac.calendar, law.book, due)
        return limit is not None and limit.due == due

    return _latest_before(due, ends)


def _latest_before(due: date, ends: Callable[[date], bool]) -> date:
    day = due - ONE_DAY
    while not ends(day):
        day -= ONE_DAY
    return day


def working_days(first: date, last: date) -> tuple[date, ...]:
    """The working days from one day to another, both included."""
    calendar = public_calendar()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if calendar.is_working(day))
