"""What was reminded of about one file, as a stream: nothing twice (sổ nhắc việc)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.codes import Role
from domain.dossier import Dossier
from domain.events.base import OfficeEvent
from domain.events.reminder import Reminder, ReminderPassedOn, ReminderSettled
from domain.policies.waiting import Waiting, key_said, matter_said
from domain.values import Officer, Signature

ACTOR: Final = "scheduler"


class ReminderRecord(Dossier):
    """The reminders of one petition, case, gathering or return mission.

    ``resting`` says with which office each matter that still stands rests.
    """

    BEGINS_WITH = Reminder

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self.said: frozenset[UUID] = frozenset()
        self.resting: Mapping[str, str] = {}
        self.newest: OfficeEvent | None = None

    def evolve(self, event: OfficeEvent) -> None:
        """Take in what was told, to whom it went, and what needs no telling any more."""
        self.newest = event
        match event:
            case Reminder():
                self.said |= {key_said(event)}
                self.resting = {**self.resting, matter_said(event): event.to_office}
            case ReminderPassedOn():
                moved = dict.fromkeys(event.reminders, event.to_office)
                self.resting = {**self.resting, **moved}
            case ReminderSettled():
                gone = set(event.reminders)
                left = {each: at for each, at in self.resting.items() if each not in gone}
                self.resting = left

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

    def rest_with(self, told: Mapping[str, str], by: Signature, subject: UUID) -> None:
        """Record what has changed: ``told`` are the offices of all matters that stand now."""
        gone = sorted(each for each in self.resting if each not in told)
        if gone:
            offices = self._offices_of(gone)
            self.record(
                ReminderSettled, by, subject=subject, reminders=tuple(gone), offices=offices
            )
        moved = sorted(each for each, at in told.items() if self.resting.get(each) != at)
        for office in sorted({told[each] for each in moved}):
            those = [each for each in moved if told[each] == office]
            self.record(
                ReminderPassedOn,
                by,
                subject=subject,
                to_office=office,
                reminders=tuple(those),
                offices=self._offices_of(those),
            )

    def _offices_of(self, matters: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self.resting[each] for each in matters if each in self.resting}))
