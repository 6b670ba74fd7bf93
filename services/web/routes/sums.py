"""Open work by the units of then or of now (tổng số), also of units that ended."""

from dataclasses import replace
from functools import partial
from typing import Annotated

from fastapi import Query, Response

from domain.days import day_of
from domain.directory import Unit
from domain.errors import NotFound
from projections.asks import CrowdState, GatheringFilter
from projections.gatherings import GatheringRow
from services.api.bodies.base import Ref
from services.api.reading import Reading
from services.api.routes.boards import CROWDS
from services.api.routes.lists import seen_gatherings
from services.api.sums import must_see_country, rows_seen, sums_of
from services.areas import area_of
from services.sums import By
from services.units.deciding import former_unit
from services.web.present.days import AsOf
from services.web.present.sums import COUNTRY, WAYS, SumsFacts, sums_page
from services.web.routes.door import TheVisit, Visit
from services.web.routes.page_route import pages

router = pages()

Way = Annotated[str, Query(alias="theo", max_length=10)]
TypedDay = Annotated[str, Query(alias="ngay", max_length=20)]
TypedKnown = Annotated[str, Query(alias="biet", max_length=20)]


@router.get(COUNTRY)
def read_country(
    visit: TheVisit, way: Way = "", day: TypedDay = "", known: TypedKnown = ""
) -> Response:
    """What the whole country adds up to. Refuses: 403."""
    must_see_country(visit.reading)
    return _page(visit, None, way, (day, known))


@router.get("/don-vi/{unit}/tong-so")
def read_unit(
    unit: Ref, visit: TheVisit, way: Way = "", day: TypedDay = "", known: TypedKnown = ""
) -> Response:
    """What is open in a unit, or came from a former one. Refuses: 403, 422."""
    today = visit.reading.today
    found = former_unit(visit.directory, visit.reading.unit(unit), today)
    return _page(visit, found, way, (day, known))


def _page(visit: Visit, unit: Unit | None, way: str, typed: tuple[str, str]) -> Response:
    facts = sums_facts(visit, visit.reading, unit, way, typed)
    return visit.page("sums.html", sums_page(facts, visit.seat))


def past_board(visit: Visit, ref: str, *, piece: bool) -> Response | None:
    """The board of a unit that has ended, which is the same history; None while it stands.

    Whose own office has ended looks at it with the rights of its last day. Refuses: 403,
    ``NotFound``, ``UnknownUnit``.
    """
    reading, today = visit.reading, day_of(visit.parts.clock.now())
    unit = former_unit(visit.directory, reading.unit(ref), today)
    if unit.valid_until is None or unit.valid_until >= today:
        if visit.until is not None:
            raise NotFound("Cơ quan của bạn đã kết thúc; bảng này không còn là của bạn.")
        return None
    facts = sums_facts(visit, replace(reading, today=today), unit)
    template = "sums/piece.html" if piece else "sums.html"
    return visit.page(template, sums_page(facts, visit.seat))


def sums_facts(
    visit: Visit,
    reading: Reading,
    unit: Unit | None,
    way: str = "",
    typed: tuple[str, str] = ("", ""),
) -> SumsFacts:
    """What is open, added up both ways, as a reader may see it. Typed: as of, as known on."""
    sums = sums_of(reading, unit)
    by = WAYS.get(way, By.THEN if sums.is_past else By.NOW)
    seen = AsOf.typed(*typed, visit.directory, sums.day_of(by))
    added = sums.added(by, seen.on, seen.directory)
    history = sums.is_past and visit.until is None
    return SumsFacts(
        sums=sums,
        by=by,
        added=added,
        rows=rows_seen(reading, sums, added),
        other=sums.added(By.THEN if by is By.NOW else By.NOW),
        crowds=_crowds(visit, unit) if unit is not None and history else (),
        freshness=visit.parts.views.freshness(),
        day=seen,
    )


def _crowds(visit: Visit, unit: Unit) -> tuple[GatheringRow, ...]:
    """Crowds still going on that concern a former unit."""
    area = area_of(unit.unit_id, visit.directory, visit.reading.today)
    ask = GatheringFilter(area=area, state=CrowdState.GOING_ON)
    seen = partial(seen_gatherings, visit.reading)
    return visit.parts.views.gatherings(ask, limit=CROWDS, seen=seen).items
