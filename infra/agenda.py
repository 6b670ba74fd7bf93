"""What the scheduler keeps of its own: how far it is, and which file waits until when (sổ hẹn).

All of it can be made anew from the store; it only spares reading every file every minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from domain.ports import Draft

TO_LOOK_AT = -1
"""The generation of a file that must be looked at whatever the law says."""


class Overtaken(Exception):
    """The agenda was moved by somebody else since it was read: read it again."""


class Superseded(Exception):
    """Another scheduler has taken over: end."""


class NewsCame(Exception):
    """Something was recorded since about these files, the law or the tree: follow it first."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far the scheduler is. ``moves`` counts its steps, which is what fences them.

    ``generation`` rises whenever law or office tree change: every file is looked at anew.
    """

    position: int
    generation: int
    epoch: int
    moves: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that is not over, and the next reminder it waits for, if it waits for one.

    No office answers for a file that cannot be read; the next scheduler tries again.
    """

    subject: UUID
    office: str
    next_at: datetime | None = None
    policy: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What a stretch of the log means: files and offices to look at, or all of them."""

    position: int
    subjects: Sequence[UUID] = ()
    offices: Sequence[str] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of files that were looked at: entries as they stand, files that are over."""

    entries: Sequence[Entry] = ()
    over: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """For health and figures: files on the agenda, when the first is due.

    ``unreadable`` are files with a fact that this release cannot read: nobody is reminded.
    """

    files: int = 0
    to_look_at: int = 0
    unreadable: int = 0
    first_due: datetime | None = None


class Agenda(Protocol):
    """Where this is kept. Every method also raises ``StoreUnavailable``.

    Each change compares epoch and ``moves`` of the place it was decided on, and gives the
    next place. Raises :class:`Overtaken`.
    """

    def load(self) -> Place:
        """How far it is, whoever moved it."""

    def take_over(self, epoch: int, edition: int) -> Place:
        """Fence every earlier epoch. Another edition of the policies begins at the beginning.

        Raises :class:`Superseded`.
        """

    def follow(self, was: Place, news: News) -> Place:
        """Take in what a stretch of the log means."""

    def to_look_at(self, was: Place, limit: int) -> Sequence[UUID]:
        """Files whose entry is not of this generation."""

    def keep(self, was: Place, looked: Looked) -> Place:
        """Write down what files wait for."""

    def due(self, now: datetime, limit: int) -> Sequence[tuple[datetime, UUID]]:
        """Files whose next reminder has fallen, the earliest before all."""

    def remind(self, was: Place, drafts: Sequence[Draft], looked: Looked) -> Place:
        """Record reminders and what their files wait for next: all of it or nothing.

        Also raises :class:`NewsCame`: a reminder whose reason may be gone is not recorded.
        """

    def figures(self) -> Figures:
        """How much it holds."""

    def waiting(self, limit: int) -> Sequence[Entry]:
        """What waits, the earliest before all."""

    def close(self) -> None:
        """Let go of every connection."""
