"""The board of a unit that has ended: what of its work is still open, and where it is now."""

from dataclasses import dataclass
from datetime import datetime

from services.web.models.boards import UnitTable
from services.web.models.marks import Link
from services.web.models.shell import Fragment, Shell


@dataclass(frozen=True, slots=True)
class PastBoard:
    """A board that is history. `words`: since when, and who took over; `links` lead there."""

    shell: Shell
    title: str
    summary: str
    as_of: datetime
    live: Fragment | None
    words: str
    links: tuple[Link, ...]
    units: UnitTable
