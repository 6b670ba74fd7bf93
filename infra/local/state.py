"""The state folder of a stack: who owns it, what it says of itself, and its logs."""

import contextlib
import fcntl
import itertools
import json
import os
from collections.abc import Iterator, Mapping
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


class RotatedLog:
    """A child's log: the file, and a few older ones when it has grown too large."""

    def __init__(self, path: Path, *, limit: int = 5 * 1024 * 1024, older: int = 3) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = path
        self._limit = limit
        self._older = older
        self._file = path.open("ab")

    def write(self, line: str) -> None:
        """Add a line; it can be read at once."""
        if self._file.tell() > self._limit:
            self._rotate()
        self._file.write(line.encode() + b"\n")
        self._file.flush()

    def tail(self, lines: int = 12) -> str:
        """The end of the log."""
        size = self.path.stat().st_size
        with self.path.open("rb") as file:
            file.seek(max(0, size - 16_384))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])

    def close(self) -> None:
        self._file.close()

    def _rotate(self) -> None:
        self._file.close()
        numbers = range(1, self._older + 1)
        names = [self.path, *(self.path.with_suffix(f".log.{number}") for number in numbers)]
        for newer, older in reversed(list(itertools.pairwise(names))):
            if newer.exists():
                newer.replace(older)
        self._file = self.path.open("ab")
