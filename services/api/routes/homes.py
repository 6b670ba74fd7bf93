"""The work of abolished offices, and of officers who left (việc kế thừa, việc bàn giao)."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel

from domain.commands import rehoming as ask
from domain.homes import OfficesOn
from projections.answers import Page
from projections.case_row import CaseRow
from projections.resting import Rests, Work
from services.access import check_reads
from services.api.acts import CHANGES, ActOn
from services.api.bodies.homes import HomeDecision
from services.api.problems import refuses
from services.api.reading import Reading, TheReader
from services.api.routes.lists import Cursor, Limit, seen_cases
from services.api.row_circles import File, of_file
from services.leavers import leavers

AT = "/api/v1"

acts = APIRouter(prefix=AT, tags=["rehoming"])
router = APIRouter(prefix=AT, tags=["rehoming"], responses=refuses(400, 403))


class Undecided(BaseModel):
    """A file that waits for a decision: for which abolished offices, and between which heirs."""

    work: Work
    id: UUID
    version: int
    formers: dict[str, tuple[str, ...]]


class UndecidedFiles(BaseModel):
    """A page of them, of those that the reader may see."""

    items: Sequence[Undecided]
    next: str | None


@router.get("/undecided-files")
async def list_undecided_files(
    reader: TheReader, work: Work = Work.PETITION, cursor: Cursor = None, limit: Limit = 50
) -> UndecidedFiles:
    """Files the reader's office answers for until somebody decides (hồ sơ chờ nơi kế thừa)."""
    views, own = reader.parts.views, [reader.officer.office]
    page: Page[Rests] = await reader.page(
        views.undecided, work, own, cursor=cursor, limit=limit, seen=partial(seen_files, reader)
    )
    tree = OfficesOn(reader.directory, reader.today)
    return UndecidedFiles(items=[_told(each, tree) for each in page.items], next=page.next)


def _told(rests: Rests, tree: OfficesOn) -> Undecided:
    """The heirs are those of today; the file itself refuses the office it is about."""
    formers = {}
    for former in rests.undecided:
        home = tree.home_of(former)
        formers[former] = () if home is None else home.candidates
    return Undecided(work=rests.work, id=rests.subject, version=rests.version, formers=formers)


@router.get("/leavers-cases")
async def list_leavers_cases(
    reader: TheReader, cursor: Cursor = None, limit: Limit = 50
) -> Page[CaseRow]:
    """Open cases of the reader's office whose handler has left (việc phải bàn giao)."""
    check_reads(reader.officer)
    gone = leavers(reader.directory, [reader.officer.office], reader.today)
    handled = reader.parts.views.handled_by
    seen = partial(seen_cases, reader)
    return await reader.page(handled, gone, cursor=cursor, limit=limit, seen=seen)


def seen_files(reader: Reading, rows: Sequence[File]) -> Sequence[File]:
    """The rows of files, of whatever sort, that exist for the reader."""
    return [row for row in rows if reader.sees(of_file(row))]


@acts.post("/petitions/{petition_id}/home", **CHANGES)
async def decide_petition_home(petition_id: UUID, body: HomeDecision, act: ActOn) -> Response:
    """Say which office a petition rests on for good (quyết định nơi nhận đơn)."""
    command = body.command(ask.DecidePetitionHome, petition_id=petition_id)
    return await act.record(command, body, at=f"{AT}/petitions")


@acts.post("/cases/{case_id}/home", **CHANGES)
async def decide_case_home(case_id: UUID, body: HomeDecision, act: ActOn) -> Response:
    """Say which office a case, and its petitions, rest on for good (nơi nhận vụ việc)."""
    command = body.command(ask.DecideCaseHome, case_id=case_id)
    return await act.record(command, body, at=f"{AT}/cases")


@acts.post("/gatherings/{gathering_id}/home", **CHANGES)
async def decide_gathering_home(gathering_id: UUID, body: HomeDecision, act: ActOn) -> Response:
    """Say whose duty a crowd is for good (quyết định nơi nhận việc của đoàn)."""
    command = body.command(ask.DecideGatheringHome, gathering_id=gathering_id)
    return await act.record(command, body, at=f"{AT}/gatherings")


@acts.post("/return-missions/{mission_id}/home", **CHANGES)
async def decide_return_mission_home(mission_id: UUID, body: HomeDecision, act: ActOn) -> Response:
    """Say whose duty a return mission is for good (quyết định nơi nhận việc hỗ trợ về)."""
    command = body.command(ask.DecideReturnMissionHome, mission_id=mission_id)
    return await act.record(command, body, at=f"{AT}/return-missions")
