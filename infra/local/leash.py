"""A child process on a leash: it never outlives the process that started it.

Run as a file, not as a module, so that it starts in a few milliseconds:
``python -I -S leash.py PARENT_PID SIGNAL USER PROGRAM ARG..`` gives up root for
USER ("-" keeps the user), asks the kernel to send SIGNAL when the parent dies,
and becomes PROGRAM. The order matters: a change of user erases the request.

The kernel watches the *thread* that started the child: start children from a
thread that lives as long as they should.
"""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1
KEEP_USER = "-"


def leashed(
    argv: Sequence[str], *, on_death: signal.Signals = signal.SIGTERM, user: str | None = None
) -> list[str]:
    """The command line that runs ``argv`` on a leash held by this process."""
    python = [sys.executable, "-I", "-S", __file__]
    return [*python, str(os.getpid()), str(int(on_death)), user or KEEP_USER, *argv]


def drop_to(user: str) -> None:
    """Give up root for a plain user, for good."""
    entry = pwd.getpwnam(user)
    os.initgroups(user, entry.pw_gid)
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def die_with(parent: int, on_death: int) -> None:
    """Ask the kernel for the signal; leave at once when the parent is already gone."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, on_death, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent:
        sys.exit(0)


def main(parent: str, on_death: str, user: str, *argv: str) -> None:
    """Become the program."""
    if user != KEEP_USER:
        drop_to(user)
    die_with(int(parent), int(on_death))
    os.execvp(argv[0], argv)


if __name__ == "__main__":
    main(*sys.argv[1:])
