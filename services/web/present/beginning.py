"""The deadline that an act sets going, told before it is recorded (hạn sẽ là)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.codes import PetitionKind
from domain.law.calendar import Calendar
from domain.law.deadlines import Deadline
from domain.law.engine import settlement
from domain.law.law import Law
from domain.law.limits import offer_limit, reply_limit
from domain.law.timeline import Timeline
from services.web.models import Why
from services.web.models.acts import Aside
from services.web.present.deadlines import why
from services.web.present.frame import Seat

ALL_ALIKE = "Nếu ghi hôm nay. Loại đơn nào cũng phải trả lời người dân trong hạn này."


@dataclass(frozen=True, slots=True)
class Beginning:
    """An act of a day, by the law that is followed."""

    law: Law
    seat: Seat
    on: date

    @property
    def own(self) -> Calendar:
        """The working days of the reader's office."""
        return self.law.calendar_of(self.seat.officer.office, self.seat.unit.unit_id)

    def reply(self, kind: PetitionKind) -> Why | None:
        """By when a petition taken in here is to be answered."""
        return self._told(reply_limit(kind, self.on, self.own, self.law.book), self.own)

    def offer(self, kind: PetitionKind, to_office: str) -> Why | None:
        """By when the office it is offered to must answer; None for one that is not known."""
        to = self.seat.directory.find_office(to_office, self.on)
        if to is None:
            return None
        theirs = self.law.calendar_of(to.office_id, to.unit)
        return self._told(offer_limit(kind, self.on, theirs, self.law.book), theirs)

    def settlement(self, timeline: Timeline) -> Why | None:
        """By when a case of this office would have to be settled."""
        own = self.own
        return self._told(settlement(timeline, own, self.law.book, self.seat.today), own)

    def asides(self) -> Iterator[Aside]:
        """Beside an empty form: until when an answer would be due, by kind where they differ."""
        own, book = self.own, self.law.book
        limits = {kind: reply_limit(kind, self.on, own, book) for kind in PetitionKind}
        complaint = limits[PetitionKind.COMPLAINT]
        if complaint is None:
            return
        alike = all(each is not None and each.due == complaint.due for each in limits.values())
        yield Aside(
            "Hạn trả lời",
            f"{complaint.due:%d/%m/%Y}",
            ALL_ALIKE if alike else "Nếu ghi hôm nay một đơn khiếu nại; loại đơn khác có hạn khác.",
            why=why(complaint, self.seat.today, own),
        )

    def _told(self, limit: Deadline | None, calendar: Calendar) -> Why | None:
        return None if limit is None else why(limit, self.seat.today, calendar)
