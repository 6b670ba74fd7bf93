"""The desk of the reader's office (hộp việc) and its live pieces."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Query, Response
from pydantic import AwareDatetime

from domain.errors import NotFound
from projections.answers import InboxItem, Page
from services.access import SYSTEM
from services.api.routes.lists import seen_offers, seen_petitions
from services.web.models import Fragment, Link
from services.web.present.desk import FIRST, QUEUES, DeskFacts, desk, news_link
from services.web.routes.door import TheVisit, Visit
from services.web.routes.page_route import pages

router = pages()

QueueWord = Annotated[str, Query(alias="hang", max_length=20)]
After = Annotated[str | None, Query(alias="sau", max_length=200)]


@dataclass(frozen=True, slots=True)
class News:
    """What the piece above the inbox says."""

    news: Link | None
    news_live: Fragment


@router.get("/hop-viec")
def read_desk(visit: TheVisit, queue: QueueWord = FIRST, after: After = None) -> Response:
    """The desk with one queue open."""
    return visit.page("desk.html", desk(_facts(visit, queue, after), visit.seat))


@router.get("/hop-viec/phan/hang")
def rail_piece(visit: TheVisit, queue: QueueWord = FIRST) -> Response:
    """The queues with their counts."""
    return visit.page("desk/rail.html", desk(_facts(visit, queue), visit.seat))


@router.get("/hop-viec/phan/chuyen-den")
def transfers_piece(visit: TheVisit) -> Response:
    """What was offered to the office."""
    return visit.page("desk/transfers.html", desk(_facts(visit, FIRST), visit.seat))


@router.get("/hop-viec/phan/moi")
def news_piece(
    visit: TheVisit, since: Annotated[AwareDatetime, Query(alias="tu")], queue: QueueWord = FIRST
) -> Response:
    """What came since the page was drawn: said, not inserted."""
    page = _page(visit, queue, None)
    here = f"{visit.request.url.path}?{visit.request.url.query}"
    news = News(news_link(page, since, queue), Fragment(here, "inbox"))
    return visit.page("desk/news.html", news)


def _page(visit: Visit, queue: str, after: str | None) -> Page[InboxItem]:
    reading = visit.reading
    if queue not in QUEUES or reading.officer.role in SYSTEM:
        raise NotFound("Không có hàng việc này.")
    return visit.parts.views.inbox(
        reading.officer.office,
        QUEUES[queue][0],
        today=reading.today,
        soon_until=reading.soon_until,
        account=reading.officer.account,
        after=after,
        seen=partial(seen_petitions, reading),
    )


def _facts(visit: Visit, queue: str, after: str | None = None) -> DeskFacts:
    reading, views = visit.reading, visit.parts.views
    page = _page(visit, queue, after)
    office, account = reading.officer.office, reading.officer.account
    counts = views.desk_counts(
        office, today=reading.today, soon_until=reading.soon_until, account=account
    )
    return DeskFacts(
        queue=queue,
        counts=counts,
        page=page,
        incoming=views.incoming((office,), seen=partial(seen_offers, reading)).items,
        freshness=views.freshness(),
        calendar=visit.parts.calendar,
        first_page=after is None,
    )
