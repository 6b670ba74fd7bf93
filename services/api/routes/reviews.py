"""Ended files whose result a later notice puts in doubt (hồ sơ chờ xem lại)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import StringConstraints
from starlette.concurrency import run_in_threadpool

from domain.codes import ReviewOutcome
from domain.commands.review import NoteReview
from domain.errors import Invalid
from services.api.acts import CREATES, ActAnew, receipt
from services.api.bodies.base import Act
from services.api.problems import refuses
from services.api.reading import TheReader
from services.review_answers import WaitingReview, WaitingReviews
from services.reviews import waiting_reviews

AT = "/api/v1/reviews"

router = APIRouter(prefix=AT, tags=["calendar"], responses=refuses())


class ReviewNote(Act):
    """That a head looked at a result, and what becomes of it (đã xem lại)."""

    clock: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.]{1,80}$")]
    outcome: ReviewOutcome


@router.get("")
async def list_reviews(
    reader: TheReader,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> WaitingReviews:
    """Ended files that wait for a head's look (hồ sơ đã kết thúc chờ xem lại)."""
    try:
        page = await run_in_threadpool(waiting_reviews, reader, cursor=cursor, limit=limit)
    except Invalid as broken:
        broken.pointer = "query/cursor"
        raise
    return WaitingReviews(items=[WaitingReview.of(row) for row in page.items], next=page.next)


@router.post("/{subject}/note", **CREATES)
async def note_review(subject: UUID, body: ReviewNote, act: ActAnew) -> Response:
    """Say that the result was looked at; the file itself stays as it was (ghi đã xem lại)."""
    ask = NoteReview(subject=subject, clock=body.clock, outcome=body.outcome)
    return receipt(await act.handle(ask, body), at=AT, created=True, here=AT)
