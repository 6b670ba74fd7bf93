"""A gathering, a mission of help home, and the lists of both (đoàn đông người, hỗ trợ về).

Counts, places and offices; never a name, a photo or a way somebody took.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.web.models.desk import Pager
from services.web.models.dossier import Acts, HomeWait, ProtectedText, Tab
from services.web.models.marks import Ago, Alert, EmptyState, Link, StateTag
from services.web.models.shell import Fragment, Shell

StepState = Literal["done", "now", "late", "next", "skipped"]


@dataclass(frozen=True, slots=True)
class CrowdStep:
    """One of the five steps of a gathering: Báo, Tiếp, Đối thoại, Chỉ đạo, Kết thúc."""

    label: str
    state: StepState


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must do what, and whether that office said it knows."""

    label: str
    who: str
    state: StateTag | None = None


@dataclass(frozen=True, slots=True)
class CrowdLine:
    """A line of what happened; `id` is `change-<version>`."""

    id: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class GatheringPage:
    """One crowd (đoàn đông người), phone first.

    `acts.others` has at most two entries beside the main one in the sticky bar; `more` are further
    acts in the text. `acknowledge_href` takes a POST ("Đã biết").
    """

    shell: Shell
    title: str
    state: StateTag
    ago: Ago | None
    steps: tuple[CrowdStep, ...]
    people: str
    counted: str
    counts: str
    duties: tuple[Duty, ...]
    issue: str
    related: tuple[Link, ...]
    feed: tuple[CrowdLine, ...]
    acts: Acts
    more: tuple[Link, ...] = ()
    texts: tuple[ProtectedText, ...] = ()
    alerts: tuple[Alert, ...] = ()
    homes: tuple[HomeWait, ...] = ()
    stale_advice: str = ""
    live: Fragment | None = None


@dataclass(frozen=True, slots=True)
class MissionStep:
    """One step of a mission with what was recorded; `act` is how it is done."""

    id: str
    label: str
    words: str
    state: StepState
    at: datetime | None = None
    act: Link | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who were offered help answered so, with the words beside the number."""

    number: int
    label: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class MissionPage:
    """One mission of help home (hỗ trợ công dân về).

    `missing` is what still stands in the way of closing, each with the act that mends it.
    """

    shell: Shell
    crumbs: tuple[Link, ...]
    title: str
    state: StateTag
    facts: tuple[str, ...]
    people: int
    shares: tuple[Share, ...]
    promise: str
    steps: tuple[MissionStep, ...]
    acts: Acts
    missing: tuple[Link, ...]
    offices: tuple[Duty, ...]
    related: tuple[Link, ...]
    reminders: tuple[CrowdLine, ...] = ()
    """What the system reminded of, the newest first."""
    homes: tuple[HomeWait, ...] = ()
    live: Fragment | None = None


@dataclass(frozen=True, slots=True)
class CrowdRow:
    """A gathering or a mission in a list, in two lines."""

    id: str
    name: str
    href: str
    under: str
    issue: str
    home: str
    state: StateTag
    who: str
    people: str
    counted: str
    ago: Ago | None = None


@dataclass(frozen=True, slots=True)
class CrowdList:
    """The gatherings, or the missions, of an area (danh sách)."""

    shell: Shell
    title: str
    summary: str
    tabs: tuple[Tab, ...]
    headers: tuple[str, str, str, str]
    rows: tuple[CrowdRow, ...]
    empty: EmptyState | None = None
    act: Link | None = None
    pager: Pager | None = None
    live: Fragment | None = None
