"""From grid rows and what stands there to the drawing of a province (bản đồ ô lục giác).

A schematic, not a map: pointy-top hexagons, odd rows half a cell to the right. A cell shows only
its most urgent state, and its accessible name says in words what its shape says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from services.web.hexgrid import CellState, GridCell, island_codes, island_insets
from services.web.hexlabels import Extent, label_width, place_insets, place_labels
from services.web.models.hexes import HexCell, HexMap, Inset, MapLabel

MARGIN: Final = 6.0
WIDEST_PITCH: Final = 46.0
BOARD_LETTERS: Final = 15.0
WALL_LETTERS: Final = 20.0

# The six corners of a hexagon of radius 1, clockwise from the top, and for each side (from that
# corner to the next one) the column and row step to the neighbour behind it, in even and odd rows.
CORNERS: Final = tuple(
    (x * sqrt(3) / 2, y) for x, y in ((0, -1), (1, -0.5), (1, 0.5), (0, 1), (-1, 0.5), (-1, -0.5))
)
BEHIND: Final = {
    0: ((0, -1), (1, 0), (0, 1), (-1, 1), (-1, 0), (-1, -1)),
    1: ((1, -1), (1, 0), (1, 1), (0, 1), (-1, 0), (0, -1)),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The room on the page, in px; `least` is the smallest cell, kept at the cost of height."""

    width: float
    height: float
    least: float = 0.0


BOARD: Final = Frame(878, 540, least=27)
WALL: Final = Frame(1160, 528)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Pixels of a grid whose first row is `top` and first column `left`."""

    pitch: float
    top: int
    left: int

    @property
    def radius(self) -> float:
        return self.pitch / sqrt(3)

    def centre(self, column: int, row: int) -> tuple[float, float]:
        x = MARGIN + (column - self.left + row % 2 / 2 + 0.5) * self.pitch
        y = MARGIN + ((row - self.top) * 1.5 + 1) * self.radius
        return round(x, 1), round(y, 1)

    def corner(self, column: int, row: int, index: int) -> tuple[float, float]:
        x, y = self.centre(column, row)
        dx, dy = CORNERS[index % 6]
        return round(x + dx * self.radius, 1), round(y + dy * self.radius, 1)


def hex_map(
    title: str,
    grid: Iterable[GridCell],
    districts: Mapping[str, str],
    states: Mapping[str, CellState],
    insets: Sequence[CellState] = (),
    *,
    frame: Frame = BOARD,
    province_code: str = "",
) -> HexMap:
    """The drawing; a commune without a grid cell is left to the caller's table, never guessed."""
    apart = island_codes(province_code)
    placed = [cell for cell in grid if cell.code in states and cell.code not in apart]
    scale = _fit(placed, frame)
    cells = tuple(_cell(cell, scale, districts, states[cell.code]) for cell in placed)
    size = WALL_LETTERS if frame.width > BOARD.width else BOARD_LETTERS
    beside = (*insets, *island_insets(province_code, states))
    labels = place_labels(cells, scale.pitch, size)
    drawn, extent = _insets(beside, cells, labels, scale, size)
    return HexMap(
        title=title,
        width=round(extent.width, 1),
        height=round(extent.height, 1),
        radius=round(scale.radius, 1),
        hexagon=_hexagon(scale.radius),
        core=_hexagon(scale.radius * 0.66),
        ring=_hexagon(scale.radius * 1.22),
        borders=_borders(placed, scale),
        cells=cells,
        labels=labels,
        insets=drawn,
    )


def _insets(
    states: Sequence[CellState],
    cells: Sequence[HexCell],
    labels: Sequence[MapLabel],
    scale: _Scale,
    size: float,
) -> tuple[tuple[Inset, ...], Extent]:
    """The places outside the grid, and the extent of the drawing with them."""
    taken = [(cell.x, cell.y) for cell in cells]
    for label in labels:
        half = label_width(label.words, size) / 2 - scale.pitch / 3
        taken += [(label.x - half, label.y), (label.x + half, label.y)]
    extent = Extent(
        width=max((x for x, _ in taken), default=0.0) + scale.pitch / 2 + MARGIN,
        height=max((y for _, y in taken), default=0.0) + scale.radius + MARGIN,
    )
    longest = max((label_width(state.name, size) for state in states), default=0.0)
    spots, extent = place_insets(taken, len(states), scale.pitch, longest, extent)
    drawn = tuple(_inset(state, spot) for state, spot in zip(states, spots, strict=True))
    return drawn, extent


def _fit(cells: Sequence[GridCell], frame: Frame) -> _Scale:
    """The largest pitch that fits the frame, from the cells' own first row and column."""
    if not cells:
        return _Scale(WIDEST_PITCH, 0, 0)
    top, bottom = min(c.row for c in cells), max(c.row for c in cells)
    left, right = min(c.column for c in cells), max(c.column for c in cells)
    across = (frame.width - 2 * MARGIN) / (right - left + 1.5)
    down = (frame.height - 2 * MARGIN) * sqrt(3) / ((bottom - top) * 1.5 + 2)
    return _Scale(min(across, max(down, frame.least), WIDEST_PITCH), top, left)


def _cell(cell: GridCell, scale: _Scale, districts: Mapping[str, str], state: CellState) -> HexCell:
    x, y = scale.centre(cell.column, cell.row)
    district = districts.get(cell.district, "")
    return HexCell(
        code=cell.code,
        x=x,
        y=y,
        kind=state.kind,
        count=state.count,
        name=state.name,
        district=district,
        label=_label(state, district),
        href=state.href,
        just_changed=state.just_changed,
    )


def _label(state: CellState, district: str) -> str:
    place = f"{state.name}, {district}" if district else state.name
    return f"{place}: {state.words or 'không có việc chờ'}"


def _inset(state: CellState, spot: tuple[float, float]) -> Inset:
    cell = HexCell(
        code="",
        x=spot[0],
        y=spot[1],
        kind=state.kind,
        count=state.count,
        name=state.name,
        district="",
        label=_label(state, ""),
        href=state.href,
        just_changed=state.just_changed,
    )
    return Inset(cell=cell, words=state.name)


def _hexagon(radius: float) -> str:
    """The path of a hexagon around 0,0."""
    points = " ".join(f"{x * radius:.1f},{y * radius:.1f}" for x, y in CORNERS)
    return f"M{points}Z"


def _borders(cells: Sequence[GridCell], scale: _Scale) -> str:
    """One path for every side with another district, or nothing, behind it; each side once."""
    district_at = {(cell.column, cell.row): cell.district for cell in cells}
    sides: list[str] = []
    for cell in cells:
        for index, (dx, dy) in enumerate(BEHIND[cell.row % 2]):
            behind = district_at.get((cell.column + dx, cell.row + dy))
            if behind == cell.district or (behind is not None and index >= 3):
                continue
            x1, y1 = scale.corner(cell.column, cell.row, index)
            x2, y2 = scale.corner(cell.column, cell.row, index + 1)
            sides.append(f"M{x1:g},{y1:g}L{x2:g},{y2:g}")
    return "".join(sides)
