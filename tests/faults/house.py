"""A whole house to shoot at: three brokers, and two each of relay, projector and API.

Started by ``tiepdan up`` like any stack and looked at from outside only: its status file,
its HTTP doors, its tables and its topics.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import httpx
import psutil
import psycopg

from infra.kafka.settings import KafkaSettings
from infra.local.leash import leashed
from infra.local.ports import free_port, wait_until
from services import wiring
from services.cli.state import plan_of
from services.stack.children import program
from services.stack.env import projector_env, relay_env
from services.stack.plan import Plan
from services.stack.up import is_up
from tests.stack import Stack

CREW = ("--brokers", "3", "--relays", "2", "--projectors", "2", "--apis", "2")
START_WITHIN, STOP_WITHIN = 300.0, 40.0
LEASE = "SELECT holder FROM store.leases WHERE name = %s AND expires_at > clock_timestamp()"
T = TypeVar("T")


class HouseError(AssertionError):
    """The house did not do what it must, in words."""


@dataclass
class House(Stack):
    """A running stack of many programs. Names are those of ``tiepdan status``.

    ``given_up``: set when nobody is to wait for anything any longer.
    """

    given_up: Event = field(default_factory=Event)

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.state)

    @cached_property
    def kafka(self) -> KafkaSettings:
        """How its brokers are reached."""
        return wiring.kafka_settings(self.settings, bootstrap_timeout=5)

    def names(self, kind: str) -> Sequence[str]:
        """The processes of one kind: ``relay``, ``relay-2``."""
        return [name for name in self.status()["processes"] if name.split("-")[0] == kind]

    def send(self, name: str, which: signal.Signals) -> Mapping[str, Any]:
        """A signal for one process; how it was before. One that just ended is waited for."""
        self.until(lambda: self.program(name)["pid"] is not None, f"{name} does not run")
        before = self.program(name)
        try:
            os.kill(before["pid"], which)
        except ProcessLookupError:  # by itself, and its keeper has not noted it yet
            self.until_reborn(name, before)
            return self.send(name, which)
        return before

    def shoot(self, *names: str) -> float:
        """``kill -9`` at once; the moment it was done."""
        for name in names:
            self.send(name, signal.SIGKILL)
        return time.monotonic()

    @contextlib.contextmanager
    def unattended(self) -> Iterator[None]:
        """The supervisor sleeps: what dies stays dead meanwhile.

        For a second or two: nobody reads the programs' logs, and a full pipe stops them.
        """
        supervisor = self.status()["pid"]
        os.kill(supervisor, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(supervisor, signal.SIGCONT)

    @contextlib.contextmanager
    def brokers_down(self, *names: str) -> Iterator[float]:
        """Brokers killed and kept away: their successors are frozen before they open a port."""
        before = {name: self.program(name) for name in names}
        shot = self.shoot(*names)
        newborn: list[psutil.Process] = []
        try:
            for name in names:
                old = before[name]["pid"]
                newborn.append(self.soon(lambda: self._java(name, old), f"no new {name}"))  # noqa: B023
                newborn[-1].suspend()
            yield shot
        finally:
            for process in newborn:
                process.kill()
        for name in names:
            self.until_reborn(name, before[name], within=90)

    def _java(self, name: str, old: int) -> psutil.Process | None:
        """The process that is to be a broker, in another life than the old one."""
        settings = str(self.state / name / "server.properties")
        for process in psutil.process_iter(["cmdline"]):
            if settings in (process.info["cmdline"] or ()) and process.pid != old:
                return process
        return None

    def name_of_pid(self, pid: int) -> str | None:
        """Which process of the stack it is."""
        processes = self.status()["processes"]
        return next((name for name, one in processes.items() if one["pid"] == pid), None)

    def holder(self, lease: str) -> str | None:
        """The process that holds a lease now, by name."""
        rows = self.rows(LEASE, lease)
        return self.name_of_pid(int(rows[0][0].split(":")[1])) if rows else None

    def leader(self, lease: str) -> str:
        """The same, once there is one."""
        return self.soon(lambda: self.holder(lease), f"nobody holds {lease}")

    def rows(self, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
        """What the superuser sees."""
        with psycopg.connect(self.admin_dsn, connect_timeout=2, autocommit=True) as connection:
            return connection.execute(statement.encode(), arguments).fetchall()

    def log(self, name: str) -> str:
        """What a process said, in all its lives."""
        path = Path(self.program(name)["log"])
        return path.read_text(encoding="utf-8", errors="replace")

    def serves(self, name: str) -> bool:
        """Whether an API process takes work in."""
        try:
            return httpx.get(f"{self.plan.url_of(name)}/readyz", timeout=2).is_success
        except httpx.TransportError:
            return False

    def soon(self, look: Callable[[], T | None], else_words: str, *, within: float = 60) -> T:
        """What a look finds as soon as it finds something; a database away is looked at again."""
        until = time.monotonic() + within
        while True:
            with contextlib.suppress(psycopg.OperationalError, httpx.TransportError):
                found = look()
                if found:
                    return found
            if time.monotonic() > until:
                raise HouseError(f"{else_words} within {within:.0f} s")
            if self.given_up.wait(0.05):
                raise HouseError("given up")

    def until(self, holds: Callable[[], bool], else_words: str, *, within: float = 60) -> float:
        """Wait for something to hold; the seconds it took."""
        began = time.monotonic()
        self.soon(lambda: holds() or None, else_words, within=within)
        return time.monotonic() - began

    def rest(self, seconds: float) -> None:
        """Let time pass, as long as anybody is to wait."""
        if self.given_up.wait(max(0.0, seconds)):
            raise HouseError("given up")

    def until_reborn(self, name: str, before: Mapping[str, Any], *, within: float = 60) -> None:
        """Wait until a process runs in a later life than before."""
        self.until(lambda: self.is_reborn(name, before), f"{name} is not back", within=within)

    def until_all_up(self, kinds: Sequence[str] = (), *, within: float = 90) -> None:
        """Wait until the supervisor says that every process is up, or every one of some kinds."""
        self.until(
            lambda: all(
                one["health"] == "up"
                for name, one in self.status()["processes"].items()
                if not kinds or name.split("-")[0] in kinds
            ),
            "not every process is up",
            within=within,
        )

    @contextlib.contextmanager
    def joined(self, kind: str) -> Iterator[subprocess.Popen[bytes]]:
        """One more relay or projector that nobody supervises; it leaves by SIGTERM."""
        env = {"relay": relay_env, "projector": projector_env}[kind](self.plan)
        own = {**env, "TIEPDAN_WORKER_METRICS_PORT": str(free_port())}
        with (self.state / f"joined-{kind}.log").open("ab") as log:
            process = subprocess.Popen(
                leashed(program(kind)), env={**os.environ, **own}, stdout=log, stderr=log
            )
        try:
            yield process
        finally:
            end(process, within=30)


@contextlib.contextmanager
def house_at(state: Path) -> Iterator[House]:
    """A new house in a folder, with the demo in it; stopped, whatever happens."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    argv = [sys.executable, "-m", "services.cli", "up", "--demo", "--stream", "kafka", *CREW]
    argv += ["--state", str(state), "--port", str(free_port())]
    log = state / "up.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            leashed(argv), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        wait_until(
            lambda: process.poll() is not None or is_up(state, process.pid), within=START_WITHIN
        )
        if not is_up(state, process.pid):
            raise HouseError(f"the house did not start:\n{log.read_text()[-2000:]}")
        yield House(state)
    finally:
        end(process, within=STOP_WITHIN)


def end(process: subprocess.Popen[Any], *, within: float) -> None:
    """SIGTERM, and a sudden end to what does not obey."""
    process.send_signal(signal.SIGCONT)
    process.terminate()
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
