"""Cases of officers who left, and handing them on (việc phải bàn giao)."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from domain.commands.case import AssignHandler
from domain.errors import NotFound, Refusal
from infra.postgres.views.paging import BrokenCursor
from services import access
from services.access import RoleMayNot
from services.api.acts import Acting
from services.api.bodies.cases import Handler
from services.api.deps import KEY_FORM
from services.api.routes.lists import seen_cases
from services.leavers import leavers_work
from services.web.notices import HANDED_ON
from services.web.present.leavers import ADDRESS, ROWS, Leaving, leavers_page
from services.web.routes.door import Form, TheForm, TheVisit, Visit, go, version_in
from services.web.routes.page_route import pages

router = pages()

TO_MEND = "Chọn người nhận việc."


@router.get(ADDRESS)
def read_leavers(
    visit: TheVisit, after: Annotated[str, Query(alias="sau", max_length=200)] = ""
) -> Response:
    """What must be handed on in the reader's own office."""
    return _page(visit, after)


@router.post(f"{ADDRESS}/{{case_id}}")
async def hand_on(case_id: UUID, visit: TheVisit, sent: TheForm) -> Response:
    """Give a case to somebody who is there."""
    if not access.may(AssignHandler, visit.reading.officer.role):
        raise RoleMayNot(
            "Vai của bạn không được giao việc.", mend="Nhờ thủ trưởng cơ quan giao việc."
        )
    after = sent.get("sau")[:200]
    try:
        token = await _record(visit, case_id, sent)
    except ValidationError:
        return await run_in_threadpool(_page, visit, after, TO_MEND, 422)
    except NotFound:
        raise
    except Refusal as refusal:
        problem = f"{refusal.reason} {refusal.mend or ''}".strip()
        return await run_in_threadpool(_page, visit, after, problem, 409)
    kept = f"&sau={after}" if after else ""
    return go(f"{ADDRESS}?vua={HANDED_ON}&cho={token}{kept}")


async def _record(visit: Visit, case_id: UUID, sent: Form) -> str:
    body = Handler.model_validate({"handler": sent.get("handler")})
    key, version = sent.get("key"), sent.get("version")
    fit = key if KEY_FORM.fullmatch(key) else str(case_id)
    read = version_in(version)
    act = Acting(visit.request, visit.parts, visit.reading.officer, fit, read)
    return (await act.handle(body.command(AssignHandler, case_id=case_id), body)).token


def _page(visit: Visit, after: str, problem: str = "", status: int = 200) -> Response:
    reading, own = visit.reading, visit.reading.officer.office
    views, today = visit.parts.views, reading.today
    try:
        page = leavers_work(
            views, visit.directory, [own], today, after=after or None, limit=ROWS,
            seen=partial(seen_cases, reading),
        )  # fmt: skip
    except BrokenCursor as broken:
        raise NotFound("Trang danh sách này không còn.") from broken
    colleagues = visit.site.colleagues(own)
    found = Leaving(page.items, page.next, after, colleagues, visit.parts.calendar, problem)
    return visit.page("leavers.html", leavers_page(found, visit.seat), status)
