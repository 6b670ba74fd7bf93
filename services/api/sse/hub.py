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
from services.api.sse.listener import Listener
from services.api.sse.pending import Signal
from services.api.sse.places import Places
from services.api.sse.settling import Settling
from services.api.sse.vector import Vector

log = logging.getLogger("tiepdan.api.live")

BATCH = 1000
"""Rows read at once, and the most a returning listener may have missed before ``reset``."""
TIMER = 0.5
"""Seconds between two looks at the feed when nobody rings."""
PACE = 1.0
"""Seconds between two signals of one topic and place, and between two looks at the head."""
RESETS_A_SECOND = 100
"""When all begin anew, so many pages of this process fetch everything in one second: more would
be turned away (docs/capacity.md), and show what was until they are told again."""


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


def now() -> float:
    """The loop's time."""
    return asyncio.get_running_loop().time()


class Hub:
    """Hands new rows of the feed to every listener of this process."""

    def __init__(self, feed: Feed, *, pace: float = PACE) -> None:
        self._feed = feed
        self._pace = pace
        self._listeners: set[Listener] = set()
        self._at: Vector | None = None
        self._times_anew = 0
        self._amending = Settling(pace)
        self._look_at = 0.0
        self.closed = asyncio.Event()
        self.places = Places()

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

    async def join(self, hears: Callable[[Signal], bool], since: Vector | None) -> Listener | None:
        """A listener that hears everything after ``since``, or after now.

        None when ``since`` is too long ago or no vector of ours: the reader must fetch anew.
        It is entered only when its backlog reaches to where the hub stands, with no wait in
        between, so that no row falls between backlog and live. Raises ``ViewsUnavailable``.
        """
        head = await self._look()
        if since is not None and not lanes.leads_to(since, head):
            return None
        times, start = self._times_anew, head if since is None else since
        at, signals = start, set[Signal]()
        while len(changes := await run_in_threadpool(self._feed.since, at, BATCH)) < BATCH:
            missed, at = summed(changes, at)
            signals |= missed
            hub_at = self._at or head
            if times == self._times_anew and lanes.beyond(hub_at, at):
                await self._look()
                continue
            listener = Listener(hears, start, self._pace)
            listener.offer(signals, at)
            if times != self._times_anew:
                listener.begin_anew(hub_at, 0.0)
            self._listeners.add(listener)
            return listener
        return None

    def leave(self, listener: Listener) -> None:
        """Forget a listener whose stream ended."""
        self._listeners.discard(listener)

    async def turn(self) -> None:
        """Read what is new and hand it out. Raises :class:`ViewsUnavailable`."""
        if now() >= self._look_at:
            self._look_at = now() + self._pace
            await self._look()
        at = self._at or await self._look()
        while changes := await run_in_threadpool(self._feed.since, at, BATCH):
            if self._at != at:  # put back meanwhile: these rows may be of before
                break
            signals, self._at = summed(changes, at)
            at = self._at
            for listener in self._listeners:
                listener.offer(signals, at)
            if len(changes) < BATCH:
                break

    async def _look(self) -> Vector:
        """Where the views stand now, with the amendments that were told.

        Whoever listens begins anew when they were put back, or rows were amended.
        """
        was = self._at
        head = await run_in_threadpool(self._feed.head)
        if self._at is None:
            self._at = head
        elif was is not None and lanes.beyond(was, head) and lanes.beyond(self._at, head):
            self._begin_anew(head)
        elif self._amending.has_settled(lanes.amended(self._at), lanes.amended(head), now()):
            self._begin_anew(lanes.amended_as(self._at, head))
        return lanes.amended_as(head, self._at)

    def _begin_anew(self, at: Vector) -> None:
        """From now on the hub stands there, and what anybody shows is of before."""
        log.info("feed_began_anew")
        self._at = at
        self._times_anew += 1
        began = now()
        for turn, listener in enumerate(self._listeners):
            listener.begin_anew(at, began + turn / RESETS_A_SECOND)

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
