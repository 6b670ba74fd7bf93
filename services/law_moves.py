"""What a change of calendar or rulebook moved, for one reader (hạn đã dời)."""

from collections.abc import Sequence
from dataclasses import dataclass

from projections.law_moves import LawMoveViews
from projections.recomputing import Moved


@dataclass(frozen=True, slots=True)
class LawMoves:
    """Counts by office for everybody; the files of the reader's own office by number.

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


def moves_of(
    views: LawMoveViews, position: int, office: str, after: str | None = None, limit: int = 50
) -> LawMoves:
    """What the fact at this position moved. Raises ``ViewsUnavailable``."""
    upto = views.law_pass(position)
    if upto is None:
        return LawMoves(done=False)
    page = views.moved_in(position, upto, office, after=after, limit=limit)
    return LawMoves(True, views.moved_by_office(position, upto), page.items, page.next)
