"""``units``: the country's units, imported and looked up."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from domain.days import day_of
from services import wiring
from services.cli.exits import say
from services.cli.state import DEFAULT, Json, State, settings_of
from services.units import import_units

units = typer.Typer(help="Administrative units and their offices.", no_args_is_help=True)

On = Annotated[datetime, typer.Option("--valid-from", formats=["%Y-%m-%d"], help="First day.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    units.command("import")(import_list)
    units.command("search")(search)
    app.add_typer(units, name="units")


def import_list(
    file: Annotated[Path, typer.Argument(help="CSV: code,level,full_name,parent_code")],
    valid_from: On,
    state: State = DEFAULT,
) -> None:
    """Establish the units of a list from a day on; nothing of a broken list is taken."""
    settings = settings_of(state)
    store, follower = wiring.open_store(settings), wiring.open_directory(settings)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("units")
        made = import_units(
            file,
            valid_from.date(),
            store,
            follower.current(),
            settings.clock(),
            lambda done, of: bar.update(task, completed=done, total=of),
        )
    say(f"{made.established} units established, {made.known} known before")
    follower.close()
    store.close()


def search(
    text: str,
    at: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of a day.")] = None,
    limit: int = 20,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Find units by name, with or without marks."""
    settings = settings_of(state)
    follower = wiring.open_directory(settings)
    day: date = at.date() if at is not None else day_of(settings.clock().now())
    found = follower.current().search(text, day, limit)
    follower.close()
    if as_json:
        print(json.dumps([{"unit_id": u.unit_id, "name": u.name} for u in found]))
    else:
        print("\n".join(f"{u.unit_id}  {u.name}" for u in found))
