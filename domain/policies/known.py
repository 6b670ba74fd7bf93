"""What is known on a day: the law, who is who, and which clocks run (điều đã biết vào một ngày)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.directory import Directory
from domain.homes import OfficesOn
from domain.law.calendar import Calendar
from domain.law.clocks import LINES, Scope
from domain.law.engine import limit_of, seen_on
from domain.law.law import Law
from domain.law.timeline import Timeline
from domain.policies.pace import Pace


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs off against an office (thời hạn đang chạy)."""

    clock: str
    scope: Scope
    start: date
    due: date


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the world on a day: the law, and who is who."""

    law: Law
    directory: Directory
    today: date

    @property
    def offices(self) -> OfficesOn:
        """The office tree of the day."""
        return OfficesOn(self.directory, self.today)

    def calendar_of(self, office: str) -> Calendar:
        """The working days of an office, as it stands or last stood."""
        periods = self.directory.offices.of(office)
        return self.law.calendar_of(office, periods[-1].unit if periods else "")

    def unit_of(self, office: str) -> str:
        """The unit of an office as it stands, or last stood; "" for one never entered."""
        standing = self.directory.offices.on(office, self.today)
        periods = self.directory.offices.of(office)
        found = standing or (periods[-1] if periods else None)
        return "" if found is None else found.unit

    def pace_on(self, day: date) -> Pace:
        """How early and how often is reminded of what falls on a day."""
        return Pace(self.law.book, day)

    def running(self, timeline: Timeline, office: str) -> Iterator[Running]:
        """The clocks of a file that count against an office now; none while it rests."""
        calendar, book = self.calendar_of(office), self.law.book
        seen = seen_on(timeline, calendar, book, self.today)
        for line in LINES:
            if not line.watched or line.met(seen) is not None:
                continue
            limit = limit_of(line, seen, calendar, book, self.today)
            if limit is not None and not limit.rests:
                yield Running(line.clock, line.scope, limit.start, limit.due)
