"""How the relay and the projector end: on a signal, drained, with a code that tells why."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from enum import IntEnum
from types import FrameType

from services.logs import tell

log = logging.getLogger(__name__)

DRAIN_SECONDS = 15.0
"""From SIGTERM until the process ends whatever hangs. What was not confirmed is done again."""


class Exit(IntEnum):
    """Why a program ended. Anything but ``CLEAN`` is started again by its supervisor."""

    CLEAN = 0
    PUBLISHER_DEAD = 4
    LEASE_LOST = 5
    STUCK = 6
    TOPICS_CHANGED = 7
    UNAVAILABLE = 8
    FORKED = 9


def live(run: Callable[[threading.Event], Exit]) -> None:
    """Run until SIGTERM or SIGINT, then leave without waiting for library threads."""
    stop, done = threading.Event(), threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, ask_to_stop)
    threading.Thread(target=_limit_drain, args=(stop, done), name="drain", daemon=True).start()
    code = run(stop)
    done.set()
    tell(log, logging.INFO, "ended", code=code.name)
    leave(code)


def leave(code: int) -> None:
    """End the process now: a failed producer's thread could otherwise still publish."""
    logging.shutdown()
    os._exit(code)


def _limit_drain(stop: threading.Event, done: threading.Event) -> None:
    stop.wait()
    if not done.wait(DRAIN_SECONDS):
        leave(Exit.CLEAN)
