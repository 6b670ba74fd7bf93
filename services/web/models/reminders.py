"""What the head of an office is reminded of (việc cần nhắc)."""

from dataclasses import dataclass

from services.web.models.desk import Pager
from services.web.models.marks import DueChip, EmptyState, Link
from services.web.models.shell import Fragment, Shell


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One reminder: the file by its code, why, who must act, since when, and what ends it."""

    id: str
    file: Link
    under: str
    what: str
    why: str
    whose: str
    since: str
    due: DueChip | None = None
    act: Link | None = None


@dataclass(frozen=True, slots=True)
class ReminderGroup:
    """The reminders of one urgency."""

    title: str
    lines: tuple[ReminderLine, ...]


@dataclass(frozen=True, slots=True)
class ReminderPage:
    """An office's list, the most urgent group first."""

    shell: Shell
    title: str
    summary: str
    groups: tuple[ReminderGroup, ...]
    pager: Pager | None = None
    empty: EmptyState | None = None
    live: Fragment | None = None
