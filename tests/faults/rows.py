"""What a row of the fault table is (reliability.md 4), and what its strikes are given."""

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.faults.flow import FlowWatch
from tests.faults.house import House

LAG = 5.0
"""Seconds the views may be behind once a fault is over."""


@dataclass
class Field:
    """The house under load, what is watched of it, and the chance that picks victims.

    ``number`` counts a row's strikes from 0. ``notes``: figures of a row beside its recovery
    times; the worst of each is reported. ``guests``: programs that joined and leave with the row.
    """

    house: House
    flow: FlowWatch
    chance: Random
    number: int = 0
    quick: bool = False
    guests: list[ExitStack] = field(default_factory=list)
    notes: dict[str, float] = field(default_factory=dict)

    def until_flowing(self, since: float, *, within: float = 120) -> float:
        """Wait until what was recorded after a moment is shown everywhere, lag below 5 s.

        The seconds since that moment.
        """
        house, flow = self.house, self.flow
        mark = house.soon(lambda: flow.head_after(since), "nothing is recorded", within=within)
        house.until(
            lambda: flow.has_shown(mark) and flow.lag < LAG,
            f"{mark} recorded after the fault is not shown ({flow.last}, lag {flow.lag:.1f} s)",
            within=within,
        )
        return time.monotonic() - since

    def note(self, name: str, value: float) -> None:
        """Keep the worst (highest) of a figure."""
        self.notes[name] = max(value, self.notes.get(name, value))


Strike = Callable[[Field], float]
"""Lets the fault happen once; the seconds until the house was itself again.

Raises :class:`HouseError` when it is not. Whatever was taken away is back when it returns.
"""
Judge = Callable[[Mapping[str, Any]], str | None]
"""A further condition on what ``tiepdan load`` told of the run: what is wrong, or None."""


def nothing_more(_told: Mapping[str, Any]) -> str | None:
    """The oracle's own findings are enough."""
    return None


@dataclass(frozen=True)
class Row:
    """One kind of fault. ``within``: seconds a recovery may take.

    ``times`` it happens in a full run, ``quick`` in a short one (0: left out of it).
    ``calm``: seconds of undisturbed work between two. ``share``: of the run's acts a second.
    ``kinds``: the processes that must be up before the next one, all of them when it is empty.
    ``takes``: seconds a fault usually costs from one to the next, to tell how long a run lasts.
    ``judge_alone`` judges a run in which no other row struck.
    """

    code: str
    name: str
    expected: str
    strike: Strike
    within: float
    times: int = 30
    quick: int = 1
    calm: float = 0.5
    share: float = 1.0
    kinds: tuple[str, ...] = ()
    takes: float = 7.0
    judge: Judge = nothing_more
    judge_alone: Judge = nothing_more
