"""The commune desk with its inbox, and the list behind a figure (hộp việc, danh sách)."""

from dataclasses import dataclass

from services.web.models.marks import DueChip, EmptyState, Link, StateTag
from services.web.models.shell import Fragment, Shell


@dataclass(frozen=True, slots=True)
class Queue:
    """A work queue in the rail, with its count."""

    label: str
    href: str
    count: int
    current: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class QueueGroup:
    title: str
    queues: tuple[Queue, ...]


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A petition offered to this office (chuyển đến); its sender stays answerable meanwhile."""

    id: str
    number: str
    href: str
    issue: str
    sender: str
    due: DueChip
    accept_href: str
    return_href: str


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A petition in two lines, with the next act and its deadline."""

    id: str
    number: str
    href: str
    kind: str
    issue: str
    place: str
    next_act: str
    next_note: str = ""
    editing: str = ""
    due: DueChip | None = None
    state: StateTag | None = None
    just_changed: bool = False


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A filter in force; `remove_href` is the same list without it."""

    words: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Fifty rows a page; empty addresses where there is no such page."""

    words: str
    previous_href: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """The commune's desk: take in, answer transfers, work the inbox.

    `news` ("1 mục mới, bấm để tải") stands above the rows; rows never move by themselves.
    """

    shell: Shell
    title: str
    duty: tuple[tuple[str, bool], ...]
    """Words of the duty line, each with whether it is bold."""
    intake_href: str
    rail: tuple[QueueGroup, ...]
    transfers: tuple[TransferRow, ...]
    queue_title: str
    rows: tuple[InboxRow, ...]
    news: Link | None = None
    no_rows: EmptyState | None = None
    pager: Pager | None = None
    rail_live: Fragment | None = None
    transfers_live: Fragment | None = None
    news_live: Fragment | None = None


@dataclass(frozen=True, slots=True)
class PetitionList:
    """The cases behind a figure. The address is the view: filters and page are in it."""

    shell: Shell
    title: str
    summary: str
    crumbs: tuple[Link, ...]
    rows: tuple[InboxRow, ...]
    filters: tuple[FilterChip, ...] = ()
    clear_href: str = ""
    pager: Pager | None = None
    no_rows: EmptyState | None = None
    export: Link | None = None
    next_header: str = "Đang ở đâu"
    news: Link | None = None
    live: Fragment | None = None
