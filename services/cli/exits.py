"""Exit codes: 0 ok, 1 failure, 2 usage, 3 verification mismatch, 4 dependency down."""

import contextlib
import errno
import sys
from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Final

MENDED_BY: Final[Mapping[int, str]] = {
    errno.ENOSPC: "make room on its disk, then ask again",
    errno.EDQUOT: "make room within this account's quota, then ask again",
    errno.EROFS: "its disk takes no writes: name another folder",
    errno.ENOTDIR: "there is a file of that name: name another folder",
    errno.EACCES: "this account may not: name another folder, or mend its rights",
}
"""What a disk refuses, and what helps."""


class Exit(IntEnum):
    """How a command ended."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    MISMATCH = 3
    DEPENDENCY_DOWN = 4


@contextlib.contextmanager
def telling() -> Iterator[None]:
    """Turn what the house is known to raise into a sentence on stderr and a code."""
    try:
        yield
    except Exception as error:
        code, mend = code_of(error), of_the_disk(error)
        if mend is not None:
            code = Exit.FAILURE
        if code is None:
            raise
        print(f"tiepdan: {mend or error}", file=sys.stderr)
        raise SystemExit(code) from error
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def code_of(error: Exception) -> Exit | None:
    """The code for what the house is known to raise; every room's errors are imported now."""
    from services.cli.codes import CODES

    return next((code for kind, code in CODES if isinstance(error, kind)), None)


def of_the_disk(error: Exception) -> str | None:
    """What a disk would not do and how to mend it; None for any other failure."""
    if not isinstance(error, OSError):
        return None
    mend = MENDED_BY.get(error.errno or 0)
    if mend is None:
        return None
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror}; {mend}"


def say(line: str) -> None:
    """Progress and remarks, for whoever watches."""
    print(line, file=sys.stderr, flush=True)
