"""Files of the store as the reminders look at them, many at once (đọc hồ sơ cần nhắc)."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.events.base import OfficeEvent
from domain.events.reminder import ReminderPassedOn
from domain.policies.known import Known
from domain.policies.reminding import reminders_of
from domain.policies.told import told_until
from domain.policies.waiting import Waiting, day_after
from domain.policies.watched import file_of
from domain.ports import FactStore, Told, Wanted
from domain.reminder_record import ReminderRecord
from domain.streams import reminder_stream
from infra.agenda import Entry
from infra.serial import history
from projections.batch import FOLD_FAULTS

log = logging.getLogger(__name__)

UNREAD: Final = ""
"""Nobody answers for a file that this release cannot read."""


@dataclass(frozen=True)
class Followed:
    """A file: who answers, what waits, what was said. ``over``: nothing waits any more.

    ``newest`` is the last fact of the file itself.
    """

    subject: UUID
    office: str
    waiting: Sequence[Waiting]
    record: ReminderRecord
    newest: OfficeEvent | None = None
    over: bool = False

    def unsaid(self) -> Sequence[Waiting]:
        """What still waits to be recorded, the first before all."""
        return [each for each in self.waiting if each.key not in self.record.said]

    def standing(self) -> Sequence[Waiting]:
        """What was said and still has its reason."""
        return [each for each in self.waiting if each.key in self.record.said]

    def entry(self, waiting: Sequence[Waiting], known: Known) -> Entry:
        """What the agenda keeps of it: the next of these, or the day after which another
        office than now is to know of what was said.
        """
        ends = [until for each in self.standing() if (until := told_until(each, known)) is not None]
        passing = day_after(min(ends)) if ends else None
        first = waiting[0] if waiting else None
        if first is not None and (passing is None or first.falls_at <= passing):
            return Entry(self.subject, self.office, first.falls_at, first.event.TOPIC, first.due)
        if passing is not None:
            return Entry(self.subject, self.office, passing, ReminderPassedOn.TOPIC)
        return Entry(self.subject, self.office)

    def later(self, moment: datetime) -> Sequence[Waiting]:
        """What waits and falls after a moment."""
        return [each for each in self.unsaid() if each.falls_at > moment]


def read_files(store: FactStore, subjects: Sequence[UUID], known: Known) -> Iterator[Followed]:
    """Each of these files; one that cannot be read is nobody's. Raises ``StoreUnavailable``."""
    records = {subject: reminder_stream(subject) for subject in subjects}
    found = store.at_hand(Wanted(streams=[*records, *records.values()])).facts
    for subject, stream in records.items():
        try:
            file = _followed(subject, found[subject], stream, found[stream], known)
        except FOLD_FAULTS as fault:
            file = set_aside(subject, stream, fault)
        yield file


def _followed(
    subject: UUID, facts: Sequence[Told], stream: UUID, said: Sequence[Told], known: Known
) -> Followed:
    record = ReminderRecord.replay(stream, _events(stream, said))
    events = _events(subject, facts)
    file = file_of(subject, events, known.offices)
    newest = events[-1] if events else None
    if file is None:
        return Followed(subject, UNREAD, (), record, newest, over=True)
    return Followed(subject, file.office, reminders_of(file, known), record, newest)


def set_aside(subject: UUID, stream: UUID, fault: Exception) -> Followed:
    """A file that this release cannot follow: it keeps no other file waiting."""
    log.warning("a file cannot be read, nobody is reminded: %s", type(fault).__name__)
    return Followed(subject, UNREAD, (), ReminderRecord(stream))


def _events(stream: UUID, told: Sequence[Told]) -> Sequence[OfficeEvent]:
    return history(stream, ((each.type_name, each.body) for each in told))
