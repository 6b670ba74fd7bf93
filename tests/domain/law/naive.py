"""Deadlines the slow way: every day written down, looked at, crossed out or counted.

Shares nothing with the engine but the words in which a file is told. The limits are typed in
once more, from law.md, not read from the rulebook.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import count, islice

from domain.codes import Contested, Instance, PetitionKind
from domain.law.timeline import Timeline

NEW_LAW = date(2026, 7, 1)
DAY = timedelta(days=1)

SETTLEMENT = {
    ("first", False, False): 30, ("first", True, False): 45,
    ("first", False, True): 45, ("first", True, True): 60,
    ("second", False, False): 45, ("second", True, False): 60,
    ("second", False, True): 60, ("second", True, True): 70,
}  # fmt: skip
"""Instance, complex, remote."""


class NaiveCalendar:
    """Days that are off although they are weekdays, and weekend days that are worked."""

    def __init__(self, off: Collection[date], worked: Collection[date]) -> None:
        self.off, self.worked = set(off), set(worked)

    def works(self, day: date) -> bool:
        if day in self.off:
            return False
        return day in self.worked or day.isoweekday() <= 5


def counted_off(days: Iterable[date], number: int) -> date:
    """The last of so many days of a list."""
    return list(islice(days, number))[-1]


def all_days_after(start: date) -> Iterator[date]:
    return (start + DAY * n for n in count(1))


def resting_days(timeline: Timeline, asked: date) -> set[date]:
    """Every day on which the file rested: after each suspension, to its continuation."""
    resting: set[date] = set()
    ends = sorted(timeline.continued_on)
    for number, since in enumerate(sorted(timeline.suspended_on)):
        until = ends[number] if number < len(ends) else asked
        day = since
        while day < until:
            day += DAY
            resting.add(day)
    return resting


def naive_settlement(timeline: Timeline, asked: date) -> date:
    """The settlement's last day."""
    start = timeline.taken_up_on
    assert start is not None
    resting = resting_days(timeline, asked)

    def running() -> Iterator[date]:
        return (day for day in all_days_after(start) if day not in resting)

    if timeline.contested is not Contested.ACT and timeline.kind is PetitionKind.COMPLAINT:
        return counted_off(running(), 45 if timeline.grounds else 30)
    if timeline.kind is PetitionKind.COMPLAINT:
        so = timeline.instance.value, bool(timeline.grounds), timeline.remote
        return counted_off(running(), SETTLEMENT[so])
    limit, steps = 30, 0
    for extended in sorted(timeline.extended, key=lambda e: (e.decided_on, len(set(e.grounds)))):
        may = min(2, len(set(extended.grounds)))
        if steps < may and extended.decided_on <= counted_off(running(), limit):
            steps, limit = steps + 1, limit + 30
    return counted_off(running(), limit)


def naive_overdue(timeline: Timeline, asked: date) -> date | None:
    """The settlement's last day, once it has passed without a decision."""
    last = naive_settlement(timeline, asked)
    ends = [day for day in (timeline.decided_on, timeline.ended_on, asked) if day is not None]
    return last if min(ends) > last else None


def naive_right(timeline: Timeline) -> date:
    """The last day on which a complaint comes in time."""
    assert timeline.known_on is not None
    hindered = {
        pause.since + DAY * n for pause in timeline.obstacles for n in range(1, pause.days + 1)
    }
    free = (day for day in all_days_after(timeline.known_on) if day not in hindered)
    if timeline.instance is Instance.SECOND:
        return counted_off(free, naive_second(timeline))
    return counted_off(free, 90 if timeline.contested is Contested.ACT else 15)


def naive_second(timeline: Timeline) -> int:
    """How many days there are to complain a second time."""
    if timeline.contested is Contested.ACT:
        return 45 if timeline.remote else 30
    return 30 if timeline.contested is Contested.DISMISSAL else 10


def naive_acceptance(timeline: Timeline, calendar: NaiveCalendar) -> date:
    """Acceptance: ten days for a complaint, seven working days since the new law.

    A denunciation seven working days, ten when several places must be asked.
    """
    start = timeline.held_since
    assert start is not None
    if timeline.kind is PetitionKind.COMPLAINT and start < NEW_LAW:
        return counted_off(all_days_after(start), 10)
    several = timeline.kind is PetitionKind.DENUNCIATION and timeline.several_places
    return naive_working(start, 10 if several else 7, calendar)


def naive_working(start: date, days: int, calendar: NaiveCalendar) -> date:
    """So many working days."""
    return counted_off((day for day in all_days_after(start) if calendar.works(day)), days)
