"""``bench``: how fast each part is, against what the bare parts of this machine do."""

import json
import signal
import sys
from types import FrameType
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from services.bench.figures import Case, Figure
from services.bench.runner import ROWS, measured
from services.cli.exits import say

Names = Annotated[list[str] | None, typer.Argument(help=f"Some of: {', '.join(ROWS)}; or all.")]
Quick = Annotated[bool, typer.Option("--quick", help="Less often and less: under two minutes.")]
Lines = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")]
WIDTH = 130
"""Columns of a table that goes to a file."""
HEADINGS = ("row", "", "median", "spread", "goal", "met", "ours", "against", "unit")


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(bench)


def bench(names: Names = None, quick: Quick = False, as_json: Lines = False) -> None:
    """Measure, each against its counterpart, on throw-away servers; a goal missed is no error."""
    unknown = [name for name in names or () if name not in ROWS]
    if unknown:
        raise typer.BadParameter(f"no such row: {', '.join(unknown)}; there are {', '.join(ROWS)}")
    signal.signal(signal.SIGTERM, _interrupted)
    found = []
    for figure in measured(names or list(ROWS), quick=quick, tell=say):
        found.append(figure)
        if as_json:
            print(json.dumps(figure.as_data()), flush=True)
    if not as_json:
        width = None if sys.stdout.isatty() else WIDTH
        Console(file=sys.stdout, width=width).print(in_table(found))


def in_table(figures: list[Figure]) -> Table:
    """A line a case."""
    table = Table(*HEADINGS)
    for figure in figures:
        for case in figure.cases:
            table.add_row(figure.name, case.what, *_cells(case))
    return table


def _cells(case: Case) -> tuple[str, ...]:
    goal = {"ratio": "≥ ", "ms": "≤ "}[case.kind]
    return (
        f"{case.value:.4g}",
        f"{min(case.values):.3g}–{max(case.values):.3g}",
        "" if case.goal is None else f"{goal}{case.goal:g}",
        {None: "", True: "yes", False: "no"}[case.met],
        f"{case.ours:.5g}",
        "" if case.against is None else f"{case.against:.5g}",
        case.unit,
    )


def _interrupted(_signal: int, _frame: FrameType | None) -> NoReturn:
    """SIGTERM ends the measurement as Ctrl-C does: its servers stop first."""
    raise KeyboardInterrupt
