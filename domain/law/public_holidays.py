"""The public holidays announced so far (lịch nghỉ lễ, Tết), year by year.

Labour Code 2019 art. 112 names the holidays; the Government's yearly notices fix Tết, the
second day of National Day and the swapped days. An entry whose source has no number here is
not verified until an officer reads the notice and confirms it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final

from domain.codes import LABELS, DayOffKind, Holiday, Role
from domain.events.base import envelope
from domain.events.calendar import CalendarFact, DayOffAnnounced, YearAnnounced
from domain.law.almanac import FILLER, Almanac
from domain.law.calendar import Calendar, DayOff, OffDay
from domain.streams import calendar_stream
from domain.values import Officer, Signature

YEARS: Final = (2025, 2026)
CODE: Final = "Bộ luật Lao động 2019, Điều 112"
NOTICE_2025: Final = "Thông báo nghỉ lễ, Tết năm 2025 của Bộ Lao động - Thương binh và Xã hội"
NOTICE_2026: Final = "Thông báo nghỉ lễ, Tết năm 2026 của Bộ Nội vụ"
NOTICE_NEW_YEAR_2026: Final = "Thông báo của Bộ Nội vụ ngày 25/12/2025"

NEW_YEAR: Final = "Tết Dương lịch"
TET: Final = "Tết Nguyên đán"
KINGS: Final = "Giỗ Tổ Hùng Vương"
VICTORY: Final = "Ngày Chiến thắng"
LABOUR: Final = "Ngày Quốc tế Lao động"
NATIONAL: Final = "Quốc khánh"
CULTURE: Final = "Ngày Văn hóa Việt Nam"
SWAP: Final = "Nghỉ hoán đổi"

BASES: Final = {CODE: "45/2019/QH14"}
"""The numbers of the sources above; the number of a notice that was not seen is not guessed."""

SWAPPED_FOR: Final = {
    date(2025, 5, 2): Holiday.LABOUR,
    date(2026, 1, 2): Holiday.NEW_YEAR,
    date(2026, 8, 31): Holiday.NATIONAL,
}
LONG_KNOWN: Final = datetime(2024, 12, 31, tzinfo=UTC)


@cache
def public_calendar() -> Calendar:
    """The calendar of state offices as announced, all years known (lịch làm việc chung)."""
    return Calendar((*_year_2025(), *_year_2026()), YEARS)


@cache
def carried_almanac() -> Almanac:
    """The same as facts known since before the first year, where no store has any."""
    by = Signature(Officer(FILLER, "system", Role.SYSTEM), "", LONG_KNOWN, LONG_KNOWN, "carried")
    return Almanac.of(fact for year in YEARS for fact in facts_of(year, by))


def facts_of(year: int, by: Signature) -> Iterator[CalendarFact]:
    """What was announced for a year, as the first facts of its stream."""
    stream, days = calendar_stream(year), _year_2025() if year == YEARS[0] else _year_2026()
    for version, off in enumerate(days, start=1):
        yield DayOffAnnounced(**envelope(stream, version, by), **_said(off))
    announced: dict[str, Any] = {"basis": "", "year": year}
    yield YearAnnounced(**envelope(stream, len(days) + 1, by), **announced)


def _said(off: DayOff) -> dict[str, Any]:
    return {
        "basis": BASES.get(off.source, ""),
        "day": off.day,
        "holiday": SWAPPED_FOR[off.day] if off.name == SWAP else HOLIDAYS[off.name],
        "kind": DayOffKind(off.why.value),
        "worked_on": off.worked_on,
        "verified": off.verified,
    }


HOLIDAYS: Final = {LABELS[holiday]: holiday for holiday in Holiday}


def _year_2025() -> tuple[DayOff, ...]:
    return (
        _off(date(2025, 1, 1), NEW_YEAR, CODE),
        *_run(date(2025, 1, 27), 5, TET, NOTICE_2025),
        _off(date(2025, 4, 7), KINGS, CODE),
        _off(date(2025, 4, 30), VICTORY, CODE),
        _off(date(2025, 5, 1), LABOUR, CODE),
        _swapped(date(2025, 5, 2), date(2025, 4, 26), NOTICE_2025),
        _off(date(2025, 9, 1), NATIONAL, NOTICE_2025),
        _off(date(2025, 9, 2), NATIONAL, CODE),
    )


def _year_2026() -> tuple[DayOff, ...]:
    return (
        _off(date(2026, 1, 1), NEW_YEAR, CODE),
        _swapped(date(2026, 1, 2), date(2026, 1, 10), NOTICE_NEW_YEAR_2026),
        *_run(date(2026, 2, 16), 5, TET, NOTICE_2026),
        _off(date(2026, 4, 27), KINGS, CODE, OffDay.MADE_UP),
        _off(date(2026, 4, 30), VICTORY, CODE),
        _off(date(2026, 5, 1), LABOUR, CODE),
        _swapped(date(2026, 8, 31), date(2026, 8, 22), NOTICE_2026),
        _off(date(2026, 9, 1), NATIONAL, NOTICE_2026),
        _off(date(2026, 9, 2), NATIONAL, CODE),
        _off(date(2026, 11, 24), CULTURE, "Chưa đối chiếu văn bản"),
    )


def _run(first: date, days: int, name: str, source: str) -> tuple[DayOff, ...]:
    return tuple(_off(first + timedelta(days=n), name, source) for n in range(days))


def _swapped(off: date, worked: date, source: str) -> DayOff:
    return _off(off, SWAP, source, OffDay.SWAPPED, worked)


def _off(
    day: date, name: str, source: str, why: OffDay = OffDay.HOLIDAY, worked: date | None = None
) -> DayOff:
    return DayOff(day, name, source, why, worked, verified=source in BASES)
