"""The list of every problem: made from the code, committed, compared in a test.

``python -m services.api.error_list --write`` renews ``docs/errors.md``.
"""

import importlib
import pkgutil
import sys
from pathlib import Path

from services.api import catalogue

FILE = Path(__file__).parents[2] / "docs" / "errors.md"

PACKAGES = (
    "domain",
    "projections",
    "infra.postgres",
    "infra.vault",
    "services.casework",
    "services.api",
)
"""Where the refusals are that a request can meet."""

HEAD = """\
# Problems

Every refusal is `application/problem+json` (RFC 9457). `code` is stable; titles and details
are Vietnamese and may be reworded. `errors` says for each fault where it is (`pointer`), what
it is (`message`) and how to mend it (`mend`); `trace_id` is what to quote to an administrator.
Nothing was recorded unless the answer is a 2xx. After a 503 or a lost connection repeat the
same request with the same `Idempotency-Key`.

Made by `python -m services.api.error_list --write`; a test compares it with the code.

| code | status | title | meaning |
| --- | --- | --- | --- |
"""


def text() -> str:
    """The whole file."""
    for package in PACKAGES:
        _import_all(package)
    lines = (
        f"| `{kind.code}` | {kind.status} | {kind.title} | {kind.meaning} |\n"
        for kind in catalogue.kinds()
    )
    return HEAD + "".join(lines)


def _import_all(package: str) -> None:
    """A refusal is known once its module is imported."""
    root = importlib.import_module(package)
    for module in pkgutil.walk_packages(root.__path__, f"{package}."):
        importlib.import_module(module.name)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        FILE.write_text(text(), encoding="utf-8")
    else:
        sys.stdout.write(text())
