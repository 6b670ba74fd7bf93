"""Ends a process whose client library never comes back.

kafka-python's second ``poll()`` after a record with a bad checksum never returns, and a wedged
producer's futures never resolve (kafka.md 2, 4). Nothing inside the process can free them.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TICK = 0.5


class Watchdog:
    """A thread that calls ``on_stuck`` once something guarded takes longer than it may.

    ``on_stuck`` is told what hung and is expected to end the process without a goodbye:
    the guarded thread itself cannot be woken.
    """

    def __init__(self, on_stuck: Callable[[str], None], *, tick: float = TICK) -> None:
        self._on_stuck = on_stuck
        self._tick = tick
        self._guarded: dict[str, float] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()

    @contextmanager
    def within(self, seconds: float, what: str) -> Iterator[None]:
        """What is done inside must end in time. Guards of different names may overlap."""
        self._guarded[what] = time.monotonic() + seconds
        try:
            yield
        finally:
            del self._guarded[what]

    def stop(self) -> None:
        """Watch no more."""
        self._stopping.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopping.wait(self._tick):
            now = time.monotonic()
            late = [what for what, limit in tuple(self._guarded.items()) if now > limit]
            if late:
                self._on_stuck(f"{late[0]} did not come back in time")
                return
