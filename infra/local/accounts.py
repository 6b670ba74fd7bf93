"""The system account that a server runs under when we are root.

Postgres refuses to run as root. A root user (a container, a CI machine) therefore
gets the plain system account ``pgserver``, made on first use; anybody else keeps
their own.
"""

import os
import pwd
import shutil
import stat
from pathlib import Path

from infra.local.errors import LocalStackError
from infra.local.tools import run

ACCOUNT = "pgserver"
USERADD_SECONDS = 30.0


def server_account() -> str | None:
    """The account to switch to, or None where no switch is needed."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        create_account()
    return ACCOUNT


def create_account() -> None:
    """Make the system account; two processes may try at once."""
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise LocalStackError(f"run as a plain user, or create the system account {ACCOUNT!r}")
    flags = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    done = run([useradd, *flags, ACCOUNT], within=USERADD_SECONDS)
    already_there = 9
    if done.returncode not in (0, already_there):
        raise LocalStackError(f"useradd {ACCOUNT} failed: {done.stderr.strip()}")


def make_passable(path: Path, account: str) -> None:
    """Let the account pass through the folders above and at ``path``.

    Only the right to pass is given (x for others), never the right to list.
    """
    entry = pwd.getpwnam(account)
    for folder in (path, *path.parents):
        mode = folder.stat()
        if folder.is_dir() and mode.st_uid != entry.pw_uid and not mode.st_mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode.st_mode) | stat.S_IXOTH)
