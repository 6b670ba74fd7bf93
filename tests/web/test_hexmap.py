"""The hexagonal map of a province, as pure functions."""

import re
from math import sqrt

import pytest

from services.web.hexgrid import CellState, GridCell
from services.web.hexlabels import short_name
from services.web.hexmap import BOARD, hex_map
from services.web.models import HexMap
from services.web.models.hexes import CellKind
from services.web.showcase.province_map import DISTRICTS, drawing


def small_map(marks: dict[str, CellKind] | None = None, insets: int = 0) -> HexMap:
    """Two districts of three by two cells, side by side."""
    grid = [
        GridCell(f"{district}{column}{row}", column + shift, row, district)
        for district, shift in (("a", 0), ("b", 3))
        for row in (4, 5)
        for column in (0, 1, 2)
    ]
    kinds = marks or {}
    states = {
        cell.code: CellState(
            f"Xã {cell.code}", f"/{cell.code}", kinds.get(cell.code, "quiet"), 2, "2 đơn quá hạn"
        )
        for cell in grid
    }
    others = [CellState(f"Nơi {index}", f"/{index}") for index in range(insets)]
    return hex_map("Bản đồ", grid, {"a": "Huyện An", "b": "Huyện Bình"}, states, others)


def sides(path: str) -> list[tuple[str, ...]]:
    return [tuple(pair) for pair in re.findall(r"M([\d.,]+)L([\d.,]+)", path)]


def test_odd_rows_stand_half_a_cell_to_the_right() -> None:
    cells = {cell.code: cell for cell in small_map().cells}
    pitch = cells["a14"].x - cells["a04"].x
    assert cells["a05"].x - cells["a04"].x == pytest.approx(pitch / 2, abs=0.1)
    assert cells["a05"].y - cells["a04"].y == pytest.approx(pitch * sqrt(3) / 2, abs=0.1)


def test_a_border_runs_where_districts_meet_and_where_the_province_ends() -> None:
    drawn = sides(small_map().borders)
    # 12 cells with 6 sides each; sides within a district (9 pairs in each) are not drawn, and the
    # 3 sides between the two districts are drawn once, not twice.
    assert len(drawn) == 12 * 6 - 2 * 2 * 9 - 3
    assert len(set(drawn)) == len(drawn)


def test_the_map_begins_at_its_own_first_row_and_fits_the_frame() -> None:
    drawn = small_map()
    assert min(cell.y for cell in drawn.cells) < 2 * drawn.radius
    assert drawn.width <= BOARD.width
    assert drawn.height <= BOARD.height


def test_the_accessible_name_says_what_the_shape_says() -> None:
    cells = {cell.code: cell for cell in small_map({"a04": "overdue"}).cells}
    assert cells["a04"].label == "Xã a04, Huyện An: 2 đơn quá hạn"


def test_a_quiet_cell_says_that_nothing_waits() -> None:
    grid = [GridCell("x", 0, 0, "d")]
    drawn = hex_map("Bản đồ", grid, {"d": "Huyện D"}, {"x": CellState("Xã X", "/x")})
    assert drawn.cells[0].label == "Xã X, Huyện D: không có việc chờ"
    assert drawn.marked == ()


def test_a_commune_without_a_state_is_not_drawn() -> None:
    grid = [GridCell("x", 0, 0, "d"), GridCell("y", 1, 0, "d")]
    drawn = hex_map("Bản đồ", grid, {"d": "D"}, {"x": CellState("Xã X", "/x")})
    assert [cell.code for cell in drawn.cells] == ["x"]


def test_an_empty_grid_still_makes_a_map() -> None:
    drawn = hex_map("Bản đồ", [], {}, {}, [CellState("Hà Nội", "/hn")])
    assert drawn.cells == ()
    assert len(drawn.insets) == 1


def test_no_district_name_stands_on_a_mark() -> None:
    drawn = drawing(busy=True)
    pitch = drawn.radius * sqrt(3)
    assert {label.words for label in drawn.labels} == {short_name(n) for n in DISTRICTS.values()}
    for label in drawn.labels:
        for cell in drawn.marked:
            same_row = abs(cell.y - label.y) < pitch / 2
            half_width = len(label.words) * 15 * 0.5 / 2 + pitch / 2
            assert not (same_row and abs(cell.x - label.x) < half_width), (label, cell)


def test_insets_stand_clear_of_every_cell() -> None:
    drawn = drawing(busy=True)
    assert drawn.insets[0].words == "Trụ sở TCD tỉnh"
    for inset in drawn.insets:
        assert inset.cell.y + drawn.radius <= drawn.height + 1
        for cell in drawn.cells:
            far = (cell.x - inset.cell.x) ** 2 + (cell.y - inset.cell.y) ** 2
            assert far > (drawn.radius * 1.6) ** 2


def test_a_full_grid_gets_its_insets_beside_it() -> None:
    drawn = small_map(insets=3)
    assert min(inset.cell.x for inset in drawn.insets) > max(cell.x for cell in drawn.cells)


def test_cells_keep_their_least_size_in_the_largest_province() -> None:
    grid = [GridCell(f"{x}-{y}", x, y, "d") for x in range(29) for y in range(31)]
    states = {cell.code: CellState(cell.code, "/") for cell in grid}
    drawn = hex_map("Bản đồ", grid, {"d": "D"}, states, frame=BOARD)
    assert drawn.radius * sqrt(3) >= 24


@pytest.mark.parametrize(
    ("province", "commune", "island"), [("48", "20333", "Hoàng Sa"), ("56", "22736", "Trường Sa")]
)
def test_the_island_districts_are_always_shown_as_insets(
    province: str, commune: str, island: str
) -> None:
    state = CellState("Đặc khu", "/dk", "overdue", 1, "1 đơn quá hạn")
    grid = [GridCell(commune, 0, 0, "d"), GridCell("x", 1, 0, "d")]
    states = {commune: state, "x": CellState("Xã X", "/x")}
    drawn = hex_map("Bản đồ", grid, {"d": "D"}, states, province_code=province)
    assert [cell.code for cell in drawn.cells] == ["x"]
    assert [inset.words for inset in drawn.insets] == [island]
    assert drawn.insets[0].cell.label == f"{island}: 1 đơn quá hạn"
    without = hex_map("Bản đồ", [], {}, {}, province_code=province)
    assert without.insets[0].cell.label == f"{island}: không có việc chờ"


def test_other_provinces_have_no_island_inset() -> None:
    assert hex_map("Bản đồ", [], {}, {}, province_code="24").insets == ()


@pytest.mark.parametrize(
    ("district", "short"),
    [
        ("Huyện Lục Nam", "Lục Nam"),
        ("Thị xã Chũ", "Chũ"),
        ("Thành phố Bắc Giang", "TP Bắc Giang"),
        ("Quận 1", "Quận 1"),
    ],
)
def test_a_district_has_a_short_name_on_the_map(district: str, short: str) -> None:
    assert short_name(district) == short
