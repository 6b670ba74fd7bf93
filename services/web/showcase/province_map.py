"""The sample grid of Bắc Giang: a letter per district, a mark here and there."""

from typing import Final

from services.web.hexgrid import CellState, GridCell
from services.web.hexmap import BOARD, WALL, hex_map
from services.web.models import HexMap
from services.web.models.hexes import CellKind

GRID: Final = """
. . . Y Y Y Y
. . . Y Y Y Y Y
. . Y Y Y Y Y Y L
. . Y T T T T Y L L L
. H H T T T T L L L L L . . . . C G G G G G S S
. H H H T T T T L L L L L . . . C C G G G G S S S
. H H H H T T T T L L L L N N N C C G G G S S S S
. H H H H T T T B B B B B N N N N C C G G G S S S
. . H H H V V V B B B B B B N N N N C C G G S S S
. . H H V V V V B B B B B B N N N N N C G G S S
. . . H V V V V V B B B B B B N N N N
. . . . V V V V V B B B B B N N N N
. . . . . . . . . . . B B B
"""
DISTRICTS: Final = {
    "B": "Thành phố Bắc Giang",
    "Y": "Huyện Yên Thế",
    "T": "Huyện Tân Yên",
    "L": "Huyện Lạng Giang",
    "N": "Huyện Lục Nam",
    "G": "Huyện Lục Ngạn",
    "S": "Huyện Sơn Động",
    "V": "Thị xã Việt Yên",
    "H": "Huyện Hiệp Hòa",
    "C": "Thị xã Chũ",
}
MARKS: Final[dict[str, tuple[CellKind, int]]] = {
    "Y2": ("received", 1), "Y11": ("offered", 1), "T4": ("offered", 2), "L3": ("overdue", 1),
    "L8": ("offered", 2), "N3": ("overdue", 2), "N9": ("alone", 1), "N16": ("overdue", 1),
    "N14": ("offered", 3), "N22": ("overdue", 2), "G2": ("overdue", 1), "G10": ("overdue", 1),
    "S2": ("offered", 1), "S12": ("offered", 4), "S15": ("overdue", 1), "H3": ("overdue", 3),
    "H15": ("offered", 3), "V3": ("received", 1), "V14": ("overdue", 2), "V15": ("offered", 3),
    "T16": ("overdue", 1), "B5": ("overdue", 2), "B24": ("offered", 4),
}  # fmt: skip
WORDS: Final[dict[CellKind, str]] = {
    "quiet": "",
    "offered": "đơn chuyển đến chưa nhận",
    "overdue": "đơn quá hạn",
    "received": "đoàn đã có người tiếp",
    "alone": "đoàn chưa ai tiếp",
}


def drawing(*, busy: bool, wall: bool = False) -> HexMap:
    """The hex map of the sample grid."""
    grid: list[GridCell] = []
    states: dict[str, CellState] = {}
    seen: dict[str, int] = {}
    for row, line in enumerate(GRID.strip().splitlines(), start=1):
        for column, letter in enumerate(line.split()):
            if letter == ".":
                continue
            seen[letter] = seen.get(letter, 0) + 1
            code = f"{letter}{seen[letter]}"
            grid.append(GridCell(code, column, row, letter))
            kind, count = MARKS.get(code, ("quiet", 0)) if busy else ("quiet", 0)
            words = f"{count} {WORDS[kind]}" if count else ""
            states[code] = CellState(f"Xã mẫu {code}", f"/xa/{code}", kind, count, words)
    insets = [
        CellState("Trụ sở TCD tỉnh", "/tcd", "received", 1, "1 đoàn đã có người tiếp")
        if busy
        else CellState("Trụ sở TCD tỉnh", "/tcd"),
        CellState("Hà Nội", "/ha-noi"),
        CellState("TP. Hồ Chí Minh", "/tphcm"),
    ]
    frame = WALL if wall else BOARD
    return hex_map("Bản đồ ô: tỉnh Bắc Giang", grid, DISTRICTS, states, insets, frame=frame)
