"""What is told about the clocks of a file (diễn giải thời hạn): days, reasons, sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from domain.codes import LABELS, ReviewOutcome
from domain.law.clocks import Clock
from domain.law.happened import Happened
from domain.law.told_clocks import as_data, told

Sort = Literal["petition", "case"]
SORTS: Final[Mapping[Sort, str]] = {"petition": "Đơn", "case": "Vụ việc"}

WAITING: Final = "waiting"
"""A head was asked to look at the result, and has not yet."""


@dataclass(frozen=True, slots=True)
class Days:
    """Of which day is asked, and as known on which (ngày xem, ngày biết).

    Not ``named``: nobody said as known on which day. Then it is told as known now, but a clock
    that was met, and every clock of a file that ended, as it was known on that day.
    """

    at: date
    known: date
    named: bool = True


@dataclass(frozen=True, slots=True)
class Explained:
    """The clocks of one file, the earliest that runs first.

    ``known_on`` is the day of the law asked, that of the end for a file that ended; ``edition``
    that law's rulebook, 0 for what the release carries. By clock: ``promised`` days that an act
    itself named, the system goes by them; ``kept`` on which earlier day's law it is told;
    ``turned`` the day it would be due by what is known now, where that is another; ``reviews``
    what became of the question to look at that.
    """

    subject: UUID
    sort: Sort
    file: Happened
    days: Days
    known_on: date
    edition: int
    clocks: tuple[Clock, ...]
    promised: Mapping[str, date] = field(default_factory=dict)
    kept: Mapping[str, date] = field(default_factory=dict)
    turned: Mapping[str, date] = field(default_factory=dict)
    reviews: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked_on(self) -> date:
        """The day asked of."""
        return self.days.at

    @property
    def ended_on(self) -> date | None:
        """When the file ended, by the day asked."""
        return self.file.timeline.ended_on

    @property
    def as_then(self) -> str:
        """That an ended file is told by what was known then; "" where it is not."""
        if self.days.named or self.ended_on is None:
            return ""
        return (
            f"{SORTS[self.sort]} đã kết thúc ngày {self.ended_on:%d/%m/%Y}: mỗi thời hạn giữ theo "
            "thông tin đã ghi đến ngày việc đó xong."
        )

    def due_of(self, clock: Clock) -> date:
        """The day that counts: the one an act named, else the one counted."""
        return self.promised.get(clock.name, clock.deadline.due)

    def known_of(self, clock: Clock) -> date:
        """By what was known on which day a clock is told."""
        return self.kept.get(clock.name, self.known_on)

    def notes(self, clock: Clock) -> tuple[str, ...]:
        """What is to be said where an act named another day, or what is known now gives one."""
        return (*self._named(clock), *self._turned(clock))

    def _named(self, clock: Clock) -> Iterator[str]:
        named = self.promised.get(clock.name)
        if named is not None and named != clock.deadline.due:
            yield f"Văn bản chuyển đã ghi hạn {named:%d/%m/%Y}; hệ thống theo dõi theo ngày này."

    def _turned(self, clock: Clock) -> Iterator[str]:
        now = self.turned.get(clock.name)
        if now is None:
            return
        yield (
            f"Giữ theo thông tin đã ghi đến ngày {self.known_of(clock):%d/%m/%Y}; "
            f"theo thông tin ghi đến nay, hạn là {now:%d/%m/%Y}."
        )
        said = self.reviews.get(clock.name)
        if said == WAITING:
            yield "Kết quả đúng hạn hay quá hạn đang chờ thủ trưởng xem lại."
        elif said is not None:
            yield f"Đã xem lại: {LABELS[ReviewOutcome(said)].lower()}."

    def as_data(self) -> Mapping[str, Any]:
        """Plain values."""
        return {
            "subject": str(self.subject),
            "sort": self.sort,
            "number": self.file.number,
            "kind": self.file.timeline.kind.value,
            "office": self.file.office,
            "at": self.asked_on.isoformat(),
            "known_at": self.known_on.isoformat(),
            "ended_on": _iso(self.ended_on),
            "as_then": self.as_then,
            "edition": self.edition,
            "clocks": [self._clock_as_data(clock) for clock in self.clocks],
        }

    def _clock_as_data(self, clock: Clock) -> Mapping[str, Any]:
        said = as_data(clock, self.asked_on)
        more = {
            "promised": _iso(self.promised.get(clock.name)),
            "known_at": self.known_of(clock).isoformat(),
            "due_now": _iso(self.turned.get(clock.name)),
            "review": self.reviews.get(clock.name),
        }
        return {**said, **more, "told": [*said["told"], *self.notes(clock)]}

    def lines(self) -> Iterator[str]:
        """For people: each clock with its reasons below it."""
        yield f"{self.file.number}  {self.file.office}"
        if self.as_then:
            yield f"  {self.as_then}"
        for clock in self.clocks:
            yield f"  {clock.deadline.rule.term}"
            every = (*told(clock, self.asked_on), *self.notes(clock))
            yield from (f"    {words}" for words in every)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Files that belong together; ``next`` is where to read on, None at the end."""

    files: Sequence[Explained]
    next: int | None = None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
