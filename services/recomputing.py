"""Bringing the views' due days up to date with the law as it is known (tính lại thời hạn).

Deadlines are computed; the days in the views only sort and count. When a holiday, a closure or
a rulebook edition is recorded this makes one pass over them and says what moved. Passing again
moves nothing: it may be run any number of times, by anybody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.law.law import Law
from infra.postgres.views.due_days import EVERY_DAY, DueDays, Span
from projections.clocks import LawClocks
from projections.recomputing import SORTS, Moved

Tell = Callable[[Sequence[Moved]], None]


@dataclass(frozen=True, slots=True)
class Passed:
    """What one pass found. ``ended``: rows of files at their end, of which nobody is told."""

    moved: int = 0
    ended: int = 0


def recompute(law: Law, days: DueDays, tell: Tell, span: Span = EVERY_DAY) -> Passed:
    """Work out every due day over these days again; ``tell`` hears what moved, page by page.

    Projectors that have not yet heard of the change may fold some more by the law of before:
    whoever changed it passes again a little later. Raises ``ViewsUnavailable``.
    """
    clocks, passed = LawClocks(lambda: law), Passed()
    for sort in SORTS:
        for page in days.set_right(sort, clocks, span):
            open_ = tuple(moved for moved in page if not moved.ended)
            if open_:
                tell(open_)
            ended = len(page) - len(open_)
            passed = replace(passed, moved=passed.moved + len(open_), ended=passed.ended + ended)
    return passed


def changed_span(before: Law, after: Law) -> Span | None:
    """Between which days two calendars differ; None when on no day.

    Closures of one place are not looked at: they are passed over whole.
    """
    days = after.almanac.calendar.differs_on(before.almanac.calendar)
    return Span(days[0], days[-1]) if days else None
