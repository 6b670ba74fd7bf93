"""``load``: offices at work, and the oracle afterwards."""

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from services.cli.auditing import rebuilt
from services.cli.exits import Exit
from services.cli.state import DEFAULT, Json, State, plan_of, settings_of
from services.load.campaign import Campaign, patiently
from services.load.run import Ask

Rate = Annotated[float, typer.Option(min=0.1, help="Acts a second, all offices together.")]
Seconds = Annotated[float, typer.Option(min=1, help="For how long.")]
Offices = Annotated[int, typer.Option(min=2, help="How many commune offices take part.")]
Url = Annotated[str | None, typer.Option("--url", help="Another address of the same stack.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(load)


def load(
    rate: Rate = 20,
    seconds: Seconds = 60,
    offices: Offices = 40,
    seed: int = 1,
    state: State = DEFAULT,
    url: Url = None,
    as_json: Json = False,
) -> None:
    """Act as so many offices over HTTP, then count what became of every fact."""
    plan, settings = plan_of(state), settings_of(state)
    campaign = Campaign(settings, Ask(url or plan.api_url, rate, seconds, seed), offices)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("acts", total=rate * seconds)
        ledger = asyncio.run(campaign.run(lambda done: bar.update(task, completed=done)))
    campaign.wait_until_folded()
    equal = patiently(lambda: rebuilt(settings)).equal
    verdict = campaign.judge(ledger, boards_equal=equal)
    found = {**asdict(verdict), **campaign.measured(ledger)}
    if as_json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:>20}  {value}" for name, value in found.items()))
    if not verdict.is_clean:
        raise typer.Exit(Exit.MISMATCH)
