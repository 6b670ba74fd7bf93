"""When a number that goes on changing has come to rest (chờ lắng)."""

LONGEST = 30.0
"""Seconds after which a change is told although more of them follow."""


class Settling:
    """One telling for many changes in a row. Time is handed in.

    A pass over the due days of a whole country amends rows for minutes: pages that fetched
    everything anew at each of its steps would do nothing else.
    """

    def __init__(self, calm: float) -> None:
        self._calm = calm
        self._seen: int | None = None
        self._changed = self._since = 0.0

    def has_settled(self, told: int, seen: int, now: float) -> bool:
        """Whether what is seen now is to be told: it has stood for a while, or was due long ago."""
        if seen == told:
            self._seen = None
            return False
        if self._seen is None:
            self._since = now
        if seen != self._seen:
            self._seen, self._changed = seen, now
        if now - self._changed < self._calm and now - self._since < LONGEST:
            return False
        self._seen = None
        return True
