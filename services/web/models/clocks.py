"""Every clock of a file, as of a day and as known on a day (vì sao hạn này)."""

from dataclasses import dataclass

from services.web.models.file import Why
from services.web.models.marks import EmptyState, Link
from services.web.models.places import DayPick
from services.web.models.shell import Shell


@dataclass(frozen=True, slots=True)
class FileClocks:
    """The clocks of one petition or case, those that run first."""

    id: str
    title: str
    file: Link
    words: str
    clocks: tuple[Why, ...]
    no_clocks: EmptyState | None = None
    as_then: str = ""
    """That it ended, and is told by what was known then."""


@dataclass(frozen=True, slots=True)
class DeadlinesPage:
    """The clocks of a file and of what belongs to it; `words` say by which law they are told."""

    shell: Shell
    title: str
    crumbs: tuple[Link, ...]
    day: DayPick
    words: tuple[str, ...]
    files: tuple[FileClocks, ...] = ()
    empty: EmptyState | None = None
    more: Link | None = None
