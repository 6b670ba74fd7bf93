"""Open work by the units of then or of now (tổng số), also of units that ended."""

from typing import Annotated

from fastapi import Query, Response

from domain.directory import Unit
from projections.asks import CrowdState, GatheringFilter
from projections.gatherings import GatheringRow
from services.api.bodies.base import Ref
from services.api.routes.boards import CROWDS
from services.api.routes.lists import seen_gatherings
from services.api.sums import must_see_country, rows_seen, sums_of
from services.areas import area_of
from services.sums import By
from services.units.deciding import former_unit
from services.web.present.days import AsOf
from services.web.present.sums import COUNTRY, WAYS, SumsFacts, sums_page
from services.web.routes.door import TheVisit, Visit, pages

router = pages()

Way = Annotated[str, Query(alias="theo", max_length=10)]
TypedDay = Annotated[str, Query(alias="ngay", max_length=20)]


@router.get(COUNTRY)
def read_country(visit: TheVisit, way: Way = "", day: TypedDay = "") -> Response:
    """What the whole country adds up to. Refuses: 403."""
    must_see_country(visit.reading)
    return _page(visit, None, way, day)


@router.get("/don-vi/{unit}/tong-so")
def read_unit(unit: Ref, visit: TheVisit, way: Way = "", day: TypedDay = "") -> Response:
    """What is open in a unit, or came from a former one. Refuses: 403, 422."""
    today = visit.reading.today
    found = former_unit(visit.directory, visit.reading.unit(unit), today)
    return _page(visit, found, way, day)


def _page(visit: Visit, unit: Unit | None, way: str, day: str) -> Response:
    reading = visit.reading
    sums = sums_of(reading, unit)
    by = WAYS.get(way, By.THEN if sums.is_past else By.NOW)
    seen = AsOf.typed(day, "", visit.directory, sums.day_of(by))
    added = sums.added(by, seen.on)
    facts = SumsFacts(
        sums=sums,
        by=by,
        added=added,
        rows=rows_seen(reading, sums, added),
        other=sums.added(By.THEN if by is By.NOW else By.NOW),
        crowds=_crowds(visit, unit) if unit is not None and sums.is_past else (),
        freshness=visit.parts.views.freshness(),
        day=seen,
    )
    return visit.page("sums.html", sums_page(facts, visit.seat))


def _crowds(visit: Visit, unit: Unit) -> tuple[GatheringRow, ...]:
    """Crowds still going on that concern a former unit."""
    area = area_of(unit.unit_id, visit.directory, visit.reading.today)
    ask = GatheringFilter(area=area, state=CrowdState.GOING_ON)
    return seen_gatherings(visit.reading, visit.parts.views.gatherings(ask, limit=CROWDS).items)
