"""The calendar follows its facts on the real store."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from domain.codes import ClosureScope
from domain.events.calendar import DayOffAnnounced, DayOffWithdrawn, OfficeClosed
from domain.law.calendar import OffDay
from domain.law.public_holidays import YEARS
from domain.streams import calendar_stream, place_calendar_stream
from infra.local.ports import wait_until
from infra.memory.clocks import FixedClock
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.law import LawFollower
from services.calendars import fill_calendar
from services.law import carried_law
from tests.builders import CAM_LY, LUC_NAM, fact, in_order
from tests.stores import Addresses

MAY = datetime(2025, 5, 14, 1, tzinfo=UTC)
JULY = date(2025, 7, 21)
YEAR = calendar_stream(2028)
HOLIDAY = date(2028, 3, 6)


@pytest.fixture
def follower(addresses: Addresses, postgres_store: PostgresFactStore) -> Iterator[LawFollower]:
    fill_calendar(postgres_store, FixedClock(MAY))
    follower = LawFollower(addresses.app, carried_law())
    yield follower
    follower.close()


def test_what_another_program_announces_arrives_by_itself_and_was_not_known_before(
    follower: LawFollower, postgres_store: PostgresFactStore
) -> None:
    announced = fact(DayOffAnnounced, "system", YEAR, day=HOLIDAY)
    postgres_store.append(in_order(announced, start=MAY))
    assert wait_until(
        lambda: not follower.current().almanac.calendar.is_working(HOLIDAY), within=20
    )
    eve = follower.current().known_on(date(2025, 5, 13)).almanac.calendar
    assert eve.is_working(HOLIDAY)
    assert not eve.is_working(date(2025, 9, 2))


def test_what_was_withdrawn_is_worked_again(
    follower: LawFollower, postgres_store: PostgresFactStore
) -> None:
    announced = fact(DayOffAnnounced, "system", YEAR, day=HOLIDAY)
    back = fact(DayOffWithdrawn, "system", YEAR, withdrawn=1)
    postgres_store.append(in_order(announced, back, start=MAY))
    assert follower.refresh().almanac.calendar.is_working(HOLIDAY)


def test_a_storm_closes_one_office_and_no_other(
    follower: LawFollower, postgres_store: PostgresFactStore
) -> None:
    own = place_calendar_stream(ClosureScope.OFFICE, CAM_LY)
    postgres_store.append(in_order(fact(OfficeClosed, CAM_LY, own), start=MAY))
    law = follower.refresh()
    assert law.calendar_of(CAM_LY, "07519-20250101").why_off(JULY) is OffDay.CLOSED
    assert law.calendar_of(LUC_NAM, "218-20250101").is_working(JULY)


def test_a_stack_is_filled_once_whoever_fills_it(
    follower: LawFollower, postgres_store: PostgresFactStore
) -> None:
    head = postgres_store.head()
    assert fill_calendar(postgres_store, FixedClock(MAY)) == ()
    assert postgres_store.head() == head
    assert follower.current().almanac.calendar.years == frozenset(YEARS)
