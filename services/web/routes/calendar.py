"""The working calendar as a month, and what an officer writes into it (lịch làm việc)."""

import re
from dataclasses import replace
from datetime import date
from typing import Annotated, Final

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

from domain.errors import NotFound, Refusal
from services import access
from services.access import RoleMayNot
from services.api.acts import Acting
from services.api.bodies.base import Act
from services.api.deps import KEY_FORM
from services.api.routes.calendar import noted
from services.calendar_months import first_of, month_shown, owner_of
from services.casework import Outcome
from services.web.models.calendar import Moves
from services.web.notices import word_of
from services.web.present import calendar_acts as acts
from services.web.present.asking import ActKind, answered, day_in
from services.web.present.calendar import ADDRESS, Asked, calendar_page
from services.web.present.days import NO_DAY
from services.web.routes.door import Form, TheForm, TheVisit, Visit, go
from services.web.routes.moves import TheMoves, moves_shown
from services.web.routes.page_route import pages

router = pages()

MONTH: Final = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])", re.ASCII)
SUGGESTED: Final = ("holiday", "kind", "day", "worked_on")
"""Fields a suggestion or an unread entry fills in: in the address, so a look records nothing."""


def _text(alias: str, longest: int = 64) -> object:
    return Query(alias=alias, max_length=longest)


@router.get(ADDRESS)
def read_calendar(
    visit: TheVisit,
    moved: TheMoves,
    month: Annotated[str, Query(alias="thang", max_length=7)] = "",
    day: Annotated[str, Query(alias="ngay", max_length=20)] = "",
    known: Annotated[str, Query(alias="biet", max_length=20)] = "",
    of: Annotated[str, Query(alias="cua", max_length=64)] = "",
    find: Annotated[str, Query(alias="tim", max_length=100)] = "",
    act: Annotated[str, Query(alias="viec", max_length=20)] = "",
    changed: Annotated[str, Query(alias="doi", max_length=40)] = "",
) -> Response:
    """A month, whose calendar it is, the entries, and the form that was asked for."""
    today = visit.reading.today
    chosen = day_in(day.strip(), today) if day.strip() else None
    until = day_in(known.strip(), today) if known.strip() else None
    wrong = bool(day.strip() and chosen is None) or bool(known.strip() and until is None)
    asked = replace(
        _asked(visit, _first(month, chosen or today), of),
        chosen=chosen,
        known=until,
        wrong=NO_DAY if wrong else "",
        find=find.strip(),
        act=act,
        said=_filled(visit, act),
    )
    moves = None if moved is None else moves_shown(visit, moved, asked.link(doi=changed))
    return _page(visit, asked, moves)


@router.post(f"{ADDRESS}/{{slug}}")
async def write(slug: str, visit: TheVisit, sent: TheForm) -> Response:
    """Record an act on the calendar; the month says what it moved."""
    kind = acts.BY_SLUG.get(slug)
    if kind is None:
        raise NotFound("Không có thao tác này.")
    if not access.may(kind.command, visit.reading.officer.role):
        raise RoleMayNot("Vai của bạn không được ghi vào lịch.", mend="Nhờ người có thẩm quyền.")
    asked = await run_in_threadpool(_sent, visit, sent, slug)
    found = answered(kind, sent.values, visit.reading.today)
    if found.body is None:
        return await run_in_threadpool(_page, visit, replace(asked, errors=found.errors), None, 422)
    try:
        outcome = await _record(visit, kind, found.body, sent)
    except Refusal as refusal:
        problem = f"{refusal.reason} {refusal.mend or ''}".strip()
        return await run_in_threadpool(_page, visit, replace(asked, problem=problem), None, 409)
    return go(asked.link(vua=word_of(kind), cho=outcome.token, doi=str(outcome.position)))


@router.get("/calendar")
def by_its_english_name(
    visit: TheVisit,
    month: Annotated[str, Query(max_length=7)] = "",
    unit: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """The same page by the name that programs know it by."""
    return go(_asked(visit, _first(month, visit.reading.today), unit).link())


async def _record(visit: Visit, kind: ActKind, body: Act, sent: Form) -> Outcome:
    """Refuses what the field refuses."""
    key = sent.get("key")
    fit = key if KEY_FORM.fullmatch(key) else f"calendar.{kind.slug}"
    acting = Acting(visit.request, visit.parts, visit.reading.officer, fit, None)
    return await noted(acting, body.command(kind.command), body)


def _sent(visit: Visit, sent: Form, slug: str) -> Asked:
    first = _first(sent.get("thang"), visit.reading.today)
    said = {name: value[:500] for name, value in sent.values.items()}
    return replace(_asked(visit, first, sent.get("cua")[:64]), act=slug, said=said)


def _filled(visit: Visit, act: str) -> dict[str, str]:
    """What a link put into the form: a suggested day, or the entry to be withdrawn."""
    words = visit.request.query_params
    if act == acts.DAY_OFF.slug:
        return {name: words[name][:20] for name in SUGGESTED if name in words}
    if act == acts.DAY_WITHDRAWN.slug:
        return {acts.YEAR: words.get("noi", "")[:64], "withdrawn": words.get("so", "")[:9]}
    if act == acts.CLOSURE_WITHDRAWN.slug:
        return {"withdrawn": words.get("so", "")[:9]}
    return {}


def _first(month: str, otherwise: date) -> date:
    return date.fromisoformat(f"{month}-01") if MONTH.fullmatch(month) else first_of(otherwise)


def _asked(visit: Visit, first: date, of: str) -> Asked:
    """Refuses: ``NotFound`` for a place that never was."""
    reading = visit.reading
    named = "unit" if visit.directory.find_unit(of, first) else "office"
    named = "unit" if visit.directory.find_unit(of, reading.today) else named
    try:
        owner = owner_of(
            visit.directory, reading.officer.office, reading.today, first, **{named: of}
        )
    except Refusal as unknown:
        raise NotFound(unknown.reason) from unknown
    return Asked(first, owner)


def _page(visit: Visit, asked: Asked, moves: Moves | None, status: int = 200) -> Response:
    law = visit.parts.law()
    almanac = law.almanac if asked.known is None else law.almanac.known_on(asked.known)
    shown = month_shown(almanac, asked.owner, asked.first)
    page = calendar_page(shown, asked, visit.seat, moves, _suggestions(visit, asked))
    return visit.page("calendar.html", page, status)


def _suggestions(visit: Visit, asked: Asked) -> list[tuple[date, str, dict[str, str]]]:
    """Days the package knows and the calendar does not; only while a day off is being entered."""
    if asked.act != acts.DAY_OFF.slug:
        return []
    from services.holiday_suggestions import suggestions

    found = suggestions(asked.first.year, visit.parts.calendar)
    return [(each.day, each.vietnamese(), each.fields()) for each in found if not each.known]
