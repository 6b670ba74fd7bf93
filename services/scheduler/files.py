"""Files of the store as the reminders look at them, many at once (đọc hồ sơ cần nhắc)."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.events.base import OfficeEvent
from domain.policies.reminding import Known, reminders_of, seat_of
from domain.policies.waiting import Waiting
from domain.policies.watched import file_of
from domain.ports import FactStore, Told, Wanted
from domain.reminder_record import ReminderRecord
from domain.streams import reminder_stream
from infra.agenda import Entry
from infra.serial import decode

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Followed:
    """A file that is not over: who answers, what waits, what was said."""

    subject: UUID
    office: str
    waiting: Sequence[Waiting]
    record: ReminderRecord

    def unsaid(self) -> Sequence[Waiting]:
        """What still waits to be recorded, the first before all."""
        return [each for each in self.waiting if each.key not in self.record.said]

    def entry(self, waiting: Sequence[Waiting]) -> Entry:
        """What the agenda keeps of it: the next of these."""
        if not waiting:
            return Entry(self.subject, self.office)
        first = waiting[0]
        return Entry(self.subject, self.office, first.falls_at, first.event.TOPIC, first.due)


def read_files(
    store: FactStore, subjects: Sequence[UUID], known: Known
) -> Iterator[tuple[UUID, Followed | None]]:
    """Each of these files, None for one that is over. Raises ``StoreUnavailable``."""
    records = {subject: reminder_stream(subject) for subject in subjects}
    found = store.at_hand(Wanted(streams=[*records, *records.values()])).facts
    for subject, stream in records.items():
        try:
            record = ReminderRecord.replay(stream, _events(found[stream]))
            file = file_of(subject, _events(found[subject]), known.offices)
        except (ValueError, LookupError) as reason:
            log.warning("a file cannot be read, nobody is reminded: %s", type(reason).__name__)
            yield subject, Followed(subject, "", (), ReminderRecord(stream))
            continue
        if file is None:
            yield subject, None
        else:
            _, office = seat_of(file)
            yield subject, Followed(subject, office, reminders_of(file, known), record)


def _events(told: Sequence[Told]) -> Sequence[OfficeEvent]:
    return [decode(each.type_name, each.body) for each in told]
