"""``calendar``: working days, shown, suggested and entered."""

import json
from datetime import datetime
from typing import Annotated, Final
from uuid import uuid4

import typer

from domain.codes import ClosureCause, ClosureScope, DayOffKind, Holiday, Role
from domain.commands import calendar as ask_for
from domain.commands.base import Command
from domain.days import day_of
from domain.law.almanac import places_of
from domain.values import Officer
from infra.postgres.directory import DirectoryFollower
from infra.postgres.law import LawFollower
from infra.settings import Settings
from services import wiring
from services.calendar_pages import year_shown
from services.casework import Casework
from services.cli.moving import changing, law_of, tell_moved
from services.cli.opened import KnownAt, directory_of
from services.cli.state import DEFAULT, Json, State, settings_of
from services.vaults import open_vault

calendar = typer.Typer(help="Working days: holidays, swapped days, closures.", no_args_is_help=True)

OPERATOR: Final = Officer("system:operator", "system", Role.ADMIN)
ISO: Final = ["%Y-%m-%d"]
Day = Annotated[datetime, typer.Argument(formats=ISO)]
Basis = Annotated[str, typer.Option(help="Number of the notice.")]
Unread = Annotated[bool, typer.Option("--unverified", help="The notice was not read.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    calendar.command("show")(show)
    calendar.command("add")(add)
    calendar.command("close")(close)
    calendar.command("withdraw")(withdraw)
    calendar.command("announced")(announced)
    calendar.command("suggest")(suggest)
    app.add_typer(calendar, name="calendar")


def show(
    year: Annotated[int | None, typer.Argument(help="This one if left out.")] = None,
    office: Annotated[str | None, typer.Option(help="With the closures of this office.")] = None,
    known_at: KnownAt = None,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """A year's days off, each with its number, its notice and whether that was read."""
    settings = settings_of(state)
    today = day_of(settings.clock().now())
    with law_of(settings) as law, directory_of(settings) as directory:
        almanac = law.current().almanac
        if known_at is not None:
            almanac = almanac.known_on(known_at.date())
        places: tuple[tuple[ClosureScope, str], ...] = ()
        if office is not None:
            found = directory.current().get_office(office, today)
            places = places_of(found.office_id, found.unit)
    told = year_shown(almanac, year or today.year, places)
    print(json.dumps(told.as_data(), ensure_ascii=False) if as_json else "\n".join(told.lines()))


def add(
    day: Day,
    holiday: Annotated[Holiday, typer.Option()] = Holiday.OTHER,
    kind: Annotated[DayOffKind, typer.Option()] = DayOffKind.HOLIDAY,
    worked_on: Annotated[datetime | None, typer.Option(formats=ISO)] = None,
    basis: Basis = "",
    unverified: Unread = False,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Enter a weekday on which offices do not work; open deadlines move with it."""
    ask = ask_for.AnnounceDayOff(
        day=day.date(),
        holiday=holiday,
        kind=kind,
        worked_on=None if worked_on is None else worked_on.date(),
        basis=basis,
        verified=not unverified,
    )
    record(settings_of(state), ask, as_json=as_json)


def close(
    place: Annotated[str, typer.Argument(help="An office's or a unit's id.")],
    first_day: Day,
    last_day: Day,
    cause: Annotated[ClosureCause, typer.Option()],
    basis: Basis = "",
    unverified: Unread = False,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Close an office, or every office of a unit, for some days."""
    settings = settings_of(state)
    ask = ask_for.CloseOffice(
        scope=_scope_of(settings, place),
        place=place,
        first_day=first_day.date(),
        last_day=last_day.date(),
        cause=cause,
        basis=basis,
        verified=not unverified,
    )
    record(settings, ask, as_json=as_json)


def withdraw(
    entry: Annotated[int, typer.Argument(help="The entry's number, as shown.")],
    year: Annotated[int | None, typer.Option(help="Of a day off: its year.")] = None,
    place: Annotated[str | None, typer.Option(help="Of a closure: its place.")] = None,
    basis: Basis = "",
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Take back a day off of a year, or a closure of a place."""
    settings = settings_of(state)
    ask: Command
    if year is not None:
        ask = ask_for.WithdrawDayOff(year=year, withdrawn=entry, basis=basis)
    elif place is not None:
        scope = _scope_of(settings, place)
        ask = ask_for.WithdrawClosure(scope=scope, place=place, withdrawn=entry, basis=basis)
    else:
        raise typer.BadParameter("say --year of a day off, or --place of a closure")
    record(settings, ask, as_json=as_json)


def announced(year: int, basis: Basis = "", state: State = DEFAULT, as_json: Json = False) -> None:
    """Say that all notices of a year are in: its deadlines are no longer provisional."""
    record(settings_of(state), ask_for.AnnounceYear(year=year, basis=basis), as_json=as_json)


def suggest(year: int, state: State = DEFAULT, as_json: Json = False) -> None:
    """What the holidays package thinks; nothing is recorded. Read the notice, then add."""
    from services.holiday_suggestions import suggestions

    with law_of(settings_of(state)) as law:
        known = law.current().almanac.calendar
    found = tuple(suggestions(year, known))
    if as_json:
        print(json.dumps([each.as_data() for each in found], ensure_ascii=False))
        return
    for each in found:
        print(each.line())


def record(settings: Settings, ask: Command, *, as_json: bool) -> None:
    """Record an act on the calendar, bring the views up to date, say what moved."""
    with law_of(settings) as law, directory_of(settings) as directory:
        moved = changing(settings, law, lambda: _handle(settings, ask, law, directory))
    tell_moved(moved, as_json=as_json)


def _handle(
    settings: Settings, ask: Command, law: LawFollower, directory: DirectoryFollower
) -> None:
    store, vault = wiring.open_store(settings), open_vault(settings)
    casework = Casework(store, vault, directory.current, settings.clock(), law.current)
    key = uuid4()
    try:
        casework.handle(ask, OPERATOR, key=key, request=key.bytes, correlation=key.hex)
    finally:
        vault.close()
        store.close()


def _scope_of(settings: Settings, place: str) -> ClosureScope:
    with directory_of(settings) as directory:
        is_unit = place in directory.current().units
    return ClosureScope.UNIT if is_unit else ClosureScope.OFFICE
