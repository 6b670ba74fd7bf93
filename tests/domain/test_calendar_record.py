"""The working calendar is made of facts; what contradicts it is refused."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.codes import ClosureCause, ClosureScope, DayOffKind, Holiday, Role
from domain.commands import calendar as ask
from domain.commands.base import Command
from domain.directory import UnknownOffice, UnknownUnit
from domain.errors import Refusal
from domain.events import calendar as facts
from domain.law.almanac import Almanac
from domain.refusals import calendar as refuse
from domain.refusals.directory import BackwardPeriod, MalformedBasis, NothingToWithdraw
from domain.streams import calendar_stream, place_calendar_stream
from domain.values import Officer
from services.access import RoleMayNot
from tests.builders import BAC_GIANG, CAM_LY, LUC_NAM, Draft, fact, head, in_order, officer
from tests.scenario import Scenario, given

ADMIN = officer("system", Role.ADMIN)
OFFICE, UNIT = ClosureScope.OFFICE, ClosureScope.UNIT
DISTRICT = "218-20250101"
YEAR = calendar_stream(2027)
MONDAY, SATURDAY = date(2027, 3, 8), date(2027, 3, 6)
BASIS = "12/TB-BNV"
OWN = place_calendar_stream(OFFICE, CAM_LY)


def off(**more: Any) -> ask.AnnounceDayOff:
    return ask.AnnounceDayOff(**{
        "day": MONDAY, "holiday": Holiday.OTHER, "basis": BASIS, **more,
    })  # fmt: skip


def swapped(**more: Any) -> ask.AnnounceDayOff:
    return off(**{"kind": DayOffKind.SWAPPED, "worked_on": SATURDAY, **more})


def close(**more: Any) -> ask.CloseOffice:
    return ask.CloseOffice(**{
        "scope": OFFICE, "place": CAM_LY, "first_day": date(2025, 7, 21), "basis": "7/CĐ-TW",
        "last_day": date(2025, 7, 22), "cause": ClosureCause.STORM, **more,
    })  # fmt: skip


def hours(*spans: str, **more: Any) -> ask.SetWorkingHours:
    return ask.SetWorkingHours(**{
        "scope": OFFICE, "place": CAM_LY, "valid_from": date(2025, 3, 1), "basis": "",
        "hours": spans, **more,
    })  # fmt: skip


ANNOUNCED = fact(
    facts.DayOffAnnounced, "system", YEAR, day=MONDAY, kind=DayOffKind.SWAPPED, worked_on=SATURDAY
)
CLOSED = fact(
    facts.OfficeClosed, CAM_LY, OWN, first_day=date(2025, 7, 20), last_day=date(2025, 7, 21)
)


def asked(command: Command, *before: Draft, by: Officer = ADMIN) -> Scenario:
    return given(*before).when(command, by=by)


def test_a_day_off_is_announced_in_the_stream_of_its_year() -> None:
    asked(off()).then(
        fact(facts.DayOffAnnounced, "system", YEAR, day=MONDAY, basis=BASIS, verified=True)
    )


def test_a_swapped_day_names_the_weekend_day_worked_for_it() -> None:
    world = asked(swapped())
    world.then(fact(facts.DayOffAnnounced, "system", YEAR, worked_on=SATURDAY))


def test_a_day_off_is_taken_back_once_and_may_be_announced_again() -> None:
    back = ask.WithdrawDayOff(year=2027, withdrawn=1, basis=BASIS)
    world = asked(back, ANNOUNCED).then(fact(facts.DayOffWithdrawn, "system", YEAR, withdrawn=1))
    world.when(back, by=ADMIN).then_refused(NothingToWithdraw, pointer="/withdrawn")
    world.when(off(), by=ADMIN).then(fact(facts.DayOffAnnounced, "system", YEAR, day=MONDAY))


HEARD = fact(
    facts.DayOffAnnounced, "system", YEAR, day=MONDAY, kind=DayOffKind.SWAPPED,
    holiday=Holiday.OTHER, worked_on=SATURDAY, basis="", verified=False,
)  # fmt: skip
CARRIED = fact(
    facts.DayOffAnnounced, "system", YEAR, day=MONDAY, kind=DayOffKind.SWAPPED,
    holiday=Holiday.OTHER, worked_on=SATURDAY, basis="", verified=True,
)  # fmt: skip
"""As an earlier release filled a new stack: called read, though no notice has a number."""


@pytest.mark.parametrize("known", [HEARD, CARRIED])
def test_a_day_nobody_had_read_a_notice_of_is_confirmed_by_its_number(known: Draft) -> None:
    again = fact(facts.DayOffAnnounced, "system", YEAR, day=MONDAY, basis=BASIS, verified=True)
    world = asked(swapped(), known).then(again)
    world.when(swapped(), by=ADMIN).then_refused(refuse.DayAlreadyOff, pointer="/day")


def test_a_day_confirmed_is_one_entry_and_withdrawn_as_one() -> None:
    almanac = Almanac.of(in_order(HEARD))
    assert not almanac.calendar.is_verified(SATURDAY)
    confirmed = fact(
        facts.DayOffAnnounced, "system", YEAR, day=MONDAY, kind=DayOffKind.SWAPPED,
        holiday=Holiday.OTHER, worked_on=SATURDAY, basis=BASIS,
    )  # fmt: skip
    almanac = Almanac.of(in_order(HEARD, confirmed))
    assert almanac.calendar.is_verified(SATURDAY)
    assert [entry.version for entry in almanac.of_stream(YEAR)] == [2]
    back = fact(facts.DayOffWithdrawn, "system", YEAR, withdrawn=2)
    assert Almanac.of(in_order(HEARD, confirmed, back)).of_stream(YEAR) == ()


def test_what_an_earlier_release_carried_without_a_number_was_not_read() -> None:
    calendar = Almanac.of(in_order(CARRIED)).calendar
    assert (calendar.is_verified(MONDAY), calendar.is_working(MONDAY)) == (False, False)


def test_a_year_is_announced_once() -> None:
    whole = ask.AnnounceYear(year=2027, basis="")
    world = asked(whole).then(fact(facts.YearAnnounced, "system", YEAR, year=2027))
    world.when(whole, by=ADMIN).then_refused(refuse.DayAlreadyOff, pointer="/year")


def test_a_head_closes_the_own_office() -> None:
    asked(close(), by=head(CAM_LY)).then(
        fact(facts.OfficeClosed, CAM_LY, OWN, place=CAM_LY, units=())
    )


def test_a_unit_that_closes_names_all_that_lies_below_it() -> None:
    world = asked(close(scope=UNIT, place=DISTRICT))
    (told,) = world.recorded()
    assert isinstance(told, facts.OfficeClosed)
    assert told.units[0] == DISTRICT
    assert "07519-20250101" in told.units


def test_a_closure_is_taken_back() -> None:
    back = ask.WithdrawClosure(scope=OFFICE, place=CAM_LY, withdrawn=1, basis="")
    world = asked(back, CLOSED, by=head(CAM_LY))
    world.then(fact(facts.ClosureWithdrawn, CAM_LY, OWN, withdrawn=1))
    world.when(close(), by=head(CAM_LY)).then(fact(facts.OfficeClosed, CAM_LY, OWN))


def test_working_hours_are_spans_of_a_day() -> None:
    asked(hours("07:00-11:00", "13:30-17:30"), by=head(CAM_LY)).then(
        fact(facts.WorkingHoursSet, CAM_LY, OWN, hours=("07:00-11:00", "13:30-17:30"))
    )


REFUSED: tuple[tuple[Command, tuple[Draft, ...], type[Refusal], str | None], ...] = (
    (off(), (ANNOUNCED,), refuse.DayAlreadyOff, "/day"),
    (off(), (HEARD,), refuse.DayAlreadyOff, "/day"),
    (swapped(holiday=Holiday.TET), (HEARD,), refuse.DayAlreadyOff, "/day"),
    (swapped(verified=False), (HEARD,), refuse.DayAlreadyOff, "/day"),
    (off(day=date(2026, 9, 2)), (), refuse.DayAlreadyOff, "/day"),
    (off(day=SATURDAY), (), refuse.WeekendAnyway, "/day"),
    (off(worked_on=SATURDAY), (), refuse.SwapIncomplete, "/worked_on"),
    (swapped(worked_on=None), (), refuse.SwapIncomplete, "/worked_on"),
    (swapped(worked_on=date(2027, 3, 9)), (), refuse.SwapIncomplete, "/worked_on"),
    (
        swapped(worked_on=date(2026, 8, 22)), (), refuse.CalendarContradiction, "/worked_on",
    ),
    (swapped(day=date(2027, 3, 9)), (ANNOUNCED,), refuse.CalendarContradiction, "/worked_on"),
    (off(basis=""), (), refuse.NoticeNeeded, "/basis"),
    (off(basis="theo lời ông B"), (), MalformedBasis, "/basis"),
    (close(first_day=date(2025, 7, 23)), (), BackwardPeriod, "/last_day"),
    (close(last_day=date(2026, 7, 23)), (), refuse.ClosureTooLong, "/last_day"),
    (close(), (CLOSED,), refuse.OverlappingClosure, "/first_day"),
    (close(place="ubnd-99999-20250101"), (), UnknownOffice, "/place"),
    (close(place="07519"), (), UnknownOffice, "/place"),
    (close(scope=UNIT, place="99999"), (), UnknownUnit, "/place"),
    (hours(), (), refuse.MalformedHours, "/hours"),
    (hours("7:30-11:30"), (), refuse.MalformedHours, "/hours"),
    (hours("13:00-17:00", "07:30-11:30"), (), refuse.MalformedHours, "/hours"),
    (
        ask.WithdrawClosure(scope=OFFICE, place=CAM_LY, withdrawn=7, basis=""), (CLOSED,),
        NothingToWithdraw, "/withdrawn",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("command", "before", "error", "pointer"), REFUSED)
def test_what_contradicts_the_calendar_is_refused_with_its_place(
    command: Command, before: tuple[Draft, ...], error: type[Refusal], pointer: str | None
) -> None:
    asked(command, *before).then_refused(error, pointer=pointer)


def test_a_notice_that_comes_late_is_entered_for_a_day_gone_by() -> None:
    past = date(2025, 3, 3)
    year = calendar_stream(past.year)
    asked(off(day=past)).then(fact(facts.DayOffAnnounced, "system", year, day=past))


@pytest.mark.parametrize(
    "command",
    [
        close(place=LUC_NAM),
        close(scope=UNIT, place=DISTRICT),
        hours("07:00-11:00", place=BAC_GIANG),
        ask.WithdrawClosure(scope=UNIT, place=DISTRICT, withdrawn=1, basis=""),
    ],
)
def test_a_head_keeps_no_other_calendar_than_the_own(command: Command) -> None:
    asked(command, by=head(CAM_LY)).then_refused(refuse.NotOwnCalendar, pointer="/place")


@pytest.mark.parametrize(
    "command", [off(), ask.AnnounceYear(year=2027, basis=""), close(), hours("07:00-11:00")]
)
def test_a_clerk_keeps_no_calendar(command: Command) -> None:
    asked(command, by=officer(CAM_LY)).then_refused(RoleMayNot)


def test_a_swap_over_the_turn_of_the_year_is_one_entry() -> None:
    """As on 31 December 2018, worked on 5 January 2019."""
    swap = swapped(day=date(2027, 12, 31), worked_on=date(2028, 1, 8))
    world = asked(swap)
    world.clock.at = datetime(2027, 12, 1, tzinfo=UTC)
    world.then(fact(facts.DayOffAnnounced, "system", YEAR, worked_on=date(2028, 1, 8)))
