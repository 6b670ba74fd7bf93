"""Whenever a file waits too long, tell who must act, then who stands above (chính sách nhắc việc).

Pure: of a file, the law and the office tree of a day come all reminders that wait. Who
records them, and that each is recorded once, is the scheduler's work.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from domain.codes import Seat
from domain.days import day_of
from domain.directory import Directory
from domain.events import reminder as facts
from domain.events.base import OfficeEvent
from domain.events.reminder import Reminder
from domain.homes import OfficesOn
from domain.law.calendar import ONE_DAY, Calendar
from domain.law.clocks import LINES, SETTLEMENT, TRANSFER_ANSWER, UNTOUCHED, Scope
from domain.law.deadlines import working_days_after
from domain.law.engine import limit_of
from domain.law.law import Law
from domain.law.timeline import Timeline
from domain.policies.pace import Pace
from domain.policies.waiting import (
    MOST_RUNGS,
    Waiting,
    day_after,
    morning_of,
    working_days_before,
)
from domain.policies.watched import CaseFile, CrowdFile, File, PetitionFile
from domain.units import Office

OWN: Final = frozenset({UNTOUCHED, TRANSFER_ANSWER})
"""Clocks with a reminder of their own."""


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

    def pace_on(self, day: date) -> Pace:
        """How early and how often is reminded of what falls on a day."""
        return Pace(self.law.book, day)

    def running(self, timeline: Timeline, office: str) -> Iterator[Running]:
        """The clocks of a file that count against an office now; none while it rests."""
        calendar, book = self.calendar_of(office), self.law.book
        for line in LINES:
            if not line.watched or line.met(timeline) is not None:
                continue
            limit = limit_of(line, timeline, calendar, book, self.today)
            if limit is not None and not limit.rests:
                yield Running(line.clock, line.scope, limit.start, limit.due)


def reminders_of(file: File, known: Known) -> tuple[Waiting, ...]:
    """Every reminder that waits for this file as things stand, the first to fall before all."""
    found: Iterable[Waiting]
    match file:
        case PetitionFile():
            found = _of_petition(file, known)
        case CaseFile():
            found = _of_case(file, known)
        case _:
            found = _of_crowd(file, known)
    return tuple(sorted(found, key=lambda each: (each.falls_at, each.rung, each.key)))


def told_office(waiting: Waiting, known: Known) -> Office | None:
    """Who is told on a day: so many steps up, past the office complained of; None above the top.

    For an office that stands no longer, who answers in its place.
    """
    offices = known.offices
    barred = frozenset() if waiting.accused is None else offices.in_place_of(waiting.accused)
    first = known.directory.offices.on(waiting.told, known.today)
    if first is None:
        home = offices.home_of(waiting.told, barred=barred)
        first = None if home is None else home.office
    if first is None:
        return None
    above = known.directory.superiors_of(first.office_id, known.today)
    line = [first, *(office for office in above if office.office_id not in barred)]
    return line[waiting.rung] if waiting.rung < len(line) else None


def seat_of(file: File) -> tuple[Seat, str]:
    """The office that must act on a file now."""
    match file:
        case PetitionFile(petition=petition):
            return Seat.IN_CHARGE, petition.in_charge
        case CaseFile(case=case):
            return Seat.HANDLING, case.handling
        case CrowdFile(gathering=gathering):
            return Seat.MUST_RECEIVE, gathering.must_receive


def _of_petition(file: PetitionFile, known: Known) -> Iterator[Waiting]:
    petition = file.petition
    for clock in known.running(file.timeline, petition.in_charge):
        cause = file.received if clock.scope is Scope.TOTAL else file.held
        if clock.clock == UNTOUCHED:
            yield from _untouched(file, clock)
        elif clock.clock not in (*OWN, SETTLEMENT):
            yield from _of_clock(file, clock, cause, known)
    if file.offered is not None and petition.offer is not None:
        due = file.offered.reply_due
        yield Waiting(
            facts.OfferUnansweredReminded,
            petition.id,
            day_after(due),
            petition.in_charge,
            petition.offer.to_office,
            file.offered,
            {"offer": petition.offer.number, "due": due},
            accused=petition.accused,
        )


def _untouched(file: PetitionFile, clock: Running) -> Iterator[Waiting]:
    """Its own office, and who stands above it: the decree makes it their matter."""
    petition = file.petition
    for rung in range(2):
        yield Waiting(
            facts.UntouchedReminded,
            petition.id,
            day_after(clock.due),
            petition.in_charge,
            petition.in_charge,
            file.received,
            {"due": clock.due, "rung": rung},
            rung=rung,
            accused=petition.accused,
        )


def _of_case(file: CaseFile, known: Known) -> Iterator[Waiting]:
    case = file.case
    for clock in known.running(file.timeline, case.handling):
        yield from _of_clock(file, clock, file.opened, known)
    yield from _leavers_work(file, known)
    calendar = known.calendar_of(case.handling)
    for superior, report in file.reports:
        told_on = day_of(report.occurred_at)
        due = working_days_after(told_on, known.pace_on(told_on).acknowledge, calendar)
        yield Waiting(
            facts.ReportUnacknowledgedReminded,
            case.id,
            day_after(due),
            case.handling,
            superior,
            report,
            {"report": report.originator_version, "due": due},
            accused=case.accused,
        )


def _leavers_work(file: CaseFile, known: Known) -> Iterator[Waiting]:
    """From the day after the last one on which its handler held a post there."""
    case = file.case
    if case.handler is None or file.assigned is None:
        return
    last_day = last_day_of(case.handler, case.handling, known.directory)
    if last_day is not None:
        yield Waiting(
            facts.LeaversWorkReminded,
            case.id,
            day_after(last_day),
            case.handling,
            case.handling,
            file.assigned,
            {"handler": case.handler, "last_day": last_day},
        )


def last_day_of(account: str, office: str, directory: Directory) -> date | None:
    """The last day of the last post an account holds in an office, once that is known.

    None for one who stays, and for one who was never entered: not every office keeps a list.
    """
    held = [each for each in directory.posts.tenures(office) if each.account == account]
    ends = [each.valid_until for each in held]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _of_crowd(file: CrowdFile, known: Known) -> Iterator[Waiting]:
    crowd, reported = file.gathering, file.reported
    step = known.pace_on(day_of(reported.timestamp)).receive_crowd
    for rung in range(MOST_RUNGS):
        yield Waiting(
            facts.CrowdNotReceivedReminded,
            crowd.id,
            reported.timestamp + step * (rung + 1),
            crowd.must_receive,
            crowd.must_receive,
            reported,
            {"rung": rung},
            rung=rung,
        )


def _of_clock(
    file: PetitionFile | CaseFile, clock: Running, cause: OfficeEvent, known: Known
) -> Iterable[Waiting]:
    """Some days before, on the day, and from the day after up the ladder."""
    _, office = seat_of(file)
    dossier = file.petition if isinstance(file, PetitionFile) else file.case
    calendar, pace = known.calendar_of(office), known.pace_on(clock.due)
    says = {"clock": clock.clock, "due": clock.due}
    soon = working_days_before(clock.due, pace.due_soon, calendar)
    plan: list[tuple[type[Reminder], datetime, int]]
    plan = [(facts.DueReminded, morning_of(clock.due), 0)]
    if soon > clock.start:
        plan.insert(0, (facts.DueSoonReminded, morning_of(soon), 0))
    for rung in range(MOST_RUNGS):
        late = working_days_after(clock.due, rung * pace.up_the_ladder, calendar) + ONE_DAY
        plan.append((facts.OverdueReminded, morning_of(late), rung))
    for event, falls_at, rung in plan:
        more = {"rung": rung} if event is facts.OverdueReminded else {}
        yield Waiting(
            event, dossier.id, falls_at, office, office, cause, {**says, **more}, rung,
            dossier.accused,
        )  # fmt: skip
