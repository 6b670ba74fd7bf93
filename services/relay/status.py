"""What a relay tells about itself. Plain numbers; whoever exposes them reads them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class RelayStatus:
    """Written by the relay's thread alone. Times are the server's clock, UTC.

    ``oldest_unsent`` is when the first fact of the round in hand was recorded, None when
    everything is on the stream: its age is the alarm (more than 60 s). ``beat`` is when it
    last looked for facts or finished a round, in seconds of the machine's monotonic clock.
    """

    active: bool = False
    epoch: int = 0
    rounds: int = 0
    sent: int = 0
    position: int = 0
    restarted: bool = False
    oldest_unsent: datetime | None = None
    beat: float = 0.0

    def unsent_age(self, now: datetime) -> float:
        """Seconds the oldest unsent fact has waited, 0 when none waits."""
        if self.oldest_unsent is None:
            return 0.0
        return max(0.0, (now - self.oldest_unsent).total_seconds())
