"""The sign-in page and the error page."""

from dataclasses import dataclass

from services.web.models.forms import FieldError
from services.web.models.marks import Link
from services.web.models.shell import Shell


@dataclass(frozen=True, slots=True)
class Person:
    """A demo account: an opaque id, shown by role and office."""

    id: str
    role: str
    office: str
    sees: str


@dataclass(frozen=True, slots=True)
class Place:
    """The accounts of one province, with one sentence on what happens there in the demo."""

    name: str
    words: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who to sign in as (đăng nhập). `action` takes a POST with `person` and the CSRF value."""

    shell: Shell
    action: str
    places: tuple[Place, ...] = ()
    office_sign_in: Link | None = None
    errors: tuple[FieldError, ...] = ()
    next: str = ""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What happened, what to do, and the trace code to quote (mã tra cứu)."""

    shell: Shell
    title: str
    what: str
    kept: str = ""
    trace: str = ""
    status: int = 500
    links: tuple[Link, ...] = ()
    kept_text: tuple[tuple[str, str], ...] = ()
    """Label and text of what the reader had typed, so that nothing is lost."""
