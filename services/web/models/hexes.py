"""The hexagonal map of a province, in the units of its drawing (bản đồ ô lục giác)."""

from dataclasses import dataclass
from typing import Literal

CellKind = Literal["quiet", "offered", "overdue", "received", "alone"]


@dataclass(frozen=True, slots=True)
class HexCell:
    """A commune: centre, what is most urgent there, and where its cases are.

    `label` is the accessible name and says everything the shape says.
    """

    code: str
    x: float
    y: float
    kind: CellKind
    count: int
    name: str
    district: str
    label: str
    href: str
    just_changed: bool = False


@dataclass(frozen=True, slots=True)
class MapLabel:
    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Inset:
    """A place outside the grid: a reception office, another city, or an island district."""

    cell: HexCell
    words: str


@dataclass(frozen=True, slots=True)
class HexMap:
    """Cells, district outlines and names, ready to draw; sizes in px at full scale."""

    title: str
    width: float
    height: float
    radius: float
    hexagon: str
    core: str
    ring: str
    borders: str
    cells: tuple[HexCell, ...]
    labels: tuple[MapLabel, ...]
    insets: tuple[Inset, ...]

    @property
    def marked(self) -> tuple[HexCell, ...]:
        """Every cell with something to see: the rows of the map's table twin."""
        everything = (*self.cells, *(inset.cell for inset in self.insets))
        return tuple(cell for cell in everything if cell.kind != "quiet")
