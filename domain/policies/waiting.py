"""A reminder that will be recorded on a moment, unless its reason goes first (việc chờ nhắc)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final
from uuid import UUID, uuid5

from domain.days import VIETNAM
from domain.events.base import OfficeEvent
from domain.events.reminder import Reminder
from domain.law.calendar import ONE_DAY, Calendar
from domain.streams import NAMESPACE

MOST_RUNGS: Final = 5
"""The office answerable and the levels above it: commune, district, province, the centre."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One reminder to come. ``says`` is what its fact says beside who is told.

    ``answerable`` is the office that must act, ``told`` the office from which the ladder is
    climbed, ``rung`` steps up; ``accused`` and who stands in its place are never told.
    ``cause`` is the fact that gave reason.
    """

    event: type[Reminder]
    subject: UUID
    falls_at: datetime
    answerable: str
    told: str
    cause: OfficeEvent
    says: Mapping[str, Any]
    rung: int = 0
    accused: str | None = None

    @property
    def key(self) -> UUID:
        """What it is recorded under, once for ever."""
        return key_of(self.event, self.subject, self.says)

    @property
    def matter(self) -> str:
        """What it is about, and to which rung it is told."""
        return matter_of(self.event, self.says)

    @property
    def due(self) -> date | None:
        """The day it is about, if it is about a day."""
        found = self.says.get("due", self.says.get("last_day"))
        return found if isinstance(found, date) else None


def key_of(event: type[Reminder], subject: UUID, says: Mapping[str, Any]) -> UUID:
    """The key of a reminder: its policy, its file, and what tells it from its like."""
    told = "/".join(str(says[name]) for name in event.ONCE_FOR)
    return uuid5(NAMESPACE, f"{event.TOPIC}/{subject}/{told}")


def matter_of(event: type[Reminder], says: Mapping[str, Any]) -> str:
    """What a reminder is about: ``clock/settlement/2025-06-04/1``, the rung at the end."""
    apart = (str(says[name]) for name in event.ONCE_FOR if name != "rung")
    return "/".join((event.MATTER, *apart, str(says.get("rung", 0))))


def matter_said(fact: Reminder) -> str:
    """What a reminder that was recorded is about."""
    return matter_of(type(fact), _said(fact))


def key_said(fact: Reminder) -> UUID:
    """The key of a reminder that was recorded."""
    return key_of(type(fact), fact.subject, _said(fact))


def _said(fact: Reminder) -> Mapping[str, Any]:
    return {name: getattr(fact, name) for name in fact.ONCE_FOR}


def morning_of(day: date) -> datetime:
    """When the reminders of a day fall: as it begins in Vietnam."""
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)


def day_after(day: date) -> datetime:
    """When it is first late to have done by a day."""
    return morning_of(day + ONE_DAY)


def working_days_before(due: date, days: int, calendar: Calendar) -> date:
    """The working day with so many working days from there to ``due``, which counts."""
    day = due
    while days:
        if calendar.is_working(day):
            days -= 1
        day -= ONE_DAY
    while not calendar.is_working(day):
        day -= ONE_DAY
    return day
