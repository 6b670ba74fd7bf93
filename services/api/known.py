"""The directory as of a request: as it is known now, or as it was known on a day (danh bạ)."""

from typing import Annotated

from fastapi import Depends, Query
from starlette.concurrency import run_in_threadpool

from domain.directory import Directory
from services.api.bodies.base import Day
from services.api.deps import Parts

At = Annotated[Day | None, Query(description="As of this day; today when left out.")]


async def _directory(
    parts: Parts,
    known_at: Annotated[
        Day | None, Query(description="As it was known at the end of this day; now when left out.")
    ] = None,
) -> Directory:
    directory = parts.directory()
    if known_at is None:
        return directory
    return await run_in_threadpool(directory.known_on, known_at)


TheDirectory = Annotated[Directory, Depends(_directory)]
