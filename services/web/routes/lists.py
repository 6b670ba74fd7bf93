"""The list behind every figure (danh sách hồ sơ)."""

from functools import partial
from typing import Annotated

from fastapi import Query, Response

from domain.codes import Field as Subject
from domain.codes import PetitionKind
from domain.errors import NotFound
from infra.postgres.views.paging import BrokenCursor
from projections.answers import InboxItem, Incoming, Page
from projections.asks import DueWindow, OfferFilter, PetitionFilter
from projections.petition_row import PetitionState
from services.api.bodies.base import Ref
from services.api.routes.lists import seen_offers, seen_petitions
from services.areas import scope_of
from services.web.present.lists import EVERYTHING, TITLES, ListAsked, petition_list
from services.web.routes.door import TheVisit, Visit
from services.web.routes.page_route import pages

router = pages()

WINDOWS = {
    "qua-han": DueWindow.OVERDUE,
    "hom-nay": DueWindow.TODAY,
    "sap-han": DueWindow.SOON,
}


@router.get("/ds")
def read_list(
    visit: TheVisit,
    queue: Annotated[str, Query(alias="hang", max_length=20)] = EVERYTHING,
    unit: Annotated[Ref | None, Query(alias="don-vi")] = None,
    office: Annotated[Ref | None, Query(alias="co-quan")] = None,
    kind: Annotated[PetitionKind | None, Query(alias="loai")] = None,
    field: Annotated[Subject | None, Query(alias="linh-vuc")] = None,
    after: Annotated[str, Query(alias="sau", max_length=200)] = "",
) -> Response:
    """Petitions of a unit the reader looks over. Refuses: 403, 404."""
    if queue not in TITLES:
        raise NotFound("Không có danh sách này.")
    asked = ListAsked(
        queue=queue,
        unit=visit.reading.unit(unit),
        office=_office(visit, office),
        kind=kind or "",
        field=field or "",
        after=after,
    )
    try:
        page = _page(visit, asked)
    except BrokenCursor as broken:
        raise NotFound("Trang danh sách này không còn.") from broken
    freshness = visit.parts.views.freshness()
    model = petition_list(asked, page, freshness, visit.seat, visit.parts.calendar)
    return visit.page("petition_list.html", model)


def _office(visit: Visit, ref: str | None) -> str:
    """One office instead of all, in a unit the reader looks over. Refuses: 403."""
    if ref is None:
        return ""
    found = visit.directory.get_office(ref, visit.reading.today)
    if found.office_id != visit.reading.officer.office:
        visit.reading.unit(found.unit)
    return found.office_id


def _page(visit: Visit, asked: ListAsked) -> Page[InboxItem] | Page[Incoming]:
    reading, views, after = visit.reading, visit.parts.views, asked.after or None
    scope = scope_of(asked.unit, visit.directory, reading.today)
    if asked.office:
        scope = scope.of_office(asked.office)
    if asked.queue == "chua-nhan":
        offers = OfferFilter(
            to_offices=scope.offices, came_from=scope.is_past, reach=reading.reach()
        )
        waiting = partial(seen_offers, reading, scope=scope)
        return views.offers(offers, after=after, seen=waiting)
    ask = PetitionFilter(
        offices=scope.offices,
        kinds=(asked.kind,) if asked.kind else (),
        fields=(asked.field,) if asked.field else (),
        states=(PetitionState.RETURNED,) if asked.queue == "tra-lai" else (),
        due=WINDOWS.get(asked.queue),
        today=reading.today,
        soon_until=reading.soon_until,
        ended=asked.queue == "da-xong",
        came_from=scope.is_past,
        reach=reading.reach(),
    )
    return views.petitions(ask, after=after, seen=partial(seen_petitions, reading, scope=scope))
