"""The deadlines a board counts by, asked of the law as it is known now."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from domain.codes import PetitionKind
from domain.law.calendar import Calendar
from domain.law.engine import settlement
from domain.law.law import Law
from domain.law.limits import reply_limit
from domain.law.rulebook import NoRule
from domain.law.timeline import Timeline

MOST_REMEMBERED = 50_000
"""Deadlines kept in memory: some years of days for every calendar in use."""


class Clocks(Protocol):
    """When an answer is due (hạn). Days are days in Vietnam; a due day itself is not late.

    ``office`` and ``unit`` say whose closures count: those of who is answerable now. A clock
    that was ``met_on`` a day keeps the law as it was known then: what is learned later is
    looked at by a person (:mod:`services.reviewing`), and changes no result unseen.
    """

    def reply_due(
        self, kind: PetitionKind, received_on: date, office: str, unit: str,
        *, met_on: date | None = None,
    ) -> date:  # fmt: skip
        """The last day to answer the citizen, from the first receipt (hạn trả lời)."""

    def settle_due(
        self, timeline: Timeline, office: str, unit: str, *, met_on: date | None = None
    ) -> date | None:
        """The last day to settle a case (hạn giải quyết).

        None where only the reply counts, and while settling is suspended. What was overdue
        before it was suspended stays so.
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
        self._replies: dict[tuple[PetitionKind, date, Calendar, int], date] = {}
        self._settlements: dict[tuple[Timeline, Calendar, int], date | None] = {}
        self._then: dict[date, Law] = {}

    def reply_due(
        self, kind: PetitionKind, received_on: date, office: str, unit: str,
        *, met_on: date | None = None,
    ) -> date:  # fmt: skip
        law = self._known(met_on)
        calendar = law.calendar_of(office, unit)
        asked = kind, received_on, calendar, law.book.edition
        due = self._replies.get(asked)
        if due is None:
            limit = reply_limit(PetitionKind(kind), received_on, calendar, law.book)
            if limit is None:
                raise NoRule(f"no limit to answer a {kind} received on {received_on.isoformat()}")
            due = self._replies[asked] = limit.due
        return due

    def settle_due(
        self, timeline: Timeline, office: str, unit: str, *, met_on: date | None = None
    ) -> date | None:
        law = self._known(met_on)
        calendar = law.calendar_of(office, unit)
        asked = timeline, calendar, law.book.edition
        if asked not in self._settlements:
            on = max(timeline.suspended_on) if timeline.rests else date.max
            limit = settlement(timeline, calendar, law.book, on)
            self._settlements[asked] = None if limit is None or limit.rests else limit.due
        return self._settlements[asked]

    def _known(self, met_on: date | None) -> Law:
        """The newest law, or what was known of it on the day a clock was met."""
        law = self._newest()
        remembered = len(self._replies) + len(self._settlements)
        if law is not self._law or remembered > MOST_REMEMBERED:
            self._law = law
            for each in (self._replies, self._settlements, self._then):
                each.clear()
        if met_on is None:
            return law
        then = self._then.get(met_on)
        if then is None:
            then = self._then[met_on] = law.known_on(met_on)
        return then
