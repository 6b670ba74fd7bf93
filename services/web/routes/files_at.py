"""A dossier with its facts, for whoever may see it (hồ sơ và diễn biến)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.dossier import Dossier
from domain.errors import NotFound
from domain.events.base import OfficeEvent
from domain.streams import reminder_stream
from services import sight
from services.circles import circle_of, load_dossier
from services.sight import Circle
from services.web.models.acts import Subject
from services.web.present.asking import Thing
from services.web.present.subjects import KINDS, subject_of
from services.web.routes.door import Visit


@dataclass(frozen=True)
class Seen:
    """A dossier the reader may see, from the store, with whom it concerns."""

    dossier: Dossier
    facts: Sequence[OfficeEvent]
    circle: Circle

    @property
    def number(self) -> str:
        """The file number, "" for things without one."""
        return str(getattr(self.facts[0], "number", ""))

    def subject(self, visit: Visit) -> Subject:
        """The line that says what an act is about."""
        return subject_of(self.dossier, self.number, visit.seat.names)


def seen(visit: Visit, stream: UUID, *things: Thing) -> Seen:
    """A dossier of one of these kinds; any kind when none is named. Refuses: ``NotFound``."""
    reading = visit.reading
    dossier, facts = load_dossier(visit.parts.store, stream)
    circle = circle_of(dossier, reading.directory, reading.today)
    sight.must_see(reading.officer, circle, reading.directory, reading.today)
    if things and not isinstance(dossier, tuple(KINDS[thing] for thing in things)):
        raise NotFound("Không tìm thấy hồ sơ.")
    return Seen(dossier, facts, circle)


def reminders_of(visit: Visit, stream: UUID) -> Sequence[OfficeEvent]:
    """What the system reminded of about a file, and how it ended, for whoever sees the file."""
    return visit.parts.store.load(reminder_stream(stream))
