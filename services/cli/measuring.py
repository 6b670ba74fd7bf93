"""``load``: offices at work, and the oracle afterwards."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
import uvloop
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
Urls = Annotated[
    list[str] | None, typer.Option("--url", help="Other doors of the same stack; may be repeated.")
]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(load)


def load(
    rate: Rate = 20,
    seconds: Seconds = 60,
    offices: Offices = 40,
    seed: int = 1,
    state: State = DEFAULT,
    urls: Urls = None,
    as_json: Json = False,
) -> None:
    """Act as so many offices over HTTP, then count what became of every fact.

    Ctrl-C or SIGTERM ends the acting; what was begun is finished, and all of it counted.
    Exit code 3 when a promise was broken, an act was refused, or a 5xx said not when to return.
    """
    plan, settings = plan_of(state), settings_of(state)
    ask = Ask(urls or plan.api_urls, rate, seconds, seed)
    campaign = Campaign(settings, ask, offices)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("acts", total=rate * seconds)
        ledger, live_equal = uvloop.run(
            campaign.run(lambda now: bar.update(task, completed=len(now.acknowledged)))
        )
    equal = patiently(lambda: rebuilt(settings)).equal
    verdict = campaign.judge(ledger, boards_equal=equal, live_equal=live_equal)
    found = {**asdict(verdict), **campaign.measured(ledger)}
    if as_json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:>20}  {value}" for name, value in found.items()))
    if not verdict.is_clean or ledger.refused or ledger.not_retryable:
        raise typer.Exit(Exit.MISMATCH)
