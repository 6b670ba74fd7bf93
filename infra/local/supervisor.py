"""Runs the children of one stack: in order up, in reverse down, and alive in between.

The supervisor must run in the main thread: the kernel ties the leash of a child to
the thread that started it.
"""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from infra.local.child import Child
from infra.local.errors import LocalStackError
from infra.local.keeper import Keeper
from infra.local.state import Notes, Plain, owned, write_status

STOP_WITHIN = 18.0
"""Seconds for all children together; who has not ended by then is killed."""
MOST_FIRST_TRIES = 3
THREADS_EACH = 2
"""Of a child: one prepares it, while its former life's last question may still wait."""
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def say_on_stdout(name: str, line: str) -> None:
    """The calm stream: who, and what."""
    with contextlib.suppress(OSError):  # of ``up --detach`` it lies on the stack's own disk
        print(f"{name:>10} | {line}", flush=True)


class Supervisor:
    """The children of one state folder."""

    def __init__(
        self,
        state: Path,
        children: Sequence[Child],
        *,
        facts: Plain | None = None,
        say: Callable[[str, str], None] = say_on_stdout,
    ) -> None:
        self.state = state.resolve()
        self._children = list(children)
        self._facts = dict(facts or {})
        self._say = say
        self._phase = "starting"
        self._since = datetime.now(UTC)
        self._keepers: list[Keeper] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._stop_asked = asyncio.Event()
        self._notes = Notes("status.json")

    def run(self, when_up: Callable[[], None] | None = None) -> None:
        """Start all, call ``when_up``, and stay until a signal; then stop all."""
        with owned(self.state):
            asyncio.run(self._run(when_up))

    def status(self) -> dict[str, object]:
        """The stack as plain data: the facts given, and each process by name."""
        return {
            **self._facts,
            "state": self._phase,
            "since": self._since.isoformat(timespec="milliseconds"),
            "pid": os.getpid(),
            "processes": {keeper.child.name: keeper.status() for keeper in self._keepers},
        }

    def ask_to_stop(self) -> None:
        """Stop all; asked a second time, without grace."""
        if self._stop_asked.is_set():
            for keeper in self._keepers:
                keeper.kill()
        else:
            self._say("stack", "stopping; ask again to end it at once")
        self._stop_asked.set()

    async def _run(self, when_up: Callable[[], None] | None) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(THREADS_EACH * len(self._children) + 1))
        for which in STOP_SIGNALS:
            loop.add_signal_handler(which, self.ask_to_stop)
        writing = asyncio.create_task(self._write_status())
        try:
            await self._start_all()
            if not self._stop_asked.is_set():
                self._turn("up")
                if when_up is not None:
                    when_up()
                await self._stay()
        finally:
            self._turn("stopping")
            await self._stop_all()
            writing.cancel()
            self._turn("stopped")

    async def _start_all(self) -> None:
        for child in self._children:
            if self._stop_asked.is_set():
                return
            keeper = Keeper(child, self.state / "logs", self._say)
            self._keepers.append(keeper)
            self._tasks.append(asyncio.create_task(keeper.keep(), name=child.name))
            if child.needed:
                await self._until_up(keeper, self._tasks[-1])
        for keeper in self._keepers:
            await self._given_time(keeper)

    async def _given_time(self, keeper: Keeper) -> None:
        """Wait a moment for a child that the stack can do without."""
        deadline = time.monotonic() + keeper.child.ready_within
        while not (keeper.has_been_up or keeper.restarts or self._stop_asked.is_set()):
            if time.monotonic() > deadline:
                return
            await asyncio.sleep(0.05)

    async def _until_up(self, keeper: Keeper, task: asyncio.Task[None]) -> None:
        deadline = time.monotonic() + keeper.child.ready_within
        while not keeper.has_been_up and not self._stop_asked.is_set():
            if task.done():
                await task
            if keeper.restarts >= MOST_FIRST_TRIES or time.monotonic() > deadline:
                raise LocalStackError(
                    f"{keeper.child.name} does not start; the end of {keeper.log.path}:\n"
                    f"{keeper.log.tail()}"
                )
            await asyncio.sleep(0.05)

    async def _stay(self) -> None:
        """Until asked to stop; a keeper ends before that only by a mistake of ours."""
        asked = asyncio.create_task(self._stop_asked.wait())
        done, _ = await asyncio.wait([asked, *self._tasks], return_when="FIRST_COMPLETED")
        asked.cancel()
        for task in done - {asked}:
            await task

    async def _stop_all(self) -> None:
        """The last started first; the first keeps a second of the time at least."""
        deadline = time.monotonic() + STOP_WITHIN
        for before, keeper in reversed(list(enumerate(self._keepers))):
            left = deadline - time.monotonic() - before
            await keeper.stop(max(1.0, min(keeper.child.stop_within, left)))
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _write_status(self) -> None:
        while True:
            self._note_status()
            await asyncio.sleep(1)

    def _turn(self, phase: str) -> None:
        self._phase, self._since = phase, datetime.now(UTC)
        self._note_status()

    def _note_status(self) -> None:
        self._notes.take(lambda: write_status(self.state, self.status()))
