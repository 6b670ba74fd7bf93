"""The working calendar: read by everybody, entered by who may (lịch làm việc)."""

from contextlib import suppress
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from starlette.concurrency import run_in_threadpool

from domain.commands import calendar as ask_for
from domain.commands.base import Command
from domain.ports import StoreUnavailable
from services.api.acts import CREATES, ActAnew, Acting, receipt
from services.api.bodies import calendar as bodies
from services.api.bodies.base import Act, Ref
from services.api.deps import Parts, TheOfficer, Today
from services.api.known import KnownAt
from services.api.problems import refuses
from services.api.reading import Reading, token_of
from services.calendar_answers import CalendarMonth, MovesAnswer, SuggestedDay
from services.calendar_months import first_of, month_shown, owner_of
from services.casework import Outcome
from services.law_moves import moves_of

AT = "/api/v1/calendar"

router = APIRouter(prefix=AT, tags=["calendar"], responses=refuses())

MonthQuery = Annotated[
    str | None,
    Query(pattern=r"^(19|20)\d{2}-(0[1-9]|1[0-2])$", description="`2025-04`; this one if left out"),
]
YearPath = Annotated[int, Path(ge=1950, le=2099)]


@router.get("")
async def read_month(
    parts: Parts,
    officer: TheOfficer,
    today: Today,
    month: MonthQuery = None,
    unit: Annotated[Ref | None, Query(description="That of every office of this unit.")] = None,
    office: Annotated[Ref | None, Query(description="This office's; one's own else.")] = None,
    known_at: KnownAt = None,
) -> CalendarMonth:
    """A month of working days, of the reader's office unless one is named (lịch tháng)."""
    first = first_of(today) if month is None else date.fromisoformat(f"{month}-01")
    directory, almanac = parts.directory(), parts.law().almanac
    owner = owner_of(directory, officer.office, today, first, office or "", unit or "")
    known = almanac if known_at is None else almanac.known_on(known_at)
    return CalendarMonth.of(await run_in_threadpool(month_shown, known, owner, first))


@router.get("/suggestions")
async def suggest_days(
    parts: Parts,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    year: Annotated[int | None, Query(ge=1950, le=2099)] = None,
) -> list[SuggestedDay]:
    """What the `holidays` package thinks a year's days off are; nothing is recorded (gợi ý)."""

    def suggested() -> list[SuggestedDay]:
        from services.holiday_suggestions import suggestions

        return [SuggestedDay.of(each) for each in suggestions(year or today.year, parts.calendar)]

    return await run_in_threadpool(suggested)


@router.get("/moves")
async def read_moves(
    parts: Parts,
    officer: TheOfficer,
    today: Today,
    position: Annotated[
        str, Query(max_length=400, description="A receipt's position, of an act on the calendar.")
    ],
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> MovesAnswer:
    """Which open deadlines a change of the calendar moved, once that is known (hạn đã dời)."""
    (_, newest), *_ = token_of(position)
    reader = Reading(parts, officer, today)

    def asked() -> MovesAnswer:
        return MovesAnswer.of(moves_of(reader, newest, cursor, limit))

    return await run_in_threadpool(asked)


@router.post("/days-off", **CREATES)
async def announce_day_off(body: bodies.DayOffNotice, act: ActAnew) -> Response:
    """Enter a weekday on which offices do not work; a swapped one with its day (ngày nghỉ)."""
    return await recorded(act, body.command(ask_for.AnnounceDayOff), body, body.day)


@router.post("/years/{year}/days-off/withdrawal", **CREATES)
async def withdraw_day_off(year: YearPath, body: bodies.DayOffWithdrawal, act: ActAnew) -> Response:
    """Say that an announced day is worked after all (hủy ngày nghỉ)."""
    ask = ask_for.WithdrawDayOff(year=year, withdrawn=body.withdrawn, basis=body.basis)
    return await recorded(act, ask, body, date(year, 1, 1))


@router.post("/years/{year}/announcement", **CREATES)
async def announce_year(year: YearPath, body: bodies.YearNotice, act: ActAnew) -> Response:
    """Say that all notices of a year are in: its deadlines are sure now (chốt lịch năm)."""
    ask = ask_for.AnnounceYear(year=year, basis=body.basis)
    return await recorded(act, ask, body, date(year, 1, 1))


@router.post("/closures", **CREATES)
async def close_office(body: bodies.ClosureNotice, act: ActAnew) -> Response:
    """Close an office, or every office of a unit, for some days (đóng cửa do bão, dịch)."""
    return await recorded(act, body.command(ask_for.CloseOffice), body, body.first_day)


@router.post("/closures/withdrawal", **CREATES)
async def withdraw_closure(body: bodies.ClosureWithdrawal, act: ActAnew) -> Response:
    """Say that a closure did not happen (hủy đóng cửa)."""
    return await recorded(act, body.command(ask_for.WithdrawClosure), body, None)


@router.post("/hours", **CREATES)
async def set_working_hours(body: bodies.HoursNotice, act: ActAnew) -> Response:
    """Say when a place is open on a working day, from a day on (giờ làm việc)."""
    return await recorded(act, body.command(ask_for.SetWorkingHours), body, body.valid_from)


async def recorded(act: Acting, command: Command, body: Act, day: date | None) -> Response:
    """The receipt. Its position is what the moved deadlines are asked by."""
    outcome = await noted(act, command, body)
    here = AT if day is None else f"{AT}?month={day:%Y-%m}"
    return receipt(outcome, at=AT, created=True, here=here)


async def noted(act: Acting, command: Command, body: Act) -> Outcome:
    """Record an act, and read calendar and rulebook again: the next page shows it."""
    outcome = await act.handle(command, body)
    with suppress(StoreUnavailable):  # it is recorded; the follower looks again by itself
        await run_in_threadpool(act.parts.heed_law)
    return outcome
