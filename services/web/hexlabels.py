"""Where words may stand on a hexagonal map: district names and the list of insets.

A name never covers a mark: it stands on a row where the cells beneath it are quiet, as near to
the middle of its district as that allows.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from services.web.models.hexes import HexCell, MapLabel

LETTER_WIDTH: Final = 0.6
"""Of the type size, for semi-bold Vietnamese text."""
OVERHANG_COST: Final = 3.0
Spot = tuple[float, float]
"""The middle of something drawn."""
PREFIXES: Final = ("Thành phố ", "Thị xã ", "Huyện ", "Quận ")


@dataclass(frozen=True, slots=True)
class Extent:
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    right: float
    y: float

    def meets(self, other: "_Box", reach: float) -> bool:
        near = abs(self.y - other.y) < reach
        return near and self.left < other.right and other.left < self.right


def short_name(district: str) -> str:
    """The name on the map: "Huyện Lục Nam" is "Lục Nam", a city keeps "TP"."""
    for prefix in PREFIXES:
        if district.startswith(prefix):
            rest = district.removeprefix(prefix)
            short = rest if not rest.isdigit() else f"{prefix}{rest}"
            return f"TP {rest}" if prefix == "Thành phố " else short
    return district


def label_width(words: str, size: float) -> float:
    return len(words) * size * LETTER_WIDTH


def place_labels(cells: Sequence[HexCell], pitch: float, size: float) -> tuple[MapLabel, ...]:
    """A name per district, the largest district first; one without any free row goes unnamed."""
    by_district: dict[str, list[HexCell]] = defaultdict(list)
    for cell in cells:
        by_district[cell.district].append(cell)
    marks = [cell for cell in cells if cell.kind != "quiet"]
    taken: list[_Box] = []
    labels: list[MapLabel] = []
    for district in sorted(by_district, key=lambda name: (-len(by_district[name]), name)):
        if not district:
            continue
        words = short_name(district)
        width = label_width(words, size)
        spot = _best_spot(by_district[district], marks, taken, width, pitch)
        if spot is not None:
            x, y = spot
            taken.append(_Box(x - width / 2, x + width / 2, y))
            labels.append(MapLabel(x=x, y=y, words=words))
    return tuple(labels)


def _best_spot(
    own: Sequence[HexCell],
    marks: Sequence[HexCell],
    taken: Sequence[_Box],
    width: float,
    pitch: float,
) -> tuple[float, float] | None:
    """The free place with the least distance to the middle and overhang, or None."""
    middle_x = sum(cell.x for cell in own) / len(own)
    middle_y = sum(cell.y for cell in own) / len(own)
    best: tuple[float, float, float] | None = None
    for y, left, right in _rows(own, pitch):
        for x in _candidates(left, right, pitch):
            box = _Box(x - width / 2, x + width / 2, y)
            if _covers(box, marks, pitch) or any(box.meets(other, pitch * 0.6) for other in taken):
                continue
            overhang = max(left - box.left, 0.0) + max(box.right - right, 0.0)
            cost = abs(x - middle_x) + 1.6 * abs(y - middle_y) + OVERHANG_COST * overhang
            if best is None or cost < best[0]:
                best = (cost, round(x, 1), y)
    return None if best is None else (best[1], best[2])


def _rows(own: Sequence[HexCell], pitch: float) -> Iterable[tuple[float, float, float]]:
    """Each unbroken run of a district's cells: its y, left and right edge."""
    by_row: dict[float, list[float]] = defaultdict(list)
    for cell in own:
        by_row[cell.y].append(cell.x)
    for y, xs in by_row.items():
        run: list[float] = []
        for x in sorted(xs):
            if run and x - run[-1] > pitch * 1.2:
                yield y, run[0] - pitch / 2, run[-1] + pitch / 2
                run = []
            run.append(x)
        yield y, run[0] - pitch / 2, run[-1] + pitch / 2


def _candidates(left: float, right: float, pitch: float) -> Iterable[float]:
    steps = max(round((right - left) / (pitch / 4)), 1)
    return (left + (right - left) * index / steps for index in range(steps + 1))


def _covers(box: _Box, marks: Sequence[HexCell], pitch: float) -> bool:
    """A crowd nobody receives has a ring that reaches into the rows beside it."""
    half = pitch * 0.62
    for mark in marks:
        reach = pitch * (0.95 if mark.kind == "alone" else 0.56)
        beside = box.left < mark.x + half and mark.x - half < box.right
        if beside and abs(mark.y - box.y) < reach:
            return True
    return False


def place_insets(
    taken: Sequence[Spot], count: int, pitch: float, name_width: float, extent: Extent
) -> tuple[tuple[tuple[float, float], ...], Extent]:
    """Spots for `count` insets, one under the other: in a free corner, else right of the map."""
    if not count:
        return (), extent
    step = pitch * 0.96
    width, height = pitch + name_width, step * count
    left, top = _free_corner(taken, Extent(width, height), pitch, extent) or (
        extent.width + pitch * 0.5,
        extent.height - height - pitch * 0.2,
    )
    top = max(top, 4.0)
    spots = tuple(
        (round(left + pitch / 2, 1), round(top + step * (index + 0.5), 1)) for index in range(count)
    )
    return spots, Extent(max(extent.width, left + width), max(extent.height, top + height + 4))


def _free_corner(
    taken: Sequence[Spot], need: Extent, pitch: float, extent: Extent
) -> tuple[float, float] | None:
    """The lowest, then rightmost rectangle without a cell in it; None where the grid is full."""
    step = pitch / 2
    y = extent.height - need.height + pitch / 2
    while y >= 2:
        x = extent.width - need.width
        while x >= 2:
            if not _any_inside(taken, x, y, need, pitch):
                return _hug(taken, x, y, need, pitch), y
            x -= step
        y -= step
    return None


def _hug(taken: Sequence[Spot], x: float, y: float, need: Extent, pitch: float) -> float:
    """Slide left towards the province, so that the list reads as part of the map."""
    while x - pitch / 4 >= 2 and not _any_inside(taken, x - pitch / 4, y, need, pitch):
        x -= pitch / 4
    return x


def _any_inside(taken: Sequence[Spot], x: float, y: float, need: Extent, pitch: float) -> bool:
    reach = pitch * 0.54
    return any(
        x - reach < spot_x < x + need.width + reach and y - reach < spot_y < y + need.height + reach
        for spot_x, spot_y in taken
    )
