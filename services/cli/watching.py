"""A command that reads the stream ends, with words, where the client never comes back."""

from collections.abc import Iterator
from contextlib import contextmanager

from infra.kafka.watchdog import Watchdog
from services.cli.exits import Exit, say
from services.lifetime import leave
from services.reconciler.passing import Guard


@contextmanager
def watched() -> Iterator[Guard]:
    """A guard for whatever may hang in the carrier's library."""
    watchdog = Watchdog(_stuck)
    try:
        yield watchdog.within
    finally:
        watchdog.stop()


def _stuck(what: str) -> None:
    say(f"tiepdan: {what}")
    leave(Exit.DEPENDENCY_DOWN)
