"""The directory as of a request: as it is known now, or as it was known on a day (danh bạ)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Query
from starlette.concurrency import run_in_threadpool

from domain.directory import Directory
from services.api.bodies.base import Day
from services.api.deps import Parts, TheOfficer, Today

At = Annotated[Day | None, Query(description="As of this day; today when left out.")]
KnownAt = Annotated[
    Day | None, Query(description="As it was known at the end of this day; now when left out.")
]


async def _directory(
    parts: Parts,
    known_at: KnownAt = None,
) -> Directory:
    directory = parts.directory()
    if known_at is None:
        return directory
    return await run_in_threadpool(directory.known_on, known_at)


TheDirectory = Annotated[Directory, Depends(_directory)]


@dataclass(frozen=True, slots=True)
class Dated:
    """The directory as an officer asks about it: as of a day, as known on a day."""

    directory: Directory
    on: date


async def _dated(
    directory: TheDirectory,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    at: At = None,
) -> Dated:
    return Dated(directory, at or today)


TheDated = Annotated[Dated, Depends(_dated)]


@dataclass(frozen=True, slots=True)
class AsOf:
    """As of which day units are meant, and by the directory known on which day; None: now."""

    at: date | None
    known: Directory | None

    @property
    def is_now(self) -> bool:
        """Whether no day was named."""
        return self.at is None and self.known is None


async def _as_of(directory: TheDirectory, at: At = None, known_at: KnownAt = None) -> AsOf:
    return AsOf(at, None if known_at is None else directory)


TheAsOf = Annotated[AsOf, Depends(_as_of)]
