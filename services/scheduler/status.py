"""What a scheduler tells about itself. Plain values; whoever exposes them reads them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from infra.agenda import Figures


@dataclass
class SchedulerStatus:
    """Written by the scheduler's thread alone, whole values at a time.

    ``beat`` is when it last finished a step, in seconds of the machine's monotonic clock;
    ``away`` what kept it from the last one.
    """

    active: bool = False
    epoch: int = 0
    position: int = 0
    followed: int = 0
    looked: int = 0
    reminded: Counter[str] = field(default_factory=Counter)
    figures: Figures = field(default_factory=Figures)
    beat: float = 0.0
    away: str | None = None

    def late_by(self, now: datetime) -> float:
        """Seconds since the first reminder fell that is not recorded, 0 when none waits."""
        first = self.figures.first_due
        return 0.0 if first is None else max(0.0, (now - first).total_seconds())
