"""Who reads a page: a cookie that holds an access token, and what guards its forms (phiên).

There is no session store: the cookie is the token, verified at every request like any bearer
token. The CSRF value of a session is derived from the cookie, which no script and no other site
can read; so nothing has to be kept, and a value of another session fits nowhere.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, urlsplit

from starlette.responses import Response

COOKIE: Final = "__Host-tiepdan"
"""The access token. The prefix binds it to this host, to TLS (or loopback) and to every path."""

BEFORE: Final = "__Host-tiepdan-truoc"
"""A random value before anybody signed in, so that the sign-in form is guarded as well."""

CSRF_PURPOSE: Final = b"tiepdan csrf 1"
LONGEST_PATH: Final = 500
SAME: Final = frozenset({"same-origin", "none"})
"""What ``Sec-Fetch-Site`` says of a page's own form, and of an address typed by hand."""


def csrf_of(secret: str) -> str:
    """The value that forms of the session with this cookie carry."""
    return hmac.new(secret.encode(), CSRF_PURPOSE, hashlib.sha256).hexdigest()


def fits(secret: str, given: str) -> bool:
    """Whether a form's value belongs to the session with this cookie."""
    return bool(secret) and hmac.compare_digest(csrf_of(secret).encode(), given.encode())


def comes_from_here(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that a page of this host sent the form.

    A client without these headers is no browser, and carries no cookie by mistake.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in SAME:
        return False
    origin = headers.get("origin")
    return origin is None or _parts_of(origin).netloc == headers.get("host")


def safe_path(asked: str) -> str:
    """An address of this site to go on to, or "" for anything that could lead elsewhere."""
    plain = asked.isascii() and asked.isprintable() and len(asked) <= LONGEST_PATH
    if not plain or not asked.startswith("/") or asked[:2] in ("//", "/\\") or "\\" in asked:
        return ""
    return asked


def path_of(address: str) -> str:
    """The path of a whole address, if it is one to go on to; "" for anything else."""
    return safe_path(_parts_of(address).path)


def _parts_of(address: str) -> SplitResult:
    """The parts of an address that a client sent; all are empty when it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def begin(response: Response, token: str, seconds: int) -> None:
    """Sign in: give the browser the token for as long as it holds."""
    _set(response, COOKIE, token, seconds)
    _set(response, BEFORE, "", 0)


def end(response: Response) -> None:
    """Sign out: take the token back."""
    _set(response, COOKIE, "", 0)


def before_sign_in(response: Response, known: str) -> str:
    """The value that guards the sign-in form; drawn when the browser has none."""
    value = known or secrets.token_urlsafe(24)
    if not known:
        _set(response, BEFORE, value, None)
    return value


def _set(response: Response, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax"
    )
