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
class Seats:
    """The accounts of one office."""

    office: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The offices of one place, with one sentence on what happens there in the demo."""

    name: str
    words: str
    offices: tuple[Seats, ...]


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who to sign in as (đăng nhập). `action` takes a POST with `person` and the CSRF value."""

    shell: Shell
    action: str
    places: tuple[Place, ...] = ()
    first: tuple[Person, ...] = ()
    """Whom somebody new should try; the first of the places stands open."""
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
