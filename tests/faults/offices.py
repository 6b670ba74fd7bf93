"""Offices at work on the house: ``tiepdan load`` in the background, and what its oracle says."""

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.local.leash import leashed
from tests.faults.house import House, HouseError

OFFICES = 50
LONGEST = 4 * 3600
JUDGED_WITHIN = 900.0


@dataclass
class Work:
    """One run of the load, from its first act to its verdict."""

    process: subprocess.Popen[str]

    @property
    def is_over(self) -> bool:
        return self.process.poll() is not None

    def judged(self) -> Mapping[str, Any]:
        """Send the offices home; what became of every act."""
        self.process.terminate()
        told, said = self.process.communicate(timeout=JUDGED_WITHIN)
        if not told.strip():
            raise HouseError(f"the load ended without a verdict:\n{said[-3000:]}")
        verdict: Mapping[str, Any] = json.loads(told)
        return verdict


@contextlib.contextmanager
def offices_at_work(house: House, rate: float, seed: int) -> Iterator[Work]:
    """Work on the house until it is judged or the context ends."""
    asked = {"rate": rate, "seconds": LONGEST, "seed": seed, "offices": OFFICES}
    words = [word for name, value in asked.items() for word in (f"--{name}", str(value))]
    argv = [sys.executable, "-m", "services.cli", "load", "--json", *words]
    with subprocess.Popen(
        leashed([*argv, "--state", str(house.state)], on_death=signal.SIGKILL),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Work(process)
        finally:
            if process.poll() is None:
                process.kill()
