"""Why a file is due when it is (vì sao hạn này), as of a day and as known on a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import NotFound
from domain.events.base import OfficeEvent
from domain.events.case import PetitionLinked
from domain.events.petition import PetitionTakenUp
from domain.law.clocks import Clock
from domain.law.engine import clocks
from domain.law.happened import Happened, happened
from domain.law.law import Law
from domain.law.told_clocks import all_as_data, told
from services.circles import Streams


@dataclass(frozen=True, slots=True)
class Explained:
    """The clocks of one file (diễn giải thời hạn của một hồ sơ)."""

    subject: UUID
    file: Happened
    asked_on: date
    clocks: tuple[Clock, ...]

    def as_data(self) -> Mapping[str, Any]:
        """Plain values."""
        return {
            "subject": str(self.subject),
            "number": self.file.number,
            "kind": self.file.timeline.kind.value,
            "office": self.file.office,
            "at": self.asked_on.isoformat(),
            "clocks": all_as_data(self.clocks, self.asked_on),
        }

    def lines(self) -> Iterator[str]:
        """For people: each clock with its reasons below it."""
        yield f"{self.file.number}  {self.file.office}"
        for clock in self.clocks:
            yield f"  {clock.deadline.rule.term}"
            yield from (f"    {words}" for words in told(clock, self.asked_on))


def explain(
    subject: UUID, streams: Streams, law: Law, *, at: date, known: date
) -> Sequence[Explained]:
    """The file and what belongs to it: a petition's case, a case's petitions.

    Refuses: ``NotFound`` when on those days there was no such file.
    """
    facts = streams.load(subject)
    ids = dict.fromkeys((subject, *_related(facts)))
    files = ((each, happened(streams.load(each), by=at, known=known)) for each in ids)
    knew = law.known_on(known)
    found = [_explained(each, file, knew, at) for each, file in files if file is not None]
    if not found:
        raise NotFound(
            f"Đến ngày {at:%d/%m/%Y}, theo những gì ghi đến {known:%d/%m/%Y}, không có hồ sơ này."
        )
    return found


def _explained(subject: UUID, file: Happened, law: Law, at: date) -> Explained:
    calendar = law.calendar_of(file.office, file.unit)
    return Explained(subject, file, at, clocks(file.timeline, calendar, law.book, at))


def _related(facts: Sequence[OfficeEvent]) -> Iterator[UUID]:
    for fact in facts:
        match fact:
            case PetitionTakenUp(case_id=case):
                yield case
            case PetitionLinked(petition_id=petition):
                yield petition
