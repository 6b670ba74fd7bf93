"""Units, the search, help (đơn vị, tìm, trợ giúp)."""

from functools import partial
from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.responses import HTMLResponse

from domain.directory import UnknownUnit
from domain.errors import NotFound
from domain.register import CASE_MARK
from domain.unit_finding import find_units
from projections.answers import InboxItem
from projections.asks import PetitionFilter
from projections.case_row import CaseRow
from services.access import SYSTEM
from services.api import row_circles
from services.api.bodies.base import Ref
from services.api.routes.lists import seen_petitions
from services.areas import area_of
from services.units.deciding import former_unit
from services.web.present.days import AsOf
from services.web.present.frame import bare_shell, shell
from services.web.present.help import help_page
from services.web.present.offices import search_page, unit_page
from services.web.routes.door import TheLook, TheVisit, Visit, claims_in, go, look_of
from services.web.routes.page_route import TheSite, pages
from services.web.routes.refused import SignInNeeded

router = pages()

HITS = 20


TypedDay = Annotated[str, Query(alias="ngay", max_length=20)]
"""A day as people write it, ``01/07/2025``."""


@router.get("/don-vi/{unit}")
def read_unit(
    unit: Ref,
    visit: TheLook,
    day: TypedDay = "",
    known: Annotated[str, Query(alias="biet", max_length=20)] = "",
) -> Response:
    """A unit on a day, as known on a day; an old one as it last stood. Refuses: ``NotFound``."""
    seen = AsOf.typed(day, known, visit.directory, visit.reading.today)
    try:
        found = former_unit(seen.directory, unit, seen.on)
    except UnknownUnit as unknown:
        raise NotFound(unknown.reason) from unknown
    return visit.page("unit.html", unit_page(found, visit.seat, seen))


@router.get("/tim")
def search(
    visit: TheVisit, q: Annotated[str, Query(max_length=100)] = "", day: TypedDay = ""
) -> Response:
    """A petition or case by its number, a unit by its names. A whole number opens the file."""
    asked = q.strip()
    case = _case(visit, asked)
    if case is not None:
        return go(f"/vu-viec/{case.case_id}")
    petitions = _petitions(visit, asked) if asked else ()
    if len(petitions) == 1 and petitions[0].petition.number.casefold() == asked.casefold():
        return go(f"/ho-so/{petitions[0].petition.petition_id}")
    seen = AsOf.typed(day, "", visit.directory, visit.reading.today)
    units = find_units(asked, seen.directory, seen.on, HITS) if asked else ()
    page = search_page(asked, units, petitions, visit.seat, visit.parts.calendar, seen)
    return visit.page("search.html", page)


def _case(visit: Visit, number: str) -> CaseRow | None:
    """The case of exactly this number, where it exists for the reader."""
    if not (number.isprintable() and number.upper().startswith(f"{CASE_MARK}-")):
        return None
    row = visit.parts.views.find_case_by_number(number)
    return row if row is not None and visit.reading.sees(row_circles.of_case(row)) else None


def _petitions(visit: Visit, number: str) -> tuple[InboxItem, ...]:
    """Those the reader's area answers for, and the one of exactly this number."""
    reading = visit.reading
    is_number = number.isprintable() and any(letter.isdigit() for letter in number)
    if reading.officer.role in SYSTEM or not is_number:
        return ()
    area = area_of(reading.unit(None), visit.directory, reading.today)
    ask = PetitionFilter(offices=area.offices, number=number, ended=True, reach=reading.reach())
    seen = partial(seen_petitions, reading)
    return visit.parts.views.petitions(ask, limit=HITS, seen=seen).items


@router.get("/tro-giup")
async def read_help(request: Request, site: TheSite) -> Response:
    """Keys, words, rules: also for those not signed in."""
    try:
        claims_in(request, site)
        frame = shell((await look_of(request, site)).seat, "Trợ giúp")
    except SignInNeeded:
        frame = bare_shell("Trợ giúp", demo=site.parts.demo, now=site.parts.clock.now())
    return HTMLResponse(site.renderer.page("help.html", help_page(frame)))
