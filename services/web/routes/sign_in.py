"""Signing in and out (đăng nhập, đăng xuất). A demo has its own accounts; elsewhere a provider."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse

from services.web import session
from services.web.models import FieldError, SignIn
from services.web.present.frame import bare_shell
from services.web.routes.door import Form, go, own_form_of, posted, trusted
from services.web.routes.page_route import TheSite, pages
from services.web.routes.refused import SIGN_IN
from services.web.site import Site

router = pages()

UNKNOWN = FieldError("person", "Vai này không còn nữa. Hãy chọn vai khác.")
ELSEWHERE = FieldError(
    "person", "Đăng nhập bằng tài khoản của cơ quan, do hệ thống danh tính của tỉnh cấp."
)


@router.get(SIGN_IN)
def sign_in_page(request: Request, site: TheSite, next: str = "") -> Response:  # noqa: A002
    """Whom to sign in as."""
    return _page(request, site, session.safe_path(next))


@router.post(SIGN_IN)
def sign_in(request: Request, site: TheSite, form: Annotated[Form, Depends(posted)]) -> Response:
    """Sign in as one of the demo's accounts. Refuses: 403, 422."""
    trusted(request, form, request.cookies.get(session.BEFORE, ""))
    there = session.safe_path(form.get("next"))
    token = site.sign_in.token_for(form.get("person")) if site.sign_in else None
    if token is None:
        return _page(request, site, there, UNKNOWN, status=422)
    response = go(there or "/")
    session.begin(response, token, int(site.parts.tokens.verify(token).valid_for.total_seconds()))
    return response


@router.post("/dang-xuat")
def sign_out(form: Annotated[Form, Depends(own_form_of)]) -> Response:
    """End the session."""
    del form
    response = go(SIGN_IN)
    session.end(response)
    return response


def _page(
    request: Request, site: Site, there: str, *errors: FieldError, status: int = 200
) -> Response:
    response = HTMLResponse(status_code=status)
    value = session.before_sign_in(response, request.cookies.get(session.BEFORE, ""))
    demo = site.sign_in is not None
    page = SignIn(
        shell=bare_shell(
            "Đăng nhập", session.csrf_of(value), demo=site.parts.demo, now=site.parts.clock.now()
        ),
        action=SIGN_IN,
        places=tuple(site.sign_in.places()) if site.sign_in else (),
        first=tuple(site.sign_in.first()) if site.sign_in else (),
        errors=errors if demo else (ELSEWHERE,),
        next=there,
    )
    response.body = site.renderer.page("sign_in.html", page).encode("utf-8")
    response.headers["content-length"] = str(len(response.body))
    return response


def address_after(path: str) -> str:
    """The sign-in page that leads on to a path."""
    return f"{SIGN_IN}?next={quote(path, safe='')}"
