"""Why a file is due when it is (vì sao hạn này), as of a day and as known on a day.

The one explanation behind pages, API and command line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from domain.days import day_of
from domain.errors import Invalid, NotFound
from domain.events.base import OfficeEvent
from domain.events.case import PetitionLinked
from domain.events.petition import PetitionReceived, PetitionTakenUp, PetitionTransferred
from domain.law.clocks import TRANSFER_ANSWER, Clock
from domain.law.engine import clocks, in_order
from domain.law.happened import Happened, happened
from domain.law.law import Law
from domain.law.told_clocks import as_data, told
from services.circles import Streams

Shown = Callable[[UUID], bool]
Sort = Literal["petition", "case"]

FURTHEST: Final = timedelta(days=3660)
"""How far ahead a day may be asked of: a file at rest is counted day by day until then."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The clocks of one file (diễn giải thời hạn của một hồ sơ), the earliest that runs first.

    ``promised``: days that an act itself named, by clock; the system goes by them. ``edition``
    is that of the rulebook asked, 0 for what the release carries.
    """

    subject: UUID
    sort: Sort
    file: Happened
    asked_on: date
    known_on: date
    edition: int
    clocks: tuple[Clock, ...]
    promised: Mapping[str, date] = field(default_factory=dict)

    def due_of(self, clock: Clock) -> date:
        """The day that counts: the one an act named, else the one counted."""
        return self.promised.get(clock.name, clock.deadline.due)

    def notes(self, clock: Clock) -> tuple[str, ...]:
        """What is to be said where an act named another day."""
        named = self.promised.get(clock.name)
        if named is None or named == clock.deadline.due:
            return ()
        return (f"Văn bản chuyển đã ghi hạn {named:%d/%m/%Y}; hệ thống theo dõi theo ngày này.",)

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
            "edition": self.edition,
            "clocks": [self._clock_as_data(clock) for clock in self.clocks],
        }

    def _clock_as_data(self, clock: Clock) -> Mapping[str, Any]:
        named = self.promised.get(clock.name)
        said = as_data(clock, self.asked_on)
        more = {"promised": None if named is None else named.isoformat()}
        return {**said, **more, "told": [*said["told"], *self.notes(clock)]}

    def lines(self) -> Iterator[str]:
        """For people: each clock with its reasons below it."""
        yield f"{self.file.number}  {self.file.office}"
        for clock in self.clocks:
            yield f"  {clock.deadline.rule.term}"
            every = (*told(clock, self.asked_on), *self.notes(clock))
            yield from (f"    {words}" for words in every)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Files that belong together; ``next`` is where to read on, None at the end."""

    files: tuple[Explained, ...]
    next: int | None = None


def days_asked(at: date | None, known: date | None, today: date) -> tuple[date, date]:
    """Of which day, and as known on which: today unless said. Refuses: ``Invalid``."""
    if at is not None and at - today > FURTHEST:
        raise Invalid(
            f"Ngày {at:%d/%m/%Y} quá xa.",
            pointer="query/at",
            mend="Hỏi một ngày trong mười năm tới.",
        )
    return at or today, known or today


def everything(subject: UUID) -> bool:
    """For who may see every file."""
    del subject
    return True


def explain(
    subject: UUID,
    streams: Streams,
    law: Law,
    *,
    at: date,
    known: date,
    shown: Shown = everything,
    after: int = 0,
    limit: int | None = None,
) -> Explanation:
    """The file and what belongs to it: a petition's case, a case's petitions.

    The file itself comes first, then what of the rest is ``shown``, from ``after`` on and at
    most ``limit`` of them. Refuses: ``NotFound`` when on those days there was no such file.
    """
    facts, knew = streams.load(subject), law.known_on(known)
    own = explained(subject, facts, knew, at=at, known=known)
    if own is None:
        raise NotFound(
            f"Đến ngày {at:%d/%m/%Y}, theo những gì ghi đến {known:%d/%m/%Y}, không có hồ sơ này."
        )
    related = [each for each in dict.fromkeys(_related(facts)) if each != subject]
    until = len(related) if limit is None else after + limit
    others = (
        explained(each, streams.load(each), knew, at=at, known=known)
        for each in related[after:until]
        if shown(each)
    )
    files = (*(() if after else (own,)), *(each for each in others if each is not None))
    return Explanation(files, until if until < len(related) else None)


def explained(
    subject: UUID, facts: Sequence[OfficeEvent], law: Law, *, at: date, known: date
) -> Explained | None:
    """One file by its facts, by the law as it was known; None when there was none yet."""
    file = happened(facts, by=at, known=known)
    if file is None:
        return None
    offer = _offer(facts, file, by=at, known=known)
    named = {} if offer is None else {TRANSFER_ANSWER: offer.reply_due}
    found = _clocks(file, offer, law, at)
    sort: Sort = "petition" if isinstance(facts[0], PetitionReceived) else "case"
    return Explained(subject, sort, file, at, known, law.book.edition, found, named)


def _clocks(
    file: Happened, offer: PetitionTransferred | None, law: Law, at: date
) -> tuple[Clock, ...]:
    """Counted by the working days of who answers for it; an offer by those of its receiver."""
    own = clocks(file.timeline, law.calendar_of(file.office, file.unit), law.book, at)
    if offer is None:
        return own
    theirs = law.calendar_of(offer.to_office, offer.to_unit)
    asked = clocks(file.timeline, theirs, law.book, at)
    answer = (each for each in asked if each.name == TRANSFER_ANSWER)
    return in_order((*(each for each in own if each.name != TRANSFER_ANSWER), *answer))


def _offer(
    facts: Iterable[OfficeEvent], file: Happened, *, by: date, known: date
) -> PetitionTransferred | None:
    """The offer under way, which names the day on which it is to be answered."""
    if file.timeline.offered_on is None:
        return None
    offers = (
        fact
        for fact in facts
        if isinstance(fact, PetitionTransferred)
        and day_of(fact.occurred_at) <= by
        and day_of(fact.timestamp) <= known
    )
    return max(offers, key=lambda fact: fact.offer, default=None)


def _related(facts: Sequence[OfficeEvent]) -> Iterator[UUID]:
    for fact in facts:
        match fact:
            case PetitionTakenUp(case_id=case):
                yield case
            case PetitionLinked(petition_id=petition):
                yield petition
