"""Ended files that wait for a head's look, and the note that one has looked (chờ xem lại)."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import Query, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from domain.codes import LABELS, ReviewOutcome
from domain.commands.review import NoteReview
from domain.errors import Refusal
from domain.law.clocks import REPLY
from projections.reviews import ReviewRow
from services import access
from services.access import RoleMayNot
from services.api.acts import Acting
from services.api.deps import KEY_FORM
from services.api.routes.reviews import ReviewNote
from services.reviews import waiting_reviews
from services.web import formats
from services.web.models import Choice, EmptyState, Pager
from services.web.models.acts import Post
from services.web.models.calendar import ReviewLine, ReviewsPage
from services.web.notices import REVIEWED
from services.web.present.deadlines import REVIEWS, review_id
from services.web.present.frame import shell
from services.web.routes.door import TheForm, TheVisit, Visit, go
from services.web.routes.page_route import pages

router = pages()

ADDRESS: Final = REVIEWS
TITLE: Final = "Hồ sơ đã kết thúc chờ xem lại"
UNSAID: Final = "Chọn kết quả xem lại."


@router.get(ADDRESS)
def read_reviews(
    visit: TheVisit, after: Annotated[str, Query(alias="sau", max_length=300)] = ""
) -> Response:
    """What waits at the reader's office, and below it for heads. Refuses: ``BrokenCursor``."""
    return _page(visit, after)


@router.post(f"{ADDRESS}/{{subject}}")
async def note(subject: UUID, visit: TheVisit, sent: TheForm) -> Response:
    """Record that somebody has looked."""
    officer = visit.reading.officer
    if not access.may(NoteReview, officer.role):
        raise RoleMayNot("Vai của bạn không ghi được.", mend="Nhờ thủ trưởng cơ quan.")
    try:
        said = {"clock": sent.get("clock"), "outcome": sent.get("outcome")}
        body = ReviewNote.model_validate(said)
    except ValidationError:
        return await run_in_threadpool(_page, visit, "", UNSAID, 422)
    key = sent.get("key")
    acting = Acting(
        visit.request, visit.parts, officer, key if KEY_FORM.fullmatch(key) else str(subject), None
    )
    ask = NoteReview(subject=subject, clock=body.clock, outcome=body.outcome)
    try:
        outcome = await acting.handle(ask, body)
    except Refusal as refusal:
        words = f"{refusal.reason} {refusal.mend or ''}".strip()
        return await run_in_threadpool(_page, visit, "", words, 409)
    return go(f"{ADDRESS}?vua={REVIEWED}&cho={outcome.token}")


def _page(visit: Visit, after: str, problem: str = "", status: int = 200) -> Response:
    page = waiting_reviews(visit.reading, cursor=after or None)
    model = ReviewsPage(
        shell=shell(visit.seat, TITLE, here=ADDRESS),
        title=TITLE,
        summary="Thông báo đến muộn làm đổi kết quả đúng hạn hay quá hạn. Hồ sơ giữ nguyên như đã"
        " ghi; người có thẩm quyền xem từng hồ sơ.",
        rows=tuple(_row(row, visit) for row in page.items),
        outcomes=tuple(Choice(each.value, LABELS[each]) for each in ReviewOutcome),
        problem=problem,
        pager=Pager("", next_href=f"{ADDRESS}?sau={page.next}") if page.next else None,
        empty=None if page.items else EmptyState("Không có hồ sơ nào chờ xem lại."),
    )
    return visit.page("reviews.html", model, status)


def _row(row: ReviewRow, visit: Visit) -> ReviewLine:
    reply = row.clock == REPLY
    may = access.may(NoteReview, visit.reading.officer.role)
    hidden = (("clock", row.clock),)
    return ReviewLine(
        id=review_id(row.subject, row.clock),
        number=row.number,
        href=f"/{'ho-so' if reply else 'vu-viec'}/{row.subject}",
        clock="Trả lời công dân" if reply else "Giải quyết",
        met=formats.day(row.met_on),
        was=_verdict(row, row.was_due),
        now=_verdict(row, row.due),
        office=visit.seat.names.office(row.office),
        post=Post(f"{ADDRESS}/{row.subject}", uuid4().hex, "", hidden) if may else None,
    )


def _verdict(row: ReviewRow, due: date) -> str:
    late = (row.met_on - due).days
    return f"{formats.day(due)}, {f'muộn {late} ngày' if late > 0 else 'đúng hạn'}"
