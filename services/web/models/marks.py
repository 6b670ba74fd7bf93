"""Small marks used on every page: due chips, state tags, alerts, empty states."""

from dataclasses import dataclass
from typing import Literal

DueKind = Literal["overdue", "today", "soon", "later", "paused"]
TagKind = Literal["waiting", "working", "done", "returned", "alone", "plain"]


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Ago:
    """A moment told twice: how long ago while the page is live, and when once it is stale.

    `relative` "12 phút" (bold) with `after` " từ khi báo"; `absolute` "báo lúc 14:20". A page that
    is no longer live shows the second, because "12 minutes" would be untrue.
    """

    relative: str
    absolute: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class DueChip:
    """A deadline in one mark (hạn): shape and words; the colour only repeats them.

    `why` is the address that tells how it came about.
    """

    kind: DueKind
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class StateTag:
    """A state in a word and a shape (trạng thái)."""

    kind: TagKind
    words: str


@dataclass(frozen=True, slots=True)
class Alert:
    """What must not wait: a crowd nobody receives. Stays until somebody acknowledges it.

    `at` says since when; `lead` is printed bold before `words`; `acknowledge_href` takes a POST.
    """

    id: str
    label: str
    at: str
    lead: str
    words: str
    open: Link | None = None
    acknowledge_href: str = ""


@dataclass(frozen=True, slots=True)
class EmptyState:
    """Nothing to show, said as a fact with the moment of the last check."""

    fact: str
    words: str = ""
    link: Link | None = None
