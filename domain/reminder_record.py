"""What was reminded of about one file, as a stream: nothing twice (sổ nhắc việc)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from domain.codes import Role
from domain.dossier import Dossier
from domain.events.base import OfficeEvent
from domain.events.reminder import Reminder
from domain.policies.waiting import Waiting, key_said
from domain.values import Officer, Signature

ACTOR: Final = "scheduler"


class ReminderRecord(Dossier):
    """The reminders of one petition, case or gathering."""

    BEGINS_WITH = Reminder

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.said: frozenset[UUID] = frozenset()

    def evolve(self, event: OfficeEvent) -> None:
        """Take a reminder in."""
        if isinstance(event, Reminder):
            self.said |= {key_said(event)}

    def remind(self, waiting: Waiting, *, unit: str, to_office: str, now: datetime) -> None:
        """Record that a reminder fell, once; a second time changes nothing."""
        if waiting.key in self.said:
            return
        by = Signature(
            Officer(ACTOR, waiting.answerable, Role.SYSTEM),
            unit,
            occurred_at=min(waiting.falls_at, now),
            recorded_at=now,
            correlation=waiting.cause.correlation,
            causation=waiting.cause.fact_id,
        )
        self.record(waiting.event, by, subject=waiting.subject, to_office=to_office, **waiting.says)
