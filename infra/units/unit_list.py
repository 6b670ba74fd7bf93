"""Reading an administrator's list of units (danh sách đơn vị, CSV).

Columns ``code,level,full_name,parent_code`` in UTF-8, with or without a byte order mark.
The list is read whole and checked whole: it is right, or it is refused with line and
column, and nothing of it is used.
"""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from domain.errors import Invalid

COLUMNS: Final = ("code", "level", "full_name", "parent_code")
CODE_LENGTH: Final = {"province": 2, "district": 3, "commune": 5}
"""Digits of a code by level. Decision 124/2004, Decision 19/2025 art. 1."""
LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of a list; ``parent`` is the code of the unit above, if any."""

    line: int
    code: str
    level: str
    name: str
    parent: str | None


class BrokenUnitList(Invalid):
    """The list cannot be read as units. Says where; nothing was imported."""

    code = "broken_unit_list"
    title = "Danh sách đơn vị bị lỗi"

    def __init__(self, line: int, column: str, reason: str, mend: str | None = None) -> None:
        super().__init__(
            f"Dòng {line}, cột {column}: {reason}", pointer=f"/{line}/{column}", mend=mend
        )
        self.line = line
        self.column = column


def read_unit_list(path: Path) -> tuple[UnitRow, ...]:
    """The units of a list, parents before children. Refuses: :class:`BrokenUnitList`."""
    rows: dict[str, UnitRow] = {}
    for row in _parsed(path):
        if row.code in rows:
            said = f"mã {row.code} đã có ở dòng {rows[row.code].line}."
            raise BrokenUnitList(row.line, "code", said)
        rows[row.code] = row
    if not rows:
        raise BrokenUnitList(1, "code", "danh sách không có đơn vị nào.")
    return _parents_first(rows)


def _parsed(path: Path) -> Iterator[UnitRow]:
    reader = csv.reader(_text(path), strict=True)
    try:
        positions = _columns(next(reader, []))
        for cells in reader:
            if any(cells):
                yield _unit_row(reader.line_num, cells, positions)
    except csv.Error as reason:
        raise BrokenUnitList(reader.line_num, "code", f"dòng CSV bị hỏng ({reason}).") from None


def _text(path: Path) -> StringIO:
    raw = path.read_bytes()
    try:
        return StringIO(raw.decode("utf-8-sig"), newline="")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        said = f"byte 0x{raw[fault.start]:02x} không phải UTF-8."
        raise BrokenUnitList(line, "full_name", said, "Lưu lại tệp với mã UTF-8.") from None


def _columns(header: list[str]) -> Mapping[str, int]:
    names = [name.strip() for name in header]
    for column in COLUMNS:
        if column not in names:
            mend = f"Dòng đầu phải có các cột {', '.join(COLUMNS)}."
            raise BrokenUnitList(1, column, "thiếu cột này.", mend)
    return {column: names.index(column) for column in COLUMNS}


def _unit_row(line: int, cells: list[str], positions: Mapping[str, int]) -> UnitRow:
    values = {}
    for column, position in positions.items():
        if position >= len(cells):
            raise BrokenUnitList(line, column, f"dòng chỉ có {len(cells)} ô.")
        values[column] = cells[position].strip()
    name = unicodedata.normalize("NFC", values["full_name"])
    row = UnitRow(
        line,
        values["code"],
        values["level"],
        name[:1].upper() + name[1:],
        values["parent_code"] or None,
    )
    _check_code(row)
    _check_name(row)
    return row


def _check_code(row: UnitRow) -> None:
    length = CODE_LENGTH.get(row.level)
    if length is None:
        said = f"không có cấp “{row.level}”."
        raise BrokenUnitList(row.line, "level", said, f"Dùng {', '.join(CODE_LENGTH)}.")
    if not (row.code.isascii() and row.code.isdigit() and len(row.code) == length):
        said = f"mã “{row.code}” không đúng {length} chữ số của cấp {row.level}."
        mend = "Giữ số 0 ở đầu mã: định dạng cột là văn bản."
        raise BrokenUnitList(row.line, "code", said, mend)


def _check_name(row: UnitRow) -> None:
    if not row.name:
        raise BrokenUnitList(row.line, "full_name", "tên đơn vị để trống.")
    if len(row.name) > LONGEST_NAME:
        raise BrokenUnitList(row.line, "full_name", f"tên dài quá {LONGEST_NAME} ký tự.")
    if not row.name.isprintable():
        raise BrokenUnitList(row.line, "full_name", "tên có ký tự không in được.")


def _parents_first(rows: Mapping[str, UnitRow]) -> tuple[UnitRow, ...]:
    depths = {code: _depth(row, rows) for code, row in rows.items()}
    for row in rows.values():
        _check_parent(row, rows)
    return tuple(sorted(rows.values(), key=lambda row: (depths[row.code], row.line)))


def _depth(row: UnitRow, rows: Mapping[str, UnitRow]) -> int:
    """How many units stand above. Refuses a parent that is not listed, and a circle."""
    below = {row.code}
    at = row
    while at.parent is not None:
        if at.parent not in rows:
            raise BrokenUnitList(at.line, "parent_code", f"không có đơn vị mã {at.parent}.")
        if at.parent in below:
            said = f"{at.code} thuộc {at.parent}, mà {at.parent} lại thuộc {at.code}: vòng tròn."
            raise BrokenUnitList(at.line, "parent_code", said)
        below.add(at.parent)
        at = rows[at.parent]
    return len(below) - 1


def _check_parent(row: UnitRow, rows: Mapping[str, UnitRow]) -> None:
    highest = min(CODE_LENGTH.values())
    if row.parent is None and len(row.code) > highest:
        raise BrokenUnitList(row.line, "parent_code", f"cấp {row.level} phải thuộc một đơn vị.")
    if row.parent is not None and len(row.parent) >= len(row.code):
        above = rows[row.parent]
        said = f"cấp {row.level} không thể thuộc {above.name}, cấp {above.level}."
        raise BrokenUnitList(row.line, "parent_code", said)
