"""Keeps one child alive: starts it, reads its log, asks for its health, starts it again."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from infra.local.child import Child
from infra.local.errors import LocalStackError
from infra.local.leash import leashed
from infra.local.state import RotatedLog

Say = Callable[[str, str], None]
"""Shows a line of the child of that name."""

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
LONGEST_LINE = 65_536
AFTER_KILL = 3.0
"""Seconds until one that was killed is given up: its preparation may wait for a dead server."""
STEADY = 5.0
"""Who ran as long as this before it ended is started again without a long pause."""


class Health(StrEnum):
    """What a child is doing."""

    STARTING = "starting"
    UP = "up"
    UNREADY = "unready"  # it was up, and does not answer now
    WAITING = "waiting"  # it ended, and will be started again
    STOPPED = "stopped"


def pauses() -> Iterator[float]:
    """The seconds before the first, second, .. new start."""
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)


class Keeper:
    """One child over its lives."""

    def __init__(self, child: Child, logs: Path, say: Say) -> None:
        self.child = child
        self.log = RotatedLog(logs / f"{child.name}.log")
        self.health = Health.WAITING
        self.since = datetime.now(UTC)
        self.restarts = 0
        self.has_been_up = False
        self._say = say
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = asyncio.Event()
        self._over = asyncio.Event()

    def status(self) -> dict[str, object]:
        """This child as plain data."""
        return {
            "pid": self._process.pid if self._process is not None else None,
            "health": self.health.value,
            "since": self.since.isoformat(timespec="milliseconds"),
            "restarts": self.restarts,
            "log": str(self.log.path),
        }

    async def keep(self) -> None:
        """Start it, and again whenever it ends, until asked to stop."""
        pause = pauses()
        try:
            while not self._stopping.is_set():
                began = time.monotonic()
                await self._live_once()
                if self._stopping.is_set():
                    break
                if time.monotonic() - began > STEADY:
                    pause = pauses()
                self._turn(Health.WAITING)
                self.restarts += 1
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), next(pause))
        finally:
            self._turn(Health.STOPPED)
            self.log.close()
            self._over.set()

    async def stop(self, within: float) -> None:
        """Ask it to end; kill it, and what it started, when the time is over."""
        self._stopping.set()
        self._signal(self.child.stop_signal)
        try:
            await asyncio.wait_for(self._over.wait(), within)
        except TimeoutError:
            self._say(self.child.name, f"did not stop within {within:.0f} s: killed")
            self.kill()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), AFTER_KILL)

    def kill(self) -> None:
        """No new life, and a sudden end to this one."""
        self._stopping.set()
        self._signal(signal.SIGKILL)

    async def _live_once(self) -> None:
        self._turn(Health.STARTING)
        began = time.monotonic()
        try:
            await asyncio.to_thread(self.child.prepare)
            if self._stopping.is_set():
                return
            process, output = await self._spawn()
        except (OSError, LocalStackError) as error:
            self._note(f"cannot start: {error}")
            return
        self._process = process
        if self._stopping.is_set():
            self._signal(self.child.stop_signal)
        try:
            code = await self._attend(process, output, began)
        finally:
            self._end_family(process.pid)
            self._process = None
        if not self._stopping.is_set():
            self._note(f"ended ({describe(code)}); starting it again")

    async def _spawn(self) -> tuple[asyncio.subprocess.Process, int]:
        """The process, and the end of the pipe that its log comes out of."""
        child = self.child
        reading, writing = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *leashed(child.argv, on_death=child.on_death, user=child.user),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **child.env},
                cwd=child.cwd,
                start_new_session=True,  # Ctrl-C is for the supervisor alone
            )
        except OSError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        return process, reading

    async def _attend(self, process: asyncio.subprocess.Process, output: int, began: float) -> int:
        """Read its log and ask for its health until it ends; its exit code."""
        async with asyncio.TaskGroup() as life:
            reading = life.create_task(self._read(output))
            watching = life.create_task(self._watch(began))
            code = await process.wait()
            watching.cancel()
            self._end_family(process.pid)
            await asyncio.wait([reading], timeout=1)
            reading.cancel()
        return code

    async def _read(self, output: int) -> None:
        reader = asyncio.StreamReader()
        pipe = os.fdopen(output, "rb", 0)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), pipe
        )
        rest = b""
        try:
            while chunk := await reader.read(65_536):
                *lines, rest = (rest + chunk).split(b"\n")
                if len(rest) > LONGEST_LINE:
                    lines, rest = [*lines, rest], b""
                for line in lines:
                    self._line(line)
            if rest:
                self._line(rest)
        finally:
            transport.close()

    async def _watch(self, began: float) -> None:
        heard = time.monotonic()
        while True:
            ready = await asyncio.to_thread(self.child.ready)
            if ready and self.health is Health.STARTING:
                self._note(f"up after {time.monotonic() - began:.1f} s")
            if ready:
                self.has_been_up = True
                self._turn(Health.UP)
            elif self.health is Health.UP:
                self._turn(Health.UNREADY)
            if ready or await self._lives():
                heard = time.monotonic()
            elif time.monotonic() - heard > self.child.dead_after:
                self._note(f"silent for {self.child.dead_after:g} s: killed")
                self._signal(signal.SIGKILL)
                return
            await asyncio.sleep(0.1 if self.health is Health.STARTING else 2)

    async def _lives(self) -> bool:
        alive = self.child.alive
        return alive is None or await asyncio.to_thread(alive)

    def _line(self, raw: bytes) -> None:
        line = raw.decode(errors="replace").rstrip()
        self.log.write(line)
        shown = self.child.calm(line)
        if shown is not None:
            self._say(self.child.name, shown)

    def _note(self, text: str) -> None:
        self.log.write(f"-- {datetime.now(UTC).isoformat(timespec='seconds')} {text}")
        self._say(self.child.name, text)

    def _turn(self, health: Health) -> None:
        if health is not self.health:
            self.health, self.since = health, datetime.now(UTC)

    def _signal(self, which: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(which)

    @staticmethod
    def _end_family(leader: int) -> None:
        """Kill what the child left in its own session."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)


def describe(code: int) -> str:
    """An exit code in words."""
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name
