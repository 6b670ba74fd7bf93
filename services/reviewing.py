"""Whenever a notice comes late, a head looks at the ended files whose result it would turn.

Open files' clocks move by themselves. A clock that was met keeps the law as it was known that
day; if by what is known now it would have been in time, or late, and then was not, somebody is
asked to look. Asking again asks nothing twice: the key is made of file, clock, day and cause,
and a question is not repeated. What a withdrawn notice asked is no longer listed, by itself
(:mod:`services.reviews`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final, TypeVar
from uuid import UUID, uuid4, uuid5

from domain.codes import PetitionKind, Role
from domain.commands.review import AskReview
from domain.errors import Conflict
from domain.events.calendar import DayOffAnnounced, OfficeClosed
from domain.law.almanac import WITHDRAWALS, Entry
from domain.law.clocks import REPLY, SETTLEMENT
from domain.law.law import Law
from domain.review_record import in_doubt
from domain.streams import NAMESPACE
from domain.values import Officer
from projections.case_row import CaseRow, met_on
from projections.clocks import Clocks, LawClocks
from projections.petition_row import PetitionRow
from projections.reviews import MetOver, ReviewViews
from projections.settlements import timeline_of
from services.casework import Casework

SYSTEM: Final = Officer("system:reviewing", "system", Role.SYSTEM)
PAGE: Final = 500
FIRST: Final = UUID(int=0)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Late:
    """Something learned after the days it is about; ``key`` tells it from others."""

    key: tuple[UUID, int]
    over: MetOver


def learned_late(law: Law) -> Iterator[Late]:
    """Every notice, closure, withdrawal and edition that may turn a result of the past."""
    for entries in law.almanac.streams.values():
        by_version = {entry.version: entry for entry in entries}
        for entry in entries:
            told = entry
            if isinstance(entry.fact, WITHDRAWALS):
                told = by_version[entry.fact.withdrawn]
            days = _days(told)
            if days is not None and days[0] < entry.recorded_on:
                key = entry.fact.originator_id, entry.version
                yield Late(key, MetOver(*days, before=entry.recorded_on))
    for edition in law.rulebooks.published[1:]:
        whole = MetOver(date.min, date.max, before=edition.recorded_on)
        yield Late((NAMESPACE, edition.number), whole)


def question_of_petition(row: PetitionRow, clocks: Clocks) -> AskReview | None:
    """What a head is asked about an answered petition, if anything."""
    asked = PetitionKind(row.kind), row.received_on, row.in_charge, row.in_charge_unit
    then = clocks.reply_due(*asked, met_on=row.answered_on)
    now = clocks.reply_due(*asked)
    place = row.petition_id, REPLY, row.number, row.in_charge, row.in_charge_unit
    return _question(place, row.answered_on, then, now)


def question_of_case(row: CaseRow, clocks: Clocks) -> AskReview | None:
    """What a head is asked about a settled case, if anything."""
    asked = timeline_of(row), row.office, row.unit
    then = clocks.settle_due(*asked, met_on=met_on(row))
    now = clocks.settle_due(*asked)
    place = row.case_id, SETTLEMENT, row.number, row.office, row.unit
    return _question(place, met_on(row), then, now)


def _question(
    place: tuple[UUID, str, str, str, str], met: date | None, then: date | None, now: date | None
) -> AskReview | None:
    """A question where being in time then and now differ."""
    if met is None or then is None or now is None or not in_doubt(met, then, now):
        return None
    subject, clock, number, office, unit = place
    return AskReview(
        subject=subject, clock=clock, number=number, office=office, unit=unit,
        met_on=met, was_due=then, due=now,
    )  # fmt: skip


class Reviewing:
    """The policy. Any number of processes may run it at once; each remembers what it went over."""

    def __init__(self, views: ReviewViews, casework: Casework, law: Callable[[], Law]) -> None:
        self._views = views
        self._casework = casework
        self._law = law
        self._seen: Law | None = None
        self._done: set[tuple[UUID, int]] = set()

    def run(self, going_on: Callable[[], bool] = lambda: True) -> int:
        """Go over what was learned late since the last run; how many questions were asked.

        Raises ``StoreUnavailable``, ``ViewsUnavailable``: another run does the rest.
        """
        law, asked = self._law(), 0
        if law is self._seen:
            return 0
        for late in learned_late(law):
            if late.key in self._done:
                continue
            for question in self._questions(late.over, law):
                if not going_on():
                    return asked
                asked += self._ask(question, late)
            self._done.add(late.key)
        self._seen = law
        return asked

    def _questions(self, over: MetOver, law: Law) -> Iterator[AskReview]:
        clocks = LawClocks(lambda: law)
        for petition in _paged(self._views.met_petitions, over, lambda row: row.petition_id):
            yield from filter(None, (question_of_petition(petition, clocks),))
        for case in _paged(self._views.met_cases, over, lambda row: row.case_id):
            yield from filter(None, (question_of_case(case, clocks),))

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
        return not outcome.repeated


def _paged(ask: Callable[..., Iterable[R]], over: MetOver, key: Callable[[R], UUID]) -> Iterator[R]:
    after: UUID | None = FIRST
    while after is not None:
        page: Sequence[R] = tuple(ask(over, after=after, limit=PAGE))
        yield from page
        after = key(page[-1]) if len(page) == PAGE else None


def _days(entry: Entry) -> tuple[date, date] | None:
    match entry.fact:
        case DayOffAnnounced(day=day, worked_on=worked):
            return min(day, worked or day), max(day, worked or day)
        case OfficeClosed(first_day=first, last_day=last):
            return first, last
    return None
