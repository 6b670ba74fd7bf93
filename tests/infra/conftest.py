"""Stacks of real processes that are gone when the test is."""

import contextlib
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from infra.local.ports import wait_until
from infra.local.state import read_status


class LittleStack:
    """The supervisor of tests.infra.little_stack, seen from outside."""

    def __init__(self, state: Path, mode: str) -> None:
        self.state = state
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.infra.little_stack", str(state), mode],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def until(self, holds: Callable[[dict[str, Any]], bool], *, within: float = 20) -> None:
        """Wait for the status to say so."""
        assert wait_until(lambda: holds(self.status()), within=within), self.status()

    def until_up(self) -> None:
        self.until(lambda status: status.get("state") == "up")

    def status(self) -> dict[str, Any]:
        return read_status(self.state) or {}

    def child(self, name: str) -> dict[str, Any]:
        return dict(self.status()["processes"][name])

    def process(self, name: str) -> psutil.Process:
        return psutil.Process(self.child(name)["pid"])

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self._process.pid).children(recursive=True)

    def is_over(self) -> bool:
        return self._process.poll() is not None

    def send(self, which: signal.Signals) -> None:
        self._process.send_signal(which)

    def end(self, *, within: float = 20) -> tuple[int, str]:
        """Wait for its end; exit code and all it printed."""
        printed, _ = self._process.communicate(timeout=within)
        return self._process.returncode, printed

    def clear(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        with contextlib.suppress(ValueError):
            self._process.communicate(timeout=20)


@pytest.fixture
def little_stack(tmp_path: Path) -> Iterator[Callable[..., LittleStack]]:
    """Starts little stacks, all in one state folder."""
    started: list[LittleStack] = []

    def start(mode: str = "") -> LittleStack:
        started.append(LittleStack(tmp_path / "state", mode))
        return started[-1]

    yield start
    for stack in started:
        stack.clear()


def gone(processes: list[psutil.Process]) -> bool:
    """Whether none of these processes runs any more."""
    return not any(
        process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes
    )
