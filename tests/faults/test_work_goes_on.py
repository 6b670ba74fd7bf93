"""Offices at work while the house is shot at: nothing lost, nothing doubled, boards equal.

``tiepdan load`` acts and its oracle counts. ``make faults`` lets it run for longer.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import pytest

from infra.local.ports import wait_until
from tests.stack import TIEPDAN, Stack

TARGETS = ("relay", "projector", "kafka", "api", "postgres")
"""Each is killed; the broker is kept down while facts go on being recorded."""
SECONDS = int(os.environ.get("TIEPDAN_FAULT_SECONDS", "40"))
RATE = 50
JUDGED_WITHIN = 300
FACTS_BETWEEN = 150
"""Facts recorded between two faults: the house is at work when it is hit."""
LAST_SHOT = 5.0
"""Seconds before the end in which nothing is shot at any more."""


@dataclass(frozen=True)
class Shots:
    """A stack with offices at work on it, and what may befall it."""

    stack: Stack
    load: subprocess.Popen[str]

    def at(self, name: str) -> None:
        """Shoot at one program, and wait until it is back and work goes on."""
        if name == "kafka":
            with self.stack.without(name):
                self.work_goes_on()
        else:
            self.stack.kill(name)
        self.work_goes_on()

    def work_goes_on(self) -> None:
        """Wait until the offices have recorded something more, or went home."""
        until = self.stack.head_when_up() + FACTS_BETWEEN
        moved = wait_until(lambda: self.over or self.stack.head_when_up() >= until, within=60)
        assert moved, "no facts come any more"

    @property
    def over(self) -> bool:
        """Whether the offices went home."""
        return self.load.poll() is not None


@contextmanager
def offices_at_work(stack: Stack, seed: int) -> Iterator[subprocess.Popen[str]]:
    """``tiepdan load`` in the background."""
    asked = {"rate": RATE, "seconds": SECONDS, "seed": seed, "state": stack.state}
    words = [word for name, value in asked.items() for word in (f"--{name}", str(value))]
    with subprocess.Popen(
        [str(TIEPDAN), "load", "--json", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as load:
        try:
            yield load
        finally:
            load.kill()


def shot_at(stack: Stack, seed: int, wanted: list[str]) -> Mapping[str, Any]:
    """One pass; what was hit is taken off ``wanted``. The oracle's verdict."""
    with offices_at_work(stack, seed) as load:
        shots = Shots(stack, load)
        shots.work_goes_on()
        until = time.monotonic() + SECONDS - LAST_SHOT
        for name in cycle(wanted.copy()):
            if time.monotonic() > until:
                break
            shots.at(name)
            if name in wanted:
                wanted.remove(name)
        told, said = load.communicate(timeout=SECONDS + JUDGED_WITHIN)
    assert told, said
    verdict: Mapping[str, Any] = json.loads(told)
    return verdict


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_whatever_is_killed(stack: Stack) -> None:
    wanted = list(TARGETS)
    for seed in range(1, 4):
        verdict = shot_at(stack, seed, wanted)
        assert (verdict["lost"], verdict["doubled"], verdict["out_of_order"]) == (0, 0, 0), verdict
        assert verdict["boards_equal"] is True, verdict
        assert verdict["stream"] == "kafka"
        assert verdict["unknown"] == 0, verdict
        assert verdict["acknowledged"] > SECONDS * RATE / 4, verdict
        if not wanted:
            return
        stack.wait_until_well()
    pytest.fail(f"no time to hit {wanted}")
