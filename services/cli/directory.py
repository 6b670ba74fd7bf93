"""``units``: the country's units, brought in, looked up, reformed, decided about."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from services import wiring
from services.cli import deciding, looking, reforming, rehoming
from services.cli.exits import say
from services.cli.opened import directory_of
from services.cli.state import DEFAULT, Json, State, settings_of
from services.units import import_units
from services.units.bringing import new_rows

units = typer.Typer(help="Administrative units and their offices.", no_args_is_help=True)

On = Annotated[datetime, typer.Option("--valid-from", formats=["%Y-%m-%d"], help="First day.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    units.command("import")(import_list)
    units.command("reform")(reforming.reform)
    units.command("show")(looking.show)
    units.command("search")(looking.search)
    units.command("history")(looking.history)
    units.command("rehome")(rehoming.rehome)
    units.command("undecided")(deciding.undecided)
    units.command("decide")(deciding.decide)
    units.command("withdraw")(deciding.withdraw)
    app.add_typer(units, name="units")


def import_list(
    file: Annotated[
        Path,
        typer.Argument(help="CSV: code,level,full_name,parent_code", exists=True, dir_okay=False),
    ],
    valid_from: On,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and count only.")] = False,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Establish the units of a list from a day on; nothing of a broken list is taken."""
    settings, day = settings_of(state), valid_from.date()
    with directory_of(settings) as follower:
        if dry_run:
            rows, new = new_rows(file, day, follower.current())
            _told(len(new), len(rows) - len(new), "would be established", as_json=as_json)
            return
        store = wiring.open_store(settings)
        try:
            with Progress(console=Console(stderr=True), transient=True) as bar:
                task = bar.add_task("units")
                made = import_units(
                    file,
                    day,
                    store,
                    follower.current(),
                    settings.clock(),
                    lambda done, of: bar.update(task, completed=done, total=of),
                )
        finally:
            store.close()
    _told(made.established, made.known, "established", as_json=as_json)


def _told(new: int, known: int, what: str, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"established": new, "known": known}))
    else:
        say(f"{new} units {what}, {known} known before")
