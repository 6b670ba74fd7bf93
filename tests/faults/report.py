"""The table of a recorded run for docs/reliability.md: ``python -m tests.faults.report [FILE]``."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from tests.faults.record import DEFAULT

COLUMNS = ("row", "fault", "faults", "recovery p50", "max", "allowed", "commands", "facts",
           "lost", "doubled", "out of order", "passed")  # fmt: skip


def table_of(path: Path) -> str:
    """The run as Markdown: what it was, a line a row, the sums."""
    run = json.loads(path.read_text(encoding="utf-8"))
    lines = [row_of(row) for row in run["rows"]]
    return "\n".join(
        [
            f"Seed {run['seed']}, {run['rate']:.0f} acts a second, commit {run['commit']},"
            f" {run['began']} to {run['ended']}.",
            "",
            line(COLUMNS),
            line(["---"] * len(COLUMNS)),
            *lines,
            *map(noted_row, run.get("noted", [])),
            sums_of(run),
            *simulation(run),
        ]
    )


def row_of(row: Mapping[str, Any]) -> str:
    """One kind of fault."""
    seconds, told = row["seconds"] or [0.0], row["verdict"]
    return line(
        [
            row["code"],
            row["name"],
            row["faults"],
            f"{median(seconds):.1f} s",
            f"{max(seconds):.1f} s",
            f"{row['within']:.0f} s",
            told.get("acknowledged", "-"),
            told.get("stored", "-"),
            *(told.get(name, "-") for name in ("lost", "doubled", "out_of_order")),
            "yes" if row["passed"] else "NO: " + "; ".join(row["wrong"]),
        ]
    )


def noted_row(row: Mapping[str, Any]) -> str:
    """A row that is a test of its own; it notes itself only when it passed."""
    seconds = row["recovery_seconds"]
    cells = [f"{median(seconds):.1f} s", f"{max(seconds):.1f} s"] if seconds else ["-", "-"]
    if "left_out" in row:
        return line([row["row"], f"left out: {row['left_out']}", *["-"] * 10])
    name = row.get("name", row.get("what", ""))
    return line(
        [row["row"], name, row["faults"], *cells, "-", row["commands"], "-", 0, 0, 0, "yes"]
    )


def simulation(run: Mapping[str, Any]) -> list[str]:
    """What the simulated worlds said."""
    told = run.get("simulation")
    if told is None:
        return []
    outcome = "every promise kept" if told["passed"] else "FAILED"
    return ["", f"Simulated worlds: {told['seeds']} seeds, {outcome}."]


def sums_of(run: Mapping[str, Any]) -> str:
    """All rows together; rows of a short pass share one load, which counts once."""
    told = [row["verdict"] for row in run["rows"] if row["verdict"]]
    loads = told[:1] if run["quick"] else told
    others = run.get("noted", [])
    faults = sum(row["faults"] for row in [*run["rows"], *others])
    names = ("acknowledged", "stored", "lost", "doubled", "out_of_order")
    sums = [sum(each[name] for each in loads) for name in names]
    sums[0] += sum(row["commands"] for row in others)
    passed = "yes" if all(row["passed"] for row in run["rows"]) else "NO"
    return line(["", "all", faults, "", "", "", *sums, passed])


def line(cells: Any) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"


def main() -> None:
    """Print the table of a file."""
    print(table_of(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))


if __name__ == "__main__":
    main()
