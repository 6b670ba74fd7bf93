"""One open stream: what it may hear, and what it is still to be told (người nghe)."""

import asyncio
import contextlib
from collections.abc import Callable

from services.api.sse.pending import Pending, Signal
from services.api.sse.vector import Vector


class Listener:
    """One open stream: what it may hear, and what it is still to be told."""

    def __init__(self, hears: Callable[[Signal], bool], start: Vector, pace: float) -> None:
        self.hears = hears
        self.pending = Pending(start, pace)
        self.woken = asyncio.Event()
        self.over = False

    def offer(self, signals: set[Signal], latest: Vector) -> None:
        """Take in a batch; what it may not hear only moves the vector."""
        self.pending.add({signal for signal in signals if self.hears(signal)}, latest)
        self.woken.set()

    def begin_anew(self, latest: Vector, not_before: float) -> None:
        """Have the reader fetch everything again, from then on (loop time)."""
        self.pending.begin_anew(latest, not_before)
        self.woken.set()

    def end(self) -> None:
        """Wait for nothing any more."""
        self.over = True
        self.woken.set()

    async def next(self, until: float) -> Signal | None:
        """The next signal, or None at ``until`` (loop time) or when the hub closes."""
        loop = asyncio.get_running_loop()
        while not self.over and (now := loop.time()) < until:
            signal = self.pending.take(now)
            if signal is not None:
                return signal
            self.woken.clear()
            due = self.pending.next_due()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(min(until, until if due is None else due)):
                    await self.woken.wait()
        return None
