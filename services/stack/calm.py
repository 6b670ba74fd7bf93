"""What of our programs' logs a person watching ``tiepdan up`` sees: what calls for attention.

The log files have every line. Shown are warnings and worse, and what is no line of ours (a
traceback); what repeats is shown once a minute.
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import Final

QUIET: Final = ("debug", "info")
ONCE_IN: Final = 60.0
MOST_SHOWN: Final = 100
"""Different lines of one program in that time; a flood is for the file."""
FOREIGN: Final = "said by "
"""A library's words are not told (``services.logs``): that it spoke is no news."""
HIDDEN: Final = ("event", "level", "timestamp", "span_id", "trace_id", "failure")


class Calm:
    """Chooses lines of one program's log; see :data:`infra.local.child.Calm`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._shown: dict[str, float] = {}

    def __call__(self, line: str) -> str | None:
        """The line for a terminal, or None."""
        told = in_short(line)
        if told is None:
            return None
        now = self._clock()
        self._shown = {said: when for said, when in self._shown.items() if now - when < ONCE_IN}
        if told in self._shown or len(self._shown) >= MOST_SHOWN:
            return None
        self._shown[told] = now
        return told


def in_short(line: str) -> str | None:
    """One log line in words; None when it is for the file only."""
    try:
        told = json.loads(line)
    except ValueError:
        return line or None
    if not isinstance(told, dict) or "event" not in told:
        return line
    words, level = str(told["event"]), str(told.get("level", "info"))
    if level in QUIET or words.startswith(FOREIGN):
        return None
    return " ".join([f"{level}: {words}", *_more(told)])


def _more(told: Mapping[str, object]) -> list[str]:
    """The facts of a line, the class of a failure among them."""
    more = [f"{name}={value}" for name, value in told.items() if name not in HIDDEN]
    failure = told.get("failure")
    if isinstance(failure, list) and failure and isinstance(failure[0], dict):
        more.append(f"({failure[0].get('class')})")
    return more
