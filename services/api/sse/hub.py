"""One reader of the feed for all listeners of this process (bộ phát tín hiệu).

A signal of the database (``LISTEN``) wakes it, a timer wakes it all the same when that was
lost. New rows are read once and handed to every listener that may hear them.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool

from domain.ports import StoreUnavailable
from projections.ports import ViewsUnavailable
from services.api.sse import vector as lanes
from services.api.sse.pending import Pending, Signal
from services.api.sse.vector import Vector

log = logging.getLogger("tiepdan.api.live")

BATCH = 1000
"""Rows read at once, and the most a returning listener may have missed before ``reset``."""
TIMER = 0.5
"""Seconds between two looks at the feed when nobody rings."""
PACE = 1.0
"""Seconds between two signals of one topic and place."""


@dataclass(frozen=True)
class Change:
    """One fact that moved the views, and whom that could matter to."""

    lane: int
    position: int
    signals: frozenset[Signal]


class Feed(Protocol):
    """Where changes of the views are read, whoever stores them (nguồn thay đổi)."""

    def head(self) -> Vector:
        """Where the views stand now. Raises :class:`ViewsUnavailable`."""

    def since(self, vector: Vector, limit: int) -> Sequence[Change]:
        """Changes after a vector, in order within a lane. Raises :class:`ViewsUnavailable`."""


class Wake(Protocol):
    """Hears when the views moved: ``PositionWatch``, the process' one LISTEN connection."""

    def nap(self, seconds: float) -> None:
        """Wait for a signal, at most so long. May return early, and for nothing."""


def summed(changes: Sequence[Change], at: Vector) -> tuple[set[Signal], Vector]:
    """What some changes tell together, and where they lead from a vector."""
    signals = {signal for change in changes for signal in change.signals}
    return signals, lanes.moved(at, ((change.lane, change.position) for change in changes))


class Listener:
    """One open stream: what it may hear, and what it is still to be told."""

    def __init__(
        self, hears: Callable[[Signal], bool], start: Vector, pace: float, account: str
    ) -> None:
        self.hears = hears
        self.account = account
        self.pending = Pending(start, pace)
        self.woken = asyncio.Event()
        self.over = False

    def offer(self, signals: set[Signal], latest: Vector) -> None:
        """Take in a batch; what it may not hear only moves the vector."""
        self.pending.add({signal for signal in signals if self.hears(signal)}, latest)
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


class Hub:
    """Hands new rows of the feed to every listener of this process."""

    def __init__(self, feed: Feed, *, pace: float = PACE) -> None:
        self._feed = feed
        self._pace = pace
        self._listeners: set[Listener] = set()
        self._at: Vector | None = None
        self.closed = asyncio.Event()

    @property
    def listeners(self) -> int:
        """How many streams are open."""
        return len(self._listeners)

    @property
    def signals_waiting(self) -> int:
        """How many signals are held back or wait for slow readers, of all streams together."""
        return sum(len(listener.pending) for listener in tuple(self._listeners))

    def close(self) -> None:
        """End every stream, for a process about to stop."""
        self.closed.set()
        for listener in self._listeners:
            listener.end()

    def streams_of(self, account: str) -> int:
        """How many streams one account has open here."""
        return sum(listener.account == account for listener in self._listeners)

    async def join(
        self, hears: Callable[[Signal], bool], since: Vector | None, account: str
    ) -> Listener | None:
        """A listener that hears everything after ``since``, or after now.

        None when ``since`` is too long ago or no vector of ours: the reader must fetch anew.
        It is entered only when its backlog reaches to where the hub stands, with no wait in
        between, so that no row falls between backlog and live. Raises ``ViewsUnavailable``.
        """
        start = at = since if since is not None else await self.here()
        signals: set[Signal] = set()
        while (missed := await self._missed(at)) is not None:
            signals |= missed[0]
            at = missed[1]
            if self._at is None:
                self._at = at
            if not lanes.beyond(self._at, at):
                listener = Listener(hears, start, self._pace, account)
                listener.offer(signals, at)
                self._listeners.add(listener)
                return listener
        return None

    def leave(self, listener: Listener) -> None:
        """Forget a listener whose stream ended."""
        self._listeners.discard(listener)

    async def turn(self) -> None:
        """Read what is new and hand it out. Raises :class:`ViewsUnavailable`."""
        if self._at is None:
            self._at = self._unless_begun(await run_in_threadpool(self._feed.head))
        while changes := await run_in_threadpool(self._feed.since, self._at, BATCH):
            signals, self._at = summed(changes, self._at)
            for listener in self._listeners:
                listener.offer(signals, self._at)
            if len(changes) < BATCH:
                break

    def _unless_begun(self, head: Vector) -> Vector:
        """Where to look from: the head, or where a listener has begun meanwhile."""
        return head if self._at is None else self._at

    async def _missed(self, since: Vector) -> tuple[set[Signal], Vector] | None:
        """What happened after a vector, and where that ends; None when it cannot be told."""
        head = await run_in_threadpool(self._feed.head)
        if lanes.beyond(since, head):
            return None
        changes = await run_in_threadpool(self._feed.since, since, BATCH)
        return None if len(changes) >= BATCH else summed(changes, since)

    async def here(self) -> Vector:
        """Where a new listener begins."""
        return await run_in_threadpool(self._feed.head)

    async def run(self, wake: Wake | None) -> None:
        """Follow the feed until closed; ``wake`` hears when to look, a timer looks anyway."""
        waiter = CapacityLimiter(1)
        while not self.closed.is_set():
            try:
                await self.turn()
            except (StoreUnavailable, ViewsUnavailable):
                log.warning("feed_unavailable")
                await self._pause()
            except Exception:  # the task's outermost edge: its end would be silence on all streams
                log.exception("feed_failed")
                await self._pause()
            if wake is None:
                await self._pause()
            else:
                await to_thread.run_sync(wake.nap, TIMER, limiter=waiter, abandon_on_cancel=True)

    async def _pause(self) -> None:
        """Wait for the timer, or for the end."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TIMER):
                await self.closed.wait()
