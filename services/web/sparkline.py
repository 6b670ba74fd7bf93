"""The fortnight of a figure as a line of 120 by 32 (đường xu hướng)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 120
HEIGHT: Final = 32
TOP: Final = 5.0
BASE: Final = 29.0


@dataclass(frozen=True, slots=True)
class Sparkline:
    """`points` for a polyline, the end dot, and the values the accessible name tells."""

    points: str
    end_x: float
    end_y: float
    lowest: int
    highest: int
    now: int


def sparkline(days: Sequence[int]) -> Sparkline | None:
    """The drawing for these days, the last being today; None where there is nothing to draw."""
    if len(days) < 2:
        return None
    lowest, highest = min(days), max(days)
    span = max(highest - lowest, 1)
    step = (WIDTH - 6) / (len(days) - 1)
    rise = (BASE - 2 - TOP) / span
    spots = [
        (round(3 + index * step, 1), round(BASE - 2 - (value - lowest) * rise, 1))
        for index, value in enumerate(days)
    ]
    points = " ".join(f"{x:g},{y:g}" for x, y in spots)
    return Sparkline(points, *spots[-1], lowest, highest, days[-1])
