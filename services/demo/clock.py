"""The demo's time: it starts when there were three tiers and stands wherever a step needs it."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from domain.days import VIETNAM

START: Final = datetime(2025, 3, 31, 7, 0, tzinfo=VIETNAM)
"""When the invented work begins: a Monday morning."""

TODAY: Final = date(2025, 5, 14)
NOW: Final = datetime(2025, 5, 14, 14, 32, tzinfo=VIETNAM)
"""The moment up to which the demo is filled; a demo stack goes on from here."""


class DemoClock:
    """A :class:`domain.ports.Clock` that is set by hand and never runs backwards."""

    def __init__(self, at: datetime = START) -> None:
        self._at = at

    def now(self) -> datetime:
        """The time it was last set to, UTC."""
        return self._at.astimezone(UTC)

    def move_to(self, at: datetime) -> None:
        """Set it to a later moment; an earlier one leaves it where it is."""
        self._at = max(self._at, at)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment in Vietnam."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def today(hour: int, minute: int = 0) -> datetime:
    """A moment of the demo's last day."""
    return at(TODAY, hour, minute)


def days_ago(days: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment so many calendar days before the demo's last day."""
    return at(TODAY - timedelta(days=days), hour, minute)
