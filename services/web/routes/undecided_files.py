"""Files that wait for the office that takes them over: the queue, and the decision."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Query, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from domain.commands import rehoming as ask
from domain.commands.base import Command
from domain.errors import NotFound, Outdated, Refusal
from infra.postgres.views.paging import BrokenCursor
from projections.queries import Views
from projections.resting import Work
from services import access
from services.access import RoleMayNot
from services.api.acts import Acting
from services.api.bodies.homes import HomeDecision
from services.api.deps import KEY_FORM
from services.api.routes.homes import seen_files
from services.api.row_circles import of_file
from services.web.notices import HOME_DECIDED
from services.web.present.taking_over import FileRow, Waiting
from services.web.present.undecided_files import (
    QUEUE,
    ROWS,
    Asked,
    Found,
    undecided_files,
)
from services.web.routes.door import Form, TheForm, TheVisit, Visit, go, version_in
from services.web.routes.page_route import pages

router = pages()

TO_MEND: Final = "Chọn cơ quan nhận."
CHANGED: Final = "Hồ sơ vừa có thay đổi. Xem lại rồi quyết định."

UUID_FORM: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)

Make = tuple[type[Command], str]
COMMANDS: Final[Mapping[Work, Make]] = {
    Work.PETITION: (ask.DecidePetitionHome, "petition_id"),
    Work.CASE: (ask.DecideCaseHome, "case_id"),
    Work.GATHERING: (ask.DecideGatheringHome, "gathering_id"),
    Work.MISSION: (ask.DecideReturnMissionHome, "mission_id"),
}
"""How the home of each sort of file is decided."""

FIND: Final[Mapping[Work, Callable[[Views, list[UUID]], Any]]] = {
    Work.PETITION: lambda views, ids: {r.petition_id: r for r in views.find_petitions(ids)},
    Work.CASE: lambda views, ids: {r.case_id: r for r in views.find_cases(ids)},
    Work.GATHERING: lambda views, ids: {each: views.find_gathering(each) for each in ids},
    Work.MISSION: lambda views, ids: {each: views.find_mission(each) for each in ids},
}
"""The rows of several files of a sort, by id."""


@router.get(QUEUE)
def read_queue(
    visit: TheVisit,
    work: Annotated[str, Query(alias="viec", max_length=20)] = "",
    after: Annotated[str, Query(alias="sau", max_length=200)] = "",
    chosen: Annotated[str, Query(alias="chon", max_length=40)] = "",
    find: Annotated[str, Query(alias="tim", max_length=100)] = "",
) -> Response:
    """What the reader's office answers for meanwhile, and one file with its candidates."""
    return _page(visit, Asked(_sort(work), after, chosen, find.strip()))


@router.post(f"{QUEUE}/{{work}}/{{subject}}")
async def decide(work: Work, subject: UUID, visit: TheVisit, sent: TheForm) -> Response:
    """Say which office a file rests on for good; the next one opens."""
    command, _ = COMMANDS[work]
    if not access.may(command, visit.reading.officer.role):
        raise RoleMayNot(
            "Vai của bạn không được quyết định nơi nhận hồ sơ.", mend="Nhờ thủ trưởng quyết định."
        )
    asked = Asked(work, sent.get("sau")[:200], str(subject), said=sent.get("to_office")[:64])
    try:
        outcome = await _record(visit, work, subject, sent)
    except ValidationError:
        return await _again(visit, asked, TO_MEND, 422)
    except Outdated:
        return await _again(visit, asked, CHANGED, 409)
    except NotFound:
        raise
    except Refusal as refusal:
        return await _again(visit, asked, f"{refusal.reason} {refusal.mend or ''}".strip(), 409)
    return go(asked.link(chon=sent.get("ke")[:40], vua=HOME_DECIDED, cho=outcome))


async def _again(visit: Visit, asked: Asked, problem: str, status: int) -> Response:
    return await run_in_threadpool(_page, visit, replace(asked, problem=problem), status)


async def _record(visit: Visit, work: Work, subject: UUID, sent: Form) -> str:
    """The act's position, to wait for. Refuses what the field refuses."""
    said = {name: sent.get(name) for name in ("office", "to_office")}
    body = HomeDecision.model_validate(said)
    kind, name = COMMANDS[work]
    key, version = sent.get("key"), sent.get("version")
    officer = visit.reading.officer
    fit = key if KEY_FORM.fullmatch(key) else str(subject)
    read = version_in(version)
    act = Acting(visit.request, visit.parts, officer, fit, read)
    return (await act.handle(body.command(kind, **{name: subject}), body)).token


def _page(visit: Visit, asked: Asked, status: int = 200) -> Response:
    views, own = visit.parts.views, [visit.reading.officer.office]
    try:
        page = views.undecided(
            asked.work, own, after=asked.after or None, limit=ROWS,
            seen=partial(seen_files, visit.reading),
        )  # fmt: skip
    except BrokenCursor as broken:
        raise NotFound("Trang danh sách này không còn.") from broken
    items = _waiting(visit, asked.work, [each.subject for each in page.items])
    found = Found(items, page.next, _current(visit, asked, items), visit.parts.calendar)
    return visit.page("undecided_files.html", undecided_files(found, asked, visit.seat), status)


def _current(visit: Visit, asked: Asked, items: Sequence[Waiting]) -> Waiting | None:
    """The file asked for, on this page or another; else the first."""
    chosen = next((each for each in items if str(each.id) == asked.chosen), None)
    if chosen is None and UUID_FORM.fullmatch(asked.chosen):
        named = _waiting(visit, asked.work, [UUID(asked.chosen)])
        chosen = next((each for each in named if each.former), None)
    return chosen or next(iter(items), None)


def _waiting(visit: Visit, work: Work, subjects: Sequence[UUID]) -> list[Waiting]:
    """Those the reader may see, as their rows stand."""
    rows: Mapping[UUID, FileRow | None] = FIND[work](visit.parts.views, list(subjects))
    own, sees = visit.reading.officer.office, visit.reading.sees
    return [
        Waiting(work, subject, row, own)
        for subject in subjects
        if (row := rows.get(subject)) is not None and sees(of_file(row))
    ]


def _sort(word: str) -> Work:
    return Work(word) if word in set(Work) else Work.PETITION
