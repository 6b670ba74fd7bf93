"""Home and the live boards of a province and a district (bảng điều hành)."""

from functools import partial
from typing import Annotated

from fastapi import Query, Response

from domain.directory import Unit
from domain.errors import NotFound
from projections.asks import CrowdState, GatheringFilter
from services.api import row_circles
from services.api.routes.boards import CROWDS, LATELY
from services.api.routes.lists import seen_gatherings
from services.areas import area_of, placing_of
from services.sums import By
from services.units.deciding import former_unit
from services.web.present.area import AreaFacts
from services.web.present.district import district_board
from services.web.present.frame import board_of, home_of
from services.web.present.province import province_board
from services.web.present.sums import ways_of
from services.web.routes.door import TheLook, Visit, go
from services.web.routes.page_route import pages
from services.web.routes.recent import recent
from services.web.routes.sums import past_board

router = pages()

Wall = Annotated[bool, Query(alias="man-hinh-lon")]
First = Annotated[list[str] | None, Query(alias="dau", max_length=300)]


@router.get("/")
def home(visit: TheLook) -> Response:
    """Where this role begins its day."""
    if visit.until is not None:
        return go(board_of(visit.seat.unit) or f"/don-vi/{visit.seat.unit.unit_id}")
    return go(home_of(visit.reading.officer, visit.seat.unit))


@router.get("/dieu-hanh")
def own_board(visit: TheLook, wall: Wall = False) -> Response:
    """The board of the reader's own unit."""
    board = board_of(visit.seat.unit)
    if not board:
        return go("/hop-viec")
    return go(f"{board}?man-hinh-lon=1" if wall else board)


@router.get("/dieu-hanh/{unit}")
def province(unit: str, visit: TheLook, wall: Wall = False) -> Response:
    """The board of a province, and its variant for a wall."""
    past = past_board(visit, unit, piece=False)
    return past or _province(unit, visit, "province_board.html", wall=wall)


@router.get("/dieu-hanh/{unit}/phan/bang")
def province_piece(unit: str, visit: TheLook, wall: Wall = False) -> Response:
    """The live part of a province's board, with the rights of this moment."""
    past = past_board(visit, unit, piece=True)
    return past or _province(unit, visit, "province/live.html", wall=wall)


@router.get("/huyen/{unit}")
def district(unit: str, visit: TheLook) -> Response:
    """The board of a district."""
    past = past_board(visit, unit, piece=False)
    return past or _district(unit, visit, "district_board.html", ())


@router.get("/huyen/{unit}/phan/bang")
def district_piece(unit: str, visit: TheLook, first: First = None) -> Response:
    """The live part of a district's board; rows stay in the groups of the page that asks."""
    past = past_board(visit, unit, piece=True)
    return past or _district(unit, visit, "district/live.html", first or ())


def _province(ref: str, visit: Visit, template: str, *, wall: bool) -> Response:
    unit = _of_level(visit, ref, "province")
    cells = visit.site.cells(unit.valid_from)
    facts = area_facts(visit, unit)
    return visit.page(template, province_board(facts, visit.seat, cells, wall=wall))


def _district(
    ref: str, visit: Visit, template: str, first: tuple[str, ...] | list[str]
) -> Response:
    unit = _of_level(visit, ref, "district")
    facts = area_facts(visit, unit)
    return visit.page(template, district_board(facts, visit.seat, first))


def _of_level(visit: Visit, ref: str, level: str) -> Unit:
    """A unit of this level the reader looks over. Refuses: ``NotFound``, 403, 422."""
    unit = former_unit(visit.directory, visit.reading.unit(ref), visit.reading.today)
    if unit.level != level:
        raise NotFound("Đơn vị này không có bảng này.")
    return unit


def area_facts(visit: Visit, unit: Unit) -> AreaFacts:
    """Everything a board shows of a unit, asked with the reader's rights."""
    reading, views, now = visit.reading, visit.parts.views, visit.parts.clock.now()
    on, area = reading.today, area_of(unit.unit_id, visit.directory, reading.today)
    placing = placing_of(visit.directory, on)
    going_on = GatheringFilter(area=area, state=CrowdState.GOING_ON)
    return AreaFacts(
        unit=unit,
        sums=views.office_sums(
            area.offices, today=on, soon_until=reading.soon_until, received_since=on.replace(day=1)
        ),
        crowds=views.gatherings(
            going_on, limit=CROWDS, seen=partial(seen_gatherings, reading)
        ).items,
        figures=views.province_figures(area, today=on, now=now),
        awaiting=[
            row
            for row in views.awaiting_decision((reading.officer.office,))
            if reading.sees(row_circles.of_awaiting(row))
        ],
        changes=recent(visit, area, now - LATELY),
        freshness=views.freshness(),
        calendar=visit.parts.calendar,
        placing=placing,
        ways=ways_of(unit.unit_id, placing.eve, By.NOW),
    )
