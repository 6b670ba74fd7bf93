"""How many files and sockets this process may have open (giới hạn tệp mở)."""

import resource

MOST = 65_536
"""As many as thirty full processes of streams need; some systems allow a billion."""


def allow_many_open(most: int = MOST) -> int:
    """Raise the limit as far as this process may by itself; what it is now.

    A shell's 1024 is fewer than the streams that one API process holds.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return soft
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted
