"""``bench``: how fast each part is, against what the bare parts of this machine do."""

import json
import signal
import sys
from types import FrameType
from typing import Annotated, NoReturn

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from services.bench.figures import Case, Figure
from services.bench.runner import ROWS, at_hand, measured
from services.cli.exits import say

Names = Annotated[list[str] | None, typer.Argument(help=f"Some of: {', '.join(ROWS)}; or all.")]
Quick = Annotated[bool, typer.Option("--quick", help="Less often and less.")]
Lines = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")]
WIDTH = 130
"""Columns of a table that goes to a file."""
THOUSAND = 1_000
WHY = "docs/performance.md says where the time goes and what it would take."


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(bench)


def bench(names: Names = None, quick: Quick = False, as_json: Lines = False) -> None:
    """Measure, each against its counterpart, on throw-away servers; a goal missed is no error."""
    unknown = [name for name in names or () if name not in ROWS]
    if unknown:
        raise typer.BadParameter(f"no such row: {', '.join(unknown)}; there are {', '.join(ROWS)}")
    signal.signal(signal.SIGTERM, _interrupted)
    found: list[Figure] = []
    try:
        for figure in measured(names or at_hand(), quick=quick, tell=say):
            found.append(figure)
            if as_json:
                print(json.dumps(figure.as_data()), flush=True)
    finally:  # a row that fails, or an interruption, takes nothing of the others
        if found and not as_json:
            width = None if sys.stdout.isatty() else WIDTH
            Console(file=sys.stdout, width=width).print(in_table(found))


def in_table(figures: list[Figure]) -> Table:
    """A line a case, a rule between rows: median with its spread, goal, and what stands behind."""
    missed = ", ".join(figure.name for figure in figures if figure.met is False)
    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        caption=f"not met: {missed}. {WHY}" if missed else "every goal is met",
        caption_justify="left",
    )
    for heading, right in (
        ("row", False), ("case", False), ("median", True), ("spread", True), ("goal", True),
        ("met", False), ("ours", True), ("against", True), ("", False),
    ):  # fmt: skip
        table.add_column(
            heading, justify="right" if right else "left", no_wrap=heading != "case", min_width=3
        )
    for figure in figures:
        for number, case in enumerate(figure.cases):
            table.add_row("" if number else figure.name, case.what, *_cells(case))
        table.add_section()
    return table


def _cells(case: Case) -> tuple[str, ...]:
    unit = " ms" if case.kind == "ms" else ""
    return (
        f"{case.value:.3g}{unit}",
        f"{min(case.values):.3g}–{max(case.values):.3g}",
        "" if case.goal is None else f"{'≤' if case.is_limit else '≥'} {case.goal:g}",
        {None: "", True: "yes", False: "no"}[case.met],
        _readable(case.ours),
        "" if case.against is None else _readable(case.against),
        case.unit,
    )


def _readable(value: float) -> str:
    """Three figures, thousands as ``k``."""
    return f"{value / THOUSAND:.3g}k" if value >= THOUSAND else f"{value:.3g}"


def _interrupted(_signal: int, _frame: FrameType | None) -> NoReturn:
    """SIGTERM ends the measurement as Ctrl-C does: its servers stop first."""
    raise KeyboardInterrupt
