"""What a row of faults found: a JSON line in the file that an environment variable names."""

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

REPORT = "TIEPDAN_FAULT_REPORT"
FULL = os.environ.get("TIEPDAN_FAULTS") == "full"
"""Thirty repetitions and long outages; otherwise each row once, in seconds."""


def note(
    row: str,
    *,
    faults: int,
    commands: int = 0,
    recovery_seconds: Sequence[float] = (),
    **figures: Any,
) -> None:
    """Note a row (reliability.md 4, ``F01``..) that passed, if anybody wants to know."""
    path = os.environ.get(REPORT)
    if path is None:
        return
    line = {
        "row": row,
        "faults": faults,
        "commands": commands,
        "recovery_seconds": [round(each, 3) for each in recovery_seconds],
        "full": FULL,
        "at": round(time.time(), 1),
        **figures,
    }
    with Path(path).open("a", encoding="utf-8") as report:
        report.write(json.dumps(line, ensure_ascii=False) + "\n")


def left_out(row: str, reason: str) -> None:
    """Note a row that this machine forbids, and why."""
    note(row, faults=0, left_out=reason)
