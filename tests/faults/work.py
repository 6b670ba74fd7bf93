"""Offices at work on the lined house, and the verdict over what they did."""

import contextlib
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from infra.local.ports import wait_until
from services.demo.offices import committee
from tests.doors import Door
from tests.faults.lined_house import LinedHouse
from tests.faults.noted import FULL
from tests.stack import TIEPDAN
from tests.stories.test_single_petitioner import CAM_LY, COMPLAINT

RATE, OFFICES, LONG = 20 if FULL else 10, 12, 36_000
JUDGED_WITHIN = 240.0
ANSWERED_WITHIN = 5.0
"""Seconds until somebody who cannot be served is told so."""
CLEAN = {"lost": 0, "doubled": 0, "strange": 0, "out_of_order": 0, "unknown": 0}


@dataclass
class Work:
    """A running load; :attr:`verdict` is there once it was judged."""

    process: subprocess.Popen[str]
    verdict: dict[str, Any] = field(default_factory=dict)

    @property
    def commands(self) -> int:
        """How many acts were acknowledged; 0 as long as they are not counted."""
        return int(self.verdict.get("acknowledged", 0))

    def finish(self) -> None:
        """Send the offices home, let the oracle count, and hold it to its promise."""
        self.process.terminate()
        told, said = self.process.communicate(timeout=JUDGED_WITHIN)
        assert told, said
        self.verdict |= json.loads(told)
        assert {name: self.verdict[name] for name in CLEAN} == CLEAN, self.verdict
        assert not self.verdict["refused"], self.verdict
        assert not self.verdict["not_retryable"], self.verdict
        assert self.verdict["boards_equal"], self.verdict
        assert self.verdict["live_equal"], self.verdict
        assert self.commands, "nothing was recorded"


@contextlib.contextmanager
def at_work(house: LinedHouse, *, seed: int = 1) -> Iterator[Work]:
    """Offices act as long as the context is open; afterwards nothing may be lost or doubled.

    In a short pass one load runs through all rows and is judged at their end.
    """
    if not FULL:
        yield house.once("load", one_load(house, seed))
        return
    with one_load(house, seed) as work:
        yield work


@contextlib.contextmanager
def one_load(house: LinedHouse, seed: int) -> Iterator[Work]:
    """``tiepdan load`` until the context is left, then the oracle's verdict."""
    asked = {"rate": RATE, "seconds": LONG, "seed": seed, "offices": OFFICES, "state": house.state}
    words = [word for name, value in asked.items() for word in (f"--{name}", str(value))]
    before = house.head()
    with subprocess.Popen(
        [str(TIEPDAN), "load", "--json", *words],
        env={**os.environ, **house.early},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert wait_until(lambda: house.head() > before, within=30), "no work begins"
            work = Work(process)
            yield work
            work.finish()
        finally:
            process.kill()


INSIDE = ("psycopg", "connection", "127.0.0.1", "SELECT", "Error", "Traceback", "postgres")


def tells_no_inside(text: str) -> bool:
    """Whether an answer says nothing of what it is made with."""
    return not any(word in text for word in INSIDE)


def refused_kindly(answer: httpx.Response) -> None:
    """A 503 or 429 that says when to come back and nothing of our inside, in time."""
    assert answer.status_code in (429, 503), answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["content-type"] == "application/problem+json"
    assert tells_no_inside(answer.text), answer.text


def is_under_way(answer: httpx.Response) -> bool:
    """Whether the same request, sent before and not answered in time, is still being handled."""
    return answer.status_code == 409 and answer.json()["code"] == "in_flight"


def takes_in(desk: Door) -> bool:
    """Whether an act is recorded now."""
    return desk.send("/petitions", COMPLAINT).is_success


@contextlib.contextmanager
def desk_of(house: LinedHouse, unit: str = CAM_LY) -> Iterator[Door]:
    """A clerk of a commune."""
    with house.door(committee(unit)) as desk:
        yield desk


full_only = pytest.mark.skipif(not FULL, reason="takes long: TIEPDAN_FAULTS=full runs it")


def lasting(short: float, full: float) -> float:
    """Seconds a fault lasts: in a short pass, in a full one."""
    return full if FULL else short
