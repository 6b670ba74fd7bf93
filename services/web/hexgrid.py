"""What goes into a hexagonal map: grid cells, what stands there, and the islands beside it.

Hoàng Sa (Đà Nẵng) and Trường Sa (Khánh Hòa) are always shown, as labelled insets, whatever the
grid holds and whether or not anything waits there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from services.web.models.hexes import CellKind

URGENCY: Final[tuple[CellKind, ...]] = ("quiet", "offered", "overdue", "received", "alone")
"""A cell shows one state only: the last of these that is true."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A commune on the grid of its province; `district` may be any key that groups cells."""

    code: str
    column: int
    row: int
    district: str


@dataclass(frozen=True, slots=True)
class CellState:
    """What a commune has to show; `words` say it ("2 đơn quá hạn"), empty when quiet."""

    name: str
    href: str
    kind: CellKind = "quiet"
    count: int = 0
    words: str = ""
    just_changed: bool = False


@dataclass(frozen=True, slots=True)
class Island:
    """An island district: its name, and its communes in both unit lists."""

    name: str
    codes: frozenset[str]


ISLANDS: Final[Mapping[str, Island]] = {
    "48": Island("Hoàng Sa", frozenset({"20333"})),
    "56": Island("Trường Sa", frozenset({"22736", "22737", "22739"})),
}
"""By province code, the same in both unit lists: Đà Nẵng 48, Khánh Hòa 56."""


def most_urgent(states: Iterable[CellState]) -> CellState | None:
    """The state a cell shows where several are true."""
    return max(states, key=lambda state: URGENCY.index(state.kind), default=None)


def island_codes(province_code: str) -> frozenset[str]:
    """Communes that stand in an inset and therefore not on the grid."""
    island = ISLANDS.get(province_code)
    return island.codes if island else frozenset()


def island_insets(province_code: str, states: Mapping[str, CellState]) -> tuple[CellState, ...]:
    """The island district of this province under its own name; none for other provinces."""
    island = ISLANDS.get(province_code)
    if island is None:
        return ()
    here = most_urgent(states[code] for code in sorted(island.codes) if code in states)
    return (replace(here or CellState("", "#units"), name=island.name),)
