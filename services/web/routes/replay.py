"""Replaying a file: what for, on record first, then event by event (tua lại hồ sơ)."""

from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

from domain.codes import LABELS, AccessPurpose, Role
from domain.commands.access import ReplayHistory
from domain.events.access import HistoryReplayed
from domain.events.base import OfficeEvent
from domain.streams import access_stream
from services import access
from services.access import RoleMayNot
from services.api.acts import Acting
from services.api.bodies.petitions import Opening
from services.sight import CHECKING
from services.web.models import FieldError
from services.web.present.asking import day_in
from services.web.present.purpose import purpose_page
from services.web.present.replay import ReplayFacts, replay_page
from services.web.present.words import local
from services.web.routes.door import TheForm, TheVisit, Visit, go
from services.web.routes.files_at import Seen, seen
from services.web.routes.page_route import pages

router = pages()

WHAT = "Tua lại cho thấy hồ sơ như lúc đó, từng sự kiện. Hãy nêu mục đích."


@router.get("/kiem-tra/{stream}")
def replay(
    stream: UUID,
    visit: TheVisit,
    n: Annotated[int | None, Query(ge=1, le=10**6)] = None,
    reading: Annotated[int, Query(alias="lan", ge=0, le=10**9)] = 0,
    day: Annotated[str, Query(alias="den", max_length=20)] = "",
) -> Response:
    """The file after event ``n``, for whoever put a purpose on record today; else the question."""
    thing = _may(visit, stream)
    purpose = _on_record(visit, stream, reading)
    if purpose is None:
        return _ask(visit, thing)
    total = len(thing.facts)
    number, wrong = min(n or total, total), ""
    if day:
        number, wrong = _at_day(visit, thing, day, number)
    known = ReplayFacts(
        dossier=thing.dossier,
        facts=thing.facts,
        n=number,
        subject=thing.subject(visit),
        purpose=LABELS[purpose],
        keep=(("lan", str(reading)),),
        go_to=day,
        go_to_error=wrong,
    )
    return visit.page("replay.html", replay_page(known, visit.seat))


@router.post("/kiem-tra/{stream}")
async def begin(stream: UUID, visit: TheVisit, sent: TheForm) -> Response:
    """Put the replay on record, then show it."""
    thing = await run_in_threadpool(_may, visit, stream)
    chosen = next((each for each in _purposes(visit) if each == sent.get("purpose")), None)
    if chosen is None:
        error = FieldError("purpose", "Chọn mục đích xem.")
        return await run_in_threadpool(_ask, visit, thing, error)
    acting = Acting(visit.request, visit.parts, visit.reading.officer, sent.get("key"), None)
    head = await run_in_threadpool(visit.parts.store.head)
    command = ReplayHistory(subject=stream, at_position=head, purpose=chosen)
    outcome = await acting.handle(command, Opening(purpose=chosen))
    return go(f"/kiem-tra/{stream}?n=1&lan={outcome.version}")


def _may(visit: Visit, stream: UUID) -> Seen:
    """Refuses: ``NotFound``, :class:`RoleMayNot`."""
    thing = seen(visit, stream)
    if not access.may(ReplayHistory, visit.reading.officer.role):
        raise RoleMayNot("Vai của bạn không tua lại hồ sơ.")
    return thing


def _purposes(visit: Visit) -> tuple[AccessPurpose, ...]:
    """An auditor checks; those who handle a file do that."""
    auditor = visit.reading.officer.role is Role.AUDITOR
    return tuple(p for p in AccessPurpose if not auditor or p in CHECKING)


def _on_record(visit: Visit, stream: UUID, version: int) -> AccessPurpose | None:
    """The purpose that this reader put on record today under this number."""
    for fact in visit.parts.store.load(access_stream(stream)):
        own = isinstance(fact, HistoryReplayed) and fact.originator_version == version
        if isinstance(fact, HistoryReplayed) and own:
            reader = visit.reading.officer
            same = (fact.actor, fact.office) == (reader.account, reader.office)
            today = local(fact.timestamp).date() == visit.reading.today
            return AccessPurpose(fact.purpose) if same and today else None
    return None


def _ask(visit: Visit, thing: Seen, error: FieldError | None = None) -> Response:
    page = purpose_page(
        visit.seat, "Tua lại hồ sơ", thing.subject(visit), visit.request.url.path, uuid4().hex,
        _purposes(visit), error, what=WHAT, submit="Ghi lại và tua",
    )  # fmt: skip
    return visit.page("purpose.html", page, 422 if error else 200)


def _at_day(visit: Visit, thing: Seen, day: str, number: int) -> tuple[int, str]:
    """The last event recorded by the end of a day."""
    found = day_in(day.strip(), visit.reading.today)
    if found is None:
        return number, "Gõ ngày/tháng/năm, ví dụ 20/05/2025."
    until = recorded_by(thing.facts, found)
    return (until, "") if until else (number, "Trước ngày đó chưa có sự kiện nào.")


def recorded_by(facts: Sequence[OfficeEvent], day: date) -> int:
    """How many facts stood at the end of a day: those before the first recorded after it."""
    return sum(1 for _ in takewhile(lambda fact: local(fact.timestamp).date() <= day, facts))
