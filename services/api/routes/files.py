"""One thing: a petition, case, gathering or mission, its history, its protected texts (hồ sơ)."""

from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query, Response

from domain.case import Case
from domain.commands.access import OpenText
from domain.errors import NotFound
from domain.gathering import Gathering
from domain.petition import Petition
from domain.ports import StoreUnavailable
from domain.return_mission import ReturnMission
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.petition_row import PetitionRow
from projections.return_missions import MissionRow
from services import sight
from services.api import catalogue
from services.api.acts import ActAnew, opening_is_fresh
from services.api.answers import Entry, History, TextAnswer
from services.api.bodies.petitions import Opening
from services.api.linked import crowds_told, facts_told
from services.api.problems import refuses, unavailable
from services.api.reading import Reading, TheReader
from services.circles import circle_of

R = TypeVar("R", PetitionRow, CaseRow, GatheringRow, MissionRow)

router = APIRouter(prefix="/api/v1", responses=refuses(400, 403, 404))


@router.get("/petitions/{petition_id}", tags=["petitions"])
async def read_petition(petition_id: UUID, reader: TheReader, response: Response) -> PetitionRow:
    """A petition as the views show it; its ETag is what acts on it ask for (đơn)."""
    await reader.dossier(petition_id, Petition)
    found = await reader.ask(reader.parts.views.find_petition, petition_id)
    return _tagged(response, reader.shown(found, petition_id))


@router.get("/cases/{case_id}", tags=["cases"])
async def read_case(case_id: UUID, reader: TheReader, response: Response) -> CaseRow:
    """A case as the views show it (vụ việc)."""
    await reader.dossier(case_id, Case)
    found = await reader.ask(reader.parts.views.find_case, case_id)
    return _tagged(response, reader.shown(found, case_id))


@router.get("/gatherings/{gathering_id}", tags=["gatherings"])
async def read_gathering(gathering_id: UUID, reader: TheReader, response: Response) -> GatheringRow:
    """A gathering as the views show it (đoàn đông người)."""
    await reader.dossier(gathering_id, Gathering)
    found = await reader.ask(reader.parts.views.find_gathering, gathering_id)
    row = reader.shown(found, gathering_id)
    (told,) = await reader.ask(crowds_told, reader, (row,))
    return _tagged(response, told)


@router.get("/return-missions/{mission_id}", tags=["return missions"])
async def read_mission(mission_id: UUID, reader: TheReader, response: Response) -> MissionRow:
    """A return mission as the views show it (hỗ trợ công dân về)."""
    await reader.dossier(mission_id, ReturnMission)
    found = await reader.ask(reader.parts.views.find_mission, mission_id)
    return _tagged(response, reader.shown(found, mission_id))


@router.get("/histories/{stream}", tags=["histories"])
async def read_history(
    stream: UUID,
    reader: TheReader,
    after: Annotated[int, Query(ge=0, le=10**9, description="The last version read.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> History:
    """What happened to a dossier, fact by fact, oldest first (diễn biến)."""
    await reader.dossier(stream)
    rows = await reader.ask(
        reader.parts.views.history, stream, after_version=after, limit=limit + 1
    )
    items = await reader.ask(facts_told, reader, [Entry.of(row) for row in rows[:limit]])
    more = items[-1].version if len(rows) > limit else None
    return History(id=stream, items=items, next=more)


@router.post(
    "/histories/{stream}/texts/{entry}",
    tags=["histories"],
    responses=refuses(400, 403, 404, 408, 413, 415),
)
async def open_text(
    stream: UUID, entry: UUID, body: Opening, act: ActAnew, reader: TheReader
) -> TextAnswer:
    """Open a protected text for a purpose (xem nội dung được bảo vệ).

    That it was opened is on record before it is decrypted: no record, no text. A repeat with
    the same key within five minutes gives the text again without a second record, to who may
    open it still.
    """
    dossier = await reader.dossier(stream)
    field = await reader.ask(_field_of, reader, stream, entry)
    command = OpenText(subject=stream, entry=entry, field=field, purpose=body.purpose)
    circle = circle_of(dossier, reader.directory, reader.today)
    sight.check_text(command, reader.officer, circle, reader.directory, reader.today)
    outcome = await act.handle(command, body)
    opening_is_fresh(outcome, reader.parts.clock.now())
    try:
        text = await reader.ask(reader.parts.vault.open, stream, entry, field)
    except StoreUnavailable as down:
        raise unavailable(catalogue.VAULT_UNAVAILABLE) from down
    return TextAnswer(field=field, text=text, opened_at=outcome.recorded_at)


def _field_of(reader: Reading, stream: UUID, entry: UUID) -> str:
    """Which field an entry of this dossier is. Refuses: ``NotFound``."""
    for fact in reader.parts.store.load(stream):
        for ref in getattr(fact, "texts", ()):
            if ref.entry == entry:
                field: str = ref.field
                return field
    raise NotFound("Không tìm thấy nội dung này trong hồ sơ.")


def _tagged(response: Response, row: R) -> R:
    """The row, with the version that acts on it must name."""
    response.headers["ETag"] = f'"{row.version}"'
    return row
