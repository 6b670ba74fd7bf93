"""Boards: what a commune, a district, a province sees (bảng điều hành).

A board of a unit that ended stays readable, as history. So does any board as of a day, or as
the directory was known on a day: what is open now, counted by the units of then.

Levels are data: the district and province boards are one question asked of another unit.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query

from domain.directory import Unit
from domain.errors import NotFound
from projections.answers import OfficeSums, most_urgent
from projections.asks import Area, CrowdState, GatheringFilter
from projections.gatherings import GatheringRow
from services.api import row_circles
from services.api.answers import (
    Age,
    AreaBoard,
    Change,
    CommuneBoard,
    UnitFigures,
    added_up,
)
from services.api.bodies.base import Day, Ref
from services.api.changes import told_lately
from services.api.known import AsOf, TheAsOf, TheDirectory
from services.api.problems import refuses
from services.api.reading import Reading, TheReader
from services.api.routes.lists import seen_gatherings, seen_offers
from services.api.sums import AnswersNow, PastBoard, UnitSums, must_see_country, sums_of, told
from services.areas import area_of, looked_over, placing_of
from services.sums import By
from services.units.answers import UnitAnswer
from services.units.deciding import former_unit

LATELY = timedelta(hours=1)
CROWDS = 200
"""Crowds on one board, at most; a province has had fewer at once in any year."""

router = APIRouter(prefix="/api/v1/boards", tags=["boards"], responses=refuses(400, 403, 404))

UnitPath = Annotated[Ref, Path(description="A unit's id or bare code, as of the day.")]


@router.get("/commune/{unit}")
async def read_commune_board(
    unit: UnitPath, reader: TheReader, as_of: TheAsOf
) -> CommuneBoard | PastBoard:
    """A commune's desk: what waits, what was offered, which crowds stand (bàn tiếp dân)."""
    views, on = reader.parts.views, reader.today
    standing = _of_level(reader, unit, "commune", as_of)
    if not (as_of.is_now and _stands(reader, standing)):
        return await _past_board(reader, standing, as_of)
    office = reader.directory.committee_of(standing.unit_id, on).office_id
    area = area_of(standing.unit_id, reader.directory, on)
    counts = await reader.ask(views.desk_counts, office, today=on, soon_until=reader.soon_until)
    return CommuneBoard(
        unit=UnitAnswer.of(standing),
        office=office,
        counts=counts,
        incoming=await reader.ask(views.incoming, area.offices, seen=partial(seen_offers, reader)),
        gatherings=await _crowds(reader, area),
        freshness=Age.of(await reader.ask(views.freshness)),
    )


@router.get("/district/{unit}")
async def read_district_board(
    unit: UnitPath, reader: TheReader, as_of: TheAsOf
) -> AreaBoard | PastBoard:
    """A district's board; of one that ended, what is still open of what came from there."""
    return await _board(reader, _of_level(reader, unit, "district", as_of), as_of)


@router.get("/province/{unit}")
async def read_province_board(
    unit: UnitPath, reader: TheReader, as_of: TheAsOf
) -> AreaBoard | PastBoard:
    """A province's board (bảng điều hành toàn tỉnh), a former one's as a district's."""
    return await _board(reader, _of_level(reader, unit, "province", as_of), as_of)


@router.get("/sums")
async def read_sums(
    reader: TheReader,
    directory: TheDirectory,
    unit: Annotated[Ref | None, Query(description="The whole country when left out.")] = None,
    by: By = By.NOW,
    at: Annotated[
        Day | None,
        Query(description="The day whose units count: today, or the eve of the newest reform."),
    ] = None,
) -> UnitSums:
    """Open work by the units of then or of now; both add up to one total (tổng số)."""
    if unit is None:
        must_see_country(reader)
    of = None if unit is None else _unit(reader, reader.unit(unit, at=at))
    sums = await reader.ask(sums_of, reader, of)
    return await reader.ask(told, reader, sums, by, at, directory)


async def _board(reader: Reading, unit: Unit, as_of: AsOf) -> AreaBoard | PastBoard:
    if as_of.is_now and _stands(reader, unit):
        return await _area_board(reader, unit)
    return await _past_board(reader, unit, as_of)


def _stands(reader: Reading, unit: Unit) -> bool:
    return reader.directory.units.on(unit.unit_id, reader.today) is not None


async def _past_board(reader: Reading, unit: Unit, as_of: AsOf) -> PastBoard:
    area = await reader.ask(area_of, unit.unit_id, reader.directory, reader.today)
    own, stands = _unit(reader, unit.unit_id), _stands(reader, unit)
    sums = await reader.ask(sums_of, reader, own)
    day = as_of.at or (reader.today if stands else None)
    return PastBoard(
        unit=UnitAnswer.of(unit),
        ended_on=None if stands else own.valid_until,
        answers=AnswersNow.of(own, reader.directory, reader.today),
        sums=await reader.ask(told, reader, sums, By.THEN, day, as_of.known),
        gatherings=await _crowds(reader, area),
        freshness=Age.of(await reader.ask(reader.parts.views.freshness)),
    )


async def _area_board(reader: Reading, unit: Unit) -> AreaBoard:
    views, on, now = reader.parts.views, reader.today, reader.parts.clock.now()
    area = area_of(unit.unit_id, reader.directory, on)
    sums = await reader.ask(
        views.office_sums,
        area.offices,
        today=on,
        soon_until=reader.soon_until,
        received_since=on.replace(day=1),
    )
    crowds = await _crowds(reader, area)
    waiting = await reader.ask(views.awaiting_decision, (reader.officer.office,))
    changes = await reader.ask(told_lately, reader, area, now - LATELY)
    own = placing_of(reader.directory, on).offices_at(unit.unit_id)
    return AreaBoard(
        unit=UnitAnswer.of(unit),
        figures=await reader.ask(views.province_figures, area, today=on, now=now),
        total=added_up(unit.unit_id, sums.values()),
        units=[
            _figures(reader, child, sums, crowds)
            for child in reader.directory.children(unit.unit_id, on)
        ],
        offices=[sums.get(office, OfficeSums(office)) for office in own],
        gatherings=list(crowds),
        awaiting=[row for row in waiting if reader.sees(row_circles.of_awaiting(row))],
        changes=[Change.of(row) for row in changes],
        freshness=Age.of(await reader.ask(views.freshness)),
    )


def _of_level(reader: Reading, ref: str, level: str, as_of: AsOf) -> Unit:
    """A unit of this level the reader looks over, as it was on the day, as known then.

    Rights are those of today. Refuses: ``NotFound``, 403, 422.
    """
    day, now = as_of.at or reader.today, reader.directory
    unit = former_unit(as_of.known or now, ref, day, pointer="path/unit")
    looked_over(reader.officer, unit.unit_id, now, reader.today, pointer="path/unit")
    if unit.level != level:
        raise NotFound(
            f"{unit.name} không có bảng này.",
            pointer="path/unit",
            mend="Mở bảng đúng cấp của đơn vị.",
        )
    return unit


def _unit(reader: Reading, unit_id: str) -> Unit:
    return former_unit(reader.directory, unit_id, reader.today)


async def _crowds(reader: Reading, area: Area) -> list[GatheringRow]:
    ask = GatheringFilter(area=area, state=CrowdState.GOING_ON)
    seen = partial(seen_gatherings, reader)
    page = await reader.ask(reader.parts.views.gatherings, ask, limit=CROWDS, seen=seen)
    return list(page.items)


def _figures(
    reader: Reading,
    unit: Unit,
    sums: Mapping[str, OfficeSums],
    crowds: Sequence[GatheringRow],
) -> UnitFigures:
    """The figures of one unit of the board, with the most urgent of them."""
    area = area_of(unit.unit_id, reader.directory, reader.today)
    inside = [sums[office] for office in area.offices if office in sums]
    here = [crowd for crowd in crowds if crowd.place in area.units]
    urgency, urgent = most_urgent(here, inside)
    return UnitFigures(
        unit_id=unit.unit_id,
        name=unit.name,
        urgency=urgency,
        urgent=urgent,
        sums=added_up(unit.unit_id, inside),
    )
