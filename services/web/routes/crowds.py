"""Crowds and missions of help home: lists and pages (đoàn đông người, hỗ trợ về)."""

from functools import partial
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

from domain.errors import NotFound
from domain.gathering import Gathering
from domain.refusals.gathering import GatheringAlreadyAcknowledged
from projections.asks import GatheringFilter
from services.api import row_circles
from services.api.acts import Acting
from services.api.bodies.base import PlainAct, Ref
from services.api.linked import crowds_told
from services.api.routes.lists import seen_gatherings, seen_missions
from services.areas import area_of
from services.web import session
from services.web.present.asking import command_of
from services.web.present.crowd_acts import KNOWN
from services.web.present.crowd_lists import CROWD_TABS, MISSION_TABS, crowd_list, mission_list
from services.web.present.gathering import CrowdFacts, gathering_page
from services.web.present.mission import MissionFacts, mission_page
from services.web.present.texts import TextRights
from services.web.routes.door import TheForm, TheVisit, Visit, go
from services.web.routes.files_at import Seen, reminders_of, seen
from services.web.routes.page_route import pages
from services.web.routes.rights import may_replay, rights_of

router = pages()

UnitRef = Annotated[Ref | None, Query(alias="don-vi")]
Shown = Annotated[str, Query(alias="loc", max_length=20)]
After = Annotated[str | None, Query(alias="sau", max_length=200)]


@router.get("/doan-dong-nguoi")
def crowds(
    visit: TheVisit, unit: UnitRef = None, shown: Shown = "", after: After = None
) -> Response:
    """The crowds of a unit the reader looks over."""
    return _crowds(visit, "crowd_list.html", unit, shown, after)


@router.get("/doan-dong-nguoi/phan/danh-sach")
def crowds_piece(visit: TheVisit, unit: UnitRef = None, shown: Shown = "") -> Response:
    """The live part of the list of crowds."""
    return _crowds(visit, "crowds/rows.html", unit, shown, None)


@router.get("/ho-tro-ve")
def missions(
    visit: TheVisit, unit: UnitRef = None, shown: Shown = "", after: After = None
) -> Response:
    """The missions of a unit the reader looks over."""
    return _missions(visit, "crowd_list.html", unit, shown, after)


@router.get("/ho-tro-ve/phan/danh-sach")
def missions_piece(visit: TheVisit, unit: UnitRef = None, shown: Shown = "") -> Response:
    """The live part of the list of missions."""
    return _missions(visit, "crowds/rows.html", unit, shown, None)


@router.get("/su-viec/{stream}")
def read_gathering(stream: UUID, visit: TheVisit) -> Response:
    """One crowd. Refuses: ``NotFound``."""
    thing = seen(visit, stream, "gathering")
    return show_gathering(visit, thing, rights_of(visit, thing))


@router.get("/su-viec/{stream}/phan/doan")
def gathering_piece(stream: UUID, visit: TheVisit) -> Response:
    """The live part of a crowd's page."""
    thing = seen(visit, stream, "gathering")
    return show_gathering(visit, thing, rights_of(visit, thing), "crowds/gathering.html")


@router.post("/su-viec/{stream}/da-biet")
async def acknowledge(stream: UUID, visit: TheVisit, sent: TheForm) -> Response:
    """Say "we know" straight from an alert; saying it twice is saying it once."""
    thing = await run_in_threadpool(seen, visit, stream, "gathering")
    key = sent.get("key") or uuid4().hex
    acting = Acting(visit.request, visit.parts, visit.reading.officer, key, None)
    body, token = PlainAct(), ""
    try:
        outcome = await acting.handle(command_of(KNOWN, body, gathering_id=thing.dossier.id), body)
        token = f"&cho={outcome.token}"
    except GatheringAlreadyAcknowledged:
        pass
    there = session.path_of(visit.request.headers.get("referer", "")) or f"/su-viec/{stream}"
    there = f"/su-viec/{stream}" if there.endswith("/da-biet") else there
    return go(f"{there}?vua=gathering.da-biet{token}")


@router.get("/ho-tro-ve/{stream}")
def read_mission(stream: UUID, visit: TheVisit) -> Response:
    """One mission. Refuses: ``NotFound``."""
    return _mission(visit, seen(visit, stream, "mission"), "return_mission.html")


@router.get("/ho-tro-ve/{stream}/phan/dot")
def mission_piece(stream: UUID, visit: TheVisit) -> Response:
    """The live part of a mission's page."""
    return _mission(visit, seen(visit, stream, "mission"), "crowds/mission.html")


def show_gathering(
    visit: Visit, thing: Seen, rights: TextRights, template: str = "gathering.html"
) -> Response:
    """A crowd's page; a text that was just opened stands on it once."""
    if not isinstance(thing.dossier, Gathering):
        raise NotFound("Không tìm thấy hồ sơ.")
    views, stream, reading = visit.parts.views, thing.dossier.id, visit.reading
    (row,) = crowds_told(reading, (reading.shown(views.find_gathering(stream), stream),))
    known = CrowdFacts(
        row=row,
        facts=thing.facts,
        missions=[
            row for row in views.missions_of(stream) if reading.sees(row_circles.of_mission(row))
        ],
        freshness=views.freshness(),
        rights=rights,
        may_replay=may_replay(visit, thing),
        reminders=reminders_of(visit, stream),
    )
    return visit.page(template, gathering_page(known, visit.seat))


def _mission(visit: Visit, thing: Seen, template: str) -> Response:
    views, stream = visit.parts.views, thing.dossier.id
    known = MissionFacts(
        row=visit.reading.shown(views.find_mission(stream), stream),
        facts=thing.facts,
        freshness=views.freshness(),
        may_replay=may_replay(visit, thing),
        reminders=reminders_of(visit, stream),
    )
    return visit.page(template, mission_page(known, visit.seat))


def _crowds(
    visit: Visit, template: str, ref: str | None, shown: str, after: str | None
) -> Response:
    if shown not in CROWD_TABS:
        raise NotFound("Không có danh sách này.")
    reading, unit = visit.reading, visit.reading.unit(ref)
    area = area_of(unit, visit.directory, reading.today)
    ask = GatheringFilter(area=area, state=CROWD_TABS[shown][0])
    page = visit.parts.views.gatherings(ask, after=after, seen=partial(seen_gatherings, reading))
    fresh = visit.parts.views.freshness()
    return visit.page(template, crowd_list(page, unit, shown, fresh, visit.seat))


def _missions(
    visit: Visit, template: str, ref: str | None, shown: str, after: str | None
) -> Response:
    if shown not in MISSION_TABS:
        raise NotFound("Không có danh sách này.")
    reading, unit = visit.reading, visit.reading.unit(ref)
    area = area_of(unit, visit.directory, reading.today)
    page = visit.parts.views.missions(
        area, under_way=not shown, after=after, seen=partial(seen_missions, reading)
    )
    fresh = visit.parts.views.freshness()
    return visit.page(template, mission_list(page, unit, shown, fresh, visit.seat))
