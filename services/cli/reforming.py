"""``units reform``: the tree of a day in the place of the one before, looked at and recorded."""

import json
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import Progress

from domain.days import day_of
from domain.directory import Directory
from domain.reform_lists import Listed
from domain.undecided import Doubt
from domain.units import Unit
from infra.settings import Settings
from services import wiring
from services.cli.exits import Exit, say
from services.cli.opened import directory_of
from services.cli.state import DEFAULT, Json, State, settings_of
from services.reform import (
    CARRIED_DAY,
    ReformOrder,
    ReformPreview,
    ReformSummary,
    carried_order,
    preview,
    read_order,
    record_reform,
)
from services.reform.open_work import OpenWork, touched
from services.reform.preview import Waiting, ending

NAMED: Final = 10
"""Units named of each kind in a preview for people; ``--json`` has them all."""

Pairs = Annotated[
    Path | None,
    typer.Argument(
        help="CSV: predecessor_code,successor_code,relation,match; the carried one if left out.",
        exists=True,
        dir_okay=False,
    ),
]
NewList = Annotated[
    Path | None,
    typer.Option("--units", help="The units from that day on.", exists=True, dir_okay=False),
]
Day = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="First day.")]


def reform(
    on: Day,
    successions: Pairs = None,
    units: NewList = None,
    basis: Annotated[str, typer.Option(help="Number of the resolution.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it; record nothing.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where it stopped.")] = False,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Record what a reform makes of the units: established, merged, split, abolished.

    Nothing of files that contradict each other or the tree is taken. Ctrl-C and SIGTERM let
    the batch in hand end; what is left is recorded with --resume.
    """
    settings = settings_of(state)
    order = _order(units, successions, on, basis)
    with directory_of(settings) as follower:
        if dry_run:
            _show(_previewed(order, follower.current(), settings), as_json=as_json)
            return
        made = _recorded(order, follower.current(), settings, resume=resume)
    if as_json:
        print(json.dumps({
            "recorded": made.recorded, "known": made.known, "finished": made.finished,
        }))  # fmt: skip
    say(f"{made.recorded} facts recorded, {made.known} known before")
    if not made.finished:
        say("stopped: run it again with --resume to record the rest")
        raise SystemExit(Exit.FAILURE)


def _order(units: Path | None, successions: Path | None, on: datetime, basis: str) -> ReformOrder:
    """From the files given, or from the lists of 1/7/2025 that the project carries."""
    if units is not None and successions is not None:
        return read_order(units, successions, on.date(), basis)
    if units is not None or successions is not None:
        raise typer.BadParameter("give both files, SUCCESSIONS and --units, or none")
    if on.date() != CARRIED_DAY:
        raise typer.BadParameter(f"the lists carried are for {CARRIED_DAY:%Y-%m-%d}")
    return carried_order(basis)


def _previewed(order: ReformOrder, directory: Directory, settings: Settings) -> ReformPreview:
    views = wiring.open_views(settings, pool_size=1)
    try:
        work = touched(views, ending(order, directory), day_of(settings.clock().now()))
    finally:
        views.close()
    return preview(order, directory, work)


def _recorded(
    order: ReformOrder, directory: Directory, settings: Settings, *, resume: bool
) -> ReformSummary:
    store = wiring.open_store(settings, pool_size=2)
    try:
        with asked_to_stop() as stopped, Progress(
            console=Console(stderr=True), transient=True
        ) as bar:  # fmt: skip
            task = bar.add_task("facts")
            return record_reform(
                order,
                store,
                directory,
                settings.clock(),
                lambda done, of: bar.update(task, completed=done, total=of),
                resume=resume,
                stopped=stopped,
            )
    finally:
        store.close()


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether a signal came meanwhile; what is in hand is ended first."""
    asked: list[int] = []

    def take(which: int, _frame: FrameType | None) -> None:
        asked.append(which)

    before = {which: signal.signal(which, take) for which in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)


def _show(seen: ReformPreview, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(seen.as_data(), ensure_ascii=False))
        return
    for what, count in seen.counts.items():
        print(f"{what:22} {count:7}")
    plan = seen.plan
    _named("established", [_new(each) for each in plan.established])
    _named("renamed", [
        f"{each.unit.name} -> {each.listed.name}" for each in plan.continued if each.renamed
    ])  # fmt: skip
    _named("abolished", [_old(each) for each in plan.ended])
    for doubt in Doubt:
        _named(f"undecided: {doubt}", [_open(each) for each in seen.waiting if each.doubt is doubt])
    _named("unexplained", [_new(each) for each in plan.unexplained])
    _named("adrift", [office.name for office in seen.adrift])
    _named(
        "open work", [_work(name, work, seen) for name, work in sorted(seen.work.offices.items())]
    )


def _named(title: str, lines: Sequence[str]) -> None:
    if lines:
        print(f"\n{title} ({len(lines)})")
        print("\n".join(f"  {line}" for line in lines[:NAMED]))
        if len(lines) > NAMED:
            print(f"  .. and {len(lines) - NAMED} more (--json has them all)")


def _new(unit: Listed) -> str:
    return f"{unit.code} {unit.name}"


def _old(unit: Unit) -> str:
    return f"{unit.unit_id} {unit.name}"


def _open(waiting: Waiting) -> str:
    choices = ", ".join(f"{each.unit.name} ({each.why})" for each in waiting.choices[:NAMED])
    return f"{_old(waiting.unit)}: {choices or 'no candidate'}"


def _work(office: str, work: OpenWork, seen: ReformPreview) -> str:
    known = seen.after.offices.of(office)
    name = known[-1].name if known else office
    return f"{name}: {work.petitions} petitions, {work.cases} cases, {work.offers} offers"
