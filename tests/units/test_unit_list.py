from pathlib import Path

import pytest

from infra.units import Edition, hex_rows, succession_file, unit_list_file
from infra.units.succession_list import read_successions
from infra.units.unit_list import BrokenUnitList, read_unit_list

HEADER = "code,level,full_name,parent_code\n"
PROVINCE = "24,province,Tỉnh Bắc Giang,\n"
DISTRICT = "218,district,Huyện Lục Nam,24\n"
COMMUNE = "07456,commune,Xã Tam Dị,218\n"
WHOLE = HEADER + PROVINCE + DISTRICT + COMMUNE


def listed(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "units.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_list_is_read_parents_first_whatever_its_order(tmp_path: Path) -> None:
    rows = read_unit_list(listed(tmp_path, HEADER + COMMUNE + DISTRICT + PROVINCE))
    assert [row.code for row in rows] == ["24", "218", "07456"]
    assert rows[2].name == "Xã Tam Dị"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = listed(tmp_path, WHOLE.replace("\n", "\r\n"), "utf-8-sig")
    assert [row.code for row in read_unit_list(path)] == ["24", "218", "07456"]


def test_a_decomposed_name_is_kept_composed(tmp_path: Path) -> None:
    decomposed = WHOLE.replace("ị", "i\u0323")
    assert read_unit_list(listed(tmp_path, decomposed))[2].name == "Xã Tam Dị"


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("code,level,full_name\n24,province,X\n", 1, "parent_code", "thiếu cột"),
        ("", 1, "code", "thiếu cột"),
        (HEADER, 1, "code", "không có đơn vị nào"),
        (HEADER + PROVINCE + "218,huyen,Huyện Lục Nam,24\n", 3, "level", "không có cấp"),
        (HEADER + PROVINCE + "218,district,Huyện Lục Nam,25\n", 3, "parent_code", "mã 25"),
        (WHOLE + "07456,commune,Xã Tam Dị,218\n", 5, "code", "đã có ở dòng 4"),
        (HEADER + PROVINCE + "7456,commune,Xã Tam Dị,24\n", 3, "code", "5 chữ số"),
        (HEADER + PROVINCE + "0745a,commune,Xã Tam Dị,24\n", 3, "code", "5 chữ số"),
        (HEADER + "24,province, ,\n", 2, "full_name", "để trống"),
        (HEADER + f"24,province,{'X' * 121},\n", 2, "full_name", "dài quá"),
        (HEADER + "24,province,Tỉnh \x00 X,\n", 2, "full_name", "không in được"),
        (HEADER + "24,province\n", 2, "full_name", "2 ô"),
        (HEADER + '24,province,"Tỉnh,\n', 2, "code", "CSV"),
        (HEADER + PROVINCE + "07456,commune,Xã Tam Dị,\n", 3, "parent_code", "phải thuộc"),
        (
            HEADER + PROVINCE + DISTRICT + "219,district,Huyện X,218\n",
            4, "parent_code", "không thể thuộc Huyện Lục Nam",
        ),
        (
            HEADER + "218,district,Huyện A,219\n219,district,Huyện B,218\n",
            3, "parent_code", "vòng tròn",
        ),
    ],
)  # fmt: skip
def test_a_broken_list_is_refused_with_line_column_and_reason(
    tmp_path: Path, text: str, line: int, column: str, reason: str
) -> None:
    with pytest.raises(BrokenUnitList, match=reason) as refused:
        read_unit_list(listed(tmp_path, text))
    assert (refused.value.line, refused.value.column) == (line, column)
    assert refused.value.reason.startswith(f"Dòng {line}, cột {column}: ")


def test_a_list_in_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes((HEADER + PROVINCE).encode() + "218,district,Huyện,24\n".encode("utf-16-le"))
    path.write_bytes(path.read_bytes() + b"\xff")
    with pytest.raises(BrokenUnitList, match="không phải UTF-8") as refused:
        read_unit_list(path)
    assert refused.value.line >= 3


@pytest.mark.parametrize(
    ("edition", "counts"),
    [
        (Edition.THREE_TIER, {"province": 63, "district": 696, "commune": 10_035}),
        (Edition.TWO_TIER, {"province": 34, "commune": 3_321}),
    ],
)
def test_the_carried_lists_are_whole(edition: Edition, counts: dict[str, int]) -> None:
    with unit_list_file(edition) as path:
        rows = read_unit_list(path)
    found = {level: sum(row.level == level for row in rows) for level in counts}
    assert found == counts
    assert len(rows) == sum(counts.values())
    communes = {row.code for row in rows if row.level == "commune"}
    assert {cell.code for cell in hex_rows(edition)} == communes


def test_no_two_communes_of_a_province_share_a_cell() -> None:
    with unit_list_file(Edition.TWO_TIER) as path:
        province_of = {row.code: row.parent for row in read_unit_list(path)}
    cells = hex_rows(Edition.TWO_TIER)
    places = {(province_of[cell.code], cell.column, cell.row) for cell in cells}
    assert len(places) == len(cells)


def test_the_successions_lead_from_known_units_to_known_units() -> None:
    with unit_list_file(Edition.THREE_TIER) as path:
        before = {row.code for row in read_unit_list(path)}
    with unit_list_file(Edition.TWO_TIER) as path:
        after = {row.code for row in read_unit_list(path)}
    with succession_file() as path:
        rows = read_successions(path)
    assert len(rows) == 10_362
    assert {row.predecessor for row in rows} <= before
    assert {row.successor for row in rows} <= after
    unplaced = {code for code in before if len(code) == 5} - {row.predecessor for row in rows}
    assert len(unplaced) == 297
