"""Taking an act in from a plain form: ask, check, record once under its key (thao tác)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid4

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from domain.case import Case
from domain.codes import PetitionKind
from domain.dossier import Dossier
from domain.errors import NotFound, NotPermitted, Outdated, Refusal
from domain.law.timeline import Timeline
from domain.petition import Petition
from domain.ports import StoreUnavailable
from domain.values import Officer
from projections.petition_row import PetitionRow
from services import access
from services.access import RoleMayNot
from services.api.acts import Acting
from services.api.deps import KEY_FORM
from services.api.problems import RETRY_AFTER, Problem
from services.casework import Outcome
from services.web.models import FieldError, Link
from services.web.notices import word_of
from services.web.present.act_pages import ActPage, check, form
from services.web.present.asking import ActKind, Answered, answered, command_of
from services.web.present.conflict import conflict_page
from services.web.present.petition_acts import CLASSIFY, INTAKE
from services.web.present.settling import first_answers
from services.web.present.subjects import PATHS, path_of
from services.web.routes.door import Form, Visit, go, version_in
from services.web.routes.files_at import Seen, seen
from services.web.routes.picked_files import files_to_pick, offices_spoken_of

DEAD_ENDS: Final = (NotPermitted, NotFound)


def may(officer: Officer, kind: ActKind) -> None:
    """Refuses: :class:`RoleMayNot`, before anything is asked."""
    if not access.may(kind.command, officer.role):
        raise RoleMayNot(
            "Vai của bạn không được thực hiện việc này.",
            mend="Nhờ người có vai phù hợp trong cơ quan thực hiện.",
        )


def page_for(
    visit: Visit, kind: ActKind, thing: Seen | None, values: Mapping[str, str], key: str = ""
) -> ActPage:
    """The act as it stands, for a form or the answers to check."""
    office = visit.reading.officer.office
    picks = {ask.picks for ask in kind.asks}
    version = "" if thing is None or kind.creates else str(thing.dossier.version)
    return ActPage(
        kind=kind,
        seat=visit.seat,
        action=visit.request.url.path,
        key=key or uuid4().hex,
        law=visit.parts.law(),
        back=_back(thing, visit),
        version=values.get("version", version) if values else version,
        values=values,
        subject=None if thing is None else thing.subject(visit),
        colleagues=visit.site.colleagues(office) if "colleague" in picks else (),
        found=files_to_pick(visit, kind, values),
        near=() if thing is None else offices_spoken_of(thing.facts),
        petition=None if thing is None else _sort_of(thing.dossier),
        case=None if thing is None else _time_of(thing.dossier),
    )


def _sort_of(dossier: Dossier) -> PetitionKind | None:
    return dossier.kind if isinstance(dossier, Petition) else None


def _time_of(dossier: Dossier) -> Timeline | None:
    return dossier.timeline if isinstance(dossier, Case) else None


def _back(thing: Seen | None, visit: Visit) -> Link:
    if thing is None:
        return Link("Hộp việc", "/hop-viec")
    subject = thing.subject(visit)
    return Link(subject.number, subject.href)


def first_values(visit: Visit, kind: ActKind, thing: Seen | None) -> Mapping[str, str]:
    """What a form says before anybody typed: nothing, but for what is on file already."""
    if thing is not None and isinstance(thing.dossier, Case):
        return first_answers(kind, thing.dossier.timeline)
    if kind is not CLASSIFY or thing is None:
        return {}
    known = visit.parts.views.find_petition(thing.dossier.id)
    return {} if not isinstance(known, PetitionRow) else {
        "kind": known.kind,
        "field": known.field,
        "competent_office": known.competent_office or visit.reading.officer.office,
        "accused_office": known.accused_office or "",
    }  # fmt: skip


def ask_form(visit: Visit, kind: ActKind, thing: Seen | None) -> Response:
    """The empty form of an act. Refuses: :class:`RoleMayNot`."""
    may(visit.reading.officer, kind)
    page = page_for(visit, kind, thing, first_values(visit, kind, thing))
    return _form(visit, page)


def _form(
    visit: Visit,
    page: ActPage,
    errors: Sequence[FieldError] = (),
    problem: str = "",
    status: int = 200,
) -> Response:
    template = "intake.html" if page.kind is INTAKE else "act_form.html"
    return visit.page(template, form(page, errors, problem), status)


async def take(visit: Visit, kind: ActKind, stream: UUID | None, sent: Form) -> Response:
    """What the pressed button asks: find, edit, check or record."""
    may(visit.reading.officer, kind)
    key = sent.get("key") if KEY_FORM.fullmatch(sent.get("key")) else ""
    try:
        thing = await run_in_threadpool(_thing, visit, kind, stream)
    except StoreUnavailable as down:
        kept = await run_in_threadpool(page_for, visit, kind, None, sent.values, key)
        return await run_in_threadpool(_not_now, visit, kept, down)
    page = await run_in_threadpool(page_for, visit, kind, thing, sent.values, key)
    step = sent.get("step")
    if step in ("find", "edit"):
        return await run_in_threadpool(_form, visit, page)
    found = answered(kind, sent.values, visit.reading.today, str(stream or ""))
    if found.body is None:
        return await run_in_threadpool(_form, visit, page, found.errors, "", 422)
    if step != "record":
        return await run_in_threadpool(visit.page, "act_check.html", check(page))
    return await _record(visit, page, thing, found)


def _thing(visit: Visit, kind: ActKind, stream: UUID | None) -> Seen | None:
    return None if stream is None else seen(visit, stream, kind.about)


async def _record(visit: Visit, page: ActPage, thing: Seen | None, found: Answered) -> Response:
    """Record it, or say on the same page why not; what was typed is never lost."""
    try:
        outcome = await _handle(visit, page, thing, found)
    except Outdated as outdated:
        return await run_in_threadpool(_conflict, visit, page, outdated)
    except NotFound:
        raise
    except Refusal as refusal:
        return await run_in_threadpool(_refused, visit, page, refusal)
    except (StoreUnavailable, Problem) as down:
        return await run_in_threadpool(_not_now, visit, page, down)
    return go(_after(page.kind, thing, outcome))


async def _handle(visit: Visit, page: ActPage, thing: Seen | None, found: Answered) -> Outcome:
    if found.body is None:
        raise TypeError("nothing was answered")
    kind, ids = page.kind, _ids(page.kind, thing)
    expected = None if kind.creates else version_in(page.values.get("version", ""))
    acting = Acting(visit.request, visit.parts, visit.reading.officer, page.key, expected)
    return await acting.handle(command_of(kind, found.body, **ids), found.body)


def _ids(kind: ActKind, thing: Seen | None) -> dict[str, Any]:
    ids: dict[str, Any] = {kind.made: uuid4()} if kind.made else {}
    if kind.subject and thing is not None:
        ids[kind.subject] = thing.dossier.id
    return ids


def _after(kind: ActKind, thing: Seen | None, outcome: Outcome) -> str:
    """Where an act leads: to the thing it was about, as the views show it by then."""
    said = f"?vua={word_of(kind)}&cho={outcome.token}"
    if kind is INTAKE:
        return f"/bien-nhan/{outcome.subject}{said}"
    if kind.creates:
        about = {"case_id": "case", "gathering_id": "gathering", "mission_id": "mission"}
        return f"{PATHS[about[kind.made]]}/{outcome.subject}{said}"  # type: ignore[index]
    return f"{path_of(_dossier(thing))}{said}"


def _dossier(thing: Seen | None) -> Dossier:
    if thing is None:
        raise TypeError("an act on nothing creates something")
    return thing.dossier


def _refused(visit: Visit, page: ActPage, refusal: Refusal) -> Response:
    """The form again, with the field's reason at the question it is about."""
    name = (refusal.pointer or "").strip("/").replace("/", ".")
    name = next((each for each in page.names if each == name or each.startswith(f"{name}.")), "")
    words = f"{refusal.reason} {refusal.mend or ''}".strip()
    if (refusal.pointer or "").strip("/") and name:
        return _form(visit, page, (FieldError(name, words),), status=422)
    return _form(visit, page, problem=words, status=409)


def _not_now(visit: Visit, page: ActPage, down: Exception) -> Response:
    """The answers to check again, under the same key: pressing once more records once."""
    words = down.detail if isinstance(down, Problem) else (
        "Hệ thống tạm gián đoạn. Chưa có gì được ghi; nội dung bạn gõ còn nguyên ở đây."
    )  # fmt: skip
    status = down.kind.status if isinstance(down, Problem) else 503
    response = visit.page("act_check.html", check(page, words), status)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _conflict(visit: Visit, page: ActPage, outdated: Outdated) -> Response:
    """Somebody was first: both versions, and what was typed is kept."""
    stream = UUID(visit.request.path_params["stream"])
    thing = seen(visit, stream, page.kind.about)
    subject = thing.subject(visit)
    model = conflict_page(page, thing.dossier, thing.facts, subject, outdated)
    return visit.page("conflict.html", model, 409)
