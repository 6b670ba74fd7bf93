"""Carrying a running demo on to a later day, step by step (đưa bản mẫu sang ngày khác).

Each step moves the clock to the morning of a day and waits until everything that day brings
has come through: reminders recorded, work of abolished offices taken over, views brought up
to date. On the eve of the reform of 1/7/2025 the reform itself is recorded, with what the
demo adds to it, so that the first moment of that day finds a whole tree. There is no memory
but the clock and the store: what was cut off goes on where it stands.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from domain.days import day_of
from services.demo.clock import at
from services.reform import CARRIED_DAY

MORNING: Final = (7, 30)
CLOSING: Final = (17, 0)
ONE_DAY: Final = timedelta(days=1)
EVE: Final = CARRIED_DAY - ONE_DAY
LAST: Final = date(2031, 1, 1)
"""As far as anybody may want to look; calendars and rulebooks are published a few years ahead."""


class CannotAdvance(ValueError):
    """The demo is not moved as asked; the message says why and how."""


@dataclass(frozen=True, slots=True)
class Came:
    """What a step brought. ``left``: what had not come through when patience was over."""

    at: datetime
    seconds: float
    facts: Mapping[str, int]
    left: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Crossed:
    """The reform as it was recorded. Not ``whole``: it was stopped, the rest waits."""

    counts: Mapping[str, int]
    recorded: int
    known: int
    acts: int
    seconds: float
    whole: bool


class Road(Protocol):
    """The running demo, as whoever moves it sees it."""

    def now(self) -> datetime:
        """What time the demo thinks it is."""

    def go_to(self, moment: datetime) -> None:
        """Set its clock to a later moment."""

    def due_days(self) -> Sequence[date]:
        """Days on which somebody will be reminded of something, the earliest first."""

    def come_through(self) -> Came:
        """Wait until everything the moment brings is there."""

    def reform_is_whole(self) -> bool:
        """Whether the reform is recorded with all that the demo adds."""

    def record_reform(self, stopped: Callable[[], bool]) -> Crossed:
        """Record what is missing of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How somebody wants to be carried: to which day, in steps of how many days, how slowly."""

    to: date
    step: int = 1
    pace: float = 0.0

    def check(self, now: datetime) -> None:
        """Refuses: :class:`CannotAdvance`."""
        today = day_of(now)
        if self.to < today:
            raise CannotAdvance(
                f"the demo's clock stands at {today:%Y-%m-%d} and never goes back; "
                f"{self.to:%Y-%m-%d} is past. For another May, start a demo in another --state"
            )
        if self.to > LAST:
            raise CannotAdvance(f"{self.to:%Y-%m-%d} is too far: at most {LAST:%Y-%m-%d}")
        if self.step < 1:
            raise CannotAdvance("a step is at least one day: --step 1d")


@dataclass(slots=True)
class Watching:
    """Who is told while the demo moves, and asked whether it may go on."""

    came: Callable[[Came], None] = lambda _came: None
    crossed: Callable[[Crossed], None] = lambda _crossed: None
    stopped: Callable[[], bool] = lambda: False
    rest: Callable[[float], None] = time.sleep


def next_stop(
    now: datetime, asked: Asked, due: Sequence[date], *, reform_ahead: bool
) -> datetime | None:
    """Where the clock is set to next; None when the day asked for has come.

    A step ends early on a day on which a reminder falls, so that a day's reminders are told
    before the next; with the reform still ahead also on its eve and on its first day.
    """
    today = day_of(now)
    if reform_ahead and today <= EVE < asked.to and now < at(EVE, *CLOSING):
        wanted = min(EVE, _step_from(today, asked, due))
        return at(EVE, *CLOSING) if wanted in (today, EVE) else at(wanted, *MORNING)
    if today >= asked.to:
        return None
    day = _step_from(today, asked, due)
    if today < CARRIED_DAY < day:
        day = CARRIED_DAY
    return at(day, *MORNING)


def _step_from(today: date, asked: Asked, due: Sequence[date]) -> date:
    falls = min((day for day in due if day > today), default=asked.to)
    return min(today + asked.step * ONE_DAY, falls, asked.to)


def advance(road: Road, asked: Asked, watching: Watching) -> bool:
    """Move the demo on until the day has come; False when it was stopped before.

    Refuses: :class:`CannotAdvance`. Raises what the road raises: run it again to go on.
    """
    asked.check(road.now())
    watching.came(road.come_through())
    while not watching.stopped():
        now = road.now()
        ahead = not road.reform_is_whole()
        if ahead and asked.to >= CARRIED_DAY and now >= at(EVE, *CLOSING):
            crossed = road.record_reform(watching.stopped)
            watching.crossed(crossed)
            watching.came(road.come_through())
            continue
        stop = next_stop(now, asked, road.due_days(), reform_ahead=ahead)
        if stop is None:
            return True
        watching.rest(asked.pace)
        if watching.stopped():
            break
        road.go_to(stop)
        watching.came(road.come_through())
    return False
