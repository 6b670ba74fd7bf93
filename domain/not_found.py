"""What is said where a unit or an office was asked for that does not stand on a day.

A code is of another unit on other days: those are named, so that the right day can be asked.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from domain.refusals.directory import UnknownOffice, UnknownUnit
from domain.units import Unit

REFERENCE: Final = re.compile(r"([a-z]{1,10}-)?[0-9]{1,5}(-[0-9]{8})?", re.ASCII)


def no_unit(ref: str, on: date, known: Iterable[Unit], pointer: str | None) -> UnknownUnit:
    """No unit bears this id or code on a day; ``known`` are those that ever did."""
    spans = "; ".join(f"{unit.name}, {_span(unit)}" for unit in known)
    of_others = f" Mã này là của: {spans}." if spans else ""
    return UnknownUnit(
        f"Ngày {_vn(on)} không có đơn vị {_named(ref)}.{of_others}",
        pointer=pointer,
        mend="Tìm đơn vị theo tên trong danh bạ và dùng mã có hiệu lực vào ngày đó.",
    )


def no_office(ref: str, on: date, pointer: str | None) -> UnknownOffice:
    """No office has this id on a day, and no unit of this code a People's Committee."""
    return UnknownOffice(
        f"Ngày {_vn(on)} không có cơ quan {_named(ref)}.",
        pointer=pointer,
        mend="Chọn cơ quan trong danh bạ; mã đơn vị được hiểu là UBND của đơn vị đó.",
    )


def _named(ref: str) -> str:
    """A reference in a message. What is none, a telephone number perhaps, is not repeated."""
    return f"“{ref}”" if REFERENCE.fullmatch(ref) else "này"


def _span(unit: Unit) -> str:
    until = "" if unit.valid_until is None else f" đến {_vn(unit.valid_until)}"
    return f"từ {_vn(unit.valid_from)}{until}"


def _vn(day: date) -> str:
    return f"{day:%d/%m/%Y}"
