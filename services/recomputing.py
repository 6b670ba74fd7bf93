"""Bringing the views' due days up to date with the law as it is known (tính lại thời hạn).

Deadlines are computed; the days in the views only sort and count. When a holiday, a closure or
a rulebook edition is recorded somebody makes one pass over them and keeps what moved: a
projector by itself, or who recorded it. Passing again moves nothing: it may be run any number
of times, by anybody.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from domain.events.calendar import DayOffAnnounced, OfficeClosed
from domain.law.almanac import Entry
from domain.law.law import Law
from infra.postgres.views.due_days import EVERY_DAY, DueDays, Span
from projections.clocks import LawClocks
from projections.recomputing import SORTS, Moved

Tell = Callable[[Sequence[Moved]], None]

HEARD: Final = 1.0
"""Seconds after which every projector has heard of a new fact of calendar or rulebook."""


class Standing(Protocol):
    """The law as its store has it; :class:`infra.postgres.law.LawFollower` is one."""

    def standing(self) -> tuple[Law, int]:
        """The law, and the position of the newest fact in it."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What one pass found. ``ended``: clocks met on the day itself, of which nobody is told."""

    moved: int = 0
    ended: int = 0


def recompute(
    law: Law, days: DueDays, tell: Tell, span: Span = EVERY_DAY, upto: int | None = None
) -> Passed:
    """Work out every due day over these days again; ``tell`` hears what moved, page by page.

    Projectors that have not yet heard of the change may fold some more by the law of before:
    whoever changed it passes again a little later. Raises ``ViewsUnavailable``.
    """
    clocks, passed = LawClocks(lambda: law), Passed()
    for sort in SORTS:
        for page in days.set_right(sort, clocks, span, upto):
            open_ = tuple(moved for moved in page if not moved.ended)
            if open_:
                tell(open_)
            ended = len(page) - len(open_)
            passed = replace(passed, moved=passed.moved + len(open_), ended=passed.ended + ended)
    return passed


def changed_span(before: Law, after: Law) -> Span | None:
    """Between which days two laws may count differently, and since when; None if nowhere.

    Another edition of the rulebook may have changed any day.
    """
    if before.rulebooks.current is not after.rulebooks.current:
        return EVERY_DAY
    old, new = _days_taken(before), _days_taken(after)
    entries = [taken for key, taken in {**old, **new}.items() if (key in old) != (key in new)]
    if not entries:
        return None
    first = min(first for first, _ in entries)
    return Span(first, max(last for _, last in entries), _learned(before, after))


def _learned(before: Law, after: Law) -> date:
    """The first day on which something was recorded that one has and the other has not."""
    known = {_key(entry) for entry in _recorded(before)}
    news = [entry.recorded_on for entry in _recorded(after) if _key(entry) not in known]
    return min(news, default=date.min)


def _recorded(law: Law) -> Iterable[Entry]:
    return (entry for entries in law.almanac.streams.values() for entry in entries)


def _key(entry: Entry) -> tuple[UUID, int]:
    return entry.fact.originator_id, entry.fact.originator_version


def _days_taken(law: Law) -> dict[tuple[UUID, int], tuple[date, date]]:
    """The days that each entry in force makes other than a plain week has them."""
    taken: dict[tuple[UUID, int], tuple[date, date]] = {}
    for entry in law.almanac.entries():
        match entry.fact:
            case DayOffAnnounced(day=day, worked_on=worked):
                days = (day, worked or day)
                taken[_key(entry)] = min(days), max(days)
            case OfficeClosed(first_day=first, last_day=last):
                taken[_key(entry)] = first, last
    return taken


class UpToDate:
    """Keeps the due days in the views at the newest law; for one thread.

    ``hear``: how long others may go on by the law of before.
    """

    def __init__(self, law: Standing, days: DueDays, *, hear: float = HEARD) -> None:
        self._law = law
        self._days = days
        self._hear = hear
        self._seen: tuple[Law, int] | None = None

    def behind(self) -> bool:
        """Whether the law has news since this one last saw the views at it. Asks nobody."""
        return self._seen is None or self._seen[1] != self._law.standing()[1]

    def run(self, wait: float = 0.0) -> int:
        """Up to which fact the due days are right now, after a pass if one was needed.

        Another's pass is waited for so long. Raises ``ViewsUnavailable``.
        """
        with self._days.turn(wait) as mine:
            law, position = self._law.standing()
            mark = self._days.mark()
            if mine and mark < position:
                self._pass(law, position, self._span(law, mark))
                mark = position
        if mark >= position:
            self._seen = (law, mark)
        return mark

    def _span(self, law: Law, mark: int) -> Span | None:
        """What changed since the mark; every day when this one does not know what stood then."""
        if self._seen is None or self._seen[1] != mark:
            return EVERY_DAY
        return changed_span(self._seen[0], law)

    def _pass(self, law: Law, position: int, span: Span | None) -> None:
        moved = 0
        if span is not None:
            for rest in (0.0, self._hear):
                time.sleep(rest)
                moved += recompute(law, self._days, _nobody, span, position).moved
        self._days.passed(position, moved)


def _nobody(_moved: Sequence[Moved]) -> None:
    """Who is told page by page: what moved is kept under its pass."""
