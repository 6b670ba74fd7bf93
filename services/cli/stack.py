"""``up``, ``down``, ``status``, ``demo``: the whole system on one machine."""

import contextlib
import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from infra.local.state import is_owned, read_status
from infra.settings import SettingsError
from services.cli.exits import Exit, say
from services.cli.state import DEFAULT, Json, State, plan_of, settings_of
from services.stack.seeding import Seeding
from services.stack.settling import Asked
from services.stack.up import down as stop_stack
from services.stack.up import up as start_stack
from services.stack.up import up_detached
from services.stack.welcome import welcome
from services.worker_health import WorkerDown, ask

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
Detach = Annotated[bool, typer.Option("--detach", help="Leave it running in the background.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(up)
    app.command()(down)
    app.command()(status)
    app.command()(demo)


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
    detach: Detach = False,
) -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    if detach:
        up_detached(state, [one for one in sys.argv[2:] if one != "--detach"], say)
        print(welcome_of(state))
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
    start_stack(asked, say, lambda plan: print(welcome(plan), flush=True))


def down(state: State = DEFAULT) -> None:
    """Stop the stack of a folder; its data stay."""
    if not stop_stack(state):
        say(f"Nothing runs in {state}")


def status(state: State = DEFAULT, as_json: Json = False) -> None:
    """Say what runs: addresses, and each process with its health."""
    found = read_status(state) or {}
    running = bool(found) and is_owned(state)
    found = with_lags(found) if running else {**found, "state": "stopped", "processes": {}}
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(in_words(found))
    if not running:
        raise typer.Exit(Exit.FAILURE)


def demo(state: State = DEFAULT) -> None:
    """Fill a running demo stack with what is still missing of the demo."""
    settings = settings_of(state)
    if not settings.demo:
        raise SettingsError(f"{state} is no demo (TIEPDAN_DEMO): the demo is never mixed into work")
    Seeding(settings, say)()


def welcome_of(state: Path) -> str:
    """What to open and whom to sign in as."""
    return welcome(plan_of(state))


def in_words(found: dict[str, object]) -> str:
    """A status for people."""
    processes = found.get("processes")
    lines = [f"state: {found.get('state')}"]
    if isinstance(processes, dict):
        lines += [
            f"{name:>10}  {one['health']:<9} pid {one['pid']}  restarts {one['restarts']}"
            + (f"  {one['lag']:.1f} s behind" if "lag" in one else "")
            for name, one in processes.items()
        ]
    return "\n".join(lines)


def with_lags(found: dict[str, object]) -> dict[str, object]:
    """The status with the seconds that each worker says it is behind; a silent one says none."""
    processes, workers = found.get("processes"), found.get("workers")
    if not isinstance(processes, dict) or not isinstance(workers, dict):
        return found
    lags: dict[str, float] = {}
    for name, facts in workers.items():
        with contextlib.suppress(WorkerDown):
            lags[name] = ask(facts["url"]).lag
    told = {
        name: {**one, "lag": lags[name]} if name in lags else one for name, one in processes.items()
    }
    return {**found, "processes": told}
