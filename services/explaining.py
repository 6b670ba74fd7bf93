"""Why a file is due when it is (vì sao hạn này), as of a day and as known on a day.

The one explanation behind pages, API and command line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.bounds import FURTHEST
from domain.days import day_of
from domain.errors import Invalid, NotFound
from domain.events.base import OfficeEvent
from domain.events.case import PetitionLinked
from domain.events.petition import PetitionReceived, PetitionTakenUp, PetitionTransferred
from domain.law.clocks import TRANSFER_ANSWER, Clock
from domain.law.engine import clocks, in_order
from domain.law.happened import Happened, happened
from domain.law.law import Law
from domain.review_record import ReviewRecord, in_doubt
from domain.streams import review_stream
from services.circles import Streams
from services.explained import WAITING, Days, Explained, Explanation, Sort

Shown = Callable[[UUID], bool]


def days_asked(at: date | None, known: date | None, today: date) -> Days:
    """Of which day, and as known on which: today unless said. Refuses: ``Invalid``.

    A file at rest is counted day by day up to the day asked of.
    """
    if at is not None and at - today > FURTHEST:
        raise Invalid(
            f"Ngày {at:%d/%m/%Y} quá xa.",
            pointer="query/at",
            mend="Hỏi một ngày trong mười năm tới.",
        )
    return Days(at or today, known or today, named=known is not None)


def everything(subject: UUID) -> bool:
    """For who may see every file."""
    del subject
    return True


def explain(
    subject: UUID,
    streams: Streams,
    law: Law,
    days: Days,
    *,
    shown: Shown = everything,
    after: int = 0,
    limit: int | None = None,
) -> Explanation:
    """The file and what belongs to it: a petition's case, a case's petitions.

    The file itself comes first, then what of the rest is ``shown``, from ``after`` on and at
    most ``limit`` of them. ``law`` is the newest. Refuses: ``NotFound`` when on those days there
    was no such file.
    """
    facts = streams.load(subject)
    own = explained(subject, facts, law, days)
    if own is None:
        raise NotFound(
            f"Đến ngày {days.at:%d/%m/%Y}, theo những gì ghi đến {days.known:%d/%m/%Y}, "
            "không có hồ sơ này."
        )
    related = [each for each in dict.fromkeys(_related(facts)) if each != subject]
    until = len(related) if limit is None else after + limit
    others = (
        explained(each, streams.load(each), law, days)
        for each in related[after:until]
        if shown(each)
    )
    told = (*(() if after else (own,)), *(each for each in others if each is not None))
    files = tuple(_with_reviews(each, streams) for each in told)
    return Explanation(files, until if until < len(related) else None)


def explained(
    subject: UUID, facts: Sequence[OfficeEvent], law: Law, days: Days
) -> Explained | None:
    """One file by its facts; None when there was none yet. ``law`` is the newest."""
    file = happened(facts, by=days.at, known=days.known)
    if file is None:
        return None
    offer = _offer(facts, file, days)
    ended = None if days.named else file.timeline.ended_on
    known = ended or days.known
    counted = _Counted(file, offer, law, days)
    found = counted.as_known(known)
    kept = {} if days.named else _kept(found.values(), ended)
    then = {name: counted.as_known(on).get(name, found[name]) for name, on in kept.items()}
    promised = {} if offer is None else {TRANSFER_ANSWER: offer.reply_due}
    sort: Sort = "petition" if isinstance(facts[0], PetitionReceived) else "case"
    return Explained(
        subject,
        sort,
        file,
        days,
        known,
        edition=law.known_on(known).book.edition,
        clocks=in_order({**found, **then}.values()),
        promised=promised,
        kept=kept,
        turned=dict(_turned(then, counted.as_known(days.known))),
    )


def _kept(found: Iterable[Clock], ended: date | None) -> dict[str, date]:
    """The day on which each clock was met, or else its file ended: it keeps that day's law."""
    days = ((clock.name, clock.met_on or ended) for clock in found)
    return {name: day for name, day in days if day is not None}


def _turned(then: Mapping[str, Clock], now: Mapping[str, Clock]) -> Iterator[tuple[str, date]]:
    """The day each would be due by what is known now, where that is another."""
    for name, clock in then.items():
        if name in now and now[name].deadline.due != clock.deadline.due:
            yield name, now[name].deadline.due


class _Counted:
    """The clocks of a file by what was known on one day and another, each counted once."""

    def __init__(
        self, file: Happened, offer: PetitionTransferred | None, law: Law, days: Days
    ) -> None:
        self._file, self._offer, self._law, self._days = file, offer, law, days
        self._found: dict[date | None, Mapping[str, Clock]] = {}

    def as_known(self, on: date) -> Mapping[str, Clock]:
        """At the end of a day, by name."""
        law = self._law.known_on(min(on, self._days.known))
        key = None if law is self._law else on
        if key not in self._found:
            every = _clocks(self._file, self._offer, law, self._days.at)
            self._found[key] = {clock.name: clock for clock in every}
        return self._found[key]


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


def _offer(facts: Iterable[OfficeEvent], file: Happened, days: Days) -> PetitionTransferred | None:
    """The offer under way, which names the day on which it is to be answered."""
    if file.timeline.offered_on is None:
        return None
    offers = (
        fact
        for fact in facts
        if isinstance(fact, PetitionTransferred)
        and day_of(fact.occurred_at) <= days.at
        and day_of(fact.timestamp) <= days.known
    )
    return max(offers, key=lambda fact: fact.offer, default=None)


def _related(facts: Sequence[OfficeEvent]) -> Iterator[UUID]:
    for fact in facts:
        match fact:
            case PetitionTakenUp(case_id=case):
                yield case
            case PetitionLinked(petition_id=petition):
                yield petition


def _with_reviews(file: Explained, streams: Streams) -> Explained:
    """With what was asked and said about results that what is known now would turn."""
    if not file.turned:
        return file
    stream = review_stream(file.subject)
    record = ReviewRecord.replay(stream, streams.load(stream))
    return replace(file, reviews=dict(_reviews(file.turned, record)))


def _reviews(turned: Mapping[str, date], record: ReviewRecord) -> Iterator[tuple[str, str]]:
    """What a head said, or that one has yet to look; nothing where nobody was asked."""
    for name, due in turned.items():
        asked = record.open.get(name)
        if asked is not None and in_doubt(asked.met_on, asked.was_due, due):
            yield name, WAITING
        elif name in record.outcomes:
            yield name, record.outcomes[name].value
