"""The door of the pages: who visits, and what a form brought."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Final
from urllib.parse import parse_qsl

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from domain.directory import Directory
from domain.values import Officer
from infra.identity.keys import IdentityUnavailable
from infra.identity.tokens import Claims, TokenRefused
from projections.ports import ViewsUnavailable
from services.api import catalogue
from services.api.deps import officer_of, today_of
from services.api.parts import ApiParts
from services.api.problems import Problem, unavailable
from services.api.reading import Reading, token_of, waited_for
from services.inboxes import MOST_COUNTED, has_inbox
from services.seats import former_seat
from services.web import session
from services.web.present.frame import Seat
from services.web.routes.page_route import TheSite
from services.web.routes.refused import SignInNeeded
from services.web.site import Site

FORM: Final = "application/x-www-form-urlencoded"
MOST_FIELDS: Final = 200
PIECE: Final = "/phan/"
"""In the address of a piece of a page, which has no navigation."""
LIVE: Final = "/truc-tiep"

LONGEST_VERSION: Final = 9
"""Digits of a file's version, at most."""

FORM_REFUSED: Final = catalogue.Kind(
    "form_refused", 403, "Biểu mẫu không còn hiệu lực", "The form is not of this session."
)


@dataclass(frozen=True)
class Visit:
    """A signed-in reader before a page."""

    request: Request
    site: Site
    reading: Reading
    claims: Claims
    csrf: str
    until: date | None = None
    """The last day of an office that has ended: what it saw is read, nothing is recorded."""
    reminded: int | None = None

    @property
    def parts(self) -> ApiParts:
        """The parts of the house."""
        return self.site.parts

    @property
    def directory(self) -> Directory:
        """The office tree."""
        return self.reading.directory

    @property
    def seat(self) -> Seat:
        """Who reads, for the page models."""
        return Seat(
            officer=self.reading.officer,
            directory=self.directory,
            today=self.reading.today,
            now=self.parts.clock.now(),
            csrf=self.csrf,
            demo=self.parts.demo,
            notice=self.site.notice(self.request.query_params.get("vua", "")) or self._moved,
            until=self.until,
            reminded=self.reminded,
        )

    @property
    def _moved(self) -> str:
        """Where somebody sits whose session began at an office that has ended since."""
        gone = former_seat(self.claims.office, self.directory, self.reading.today)
        if gone is None or self.until is not None:
            return ""
        now = self.directory.get_office(self.reading.officer.office, self.reading.today)
        return (
            f"{gone.name} kết thúc ngày {gone.valid_until:%d/%m/%Y}. Bạn làm việc tại {now.name}."
        )

    def page(self, template: str, model: object, status: int = 200) -> Response:
        """A page, or a piece of one."""
        return HTMLResponse(self.site.renderer.page(template, model), status)


def claims_in(request: Request, site: Site) -> Claims:
    """What the cookie proves. Refuses: :class:`SignInNeeded`, 503."""
    token = request.cookies.get(session.COOKIE)
    if not token:
        raise SignInNeeded
    try:
        return site.parts.tokens.verify(token)
    except TokenRefused as refused:
        raise SignInNeeded from refused
    except IdentityUnavailable as down:
        raise unavailable(catalogue.IDENTITY_UNAVAILABLE) from down


async def visit_of(request: Request, site: TheSite) -> Visit:
    """The reader, once the views show the act that led here, or two seconds later.

    The same officer by the same rules as at the API (``services/api/deps.py``).
    """
    claims = claims_in(request, site)
    today = await today_of(site.parts)
    officer = await officer_of(request, site.parts, claims, today)
    wanted = request.query_params.get("cho")
    if wanted:
        await waited_for(request, site.parts.views, token_of(wanted))
    csrf = session.csrf_of(request.cookies[session.COOKIE])
    reading, reminded = Reading(site.parts, officer, today), await _reminded(request, site, officer)
    return Visit(request, site, reading, claims, csrf, reminded=reminded)


async def _reminded(request: Request, site: Site, officer: Officer) -> int | None:
    """How many reminders stand at a head's office, for the navigation of a whole page."""
    if not has_inbox(officer) or PIECE in request.url.path or request.url.path == LIVE:
        return None
    ask = site.parts.views.reminder_count
    try:
        return await run_in_threadpool(ask, officer.office, most=MOST_COUNTED)
    except ViewsUnavailable:
        return None


TheVisit = Annotated[Visit, Depends(visit_of)]


async def look_of(request: Request, site: TheSite) -> Visit:
    """As :func:`visit_of`; whose office has ended without an heir stands on its last day.

    Only for pages that say themselves what they show of that: boards that are history.
    """
    try:
        return await visit_of(request, site)
    except Problem as refused:
        claims = claims_in(request, site)
        gone = former_seat(claims.office, site.parts.directory(), await today_of(site.parts))
        if refused.kind is not catalogue.OFFICE_NOT_VALID or gone is None:
            raise
    officer = Officer(claims.account, gone.office_id, claims.role)
    last = gone.valid_until or date.min
    csrf = session.csrf_of(request.cookies[session.COOKIE])
    return Visit(request, site, Reading(site.parts, officer, last), claims, csrf, until=last)


TheLook = Annotated[Visit, Depends(look_of)]


@dataclass(frozen=True)
class Form:
    """What a plain form brought: a value per name, line ends as we write them."""

    values: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A value, "" where there is none."""
        return self.values.get(name, "")


def version_in(said: str) -> int | None:
    """The version of a file that a form was made from; None where it names none."""
    return int(said) if said.isdecimal() and len(said) <= LONGEST_VERSION else None


async def posted(request: Request) -> Form:
    """The form of a request, not yet trusted. Refuses: 400, 413, 415."""
    kind = request.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    if kind != FORM:
        raise Problem(catalogue.NOT_JSON_TYPE, "Trang này chỉ nhận biểu mẫu của chính nó.")
    try:
        text = (await request.body()).decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as broken:
        raise Problem(catalogue.BAD_JSON, "Không đọc được biểu mẫu.") from broken
    return Form({name: value.replace("\r\n", "\n") for name, value in pairs})


def trusted(request: Request, form: Form, secret: str) -> Form:
    """The form, when this session's own page sent it. Refuses: 403."""
    if session.comes_from_here(request.headers) and session.fits(secret, form.get("csrf")):
        return form
    raise Problem.at(
        FORM_REFUSED,
        "csrf",
        "Biểu mẫu này không phải của phiên đăng nhập hiện tại. Chưa có gì được ghi.",
        "Mở lại trang từ đầu rồi gửi lại.",
    )


async def own_form_of(request: Request, form: Annotated[Form, Depends(posted)]) -> Form:
    """The form of a session, whatever became of its office. Refuses: 403."""
    return trusted(request, form, request.cookies.get(session.COOKIE, ""))


async def form_of(visit: TheVisit, form: Annotated[Form, Depends(posted)]) -> Form:
    """The form of a signed-in reader. Refuses: 403."""
    return trusted(visit.request, form, visit.request.cookies.get(session.COOKIE, ""))


TheForm = Annotated[Form, Depends(form_of)]


def go(path: str) -> Response:
    """After a form: look at the result by a fresh GET."""
    return RedirectResponse(path, status_code=303)
