"""``deadline``: why something is due when it is, and due days brought up to date."""

import json
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import typer

from domain.days import day_of
from infra.postgres.views.due_days import EVERY_DAY, DueDays
from infra.settings import Settings
from services import wiring
from services.cli.calendars import bring_up_to_date, law_of, tell_moved
from services.cli.opened import AtDay, KnownAt
from services.cli.state import DEFAULT, Json, State, settings_of
from services.explaining import explain as explained
from services.telling import find_subject

deadline = typer.Typer(help="Deadlines, and how they come about.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    deadline.command("explain")(explain)
    deadline.command("recompute")(recompute)
    app.add_typer(deadline, name="deadline")


def explain(
    case: Annotated[str, typer.Argument(help="Receipt number, or the id of a petition or case.")],
    at: AtDay = None,
    known_at: KnownAt = None,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Every clock of a file: from when, by which article, each day skipped, until when."""
    settings = settings_of(state)
    today = day_of(settings.clock().now())
    asked, known = _day(at) or today, _day(known_at) or today
    store = wiring.open_store(settings, pool_size=2)
    try:
        with law_of(settings) as law:
            found = explained(_subject(case, settings), store, law.current(), at=asked, known=known)
    finally:
        store.close()
    if as_json:
        print(json.dumps([file.as_data() for file in found], ensure_ascii=False))
    else:
        print("\n".join(line for file in found for line in file.lines()))


def recompute(state: State = DEFAULT, as_json: Json = False) -> None:
    """Work out every due day in the views again, by the law as it is known now."""
    settings = settings_of(state)
    days = DueDays.at(settings.secret("projector_dsn"))
    try:
        with law_of(settings) as law:
            moved = bring_up_to_date(law, days, EVERY_DAY)
    finally:
        days.close()
    tell_moved(moved, as_json=as_json)


def _subject(reference: str, settings: Settings) -> UUID:
    """Views are asked only for a receipt number: an id is answered though they are down."""
    try:
        return UUID(reference)
    except ValueError:
        pass
    views = wiring.open_views(settings, pool_size=2)
    try:
        return find_subject(reference, views)
    finally:
        views.close()


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
