"""What was raised, as a page: what happened, what to do, the trace code (trang báo lỗi)."""

from typing import Final
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.errors import NotFound, Refusal
from domain.ports import StoreUnavailable
from projections.ports import ViewsUnavailable
from services.api import catalogue
from services.api.problems import Problem, problem_of, unavailable
from services.api.trace import trace_of
from services.web import session
from services.web.models import ErrorPage, Link
from services.web.present.frame import bare_shell
from services.web.site import Site

SIGN_IN: Final = "/dang-nhap"
MISSING: Final = ErrorPage(
    shell=bare_shell("Không tìm thấy"),
    title="Không tìm thấy trang hoặc hồ sơ này",
    what="Địa chỉ hoặc mã không đúng, hoặc hồ sơ không thuộc phần việc của bạn.",
    status=404,
    links=(Link("Về trang đầu", "/"),),
)


class SignInNeeded(Exception):
    """Nobody is signed in, or the session is over."""


def the_site(request: Request) -> Site:
    """What the pages are made of."""
    site: Site = request.app.state.site
    return site


def as_page(request: Request, raised: Exception) -> Response:
    """The answer to whatever was raised while a page was made."""
    if isinstance(raised, SignInNeeded):
        return to_sign_in(request)
    problem = as_problem(raised)
    site = the_site(request)
    page = page_of(site, problem, trace_of(request.scope).trace_id)
    html = site.renderer.page("error.html", page)
    return HTMLResponse(html, page.status, headers=dict(problem.headers))


def as_problem(raised: Exception) -> Problem:
    """Whatever was raised as the problem the API would answer with."""
    match raised:
        case Problem():
            return raised
        case Refusal():
            return problem_of(raised)
        case StoreUnavailable() | ViewsUnavailable():
            return unavailable(catalogue.STORE_UNAVAILABLE)
        case HTTPException(status_code=408):
            return Problem(catalogue.BODY_TOO_SLOW, "Nội dung không đến đủ trong 5 giây.")
        case HTTPException(status_code=413):
            return Problem(catalogue.BODY_TOO_LARGE, "Nội dung dài quá 256 KiB.")
        case RequestValidationError() | HTTPException(status_code=404):
            return problem_of(NotFound("Không tìm thấy trang này."))
    raise raised


def page_of(site: Site, problem: Problem, trace: str) -> ErrorPage:
    """The page of a problem. What may not be seen and what is not there look the same."""
    if problem.kind.status == MISSING.status:
        return MISSING
    mends = " ".join(fault.mend for fault in problem.faults if fault.mend)
    if problem.kind is catalogue.INTERNAL:
        mends = "Mở lại trang; nếu vẫn lỗi, báo mã tra cứu cho quản trị."
    return ErrorPage(
        shell=bare_shell(problem.kind.title, demo=site.parts.demo, now=site.parts.clock.now()),
        title=problem.kind.title,
        what=f"{problem.detail} {mends}".strip(),
        trace=trace,
        status=problem.kind.status,
        links=(Link("Về trang đầu", "/"),),
    )


def to_sign_in(request: Request) -> Response:
    """To the sign-in page and back; a piece of a page sends the whole page there."""
    asked = request.headers.get("hx-current-url") if _is_piece(request) else str(request.url)
    path = _path_of(asked or "") if request.method in ("GET", "HEAD") else ""
    there = f"{SIGN_IN}?next={quote(path, safe='')}" if path else SIGN_IN
    if _is_piece(request):
        return Response(status_code=401, headers={"HX-Redirect": there})
    if "text/event-stream" in request.headers.get("accept", ""):
        return Response(status_code=401)
    return RedirectResponse(there, status_code=303)


def _is_piece(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


def _path_of(address: str) -> str:
    """The path and query of an address of ours."""
    _, _, rest = address.partition("://")
    _, slash, path = rest.partition("/")
    return session.safe_path(slash + path)
