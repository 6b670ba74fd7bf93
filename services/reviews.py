"""Ended files that wait for a head's look, for one reader (hồ sơ chờ xem lại)."""

from uuid import UUID

from domain.law.clocks import REPLY
from projections.answers import Page
from projections.reviews import AT_ONCE, ReviewRow
from services.access import HEADS, SYSTEM
from services.api.reading import Reading
from services.api.row_circles import of_case, of_petition
from services.areas import area_of
from services.sight import Circle


def waiting_reviews(
    reading: Reading, *, cursor: str | None = None, limit: int = AT_ONCE
) -> Page[ReviewRow]:
    """What waits at the reader's office; for heads also below it, as far as they see the file.

    Raises ``ViewsUnavailable``.
    """
    if reading.officer.role in SYSTEM:
        return Page((), None)
    offices = {reading.officer.office}
    if reading.officer.role in HEADS:
        offices |= {*area_of(reading.unit(None), reading.directory, reading.today).offices}
    page = reading.parts.views.reviews(sorted(offices), after=cursor, limit=limit)
    circles = _circles(reading, page)
    seen = (row for row in page.items if row.subject in circles)
    return Page(tuple(row for row in seen if reading.sees(circles[row.subject])), page.next)


def _circles(reading: Reading, page: Page[ReviewRow]) -> dict[UUID, Circle]:
    views = reading.parts.views
    petitions = [row.subject for row in page.items if row.clock == REPLY]
    cases = [row.subject for row in page.items if row.clock != REPLY]
    found = {each.petition_id: of_petition(each) for each in views.find_petitions(petitions)}
    return found | {each.case_id: of_case(each) for each in views.find_cases(cases)}
