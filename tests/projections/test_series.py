"""The fourteen days behind a figure."""

from datetime import UTC, date, datetime

from projections.series import daily, hourly

TODAY = date(2025, 5, 14)
NOW = datetime(2025, 5, 14, 7, 0, tzinfo=UTC)


def test_a_crowd_that_came_and_went_counts_on_its_day_only() -> None:
    morning = datetime(2025, 5, 12, 1, 0, tzinfo=UTC), datetime(2025, 5, 12, 4, 0, tzinfo=UTC)

    series = hourly([morning], TODAY, NOW)

    assert series.days == (0,) * 11 + (1, 0, 0)
    assert series.now == 0


def test_a_crowd_that_stays_over_midnight_counts_on_both_days_and_now() -> None:
    since_yesterday = datetime(2025, 5, 13, 8, 0, tzinfo=UTC), None

    series = hourly([since_yesterday], TODAY, NOW)

    assert series.days == (0,) * 12 + (1, 1)
    assert series.now == 1


def test_midnight_is_midnight_in_vietnam() -> None:
    begun_on_the_twelfth_there = datetime(2025, 5, 11, 17, 30, tzinfo=UTC)
    gone = datetime(2025, 5, 11, 18, 30, tzinfo=UTC)

    assert hourly([(begun_on_the_twelfth_there, gone)], TODAY, NOW).days == (0,) * 11 + (1, 0, 0)


def test_what_ended_on_a_day_counts_no_more_at_its_end() -> None:
    series = daily([(date(2025, 5, 10), date(2025, 5, 12), 3)], TODAY)

    assert series.days == (0,) * 9 + (3, 3, 0, 0, 0)
