"""How Vietnamese offices write numbers and dates: 1.234,5, dd/mm/yyyy, 24 hours."""

from datetime import date, datetime
from typing import Final

WEEKDAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def number(value: float, places: int = 0) -> str:
    """1234.5 -> "1.235", with `places=1` "1.234,5"."""
    grouped = f"{value:,.{places}f}"
    return grouped.translate(str.maketrans(",.", ".,"))


def day(value: date) -> str:
    return value.strftime("%d/%m/%Y")


def day_and_month(value: date) -> str:
    return value.strftime("%d/%m")


def weekday(value: date) -> str:
    """Thứ Tư 14/05/2025: the weekday is echoed, because dd/mm alone is easily misread."""
    return f"{WEEKDAYS[value.weekday()]} {day(value)}"


def clock(value: datetime) -> str:
    return value.strftime("%H:%M")


def clock_with_seconds(value: datetime) -> str:
    return value.strftime("%H:%M:%S")


def moment(value: datetime) -> str:
    return f"{day(value)} {clock(value)}"
