"""Exit codes: 0 ok, 1 failure, 2 usage, 3 verification mismatch, 4 dependency down."""

import contextlib
import sys
from collections.abc import Iterator
from enum import IntEnum


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
        code = code_of(error)
        if code is None:
            raise
        print(f"tiepdan: {error}", file=sys.stderr)
        raise SystemExit(code) from error
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def code_of(error: Exception) -> Exit | None:
    """The code for what the house is known to raise; every room's errors are imported now."""
    from services.cli.codes import CODES

    return next((code for kind, code in CODES if isinstance(error, kind)), None)


def say(line: str) -> None:
    """Progress and remarks, for whoever watches."""
    print(line, file=sys.stderr, flush=True)
