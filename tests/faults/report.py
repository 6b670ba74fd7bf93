"""The table of a recorded run for docs/reliability.md: ``python -m tests.faults.report [FILE]``."""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from tests.faults.record import DEFAULT

OFF = ("lost", "doubled", "out of order")
COLUMNS = ("row", "fault", "faults", "recovery p50", "max", "allowed", "commands", *OFF, "passed")
THIRTY = 30
COUNTS = ("acknowledged", "stored", "lost", "doubled", "out_of_order")


def table_of(path: Path) -> str:
    """The run as Markdown: what it was, a line a row, the sums."""
    run = json.loads(path.read_text(encoding="utf-8"))
    rows = rows_of(run)
    return "\n".join(
        [
            f"Seed {run['seed']}, up to {run['rate']:.0f} acts a second, {run['client']},"
            f" commit {run['commit']}, {run['began']}, {minutes_of(run):.0f} minutes.",
            "",
            line(COLUMNS),
            line(["---"] * len(COLUMNS)),
            *map(line_of, rows),
            sums_of(rows),
            *simulation(run),
            *seldom(run, rows),
            *earlier(run, rows),
        ]
    )


def verdict_of(path: Path) -> str:
    """The run in one line: passed, or what did not; how much it was, and what was off."""
    run = json.loads(path.read_text(encoding="utf-8"))
    rows = rows_of(run)
    failed = dict.fromkeys(row["code"] or row["name"] for row in rows if not row["passed"])
    if not run.get("simulation", {}).get("passed", True):
        failed["the simulated worlds"] = None
    commands, faults, off = sums(rows)
    word = "PASSED" if faults else "NOTHING STRUCK"
    counted = ", ".join(f"{count} {name}" for name, count in zip(OFF, off, strict=True))
    return (
        f"{'FAILED: ' + ', '.join(failed) if failed else word}."
        f" {faults:,} faults, {commands:,} acknowledged commands: {counted}."
    )


def rows_of(run: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Everything that ran, as lines of the table need it."""
    rows = [*map(of_table, run["rows"]), *map(of_test, run.get("noted", []))]
    return sorted(rows, key=lambda row: str(row["code"] or "~"))


def of_table(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row of the table, as one line needs it."""
    return {**row, "commands": row["verdict"].get("acknowledged", 0)}


def of_test(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row that is a test of its own; where no offices worked, it counted its own acts."""
    verdict, test = row.get("verdict", {}), row["test"]
    return {
        "code": row["row"],
        "name": row["name"],
        "load": f"{test} {row['at']}" if "at" in row else row["name"],
        "within": row.get("within"),
        "faults": row["faults"],
        "seconds": row.get("recovery_seconds", []),
        "commands": row["commands"],
        "verdict": verdict,
        "passed": row["passed"],
        "wrong": [row["wrong"]] if "wrong" in row else [],
        "left_out": "left_out" in row,
        "commit": row.get("commit"),
    }


def line_of(row: Mapping[str, Any]) -> str:
    """One kind of fault."""
    seconds, told, within = row["seconds"], row["verdict"], row["within"]
    passed = "left out" if row.get("left_out") else "yes"
    return line(
        [
            row["code"],
            row["name"],
            row["faults"],
            *([f"{median(seconds):.1f} s", f"{max(seconds):.1f} s"] if seconds else ["-", "-"]),
            f"{within:.0f} s" if within else "-",
            f"{row['commands']:,}",
            *(told.get(name, "-") for name in COUNTS[2:]),
            passed if row["passed"] else "NO: " + "; ".join(row["wrong"]),
        ]
    )


def simulation(run: Mapping[str, Any]) -> list[str]:
    """What the simulated worlds said."""
    told = run.get("simulation")
    if told is None:
        return []
    outcome = "every promise kept" if told["passed"] else "FAILED"
    return ["", f"Simulated worlds: {told['seeds']:,} seeds, {outcome}."]


def sums(rows: Sequence[Mapping[str, Any]]) -> tuple[int, int, Sequence[int]]:
    """Commands, faults and what was off, of all rows; a load that some share counts once.

    A row that ran again on another commit had a load of its own.
    """
    loads = {(row["load"], row.get("commit")): row for row in rows}
    told = [row["verdict"] for row in loads.values()]
    off = [sum(each.get(name, 0) for each in told) for name in COUNTS[2:]]
    commands = sum(row["commands"] for row in loads.values())
    return commands, sum(row["faults"] for row in rows), off


def sums_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """The last line of the table: all rows together."""
    commands, faults, off = sums(rows)
    passed = "yes" if all(row["passed"] for row in rows) else "NO"
    return line(["", "all", f"{faults:,}", "", "", "", f"{commands:,}", *off, passed])


def minutes_of(run: Mapping[str, Any]) -> float:
    """How long it ran, over all its sittings."""
    return sum(map(_minutes, run["sittings"]))


def _minutes(sitting: Mapping[str, str]) -> float:
    began, ended = (datetime.fromisoformat(sitting[name]) for name in ("began", "ended"))
    return (ended - began).total_seconds() / 60


def seldom(run: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The kinds of fault that a full run did not bring about thirty times."""
    faults = Counter[str]()
    for row in rows:
        faults[row["code"]] += row["faults"]
    few = [f"{code} {count}" for code, count in faults.items() if code and count < THIRTY]
    return [] if run["quick"] or not few else ["", "Fewer than thirty times: " + ", ".join(few)]


def earlier(run: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The rows that passed on another commit than the last sitting's."""
    others: dict[str, list[str]] = {}
    for row in rows:
        commit = row.get("commit") or run["commit"]
        if commit != run["commit"]:
            others.setdefault(commit, []).append(row["code"])
    told = [f"{', '.join(dict.fromkeys(codes))} on {commit}" for commit, codes in others.items()]
    return ["", "Ran on an earlier commit: " + "; ".join(told)] if told else []


def line(cells: Any) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"


def main() -> None:
    """Print the table of a file, and the verdict."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    print(table_of(path), verdict_of(path), sep="\n\n")


if __name__ == "__main__":
    main()
