"""What a change of calendar or rulebook moved, for one reader (hạn đã dời)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from domain.law.clocks import REPLY
from projections.recomputing import Moved
from services.access import SYSTEM
from services.api.reading import Reading
from services.api.row_circles import of_files


@dataclass(frozen=True, slots=True)
class LawMoves:
    """Counts by office for everybody; by number, the own office's files that the reader sees.

    Not ``done``: no pass over the due days has heard of the change yet.
    """

    done: bool
    offices: Sequence[tuple[str, int]] = ()
    own: Sequence[Moved] = ()
    next: str | None = None

    @property
    def total(self) -> int:
        """How many open deadlines moved."""
        return sum(moved for _, moved in self.offices)


def moves_of(reader: Reading, position: int, after: str | None = None, limit: int = 50) -> LawMoves:
    """What the fact at this position moved. Raises ``ViewsUnavailable``."""
    views, officer = reader.parts.views, reader.officer
    upto = views.law_pass(position)
    if upto is None:
        return LawMoves(done=False)
    counts = views.moved_by_office(position, upto)
    if officer.role in SYSTEM:  # they enter the calendar, and are shown no file
        return LawMoves(True, counts)
    page = views.moved_in(
        position, upto, officer.office, after=after, limit=limit, seen=partial(_seen, reader)
    )
    return LawMoves(True, counts, page.items, page.next)


def _seen(reader: Reading, moved: Sequence[Moved]) -> Sequence[Moved]:
    """Those whose file the reader may see as it stands now: it may have left the office since."""
    petitions = [each.subject for each in moved if each.clock == REPLY]
    cases = [each.subject for each in moved if each.clock != REPLY]
    circles = of_files(reader.parts.views, petitions, cases)
    seen = {file for file, circle in circles.items() if reader.sees(circle)}
    return [each for each in moved if each.subject in seen]
