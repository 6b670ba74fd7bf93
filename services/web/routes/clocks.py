"""Every clock of a petition or case, of any day (mọi thời hạn của hồ sơ)."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Response

from domain.errors import NotFound
from services.explained import Explanation
from services.explaining import days_asked, explain
from services.web.present.asking import Thing
from services.web.present.clocks import Asked, deadlines_page
from services.web.present.days import AsOf
from services.web.present.deadlines import SLUG
from services.web.present.subjects import path_of
from services.web.routes.door import TheVisit, Visit
from services.web.routes.files_at import seen
from services.web.routes.page_route import pages
from services.web.routes.places import TypedDay

router = pages()

OTHERS: Final = 20
"""Petitions of a case whose clocks stand on one page."""

TypedKnown = Annotated[str, Query(alias="biet", max_length=20)]
After = Annotated[int, Query(alias="tu", ge=0, le=10**6)]


@router.get(f"/ho-so/{{stream}}/{SLUG}")
def petition_clocks(
    stream: UUID, visit: TheVisit, day: TypedDay = "", known: TypedKnown = "", after: After = 0
) -> Response:
    """The clocks of a petition and of its case. Refuses: ``NotFound``, ``Invalid``."""
    return _page(visit, stream, "petition", _typed(visit, day, known), after)


@router.get(f"/vu-viec/{{stream}}/{SLUG}")
def case_clocks(
    stream: UUID, visit: TheVisit, day: TypedDay = "", known: TypedKnown = "", after: After = 0
) -> Response:
    """The clocks of a case and of its petitions. Refuses: ``NotFound``, ``Invalid``."""
    return _page(visit, stream, "case", _typed(visit, day, known), after)


def _typed(visit: Visit, day: str, known: str) -> AsOf:
    return AsOf.typed(day, known, visit.directory, visit.reading.today)


def _page(visit: Visit, stream: UUID, sort: Thing, day: AsOf, after: int) -> Response:
    thing = seen(visit, stream, sort)
    asked = Asked(thing.number, path_of(thing.dossier), day)
    law = visit.parts.law().known_on(day.known or day.today)
    found = _found(visit, stream, day, after)
    return visit.page("clocks.html", deadlines_page(asked, found, visit.seat, law))


def _found(visit: Visit, stream: UUID, day: AsOf, after: int) -> Explanation | None:
    """None where on that day there was no such file yet."""
    days = days_asked(day.on, day.known, day.today)
    try:
        return explain(
            stream,
            visit.parts.store,
            visit.parts.law(),
            days,
            shown=visit.reading.shows,
            after=after,
            limit=OTHERS,
        )
    except NotFound:
        return None
