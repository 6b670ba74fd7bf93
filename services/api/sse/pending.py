"""What one listener is still to be told: bounded by what it listens to (tín hiệu chờ gửi).

Signals of one topic and place are merged, so a stuck reader costs one entry per topic,
however much happens meanwhile.
"""

from collections import OrderedDict
from dataclasses import dataclass

from services.api.sse.vector import Vector

AT_ONCE = frozenset({"gatherings"})
"""Topics that are never held back: a crowd cannot wait a second (requirements.md D 7)."""


@dataclass(frozen=True)
class Signal:
    """Something changed: a topic, and the unit, office or thing it changed at."""

    topic: str
    place: str


RESET = Signal("reset", "")
"""Everything shown is to be fetched again."""


class Pending:
    """Merges signals to one per ``pace`` seconds, topic and place. Time is handed in.

    :attr:`told` is the vector up to which everything was handed out: an event id must not
    pass a signal that is still held back, or a reader that reconnects would never hear it.
    """

    def __init__(self, start: Vector, pace: float) -> None:
        self._pace = pace
        self._latest = start
        self._waiting: OrderedDict[Signal, Vector] = OrderedDict()
        self._free_at: dict[Signal, float] = {}

    def __len__(self) -> int:
        """How many signals wait."""
        return len(self._waiting)

    @property
    def told(self) -> Vector:
        """Everything up to here was handed out."""
        return next(iter(self._waiting.values()), self._latest)

    def add(self, signals: set[Signal], latest: Vector) -> None:
        """Take in the signals of one batch, which moved the vector to ``latest``."""
        for signal in sorted(signals, key=lambda each: (each.topic, each.place)):
            self._waiting.setdefault(signal, self._latest)
        self._latest = latest

    def begin_anew(self, latest: Vector, not_before: float) -> None:
        """One :data:`RESET` from then on instead of all that waits: the views stand elsewhere.

        Until it is handed out an id leads back to before it, where it is told again. One that
        waits already keeps its time: who hears it then fetches what is new by now.
        """
        if RESET not in self._waiting:
            self._free_at[RESET] = max(not_before, self._free_at.get(RESET, 0.0))
        told = self.told
        self._waiting.clear()
        self._waiting[RESET] = told
        self._latest = latest

    def next_due(self) -> float | None:
        """When the next signal may go out; None when none waits."""
        return min(map(self._due, self._waiting), default=None)

    def take(self, now: float) -> Signal | None:
        """The oldest signal that may go out now."""
        for signal in self._waiting:
            if self._due(signal) <= now:
                del self._waiting[signal]
                self._free_at[signal] = now + self._pace
                return signal
        return None

    def _due(self, signal: Signal) -> float:
        return 0.0 if signal.topic in AT_ONCE else self._free_at.get(signal, 0.0)
