"""What ``tiepdan up`` prints when all is up: what to open, whom to be."""

from pathlib import Path

from services.stack.status import Found, carrier_of

DEMO_PEOPLE = (
    "province leader, Bắc Giang",
    "district leader, Lục Nam",
    "reception clerk, xã Tam Dị",
    "auditor, provincial inspectorate",
)


def welcome(found: Found, state: Path, stop: str) -> str:
    """A few lines for whoever started it; ``stop`` says how it ends."""
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
        lines += [f"    {who}" for who in DEMO_PEOPLE]
        lines.append("  A token for curl: tiepdan token --office 07456 --role clerk")
        lines.append("  Over the reform:  tiepdan demo advance --to 2025-07-01 --pace 2")
    return "\n".join([*lines, "", f"  {stop}", ""])
