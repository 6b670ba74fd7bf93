"""What was learned late, and what is asked about a file whose result it would turn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.codes import PetitionKind
from domain.commands.review import AskReview
from domain.events.calendar import DayOffAnnounced, OfficeClosed
from domain.law.almanac import WITHDRAWALS, Entry
from domain.law.clocks import REPLY, SETTLEMENT
from domain.law.law import Law
from domain.review_record import in_doubt
from domain.streams import NAMESPACE
from projections.case_row import CaseRow, met_on
from projections.clocks import Clocks
from projections.petition_row import PetitionRow
from projections.reviews import MetOver
from projections.settlements import timeline_of


@dataclass(frozen=True, slots=True)
class Late:
    """Something learned after the days it is about; ``key`` tells it from others."""

    key: tuple[UUID, int]
    over: MetOver


def learned_late(law: Law) -> Iterator[Late]:
    """Every notice, closure, withdrawal and edition that may turn a result of the past."""
    for entries in law.almanac.streams.values():
        by_version = {entry.version: entry for entry in entries}
        for entry in entries:
            told = entry
            if isinstance(entry.fact, WITHDRAWALS):
                told = by_version.get(entry.fact.withdrawn, entry)
            days = _days(told)
            if days is not None and days[0] < entry.recorded_on:
                key = entry.fact.originator_id, entry.version
                yield Late(key, MetOver(*days, before=entry.recorded_on))
    for edition in law.rulebooks.published[1:]:
        whole = MetOver(date.min, date.max, before=edition.recorded_on)
        yield Late((NAMESPACE, edition.number), whole)


def question_of_petition(row: PetitionRow, clocks: Clocks) -> AskReview | None:
    """What a head is asked about an answered petition, if anything."""
    asked = PetitionKind(row.kind), row.received_on, row.in_charge, row.in_charge_unit
    then = clocks.reply_due(*asked, met_on=row.answered_on)
    now = clocks.reply_due(*asked)
    place = row.petition_id, REPLY, row.number, row.in_charge, row.in_charge_unit
    return _question(place, row.answered_on, then, now)


def question_of_case(row: CaseRow, clocks: Clocks) -> AskReview | None:
    """What a head is asked about a settled case, if anything."""
    asked = timeline_of(row), row.office, row.unit
    then = clocks.settle_due(*asked, met_on=met_on(row))
    now = clocks.settle_due(*asked)
    place = row.case_id, SETTLEMENT, row.number, row.office, row.unit
    return _question(place, met_on(row), then, now)


def _question(
    place: tuple[UUID, str, str, str, str], met: date | None, then: date | None, now: date | None
) -> AskReview | None:
    """A question where being in time then and now differ."""
    if met is None or then is None or now is None or not in_doubt(met, then, now):
        return None
    subject, clock, number, office, unit = place
    return AskReview(
        subject=subject, clock=clock, number=number, office=office, unit=unit,
        met_on=met, was_due=then, due=now,
    )  # fmt: skip


def _days(entry: Entry) -> tuple[date, date] | None:
    match entry.fact:
        case DayOffAnnounced(day=day, worked_on=worked):
            return min(day, worked or day), max(day, worked or day)
        case OfficeClosed(first_day=first, last_day=last):
            return first, last
    return None
