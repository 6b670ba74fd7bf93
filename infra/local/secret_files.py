"""Secrets on disk: files that only their owner may read, from the first byte on."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def write_secret(path: Path, secret: str) -> None:
    """A file that only its owner may read, from its first byte on."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret)


@contextlib.contextmanager
def one_time_secret(path: Path, secret: str, owner: str | None) -> Iterator[Path]:
    """A secret on disk for as long as a tool needs to read it."""
    write_secret(path, secret)
    try:
        if owner is not None:
            shutil.chown(path, owner, owner)
        yield path.resolve()
    finally:
        path.unlink()
