"""``up``, ``down``, ``status``: the whole system on one machine."""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from domain.days import day_of
from infra.local.state import is_owned, read_status
from services.cli.exits import Exit, say
from services.cli.state import DEFAULT, Json, State, settings_of
from services.stack.settling import Asked
from services.stack.status import Found, in_words, with_conditions
from services.stack.up import down as stop_stack
from services.stack.up import up as start_stack
from services.stack.up import up_detached
from services.stack.welcome import welcome

Port = Annotated[int | None, typer.Option(help="Port of the pages and the API.")]
Stream = Annotated[
    Literal["kafka", "log"] | None,
    typer.Option("--stream", help="Force the carrier; without it Kafka where it can run."),
]
Kafka = Annotated[str | None, typer.Option("--kafka", help="Address of brokers already running.")]
Demo = Annotated[bool, typer.Option("--demo", help="Fill it with the demo, on a shifted clock.")]
Count = Annotated[int | None, typer.Option(min=1, max=9, help="How many run at once.")]
Brokers = Annotated[
    int | None, typer.Option(min=1, max=9, help="How many Kafka brokers; settled at first start.")
]
ONLY_SERVERS = "Postgres and Kafka run, no program of ours: nothing is taken in or sent."
CTRL_C = "Ctrl-C stops everything."
Servers = Annotated[
    bool, typer.Option("--servers", help="Postgres and Kafka alone, to put a backup back.")
]
Detach = Annotated[bool, typer.Option("--detach", help="Leave it running in the background.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(up)
    app.command()(down)
    app.command()(status)


def up(
    state: State = DEFAULT,
    demo: Demo = False,
    stream: Stream = None,
    kafka: Kafka = None,
    port: Port = None,
    brokers: Brokers = None,
    relays: Count = None,
    projectors: Count = None,
    apis: Count = None,
    servers: Servers = False,
    detach: Detach = False,
) -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    if detach:
        up_detached(state, [one for one in sys.argv[2:] if one != "--detach"], say)
        print(in_short(state, f"`tiepdan down --state {state}` stops everything.", servers))
        return
    asked = Asked(
        state,
        stream=stream,
        demo=demo,
        kafka=kafka,
        port=port,
        brokers=brokers,
        relays=relays,
        projectors=projectors,
        apis=apis,
    )
    told = partial(in_short, state, CTRL_C, servers)
    start_stack(asked, say, lambda: print(told(), flush=True), servers_only=servers)


def down(state: State = DEFAULT) -> None:
    """Stop the stack of a folder; its data stay."""
    if not stop_stack(state):
        say(f"Nothing runs in {state}")


def status(state: State = DEFAULT, as_json: Json = False) -> None:
    """Say what runs: addresses, and each process with its health."""
    found: Found = read_status(state) or {}
    running = bool(found) and is_owned(state)
    found = with_conditions(found) if running else {**found, "state": "stopped", "processes": {}}
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(in_words(found))
    if not running:
        raise typer.Exit(Exit.FAILURE)


def in_short(state: Path, stop: str, servers: bool) -> str:
    """What runs now."""
    return f"{ONLY_SERVERS} {stop}" if servers else welcome_of(state, stop)


def welcome_of(state: Path, stop: str) -> str:
    """What to open and whom to sign in as."""
    today = day_of(settings_of(state).clock().now())
    return welcome(read_status(state) or {}, state, stop, on=today)
