"""The deadlines a board counts by, asked of the rulebook and the calendar."""

from datetime import date
from typing import Protocol

from domain.codes import PetitionKind
from domain.law.calendar import Calendar
from domain.law.deadlines import reply_deadline, settlement_deadline


class Clocks(Protocol):
    """When an answer is due (hạn). Days are days in Vietnam; a due day itself is not late."""

    def reply_due(self, kind: PetitionKind, received_on: date) -> date:
        """The last day to answer the citizen, from the first receipt (hạn trả lời)."""

    def settle_due(self, kind: PetitionKind, opened_on: date) -> date | None:
        """The last day to settle a case (hạn giải quyết); None where only the reply counts."""


class LawClocks:
    """The deadlines of the law under one calendar.

    Rows keep the days so that boards can count by them: when the calendar or a rulebook
    changes, the views are rebuilt. What was worked out once is remembered.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._replies: dict[tuple[PetitionKind, date], date] = {}
        self._settlements: dict[tuple[PetitionKind, date], date | None] = {}

    def reply_due(self, kind: PetitionKind, received_on: date) -> date:
        known = self._replies.get((kind, received_on))
        if known is None:
            known = reply_deadline(kind, received_on, self.calendar).due
            self._replies[kind, received_on] = known
        return known

    def settle_due(self, kind: PetitionKind, opened_on: date) -> date | None:
        if (kind, opened_on) not in self._settlements:
            limit = settlement_deadline(kind, opened_on, self.calendar)
            self._settlements[kind, opened_on] = None if limit is None else limit.due
        return self._settlements[kind, opened_on]
