"""Parts of a petition's file: custody, deadlines that explain themselves, timeline."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.web.models.marks import DueChip, Link


@dataclass(frozen=True, slots=True)
class Holder:
    """An office in the custody bar, with one line of words under its name."""

    office: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Custody:
    """Who is answerable now, and who would be after accepting (ai đang chịu trách nhiệm)."""

    now: Holder
    next: Holder | None = None


@dataclass(frozen=True, slots=True)
class WhyDay:
    """A cell of the day strip: `top` is the date, `below` "3/10", or why the day is skipped."""

    top: str
    below: str
    skipped: bool = False
    today: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class OffLine:
    """A day that did not count and is no weekend: its name, and what says so."""

    day: str
    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class Why:
    """A deadline and the sentence-by-sentence reason for its date (vì sao).

    `off` are the days that a notice took out of the count, `changes` what would move the day;
    `links` lead to another day of knowing and to who looks at the difference.
    """

    title: str
    due: DueChip
    words: str
    question: str = "Vì sao?"
    days: tuple[WhyDay, ...] = ()
    reasons: tuple[str, ...] = ()
    rule: Link | None = None
    open: bool = False
    off: tuple[OffLine, ...] = ()
    changes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the timeline (diễn biến); without `at` it is what the file waits for now.

    `late` says "Ghi lúc 16:48, muộn 7 giờ 33 phút" when a fact was recorded long after it happened.
    """

    id: str
    kind: Literal["legal", "other", "read", "waiting"]
    what: str
    words: str
    at: datetime | None = None
    note: str = ""
    late: str = ""
    proof: Link | None = None
