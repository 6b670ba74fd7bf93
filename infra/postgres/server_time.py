"""How far this process' clock is from the database's (lệch giờ)."""

import time
from datetime import timedelta

from domain.ports import Clock, StoreUnavailable
from infra.postgres.connections import open_pool
from infra.postgres.database import Database

NOW = "SELECT clock_timestamp()"
ASK_EVERY = 2.0
ANSWER_WITHIN = 1.5
SURE = timedelta(seconds=1)
"""A question that took longer tells nothing about clocks."""


class ServerTime:
    """Compares a clock with the one by which leases run. Threads may share it.

    All programs of a house ask the same database, so two that agree with it agree.
    """

    def __init__(self, dsn: str, clock: Clock) -> None:
        pool = open_pool(dsn, "tiepdan clock", smallest=0, largest=1, answer_within=ANSWER_WITHIN)
        self._database = Database(pool)
        self._clock = clock
        self._skew: float | None = None
        self._asked = -ASK_EVERY

    def skew(self) -> float | None:
        """Seconds the clock is ahead, at most two seconds old; None when nobody could tell."""
        now = time.monotonic()
        if now - self._asked >= ASK_EVERY:
            self._asked = now
            self._skew = self._measured()
        return self._skew

    def close(self) -> None:
        """Let go of the connection."""
        self._database.close()

    def _measured(self) -> float | None:
        before = self._clock.now()
        try:
            there = self._database.rows(NOW)[0][0]
        except StoreUnavailable:
            return None
        took = self._clock.now() - before
        if took > SURE:
            return None
        return float((before + took / 2 - there).total_seconds())
