"""What was measured: medians with their spread, held against a goal (số đo)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

Kind = Literal["ratio", "ms", "mb"]


@dataclass(frozen=True)
class Case:
    """One comparison. A ratio should be large, milliseconds small; no goal: for the record.

    A ``growth`` is a ratio that should be small.

    ``values`` is one value a repeat: of a ratio, ours to the counterpart's within that
    repeat, so that a neighbour's load weighs on both alike.
    """

    what: str
    kind: Kind
    values: Sequence[float]
    goal: float | None
    ours: float
    against: float | None
    unit: str
    growth: bool = False

    @classmethod
    def of_rates(
        cls, what: str, ours: Sequence[float], against: Sequence[float], goal: float | None,
        unit: str,
    ) -> "Case":  # fmt: skip
        """Ours to theirs, both the more the better."""
        ratios = [mine / theirs for mine, theirs in zip(ours, against, strict=True)]
        return cls(what, "ratio", ratios, goal, median(ours), median(against), unit)

    @classmethod
    def of_times(
        cls, what: str, ours: Sequence[float], against: Sequence[float], goal: float | None,
        unit: str,
    ) -> "Case":  # fmt: skip
        """Theirs to ours, both the less the better."""
        ratios = [theirs / mine for mine, theirs in zip(ours, against, strict=True)]
        return cls(what, "ratio", ratios, goal, median(ours), median(against), unit)

    @classmethod
    def of_growth(
        cls, what: str, large: Sequence[float], small: Sequence[float], goal: float, unit: str
    ) -> "Case":
        """How much longer it takes with more behind it."""
        ratios = [more / less for more, less in zip(large, small, strict=True)]
        return cls(what, "ratio", ratios, goal, median(large), median(small), unit, growth=True)

    @classmethod
    def of_milliseconds(
        cls, what: str, ours: Sequence[float], goal: float | None, against: float | None = None
    ) -> "Case":
        """A time that has a goal of its own."""
        return cls(what, "ms", ours, goal, median(ours), against, "ms")

    @classmethod
    def of_megabytes(cls, what: str, most: float, goal: float) -> "Case":
        """The most that a process was seen to hold."""
        return cls(what, "mb", [most], goal, most, None, "MB")

    @property
    def is_limit(self) -> bool:
        """Whether the goal is the most it may be."""
        return self.growth or self.kind != "ratio"

    @property
    def value(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.is_limit else self.value >= self.goal

    @property
    def margin(self) -> float:
        """How far beyond its goal, 1 just there; a case without goal is never the nearest."""
        if self.goal is None:
            return float("inf")
        return self.goal / self.value if self.is_limit else self.value / self.goal

    def as_data(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "what": self.what,
            self.kind: _short(self.value),
            "spread": [_short(min(self.values)), _short(max(self.values))],
            "goal": self.goal,
            "met": self.met,
            "ours": _short(self.ours),
            "against": None if self.against is None else _short(self.against),
            "unit": self.unit,
        }


@dataclass(frozen=True)
class Figure:
    """A row: its cases, and under which conditions. The case nearest its goal speaks for it."""

    name: str
    cases: Sequence[Case]
    conditions: Mapping[str, Any]

    @property
    def weakest(self) -> Case:
        """The case with the least margin."""
        return min(self.cases, key=lambda case: case.margin)

    @property
    def met(self) -> bool | None:
        """Whether every case with a goal reaches it; None where none has one."""
        told = [case.met for case in self.cases if case.met is not None]
        return all(told) if told else None

    def as_data(self) -> dict[str, Any]:
        """One JSON object: the weakest case in front, all of them below ``cases``."""
        return {
            "name": self.name,
            **self.weakest.as_data(),
            "met": self.met,
            "conditions": dict(self.conditions),
            "cases": [case.as_data() for case in self.cases],
        }


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _short(value: float) -> float:
    return float(f"{value:.4g}")
