"""``deadline``: why something is due when it is, and due days brought up to date."""

import json
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import typer

from domain.days import day_of
from infra.settings import Settings
from services import wiring
from services.cli.exits import say
from services.cli.moving import due_days_of, everything, law_of, tell_moved
from services.cli.opened import AtDay, KnownAt, directory_of
from services.cli.state import DEFAULT, Json, State, settings_of
from services.explaining import days_asked
from services.explaining import explain as explained
from services.review_answers import WaitingReview
from services.reviews import still_waiting
from services.telling import find_subject

deadline = typer.Typer(help="Deadlines, and how they come about.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    deadline.command("explain")(explain)
    deadline.command("recompute")(recompute)
    deadline.command("reviews")(reviews)
    app.add_typer(deadline, name="deadline")


def explain(
    case: Annotated[str, typer.Argument(help="Receipt or case number, or its id.")],
    at: AtDay = None,
    known_at: KnownAt = None,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Every clock of a file: from when, by which article, each day skipped, until when.

    Without --known-at what was met, or ended with its file, is told as it was known on that day.
    """
    settings = settings_of(state)
    days = days_asked(_day(at), _day(known_at), day_of(settings.clock().now()))
    store = wiring.open_store(settings, pool_size=2)
    try:
        with law_of(settings) as law:
            subject, newest = _subject(case, settings), law.current()
            found = explained(subject, store, newest, days).files
    finally:
        store.close()
    if as_json:
        print(json.dumps([file.as_data() for file in found], ensure_ascii=False))
    else:
        print("\n".join(line for file in found for line in file.lines()))


def recompute(state: State = DEFAULT, as_json: Json = False) -> None:
    """Work out every due day in the views again, by the law as it is known now."""
    settings = settings_of(state)
    with law_of(settings) as law, due_days_of(settings) as days:
        tell_moved(everything(law, days), as_json=as_json)


def reviews(
    office: Annotated[str, typer.Argument(help="An office's id, or a unit's: its committee.")],
    after: Annotated[str | None, typer.Option("--after", help="Go on after a page.")] = None,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Ended files of an office whose result a later notice turned: a head has yet to look."""
    settings = settings_of(state)
    with directory_of(settings) as directory:
        today = day_of(settings.clock().now())
        named = directory.current().get_office(office, today).office_id
    views = wiring.open_views(settings, pool_size=2)
    try:
        page = views.reviews([named], after=after)
        with law_of(settings) as law:
            rows = [each.row for each in still_waiting(page.items, views, law.current())]
    finally:
        views.close()
    if as_json:
        items = [WaitingReview.of(row).model_dump(mode="json") for row in rows]
        print(json.dumps({"items": items, "next": page.next}))
        return
    for row in rows:
        print(f"{row.number}  {row.clock}  {row.met_on}: {row.was_due} -> {row.due}")
    if page.next is not None:
        say(f"there is more: --after {page.next}")


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
