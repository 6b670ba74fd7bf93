"""What an office is reminded of, for its head (việc cần nhắc)."""

from functools import partial
from typing import Annotated

from fastapi import Query, Response
from starlette.responses import RedirectResponse

from services.api.bodies.base import Ref
from services.api.routes.reminders import seen_reminders
from services.inboxes import inbox_of
from services.web.present.frame import REMINDERS
from services.web.present.reminder_list import reminder_page
from services.web.routes.door import TheVisit, Visit
from services.web.routes.page_route import pages

router = pages()

OfficeRef = Annotated[Ref | None, Query(alias="co-quan")]
After = Annotated[str | None, Query(alias="sau", max_length=200)]


@router.get(REMINDERS)
def read_reminders(visit: TheVisit, office: OfficeRef = None, after: After = None) -> Response:
    """The list of the reader's own office, or of one that he or she looks over."""
    return _page(visit, "reminders.html", office, after)


@router.get(f"{REMINDERS}/phan/danh-sach")
def reminders_piece(visit: TheVisit, office: OfficeRef = None) -> Response:
    """The live part of the list."""
    return _page(visit, "desk/reminders.html", office, None)


@router.get("/reminders")
def by_its_english_name() -> Response:
    """Whoever types it."""
    return RedirectResponse(REMINDERS, status_code=308)


def _page(visit: Visit, template: str, ref: str | None, after: str | None) -> Response:
    reading, views = visit.reading, visit.parts.views
    office = inbox_of(reading.officer, ref, visit.directory, reading.today, pointer="co-quan")
    page = views.reminders((office,), after=after, seen=partial(seen_reminders, reading))
    unit = visit.directory.get_office(office, reading.today).unit
    calendar = visit.parts.law().calendar_of(office, unit)
    shown = reminder_page(
        page, office, views.freshness(), calendar, visit.seat, first=after is None
    )
    return visit.page(template, shown)
