"""Why a petition or case is due when it is, as of a day and as known on a day (vì sao hạn này)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.concurrency import run_in_threadpool

from domain.case import Case
from domain.petition import Petition
from services.api.bodies.base import Day
from services.api.clock_answers import DeadlinesAnswer
from services.api.known import At
from services.api.problems import refuses
from services.api.reading import Reading, TheReader
from services.explaining import days_asked, explain

router = APIRouter(prefix="/api/v1", tags=["deadlines"], responses=refuses(400, 403, 404))

KnownAt = Annotated[
    Day | None,
    Query(
        description="As it was known at the end of this day. When left out: as known now, but "
        "what was met, or ended with its file, as it was known on that day."
    ),
]
After = Annotated[int, Query(ge=0, le=10**6, description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=100, description="Files that belong to this one.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which day, as known on which, and which of the files that belong to it."""

    at: date | None
    known_at: date | None
    after: int
    limit: int


async def _asked(
    at: At = None, known_at: KnownAt = None, after: After = 0, limit: Limit = 20
) -> Asked:
    return Asked(at, known_at, after, limit)


TheAsked = Annotated[Asked, Depends(_asked)]


@router.get("/petitions/{petition_id}/deadlines")
async def read_petition_deadlines(
    petition_id: UUID, reader: TheReader, asked: TheAsked
) -> DeadlinesAnswer:
    """Every clock of a petition and of its case, each with its reasons (thời hạn của đơn)."""
    return await _told(reader, petition_id, Petition, asked)


@router.get("/cases/{case_id}/deadlines")
async def read_case_deadlines(case_id: UUID, reader: TheReader, asked: TheAsked) -> DeadlinesAnswer:
    """Every clock of a case and of its petitions, each with its reasons (thời hạn của vụ việc)."""
    return await _told(reader, case_id, Case, asked)


async def _told(
    reader: Reading, subject: UUID, sort: type[Petition | Case], asked: Asked
) -> DeadlinesAnswer:
    """Whoever may read the file may ask. Refuses: ``NotFound``, ``Invalid``."""
    await reader.dossier(subject, sort)
    days = days_asked(asked.at, asked.known_at, reader.today)

    def tell() -> DeadlinesAnswer:
        found = explain(
            subject,
            reader.parts.store,
            reader.parts.law(),
            days,
            shown=reader.shows,
            after=asked.after,
            limit=asked.limit,
        )
        return DeadlinesAnswer.of(found)

    return await run_in_threadpool(tell)
