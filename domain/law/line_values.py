"""How the values of a rulebook's line are read (giá trị trong dòng quy định)."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

E = TypeVar("E", bound=StrEnum)

ID: Final = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*(\.[a-z0-9]+(_[a-z0-9]+)*)*", re.ASCII)
LONGEST_TEXT: Final = 600
GREATEST_NUMBER: Final = 10_000
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100


class Unfit(ValueError):
    """A value that is not what its key asks for."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


def text(value: object) -> str:
    """A sentence on one line. Refuses: :class:`Unfit`."""
    if not isinstance(value, str) or not value.strip():
        raise Unfit("phải là chữ và không để trống", "Viết trong dấu ngoặc kép")
    if len(value) > LONGEST_TEXT or not value.isprintable():
        raise Unfit(
            f"dài quá {LONGEST_TEXT} ký tự hoặc có ký tự không in được", "Viết gọn trên một dòng"
        )
    return value


def identifier(value: object) -> str:
    """An id: ``settlement.complaint.first``. Refuses: :class:`Unfit`."""
    told = text(value)
    if not ID.fullmatch(told):
        raise Unfit(f"“{told}” không phải mã", "Chỉ dùng a-z, 0-9, dấu chấm và gạch dưới")
    return told


def number(value: object) -> int:
    """A whole number above zero. Refuses: :class:`Unfit`."""
    if type(value) is not int or not 0 < value <= GREATEST_NUMBER:
        raise Unfit("phải là số nguyên dương", "Viết số, không có dấu ngoặc kép: 10")
    return value


def flag(value: object) -> bool:
    """Yes or no. Refuses: :class:`Unfit`."""
    if not isinstance(value, bool):
        raise Unfit("phải là true hoặc false", "Viết true hoặc false, không có ngoặc kép")
    return value


def day(value: object) -> date:
    """A day, as ``2026-07-01``. Refuses: :class:`Unfit`."""
    mend = "Viết năm-tháng-ngày, không có ngoặc kép: 2026-07-01"
    try:
        told = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        told = None
    if told is None or value != told.isoformat():
        raise Unfit("không phải một ngày có thật", mend)
    if not FIRST_YEAR <= told.year <= LAST_YEAR:
        raise Unfit(f"năm {told.year} nằm ngoài {FIRST_YEAR}–{LAST_YEAR}", mend)
    return told


def word(kind: type[E]) -> Callable[[object], E]:
    """One of the closed words."""

    def read(value: object) -> E:
        try:
            return kind(text(value))
        except ValueError as unknown:
            if isinstance(unknown, Unfit):
                raise
            known = ", ".join(kind)
            raise Unfit(f"“{value}” không có trong danh sách", f"Dùng: {known}") from None

    return read


def words(kind: type[E]) -> Callable[[object], frozenset[E]]:
    """Some of the closed words, each once."""

    def read(value: object) -> frozenset[E]:
        if not isinstance(value, list | tuple):
            raise Unfit("phải là một danh sách", 'Viết trong ngoặc vuông: ["complaint", "first"]')
        told = [word(kind)(each) for each in value]
        if len(set(told)) < len(told):
            raise Unfit("có từ viết hai lần", "Bỏ từ viết thừa")
        return frozenset(told)

    return read
