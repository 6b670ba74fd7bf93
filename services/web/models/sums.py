"""Open work added up by units, and the board of a unit that ended (tổng số, bảng lịch sử)."""

from dataclasses import dataclass

from services.web.models.boards import GatheringCard, UnitTable
from services.web.models.marks import EmptyState, Link
from services.web.models.places import DayPick
from services.web.models.shell import Shell


@dataclass(frozen=True, slots=True)
class Past:
    """That a unit ended: since when, who answers now and in which unit, where it went."""

    ended: str
    answers: str
    home: Link | None = None
    places_words: str = ""
    places: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class SumsPage:
    """Open work by the units of then or of now.

    `ways` are the two ways, each with whether it is shown; `both` says both totals.
    """

    shell: Shell
    title: str
    summary: str
    ways: tuple[tuple[Link, bool], ...]
    both: str
    table: UnitTable
    waiting: str = ""
    crumbs: tuple[Link, ...] = ()
    past: Past | None = None
    day: DayPick | None = None
    gatherings: tuple[GatheringCard, ...] = ()
    no_rows: EmptyState | None = None
