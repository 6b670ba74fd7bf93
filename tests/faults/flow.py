"""How far behind the views are, sampled from outside while the house is shot at."""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from tests.stack import HEAD

EVERY = 0.1
KEPT = 20_000
LOOK = f"""
SELECT ({HEAD}),
       (SELECT position FROM store.relay_cursor),
       (SELECT coalesce(min(position), 0) FROM views.progress
        WHERE lane < 12 AND projection = 'case_history')
"""


@dataclass(frozen=True)
class Sample:
    """Positions at one moment: recorded, published, and shown in every lane of case facts."""

    at: float
    head: int
    published: int
    shown: int


class FlowWatch:
    """Samples the positions in a thread of its own. A database away gives no samples."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._samples: deque[Sample] = deque(maxlen=KEPT)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="flow", daemon=True)

    @property
    def last(self) -> Sample:
        """The newest sample."""
        return self._samples[-1] if self._samples else Sample(0.0, 0, 0, 0)

    def since(self, moment: float) -> list[Sample]:
        """The samples after a moment."""
        return [sample for sample in tuple(self._samples) if sample.at > moment]

    def head_after(self, moment: float) -> int | None:
        """The first position recorded after a moment; None while nothing was."""
        later = self.since(moment)
        if not later:
            return None
        return next((one.head for one in later if one.head > later[0].head), None)

    def has_shown(self, position: int) -> bool:
        """Whether every lane's views are there, by a sample of the last second."""
        last = self.last
        return last.shown >= position and time.monotonic() - last.at < 1.0

    @property
    def lag(self) -> float:
        """Seconds since everything that is shown now had just been recorded.

        Means something under load only: a lane in which nothing happens stands still.
        """
        samples = tuple(self._samples)
        shown = self.last.shown
        newest = next((one.at for one in reversed(samples) if one.head <= shown), None)
        return time.monotonic() - (newest if newest is not None else samples[0].at)

    def _watch(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(psycopg.Error):
                self._sample()
            self._stop.wait(EVERY)

    def _sample(self) -> None:
        with psycopg.connect(self._dsn, connect_timeout=2, autocommit=True) as connection:
            connection.execute("SET statement_timeout = '3s'")
            while not self._stop.wait(EVERY):
                row = connection.execute(LOOK).fetchone()
                if row is not None:
                    self._samples.append(Sample(time.monotonic(), *row))

    @classmethod
    @contextlib.contextmanager
    def over(cls, dsn: str) -> Iterator["FlowWatch"]:
        """Sample as long as the context is open."""
        watch = cls(dsn)
        watch._thread.start()
        try:
            yield watch
        finally:
            watch._stop.set()
            watch._thread.join()
