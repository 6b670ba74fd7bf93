"""What a row is given, and how two sides take turns."""

import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import psutil

from services.bench.figures import Case, Figure
from services.bench.ground import Ground
from services.bench.material import Material

Tell = Callable[[str], None]
Side = Callable[[int], float]
"""Runs one repeat, whose number it is given; the rate or the time."""


@dataclass
class Run:
    """One call of ``tiepdan bench``. ``quick`` measures less often and less."""

    ground: Ground
    quick: bool
    tell: Tell

    @cached_property
    def material(self) -> Material:
        """The facts, gathered once."""
        self.tell("gathering facts: the demo, in memory")
        return Material.gathered()

    @property
    def repeats(self) -> int:
        """How often each side is measured."""
        return 3 if self.quick else 7

    def sized(self, full: int, quick: int) -> int:
        """How much of something."""
        return quick if self.quick else full

    def in_turn(self, what: str, sides: Mapping[str, Side]) -> Mapping[str, list[float]]:
        """Each side once a repeat; who begins alternates, so that neither is always first."""
        found: dict[str, list[float]] = {name: [] for name in sides}
        for repeat in range(self.repeats):
            order = list(sides.items())
            for name, side in order if repeat % 2 == 0 else reversed(order):
                found[name].append(side(repeat))
            told = ", ".join(f"{name} {values[-1]:.4g}" for name, values in found.items())
            self.tell(f"{what}, {repeat + 1} of {self.repeats}: {told}")
        return found

    def figure(self, name: str, *cases: Case, **conditions: Any) -> Figure:
        """The row's figure, with the machine it was measured on."""
        return Figure(name, cases, {**machine(), "repeats": self.repeats, **conditions})


def machine() -> Mapping[str, Any]:
    """Where and how busy: cores, memory, load average of the last minute."""
    return {
        "cpus": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }
