"""Store and directory of a stack, open for one command."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import typer

from domain.days import day_of
from domain.directory import Directory
from infra.postgres.directory import DirectoryFollower
from infra.settings import Settings
from services import wiring

AtDay = Annotated[datetime | None, typer.Option("--at", formats=["%Y-%m-%d"], help="As of a day.")]
KnownAt = Annotated[
    datetime | None,
    typer.Option("--known-at", formats=["%Y-%m-%d"], help="As it was known at the end of a day."),
]


@contextmanager
def directory_of(settings: Settings) -> Iterator[DirectoryFollower]:
    """The directory as the store has it now."""
    follower = wiring.open_directory(settings)
    try:
        yield follower
    finally:
        follower.close()


@dataclass(frozen=True, slots=True)
class Looked:
    """A directory, and the day that is asked about."""

    directory: Directory
    on: date


def look(settings: Settings, at: datetime | None, known_at: datetime | None = None) -> Looked:
    """The directory of a stack as known on a day, for another day or today."""
    on = at.date() if at is not None else day_of(settings.clock().now())
    with directory_of(settings) as follower:
        directory = follower.current()
    return Looked(directory if known_at is None else directory.known_on(known_at.date()), on)
