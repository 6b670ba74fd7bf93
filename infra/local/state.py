"""The state folder of a stack: who owns it, what it says of itself, and its logs."""

import contextlib
import errno
import fcntl
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from infra.local.errors import AlreadyRunning
from infra.local.ports import wait_until

Plain = Mapping[str, object]
"""What JSON can hold."""


@contextlib.contextmanager
def owned(state: Path) -> Iterator[None]:
    """Be the only supervisor of this folder; the kernel forgets the claim when we die."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (state / "lock").open("a+") as lock:
        # Tried for a moment: `is_owned` of another process holds it for an instant.
        if not wait_until(lambda: locked(lock, fcntl.LOCK_EX), within=1):
            lock.seek(0)
            owner = lock.read().strip() or "another process"
            raise AlreadyRunning(f"{state} is in use by {owner}; stop it or choose --state")
        lock.truncate(0)
        lock.write(f"process {os.getpid()}")
        lock.flush()
        yield


def is_owned(state: Path) -> bool:
    """Whether a supervisor of this folder is alive."""
    try:
        with (state / "lock").open("r") as lock:
            return not locked(lock, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def locked(lock: IO[str], how: int) -> bool:
    """Try to take the lock; it is given back when the file is closed."""
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_status(state: Path, status: Plain) -> None:
    """Replace status.json as a whole; it may hold addresses with passwords."""
    draft = state / "status.json.new"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(status, file, ensure_ascii=False, indent=1)
    draft.replace(state / "status.json")


def read_status(state: Path) -> dict[str, object] | None:
    """What the last supervisor of this folder wrote, or None before the first."""
    try:
        found = json.loads((state / "status.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return dict(found)


class Notes:
    """What a supervisor writes down and lives on without: on a full disk it says so once."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._fails = False

    def take(self, write: Callable[[], None]) -> bool:
        """Write; whether there was room. The next one is tried anew."""
        try:
            write()
        except OSError as reason:
            if not self._fails:
                complain(f"{self._what} cannot be written: {reason}; going on without")
            self._fails = True
        else:
            self._fails = False
        return not self._fails


def complain(words: str) -> None:
    """On stderr, which may itself lie on the disk that is full."""
    with contextlib.suppress(OSError):
        print(f"tiepdan: {words}", file=sys.stderr, flush=True)


class RotatedLog:
    """A child's log: the file, and a few older ones when it has grown too large.

    Lines that find no room are left out and counted; the log says how many once there is.
    """

    def __init__(self, path: Path, *, limit: int = 5 * 1024 * 1024, older: int = 3) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = path
        self._limit = limit
        self._older = older
        self._file = path.open("ab", buffering=0)
        self._notes = Notes(str(path))
        self._left_out = 0

    def write(self, line: str) -> None:
        """Add a line; it can be read at once."""
        left_out = f"\n-- {self._left_out} lines left out for want of room\n"
        words = (left_out if self._left_out else "") + line + "\n"
        written = self._notes.take(lambda: self._add(words.encode()))
        self._left_out = 0 if written else self._left_out + 1

    def tail(self, lines: int = 12) -> str:
        """The end of the log."""
        size = self.path.stat().st_size
        with self.path.open("rb") as file:
            file.seek(max(0, size - 16_384))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])

    def close(self) -> None:
        """Let go of the file; what it took stays."""
        with contextlib.suppress(OSError):
            self._file.close()

    def _add(self, words: bytes) -> None:
        if self._file.tell() > self._limit:
            self._rotate()
        if self._file.write(words) < len(words):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _rotate(self) -> None:
        numbers = range(1, self._older + 1)
        names = [self.path, *(self.path.with_suffix(f".log.{number}") for number in numbers)]
        if self.path.exists():  # not again when only the new file found no room
            for newer, older in reversed(list(itertools.pairwise(names))):
                if newer.exists():
                    newer.replace(older)
        full, self._file = self._file, self.path.open("ab", buffering=0)
        full.close()
