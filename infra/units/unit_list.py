"""Reading an administrator's list of units (danh sách đơn vị, CSV).

Columns ``code,level,full_name,parent_code`` in UTF-8, with or without a byte order mark.
The list is read whole and checked whole: it is right, or it is refused with line and
column, and nothing of it is used.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infra.units.table import BrokenTable, Table

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


class BrokenUnitList(BrokenTable):
    """The list cannot be read as units. Says where; nothing was imported."""

    code = "broken_unit_list"
    title = "Danh sách đơn vị bị lỗi"


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
    for line, values in Table(COLUMNS, BrokenUnitList).rows(path):
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
        yield row


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
