"""``scheduler``: how far it is, and what it waits for next."""

import json
from typing import Annotated, Any

import typer

from infra.agenda import Entry, Figures, Place
from services import wiring
from services.cli.state import DEFAULT, Json, State, settings_of

PAGE = 20
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")]


def register(app: typer.Typer) -> None:
    """Add this room's command."""
    app.command()(scheduler)


def scheduler(limit: Limit = PAGE, state: State = DEFAULT, as_json: Json = False) -> None:
    """How far the scheduler is and which reminders fall next; `serve scheduler` runs it."""
    agenda = wiring.open_agenda(settings_of(state))
    try:
        place, figures, waiting = agenda.load(), agenda.figures(), agenda.waiting(limit)
    finally:
        agenda.close()
    if as_json:
        told = {"position": place.position, "epoch": place.epoch, **_figures(figures)}
        typer.echo(json.dumps({**told, "next": [_data(each) for each in waiting]}))
        return
    typer.echo(_head(place, figures))
    for each in waiting:
        typer.echo(_line(each))


def _head(place: Place, figures: Figures) -> str:
    words = f"at position {place.position}: {figures.files} files wait"
    if figures.to_look_at:
        words += f", {figures.to_look_at} to be looked at anew"
    return f"{words}, {figures.unreadable} cannot be read" if figures.unreadable else words


def _figures(figures: Figures) -> dict[str, int]:
    return {
        "files": figures.files,
        "to_look_at": figures.to_look_at,
        "unreadable": figures.unreadable,
    }


def _data(entry: Entry) -> dict[str, Any]:
    return {
        "subject": str(entry.subject),
        "office": entry.office,
        "at": None if entry.next_at is None else entry.next_at.isoformat(),
        "policy": entry.policy,
        "due": None if entry.due is None else entry.due.isoformat(),
    }


def _line(entry: Entry) -> str:
    at = "" if entry.next_at is None else entry.next_at.isoformat(timespec="minutes")
    due = "" if entry.due is None else f" (due {entry.due})"
    return f"{at}  {entry.policy}{due}  {entry.office}  {entry.subject}"
