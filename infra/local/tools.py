"""Running somebody else's program to its end, for no longer than it may take."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from infra.local.errors import LocalStackError


def run(
    argv: Sequence[str], *, within: float, user: str | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """What it said and its exit code; ``user`` drops every other group too.

    Raises :class:`LocalStackError` when the time is over: the program is killed then.
    """
    try:
        return subprocess.run(
            argv, user=user, group=user, extra_groups=None if user is None else [],
            cwd=cwd, capture_output=True, text=True, check=False, timeout=within,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise LocalStackError(f"{Path(argv[0]).name} did not end within {within:g} s") from late
