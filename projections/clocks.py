"""The deadlines a board counts by, asked of the law as it is known now."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from domain.codes import PetitionKind
from domain.law.calendar import Calendar
from domain.law.clocks import REPLY
from domain.law.deadlines import deadline
from domain.law.engine import settlement
from domain.law.law import Law
from domain.law.timeline import Timeline

MOST_REMEMBERED = 50_000
"""Deadlines kept in memory: some years of days for every calendar in use."""


class Clocks(Protocol):
    """When an answer is due (hạn). Days are days in Vietnam; a due day itself is not late.

    ``office`` and ``unit`` say whose closures count: those of who is answerable now.
    """

    def reply_due(self, kind: PetitionKind, received_on: date, office: str, unit: str) -> date:
        """The last day to answer the citizen, from the first receipt (hạn trả lời)."""

    def settle_due(self, timeline: Timeline, office: str, unit: str) -> date | None:
        """The last day to settle a case (hạn giải quyết).

        None where only the reply counts, and while settling is suspended.
        """


class LawClocks:
    """The deadlines of the law as known at each moment.

    Rows keep the days so that boards can sort by them: when the calendar or a rulebook
    changes, :mod:`services.recomputing` works them out again. What was worked out once is
    remembered until then.
    """

    def __init__(self, law: Callable[[], Law]) -> None:
        self._newest = law
        self._law: Law | None = None
        self._replies: dict[tuple[date, Calendar], date] = {}
        self._settlements: dict[tuple[Timeline, Calendar], date | None] = {}

    def reply_due(self, kind: PetitionKind, received_on: date, office: str, unit: str) -> date:
        del kind  # one limit for every sort of petition
        law = self._known()
        asked = received_on, law.calendar_of(office, unit)
        due = self._replies.get(asked)
        if due is None:
            due = deadline(law.book.rule_on(REPLY, received_on), *asked).due
            self._replies[asked] = due
        return due

    def settle_due(self, timeline: Timeline, office: str, unit: str) -> date | None:
        law = self._known()
        asked = timeline, law.calendar_of(office, unit)
        if asked not in self._settlements:
            limit = None if timeline.rests else settlement(*asked, law.book, date.max)
            self._settlements[asked] = None if limit is None else limit.due
        return self._settlements[asked]

    def _known(self) -> Law:
        law = self._newest()
        if law is not self._law or len(self._replies) + len(self._settlements) > MOST_REMEMBERED:
            self._law = law
            self._replies.clear()
            self._settlements.clear()
        return law
