"""Reading which old unit went into which new one (quan hệ cũ - mới, CSV).

Columns ``predecessor_code,successor_code,relation,match``. The list is read whole and each
line checked by itself; whether it fits the tree is :mod:`domain.reform_lists`'s to say.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from domain.codes import SuccessionMatch, SuccessionRelation
from infra.units.table import BrokenTable, Table
from infra.units.unit_list import CODE_LENGTH

COLUMNS: Final = ("predecessor_code", "successor_code", "relation", "match")
MATCHES: Final = (SuccessionMatch.EXACT, SuccessionMatch.GUESSED)
"""What a list may say of itself; a decision is a person's."""


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """An old unit went into a new one, by their codes."""

    line: int
    predecessor: str
    successor: str
    relation: SuccessionRelation
    match: SuccessionMatch


class BrokenSuccessionList(BrokenTable):
    """The list cannot be read as pairs of old and new units. Says where; nothing was used."""

    code = "broken_succession_list"
    title = "Danh sách kế thừa bị lỗi"


def read_successions(path: Path) -> tuple[SuccessionRow, ...]:
    """The pairs of a list in its order. Refuses: :class:`BrokenSuccessionList`."""
    rows = tuple(
        SuccessionRow(
            line,
            _code(line, "predecessor_code", cells["predecessor_code"]),
            _code(line, "successor_code", cells["successor_code"]),
            _relation(line, cells["relation"]),
            _match(line, cells["match"]),
        )
        for line, cells in Table(COLUMNS, BrokenSuccessionList).rows(path)
    )
    if not rows:
        raise BrokenSuccessionList(1, COLUMNS[0], "danh sách không có dòng nào.")
    return rows


def _code(line: int, column: str, code: str) -> str:
    digits = code.isascii() and code.isdigit()
    if not (digits and len(code) in CODE_LENGTH.values()):
        said = f"mã “{code}” không phải 2, 3 hoặc 5 chữ số."
        mend = "Giữ số 0 ở đầu mã: định dạng cột là văn bản."
        raise BrokenSuccessionList(line, column, said, mend)
    return code


def _relation(line: int, text: str) -> SuccessionRelation:
    try:
        return SuccessionRelation(text)
    except ValueError:
        known = ", ".join(SuccessionRelation)
        said = f"không có quan hệ “{text}”."
        raise BrokenSuccessionList(line, "relation", said, f"Dùng {known}.") from None


def _match(line: int, text: str) -> SuccessionMatch:
    for each in MATCHES:
        if text == each:
            return each
    said, known = f"không có độ khớp “{text}”.", ", ".join(MATCHES)
    raise BrokenSuccessionList(line, "match", said, f"Dùng {known}.")
