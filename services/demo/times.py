"""Moments at which offices work: invented acts happen in office hours, on working days."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from domain.codes import PetitionKind
from domain.days import day_of
from domain.law.deadlines import reply_deadline, working_days_after
from domain.law.public_holidays import public_calendar
from services.demo.clock import NOW, at

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


def received_for_reply_due(due: date) -> date:
    """The latest working day whose ten working days end on ``due``. Law 42/2013 art. 28.1."""
    calendar = public_calendar()
    day = due - timedelta(days=1)
    while (
        not calendar.is_working(day)
        or reply_deadline(PetitionKind.FEEDBACK, day, calendar).due != due
    ):
        day -= timedelta(days=1)
    return day


def working_days(first: date, last: date) -> tuple[date, ...]:
    """The working days from one day to another, both included."""
    calendar = public_calendar()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if calendar.is_working(day))
