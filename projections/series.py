"""Figures of the last fourteen days from what began and ended when (chuỗi 14 ngày)."""

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from domain.days import VIETNAM
from projections.answers import Series

DAYS = 14
ONE_DAY = timedelta(days=1)

Lasting = tuple[date, date | None, int]
"""First day it counts, day it ended (None: not yet), how many."""

Spell = tuple[datetime, datetime | None]
"""When something began and ended (None: not yet)."""


def last_days(today: date) -> Sequence[date]:
    """The fourteen days, today last."""
    return [today - timedelta(days=n) for n in reversed(range(DAYS))]


def end_of(day: date) -> datetime:
    """The moment a day ends in Vietnam."""
    return datetime.combine(day + timedelta(days=1), time.min, VIETNAM)


def daily(lasting: Iterable[Lasting], today: date) -> Series:
    """How many there were at the end of each day. What ended on a day counts no more then."""
    known = list(lasting)
    days = tuple(
        sum(n for first, ended, n in known if first <= day and (ended is None or ended > day))
        for day in last_days(today)
    )
    return Series(days[-1], days)


def standing(spells: Iterable[Spell], at: datetime) -> int:
    """How many lasted at a moment."""
    return _lasting(_in_seconds(spells), at.timestamp())


def hourly(spells: Iterable[Spell], today: date, now: datetime) -> Series:
    """How many lasted at some time of each day, and now: a crowd rarely stays overnight."""
    seconds = _in_seconds(spells)
    days = [
        _touching(seconds, end_of(day - ONE_DAY).timestamp(), end_of(day).timestamp())
        for day in last_days(today)[:-1]
    ]
    at = _lasting(seconds, now.timestamp())
    return Series(at, (*days, at))


def _touching(spells: Iterable[tuple[float, float]], first: float, last: float) -> int:
    return sum(begun < last and ended > first for begun, ended in spells)


def _in_seconds(spells: Iterable[Spell]) -> Sequence[tuple[float, float]]:
    """Plain numbers: comparing aware moments of different zones is slow."""
    return [
        (begun.timestamp(), math.inf if ended is None else ended.timestamp())
        for begun, ended in spells
    ]


def _lasting(spells: Iterable[tuple[float, float]], at: float) -> int:
    return sum(begun <= at < ended for begun, ended in spells)
