"""What was known of the calendar, when, and for whom."""

from datetime import UTC, date, datetime, timedelta

from domain.codes import ClosureCause, ClosureScope, Holiday
from domain.events import calendar as facts
from domain.law.almanac import DEFAULT_HOURS, Almanac, places_of
from domain.law.calendar import OffDay
from domain.law.public_holidays import carried_almanac, public_calendar
from domain.streams import calendar_stream, place_calendar_stream
from tests.builders import CAM_LY, LUC_NAM, Draft, fact, in_order

COMMUNE, DISTRICT = "07519-20250101", "218-20250101"
FRIDAY = date(2026, 10, 9)
YEAR = calendar_stream(2026)
ANNOUNCED = fact(facts.DayOffAnnounced, "system", YEAR, day=FRIDAY, holiday=Holiday.OTHER)
OWN = place_calendar_stream(ClosureScope.OFFICE, CAM_LY)
WIDE = place_calendar_stream(ClosureScope.UNIT, DISTRICT)
STORM = fact(
    facts.OfficeClosed, "system", OWN, first_day=FRIDAY, last_day=date(2026, 10, 12),
    cause=ClosureCause.STORM,
)  # fmt: skip
FLOOD = fact(
    facts.OfficeClosed, "system", WIDE, scope=ClosureScope.UNIT, place=DISTRICT,
    units=(DISTRICT, COMMUNE), first_day=FRIDAY, last_day=FRIDAY, cause=ClosureCause.FLOOD,
)  # fmt: skip


MARCH = datetime(2026, 3, 2, 3, tzinfo=UTC)


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def almanac(*drafts: Draft, start: datetime = MARCH) -> Almanac:
    return Almanac.of(in_order(*drafts, start=start))


def test_what_the_release_carries_is_the_announced_calendar_as_facts() -> None:
    carried, announced = carried_almanac().calendar, public_calendar()
    days = (date(year, 1, 1) + timedelta(n) for year in announced.years for n in range(366))
    assert all(carried.is_working(day) is announced.is_working(day) for day in days)
    assert carried.years == announced.years
    names = {day.day: day.name for day in announced.days_off()}
    assert {day.day: day.name for day in carried.days_off()} == names


def test_a_year_without_facts_is_as_the_release_has_it_and_with_facts_as_they_say() -> None:
    known = Almanac(carried=carried_almanac()).with_facts(in_order(ANNOUNCED))
    assert known.calendar.why_off(date(2025, 9, 2)) is OffDay.HOLIDAY
    assert known.calendar.why_off(FRIDAY) is OffDay.HOLIDAY
    assert known.calendar.is_working(date(2026, 9, 2))


def test_what_was_recorded_later_was_not_known_before() -> None:
    recorded = date(2026, 3, 2)
    known = almanac(ANNOUNCED, start=on(recorded))
    assert not known.calendar.is_working(FRIDAY)
    assert known.known_on(recorded) is known
    assert known.known_on(date(2026, 3, 1)).calendar.is_working(FRIDAY)


def test_a_withdrawn_day_is_worked_and_was_off_as_long_as_that_was_known() -> None:
    back = fact(facts.DayOffWithdrawn, "system", YEAR, withdrawn=1, at=on(date(2026, 4, 2)))
    known = almanac(ANNOUNCED, back)
    assert known.calendar.is_working(FRIDAY)
    assert not known.known_on(date(2026, 4, 1)).calendar.is_working(FRIDAY)


def test_a_closure_counts_for_its_place_alone() -> None:
    known = almanac(STORM)
    assert known.calendar_of(CAM_LY, COMMUNE).why_off(FRIDAY) is OffDay.CLOSED
    assert known.calendar_of(CAM_LY, COMMUNE).why_off(date(2026, 10, 10)) is OffDay.SATURDAY
    assert known.calendar_of(LUC_NAM, DISTRICT) is known.calendar


def test_a_unit_that_is_closed_closes_every_office_below_it() -> None:
    known = almanac(FLOOD)
    for office, unit in ((LUC_NAM, DISTRICT), (CAM_LY, COMMUNE), ("ca-07519", COMMUNE)):
        assert known.calendar_of(office, unit).why_off(FRIDAY) is OffDay.CLOSED
    assert known.calendar_of("ubnd-217-20250101", "217-20250101").is_working(FRIDAY)
    (closing,) = known.closings(places_of(CAM_LY, COMMUNE))
    assert isinstance(closing.fact, facts.OfficeClosed)
    assert closing.fact.place == DISTRICT


def test_a_closure_of_a_swapped_day_leaves_its_saturday_worked() -> None:
    swap = fact(facts.DayOffAnnounced, "system", YEAR, day=FRIDAY, worked_on=date(2026, 10, 17))
    known = almanac(swap, STORM)
    assert known.calendar_of(CAM_LY, COMMUNE).why_off(FRIDAY) is OffDay.HOLIDAY
    assert known.calendar_of(CAM_LY, COMMUNE).is_working(date(2026, 10, 17))


def test_working_hours_hold_from_a_day_on_and_the_own_go_before_the_units() -> None:
    wide = fact(
        facts.WorkingHoursSet, "system", WIDE, scope=ClosureScope.UNIT, place=COMMUNE,
        valid_from=date(2026, 5, 1), hours=("07:00-11:00",),
    )  # fmt: skip
    own = fact(
        facts.WorkingHoursSet, "system", OWN, valid_from=date(2026, 6, 1), hours=("08:00-12:00",)
    )
    known, places = almanac(wide, own), places_of(CAM_LY, COMMUNE)
    assert known.hours_of(places, date(2026, 4, 30)) == DEFAULT_HOURS
    assert known.hours_of(places, date(2026, 5, 31)) == ("07:00-11:00",)
    assert known.hours_of(places, date(2026, 6, 1)) == ("08:00-12:00",)


def test_the_same_facts_again_change_nothing() -> None:
    news = in_order(ANNOUNCED, STORM)
    known = Almanac.of(news)
    assert known.with_facts(news) is known
