"""What ``tiepdan up`` prints when all is up: what to open, whom to be."""

from datetime import date
from pathlib import Path
from typing import Final

from services.reform import CARRIED_DAY
from services.stack.status import Found, carrier_of

NEW_LAW: Final = date(2026, 7, 1)
"""The last day on which the carried rulebook changes."""

BEFORE: Final = (
    "    province leader, Bắc Giang",
    "    district leader, Lục Nam",
    "    reception clerk, xã Tam Dị",
    "    auditor, provincial inspectorate",
    "  A token for curl: tiepdan token --office 07456 --role clerk",
    "  Over the reform:  tiepdan demo advance --to 2025-07-01 --pace 2",
)
AFTER: Final = (
    "    province leader, Bắc Ninh",
    "    reception clerk, xã Bảo Đài, which has the work of Tam Dị",
    "    auditor, provincial inspectorate",
    "  A token for curl: tiepdan token --office 07462 --role clerk",
)
"""Whom to be and what to try in a demo, until the reform and from its day on."""


def welcome(found: Found, state: Path, stop: str, *, on: date) -> str:
    """A few lines for whoever started it; ``stop`` says how it ends, ``on`` is the stack's day."""
    url = found["api"]["url"]
    lines = [
        "",
        f"  Pages      {url}/",
        f"  API        {url}/api/v1/openapi.json",
        f"  Stream     {carrier_of(found)}",
        f"  State      {state}",
    ]
    if found["demo"]:
        lines += ["", f"  Sign in at {url}/dang-nhap, no password, as for example:"]
        lines += BEFORE if on < CARRIED_DAY else AFTER
        if CARRIED_DAY <= on < NEW_LAW:
            lines.append(f"  To the new law:   tiepdan demo advance --to {NEW_LAW} --step 7d")
    return "\n".join([*lines, "", f"  {stop}", ""])
