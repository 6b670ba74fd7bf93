"""Clocks that a test sets."""

from datetime import UTC, datetime, timedelta

START = datetime(2025, 5, 5, 1, 0, tzinfo=UTC)
"""A Monday in May 2025, 8:00 in Hanoi, when there were three tiers."""


class FixedClock:
    """Shows one time until it is set to another."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        """The time it was set to."""
        return self.at

    def advance(self, by: timedelta) -> None:
        """Move it on."""
        self.at += by


class SteppingClock(FixedClock):
    """Moves on by one step at each look, so that no two facts bear the same time."""

    def __init__(self, at: datetime = START, step: timedelta = timedelta(seconds=1)) -> None:
        super().__init__(at)
        self.step = step

    def now(self) -> datetime:
        """The time, which then moves on."""
        now = self.at
        self.advance(self.step)
        return now
