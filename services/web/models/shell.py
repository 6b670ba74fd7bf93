"""The frame of every page: letterhead, data age, role, navigation (khung trang)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

AgeState = Literal["live", "reconnecting", "stale", "replay", "none"]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a page that fetches itself anew when its signal arrives.

    `signal` is the name of the SSE event; the page hears it once and asks for `href`, so what a
    reader may see is decided by that request and never by the stream.
    """

    href: str
    signal: str


@dataclass(frozen=True, slots=True)
class DataAge:
    """How old what is shown is: the only clock of a page.

    `at` is the moment of the data, not of the request. State "none" shows no chip at all: a form
    has no age. The browser moves between live, reconnecting and stale by itself.
    """

    state: AgeState = "none"
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    href: str
    count: int | None = None
    current: bool = False
    more: bool = False
    """There are more than ``count``; nobody counted further."""


@dataclass(frozen=True, slots=True)
class Search:
    """The find box of the shell (F4)."""

    href: str
    words: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Who looks: an office role, never a person's name."""

    role: str
    note: str
    sign_out_href: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """Letterhead as in Decree 30, with everything that stands around a page.

    `stream` is the address of the SSE signals; empty where a page is not live. `alarm` keeps that
    stream open in a hidden tab, for pages that must call somebody back. `wall` is the dark variant
    without controls.
    """

    title: str
    superior: str
    office: str
    home_href: str = "/"
    banner: str = ""
    demo_day: datetime | None = None
    """What day a demo thinks it is."""
    account: Account | None = None
    search: Search | None = None
    help_href: str = ""
    nav: tuple[NavItem, ...] = ()
    age: DataAge = DataAge()
    stream: str = ""
    alarm: bool = False
    csrf: str = ""
    wall: bool = False
    notice: str = ""
    """One sentence after an act, e.g. "Đã nhận đơn LN-TDI-25-0147."."""
    today: datetime | None = None
