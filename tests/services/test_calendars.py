"""A new stack knows the announced days off, once."""

from datetime import date, timedelta

from domain.codes import Holiday, Role
from domain.commands.calendar import AnnounceDayOff, WithdrawDayOff
from domain.events.calendar import DayOffAnnounced
from domain.law.public_holidays import CODE, YEARS, public_calendar
from domain.ports import FactStore
from domain.streams import calendar_stream
from infra.memory import FixedClock, MemoryFactStore
from infra.memory.law import MemoryLawFollower
from services.calendars import fill_calendar
from services.law import carried_law
from tests.builders import fact, in_order, officer
from tests.scenario import Scenario

ADMIN = officer("system", Role.ADMIN)


def law_of(store: FactStore) -> MemoryLawFollower:
    return MemoryLawFollower(store, carried_law())


def test_the_announced_days_off_become_facts_once() -> None:
    store, clock = MemoryFactStore(), FixedClock()
    assert fill_calendar(store, clock) == YEARS
    head = store.head()
    assert fill_calendar(store, clock) == ()
    assert store.head() == head
    calendar, announced = law_of(store).current().almanac.calendar, public_calendar()
    days = (date(year, 1, 1) + timedelta(n) for year in YEARS for n in range(366))
    assert all(calendar.is_working(day) is announced.is_working(day) for day in days)
    assert calendar.years == frozenset(YEARS)


def test_a_day_off_is_carried_as_read_only_with_the_number_it_was_read_in() -> None:
    for each in public_calendar().days_off():
        assert each.verified == (each.source == CODE), each
    for entry in carried_law().almanac.entries():
        if isinstance(entry.fact, DayOffAnnounced):
            assert entry.fact.verified == bool(entry.fact.basis), entry.fact.day


def test_a_year_that_somebody_entered_is_left_as_it_is() -> None:
    store = MemoryFactStore()
    own = fact(DayOffAnnounced, "system", calendar_stream(2025), day=date(2025, 3, 3))
    store.append(in_order(own))
    assert fill_calendar(store, FixedClock()) == (2026,)
    calendar = law_of(store).current().almanac.calendar
    assert not calendar.is_working(date(2025, 3, 3))
    assert calendar.is_working(date(2025, 9, 2))


def test_what_a_new_stack_was_filled_with_counts_as_known_before() -> None:
    store = MemoryFactStore()
    fill_calendar(store, FixedClock())
    known = law_of(store).current().known_on(date(2020, 1, 1))
    assert known.almanac.calendar.is_announced(date(2025, 1, 1))


def test_an_officer_goes_on_from_there() -> None:
    world = Scenario()
    fill_calendar(world.store, world.clock)
    add = AnnounceDayOff(day=date(2025, 5, 19), holiday=Holiday.OTHER, basis="12/TB-BNV")
    world.when(add, by=ADMIN)
    (announced,) = world.recorded()
    back = WithdrawDayOff(year=2025, withdrawn=announced.originator_version, basis="")
    world.when(back, by=ADMIN)
    assert law_of(world.store).current().almanac.calendar.is_working(date(2025, 5, 19))
