"""Old units of which a person must decide: the queue, and the decision (chờ quyết định)."""

from dataclasses import replace
from itertools import islice
from typing import Annotated, Final

from fastapi import Query, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from domain.commands.directory import NameUnitSuccessor
from domain.errors import Refusal
from domain.undecided import Doubt, OpenQuestions
from services import access
from services.access import RoleMayNot
from services.api.acts import Acting
from services.api.bodies.base import Ref
from services.api.bodies.units import SuccessorDecision
from services.api.deps import KEY_FORM
from services.units.deciding import decision
from services.web.notices import DECIDED
from services.web.present.undecided import QUEUE, ROWS, Asked, undecided_page
from services.web.routes.door import Form, TheForm, TheVisit, Visit, go
from services.web.routes.page_route import pages

router = pages()

ANSWERS: Final = ("successor", "relation", "basis")
TO_MEND: Final = "Chọn một đơn vị kế thừa và phần kế thừa."


@router.get(QUEUE)
def read_queue(
    visit: TheVisit,
    doubt: Annotated[str, Query(alias="vi-sao", max_length=20)] = "",
    after: Annotated[str, Query(alias="sau", max_length=64)] = "",
    chosen: Annotated[str, Query(alias="chon", max_length=64)] = "",
    find: Annotated[str, Query(alias="tim", max_length=100)] = "",
) -> Response:
    """The queue, and one old unit with its candidates beside it."""
    return _page(visit, Asked(_doubt(doubt), after, chosen, find.strip()))


@router.post("/don-vi/{unit}/ke-thua")
async def decide(unit: Ref, visit: TheVisit, sent: TheForm) -> Response:
    """Record where an old unit went, or who does its work; the next one opens."""
    if not access.may(NameUnitSuccessor, visit.reading.officer.role):
        raise RoleMayNot(
            "Vai của bạn không được quyết định địa bàn cũ.", mend="Nhờ quản trị danh bạ thực hiện."
        )
    asked = Asked(
        _doubt(sent.get("vi-sao")),
        sent.get("sau")[:64],
        unit,
        said={name: sent.get(name) for name in ANSWERS},
    )
    try:
        outcome = await _record(visit, unit, sent)
    except ValidationError:
        return await run_in_threadpool(_page, visit, replace(asked, problem=TO_MEND), 422)
    except Refusal as refusal:
        problem = f"{refusal.reason} {refusal.mend or ''}".strip()
        return await run_in_threadpool(_page, visit, replace(asked, problem=problem), 409)
    return go(asked.link(vua=DECIDED, cho=outcome))


async def _record(visit: Visit, unit: str, sent: Form) -> str:
    """The act's position, to wait for. Refuses what the field refuses."""
    body = SuccessorDecision.model_validate({name: sent.get(name) for name in ANSWERS})
    command = await run_in_threadpool(
        decision,
        visit.directory,
        visit.reading.today,
        unit=unit,
        successor=body.successor,
        relation=body.relation,
        basis=body.basis,
    )
    key = sent.get("key")
    officer = visit.reading.officer
    fit = key if KEY_FORM.fullmatch(key) else unit
    outcome = await Acting(visit.request, visit.parts, officer, fit, None).handle(command, body)
    return outcome.token


def _page(visit: Visit, asked: Asked, status: int = 200) -> Response:
    questions = OpenQuestions(visit.directory, visit.reading.today)
    waiting = tuple(islice(questions.waiting(after=asked.after, doubt=asked.doubt), ROWS + 1))
    page = undecided_page(waiting, asked, questions, visit.seat)
    return visit.page("undecided.html", page, status)


def _doubt(word: str) -> Doubt | None:
    return Doubt(word) if word in set(Doubt) else None
