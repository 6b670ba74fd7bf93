"""What a row of faults found: a JSON line in the file that an environment variable names."""

import json
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

REPORT = "TIEPDAN_FAULT_REPORT"
FULL = os.environ.get("TIEPDAN_FAULTS") == "full"
"""Thirty repetitions and long outages; otherwise each row once, in seconds."""


def times(full: int) -> int:
    """How often a fault happens: in a full run so often, or as often as TIMES says."""
    return int(os.environ.get("TIMES") or full) if FULL else 1


def note(
    row: str,
    name: str,
    *,
    faults: int,
    commands: int = 0,
    within: float | None = None,
    recovery_seconds: Sequence[float] = (),
    **figures: Any,
) -> None:
    """Note a row (reliability.md 4, ``F01``..) that passed. ``within``: seconds allowed."""
    _write(
        {
            "row": row,
            "name": name,
            "faults": faults,
            "commands": commands,
            "within": within,
            "recovery_seconds": [round(each, 3) for each in recovery_seconds],
            "passed": True,
            **figures,
        }
    )


def left_out(row: str, reason: str) -> None:
    """Note a row that this machine forbids, and why."""
    note(row, f"left out: {reason}", faults=0, left_out=reason)


def failed(test: str, reason: str) -> None:
    """Note a test that failed: what it was to show is not shown."""
    row = test.rpartition("::")[2]
    _write({"row": "", "name": row, "faults": 0, "commands": 0, "passed": False, "wrong": reason})


def _write(line: Mapping[str, Any]) -> None:
    """One line of JSON, with the test that says it, if anybody wants to know."""
    path = os.environ.get(REPORT)
    if path is None:
        return
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
    more = {"test": test, "full": FULL, "at": round(time.time(), 1)}
    with Path(path).open("a", encoding="utf-8") as report:
        report.write(json.dumps({**line, **more}, ensure_ascii=False) + "\n")
