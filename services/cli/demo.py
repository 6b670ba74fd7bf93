"""``demo``: fill a running demo, carry it on to a later day, say what day it thinks it is."""

import json
import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.progress import Progress

from domain.days import VIETNAM, day_of
from infra.local.ports import wait_until
from infra.settings import SettingsError
from services.cli.exits import Exit, say
from services.cli.opened import directory_of
from services.cli.reforming import asked_to_stop
from services.cli.state import DEFAULT, Json, State, settings_of
from services.demo.advance import Asked, Came, CannotAdvance, Crossed, Watching, advance
from services.demo.crossing import is_reformed
from services.reform import CARRIED_DAY
from services.stack.moving import must_run, running_demo
from services.stack.plan import find_plan
from services.stack.seeding import Seeding
from services.stack.settling import held_moment

demo = typer.Typer(help="The demo: fill it, carry it on to a later day.")

STEP: Final = re.compile(r"([0-9]{1,3})([dw]?)", re.ASCII)
TOLD: Final = {"established": "new units", "continued": "go on", "abolished": "end",
                "split": "split", "undecided": "wait for a person"}  # fmt: skip

To = Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The day to come to.")]
Step = Annotated[str, typer.Option("--step", help="How far at once: 1d, 7d, 2w.")]
Pace = Annotated[float, typer.Option("--pace", min=0, help="Seconds to look, before each step.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    demo.callback(invoke_without_command=True)(fill)
    demo.command("advance")(carry_on)
    demo.command("status")(status)
    app.add_typer(demo, name="demo")


def fill(context: typer.Context, state: State = DEFAULT) -> None:
    """Alone: fill a running demo stack with what is still missing of the demo."""
    if context.invoked_subcommand is not None:
        return
    settings = settings_of(state)
    if not settings.demo:
        raise SettingsError(f"{state} is no demo (TIEPDAN_DEMO): the demo is never mixed into work")
    Seeding(settings, say)()


def carry_on(
    to: To,
    step: Step = "1d",
    pace: Pace = 0.0,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Carry a running demo on to a later day, with the reform of 1/7/2025 on the way.

    Each step waits until reminders, hand-overs and boards have come through. Ctrl-C stops
    after what is in hand; run it again to go on. A demo never goes back in time.
    """
    asked = Asked(to.date(), days_of(step), pace)
    must_run(state)
    begun, told = time.monotonic(), Telling()
    with (
        asked_to_stop() as stopped,
        Progress(console=Console(stderr=True), transient=True) as bar,
        running_demo(state, settings_of(state), stopped, Bar(bar)) as road,
    ):
        watching = Watching(told.came, told.crossed, stopped, lambda s: _rest(s, stopped))
        arrived = advance(road, asked, watching)
        day = day_of(road.now())
    if as_json:
        seconds = round(time.monotonic() - begun, 1)
        print(json.dumps({"day": f"{day:%Y-%m-%d}", "arrived": arrived, "steps": told.steps,
                          "seconds": seconds, **told.totals}))  # fmt: skip
    if not arrived:
        say(f"stopped on {day:%Y-%m-%d}: run it again to go on")
        raise SystemExit(Exit.FAILURE)


def status(state: State = DEFAULT, as_json: Json = False) -> None:
    """What day the demo thinks it is, and whether the reform is recorded."""
    plan = find_plan(state)
    if plan is None or not plan.demo:
        raise CannotAdvance(f"{state} holds no demo: start one with `tiepdan up --demo`")
    found = _told_of(state) if _runs(state) else {"running": False, "reform": None}
    now = held_moment(plan) if not found["running"] else settings_of(state).clock().now()
    here = now.astimezone(VIETNAM)
    if as_json:
        print(json.dumps({"now": here.isoformat(timespec="seconds"),
                          "day": f"{here:%Y-%m-%d}", **found}))  # fmt: skip
        return
    print(f"{here:%A %d/%m/%Y %H:%M}, " + ("running" if found["running"] else "stopped"))
    if found["reform"] is not None:
        print(f"reform of {CARRIED_DAY:%d/%m/%Y}: {found['reform']}")


def days_of(step: str) -> int:
    """A span in days. Refuses: ``BadParameter``."""
    said = STEP.fullmatch(step)
    if said is None or int(said[1]) < 1:
        raise typer.BadParameter(
            "a step is a number of days or weeks: 1d, 7d, 2w", param_hint="--step"
        )
    return int(said[1]) * (7 if said[2] == "w" else 1)


class Bar:
    """The reform's progress, while it is recorded."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: Any = None

    def __call__(self, done: int, of: int) -> None:
        if self._task is None:
            self._task = self._bar.add_task("reform", total=of)
        self._bar.update(self._task, completed=done, total=of)
        if done >= of:
            self._bar.remove_task(self._task)
            self._task = None


class Telling:
    """A line for each step, and the sums."""

    def __init__(self) -> None:
        self.steps = 0
        self.totals: dict[str, Any] = {"reminders": 0, "taken_over": 0, "others": 0}

    def came(self, came: Came) -> None:
        """One day."""
        self.steps += 1
        for kind, count in came.facts.items():
            self.totals[kind] += count
        told = (f"{count} {kind.replace('_', ' ')}" for kind, count in came.facts.items())
        brought = ", ".join(told) or "nothing"
        here = came.at.astimezone(VIETNAM)
        say(f"{here:%a %d/%m/%Y %H:%M}  {brought}  ({came.seconds:.1f} s)")
        if came.left:
            say(f"    not through yet: {', '.join(came.left)}; `tiepdan status` says who is away")

    def crossed(self, crossed: Crossed) -> None:
        """The reform, in one line."""
        self.totals["reform"] = {
            "facts": crossed.recorded, "acts": crossed.acts, "seconds": round(crossed.seconds, 1)
        }  # fmt: skip
        say(f"the reform of {CARRIED_DAY:%d/%m/%Y}: {in_a_line(crossed.counts)}")
        say(f"    {crossed.recorded} facts recorded, {crossed.known} known before, {crossed.acts} "
            f"offices, heirs and posts entered ({crossed.seconds:.1f} s)")  # fmt: skip


def in_a_line(counts: Mapping[str, int]) -> str:
    """What a reform changes, and the open work it touches."""
    waiting = sum(count for name, count in counts.items() if name.startswith("undecided_"))
    told = {**counts, "undecided": waiting}
    units = ", ".join(f"{told[name]} {words}" for name, words in TOLD.items())
    return (
        f"{units}; open work in them: {counts['open_petitions']} petitions, "
        f"{counts['open_cases']} cases, {counts['open_offers']} offers"
    )


def _rest(seconds: float, stopped: Callable[[], bool]) -> None:
    if seconds:
        wait_until(stopped, within=seconds)


def _runs(state: Path) -> bool:
    try:
        must_run(state)
    except CannotAdvance:
        return False
    return True


def _told_of(state: Path) -> dict[str, Any]:
    with directory_of(settings_of(state)) as follower:
        directory = follower.current()
    return {"running": True, "reform": "recorded" if is_reformed(directory) else "not recorded"}
