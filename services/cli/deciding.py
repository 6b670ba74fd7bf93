"""``units undecided|decide|withdraw``: old units of which a person must say where they went."""

import json
from hashlib import sha256
from itertools import islice
from typing import Annotated, Final
from uuid import uuid5

import typer

from domain.chronicle import Withdrawn
from domain.codes import Role, SuccessionRelation
from domain.commands.base import Command
from domain.commands.directory import WithdrawUnitFact
from domain.days import day_of
from domain.directory import Directory
from domain.streams import NAMESPACE
from domain.undecided import Doubt, OpenQuestions
from domain.values import Officer
from infra.settings import Settings
from services import wiring
from services.casework import Casework
from services.cli.exits import say
from services.cli.opened import AtDay, KnownAt, directory_of, look
from services.cli.state import DEFAULT, Json, State, settings_of
from services.units.answers import UndecidedAnswer, UndecidedPage
from services.units.deciding import decision, former_unit
from services.vaults import open_vault

OPERATOR: Final = Officer("system:operator", "system", Role.ADMIN)

Former = Annotated[str, typer.Argument(help="The old unit's id.")]
Basis = Annotated[str, typer.Option(help="Number of the document.")]


def undecided(
    doubt: Annotated[Doubt | None, typer.Option(help="Only of this sort.")] = None,
    below: Annotated[str | None, typer.Option(help="Only of this former unit, by id.")] = None,
    after: Annotated[str, typer.Option(help="The last unit of the page before.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=20_000)] = 50,
    at: AtDay = None,
    known_at: KnownAt = None,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """List old units that wait for a decision, with candidates: suggested, never taken."""
    seen = look(settings_of(state), at, known_at)
    questions = OpenQuestions(seen.directory, seen.on)
    waiting = questions.waiting(after=after, doubt=doubt, below=below)
    found = tuple(islice(waiting, limit + 1))
    page = UndecidedPage.of(found, limit, questions, seen.directory)
    if as_json:
        print(page.model_dump_json())
        return
    for each in page.items:
        print(_line(each))
    if page.next is not None:
        say(f"more: --after {page.next}")


def decide(
    unit: Former,
    successor: Annotated[str, typer.Option("--successor", help="Unit that takes over.")],
    relation: SuccessionRelation = SuccessionRelation.WHOLE,
    basis: Basis = "",
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Say where an old unit went; of a split one or a district, who takes over its work."""
    settings = settings_of(state)
    on = day_of(settings.clock().now())
    with directory_of(settings) as follower:
        directory = follower.current()
        command = decision(
            directory, on, unit=unit, successor=successor, relation=relation, basis=basis
        )
        _record(command, directory, settings)
    if as_json:
        print(json.dumps({"unit": unit, "successor": successor, "act": type(command).__name__}))
    say(f"recorded: {type(command).__name__}")


def withdraw(
    unit: Former,
    version: Annotated[int, typer.Option("--version", help="As `units history` tells it.")],
    basis: Basis = "",
    state: State = DEFAULT,
) -> None:
    """Say that a fact about a unit was a mistake, such as a wrong guess."""
    settings = settings_of(state)
    with directory_of(settings) as follower:
        directory = follower.current()
        own = former_unit(directory, unit, day_of(settings.clock().now()), pointer="unit")
        ask = WithdrawUnitFact(unit_id=own.unit_id, withdrawn=version, basis=basis)
        _record(ask, directory, settings)
    say(f"withdrawn: fact {version} of {own.name}")


def _record(command: Command, directory: Directory, settings: Settings) -> None:
    """Once: the same decision again is the receipt of the first, unless something was withdrawn."""
    asked = sha256(f"{command!r} {_withdrawals(directory)}".encode()).digest()
    key = uuid5(NAMESPACE, f"operator/{asked.hex()}")
    store, vault = wiring.open_store(settings, pool_size=2), open_vault(settings)
    try:
        casework = Casework(store, vault, lambda: directory, settings.clock())
        casework.handle(command, OPERATOR, key=key, request=asked, correlation=key.hex)
    finally:
        vault.close()
        store.close()


def _withdrawals(directory: Directory) -> int:
    """How many facts about units and offices have been withdrawn so far."""
    return sum(
        isinstance(note.says, Withdrawn)
        for things in (directory.units, directory.offices)
        for name in things.names()
        for note in things.notes_of(name)
    )


def _line(waiting: UndecidedAnswer) -> str:
    choices = ", ".join(
        f"{each.unit.name} {each.unit.unit_id} ({each.why})" for each in waiting.choices
    )
    place = ", ".join((waiting.unit.name, *waiting.above))
    return f"{waiting.unit.unit_id}  {waiting.doubt:10}  {place}: {choices or '-'}"
