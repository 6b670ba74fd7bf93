from datetime import date, timedelta

import holidays
import pytest

from domain.law.calendar import Calendar, DayOff, OffDay
from domain.law.public_holidays import YEARS, public_calendar

ORACLE_MISSES = {date(2026, 1, 2), date(2026, 1, 10)}
"""The swap of New Year 2026 (notice of 25/12/2025) is not in the package."""


def test_the_friday_after_labour_day_2025_is_swapped_with_a_worked_saturday() -> None:
    calendar = public_calendar()
    assert calendar.why_off(date(2025, 5, 2)) is OffDay.SWAPPED
    assert calendar.is_working(date(2025, 4, 26))
    assert not calendar.is_working(date(2025, 4, 27))


def test_the_monday_before_national_day_2026_is_swapped_with_a_worked_saturday() -> None:
    calendar = public_calendar()
    assert calendar.why_off(date(2026, 8, 31)) is OffDay.SWAPPED
    assert calendar.is_working(date(2026, 8, 22))
    assert calendar.why_off(date(2026, 8, 29)) is OffDay.SATURDAY


def test_tet_2025_closes_offices_for_nine_days_in_a_row() -> None:
    first = date(2025, 1, 25)
    calendar = public_calendar()
    assert not any(calendar.is_working(first + timedelta(days=n)) for n in range(9))
    assert calendar.is_working(date(2025, 1, 24))
    assert calendar.is_working(date(2025, 2, 3))


def test_a_holiday_on_a_sunday_is_made_up_on_monday() -> None:
    assert public_calendar().why_off(date(2026, 4, 27)) is OffDay.MADE_UP


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_agrees_with_the_holidays_package(year: int) -> None:
    calendar = public_calendar()
    oracle = holidays.country_holidays("VN", years=year)
    day = date(year, 1, 1)
    while day.year == year:
        if day not in ORACLE_MISSES:
            assert calendar.is_working(day) is oracle.is_working_day(day), day
        day += timedelta(days=1)


def test_a_year_without_a_notice_has_only_weekends_and_is_not_announced() -> None:
    calendar = public_calendar()
    assert not calendar.is_announced(date(2027, 9, 2))
    assert calendar.is_working(date(2027, 9, 2))
    assert calendar.why_off(date(2027, 9, 4)) is OffDay.SATURDAY


def test_a_closure_adds_a_day_off_and_leaves_the_first_calendar_as_it_was() -> None:
    storm = DayOff(date(2025, 5, 19), "Bão", "Công điện (mẫu)")
    closed = public_calendar().with_days_off([storm])
    assert closed.why_off(storm.day) is OffDay.HOLIDAY
    assert public_calendar().is_working(storm.day)
    assert isinstance(closed, Calendar)
