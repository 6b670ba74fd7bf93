"""Whenever a notice comes late, a head looks at the ended files whose result it would turn.

Open files' clocks move by themselves. A clock that was met keeps the law as it was known that
day; if by what is known now it would have been in time, or late, and then was not, somebody is
asked to look. Asking again asks nothing twice: the key is made of file, clock, day and cause,
and a question is not repeated. So everything is gone over once more each day, for answers on
paper that were entered late. What a withdrawn notice asked is no longer listed, by itself
(:mod:`services.reviews`).
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import takewhile
from typing import Final, Protocol, TypeVar
from uuid import UUID, uuid4, uuid5

from domain.codes import Role
from domain.commands.review import AskReview
from domain.days import day_of
from domain.errors import Conflict
from domain.law.law import Law
from domain.ports import PARTITIONS, Clock
from domain.streams import NAMESPACE
from domain.values import Officer
from projections.answers import Freshness
from projections.batch import FOLD_FAULTS
from projections.cases import Cases
from projections.clocks import LawClocks
from projections.petitions import Petitions
from projections.reviews import EndedViews, MetOver
from services.casework import Casework
from services.late_notices import Late, learned_late, question_of_case, question_of_petition

log = logging.getLogger(__name__)

SYSTEM: Final = Officer("system:reviewing", "system", Role.SYSTEM)
PAGE: Final = 500
FIRST: Final = UUID(int=0)
LOOKED_AT: Final = (Petitions.name, Cases.name)
"""The projections whose rows are gone over."""
R = TypeVar("R")


class MetViews(EndedViews, Protocol):
    """Files that ended, and how far the views are."""

    def freshness(self) -> Freshness:
        """How far each projection is in each lane."""


class Heads(Protocol):
    """The part of :class:`infra.postgres.reconciled.StoreDigests` that is needed here."""

    def head(self) -> int:
        """The newest position of the store, 0 when empty."""

    def heads(self, at: int) -> Sequence[int]:
        """The newest position of each lane at or before one, 0 for none."""


class Reviewing:
    """The policy. Any number of processes may run it at once; each remembers what it went over.

    A cause is done with for the day once the views showed all that the store had before: while
    they are behind, those who are missing would be missed for good.
    """

    def __init__(
        self,
        views: MetViews,
        casework: Casework,
        law: Callable[[], Law],
        store: Heads,
        clock: Clock,
    ) -> None:
        self._views = views
        self._casework = casework
        self._law = law
        self._store = store
        self._clock = clock
        self._day: date | None = None
        self._heard: Law | None = None
        self._seen: Law | None = None
        self._done: set[tuple[UUID, int]] = set()
        self._wanted: Sequence[int] = ()
        self._whole = False
        self._unread: set[UUID] = set()

    @property
    def unreadable(self) -> int:
        """Files of which nobody could be asked today because they cannot be read."""
        return len(self._unread)

    def run(self, going_on: Callable[[], bool] = lambda: True) -> int:
        """Go over what was learned late, where there is something new; how much was asked.

        ``going_on`` is asked before each page and each question. Raises ``StoreUnavailable``,
        ``ViewsUnavailable``: another run does the rest.
        """
        law, asked = self._news(), 0
        if law is None:
            return 0
        whole = self._show_all()
        for late in learned_late(law):
            if late.key in self._done:
                continue
            found = self._questions(late.over, law, going_on)
            asked += sum(self._ask(each, late) for each in takewhile(lambda _: going_on(), found))
            if not going_on():
                return asked
            if whole:
                self._done.add(late.key)
        self._seen, self._whole = law, whole
        return asked

    def _news(self) -> Law | None:
        """The law to look by: it or the day is another, or the views have caught up.

        Views that are a moment behind are waited for until the next look, no longer.
        """
        law, today = self._law(), day_of(self._clock.now())
        if today != self._day:
            self._day, self._heard, self._seen = today, None, None
            self._done.clear()
            self._unread.clear()
        if law is not self._heard:
            self._wanted = self._store.heads(self._store.head())
            self._heard = law
            return law if self._show_all() else None
        if law is not self._seen:
            return law
        return law if not self._whole and self._show_all() else None

    def _show_all(self) -> bool:
        """Whether the views show what the store had when the news was seen."""
        lanes = self._views.freshness().lanes
        at = {(each.projection, each.lane): each.position for each in lanes}
        wanted = enumerate(self._wanted[:PARTITIONS])
        return all(at.get((name, lane), 0) >= head for lane, head in wanted for name in LOOKED_AT)

    def _questions(
        self, over: MetOver, law: Law, going_on: Callable[[], bool]
    ) -> Iterator[AskReview]:
        clocks, views = LawClocks(lambda: law), self._views
        for petition in _paged(views.met_petitions, over, lambda row: row.petition_id, going_on):
            yield from self._worked_out(
                petition.petition_id, partial(question_of_petition, petition, clocks)
            )
        for case in _paged(views.met_cases, over, lambda row: row.case_id, going_on):
            yield from self._worked_out(case.case_id, partial(question_of_case, case, clocks))

    def _worked_out(
        self, subject: UUID, question: Callable[[], AskReview | None]
    ) -> Iterator[AskReview]:
        """The question about a file, if there is one; one that nobody can count by is left."""
        try:
            found = question()
        except FOLD_FAULTS as fault:
            self._leave_alone(subject, fault)
            return
        if found is not None:
            yield found

    def _ask(self, question: AskReview, late: Late) -> bool:
        """Whether it was news."""
        cause = "/".join(map(str, late.key))
        place = f"review/{question.subject}/{question.clock}/{question.due}/{cause}"
        try:
            outcome = self._casework.handle(
                question,
                SYSTEM,
                key=uuid5(NAMESPACE, place),
                request=sha256(place.encode()).digest(),
                correlation=uuid4().hex,
            )
        except Conflict:  # asked before, or just now by another
            return False
        except FOLD_FAULTS as fault:
            self._leave_alone(question.subject, fault)
            return False
        return not outcome.repeated

    def _leave_alone(self, subject: UUID, fault: Exception) -> None:
        """So that it holds up no other; said once a day."""
        if subject not in self._unread:
            words = "nobody is asked about a file, it cannot be read: %s (%s)"
            log.warning(words, subject, type(fault).__name__)
        self._unread.add(subject)


def _paged(
    ask: Callable[..., Iterable[R]],
    over: MetOver,
    key: Callable[[R], UUID],
    going_on: Callable[[], bool],
) -> Iterator[R]:
    after: UUID | None = FIRST
    while after is not None and going_on():
        page: Sequence[R] = tuple(ask(over, after=after, limit=PAGE))
        yield from page
        after = key(page[-1]) if len(page) == PAGE else None
