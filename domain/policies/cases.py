"""A case that waits: its clocks, a leaver's work, reports, directions (vụ việc)."""

from collections.abc import Iterator
from datetime import date

from domain.days import day_of
from domain.directory import Directory
from domain.events import reminder as facts
from domain.events.case import DirectionIssued
from domain.law.deadlines import working_days_after
from domain.policies.due_days import first_told, of_clock, rungs_after
from domain.policies.known import Known
from domain.policies.waiting import Waiting, day_after, morning_of
from domain.policies.watched import CaseFile


def of_case(file: CaseFile, known: Known) -> Iterator[Waiting]:
    """Every reminder that waits for a case."""
    for clock in known.running(file.timeline, file.office):
        yield from of_clock(file, clock, file.opened, known)
    yield from _leavers_work(file, known)
    yield from _reports(file, known)
    for direction in file.directions:
        yield from _direction(file, direction, known)


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


def _reports(file: CaseFile, known: Known) -> Iterator[Waiting]:
    """The superior that has not said that it knows of a report, by its own working days."""
    case = file.case
    for superior, report in file.reports:
        told_on, calendar = day_of(report.occurred_at), known.calendar_of(superior)
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


def _direction(file: CaseFile, direction: DirectionIssued, known: Known) -> Iterator[Waiting]:
    """Once before the day its superior set, and from the day after up the ladder."""
    case, office, due = file.case, file.office, direction.due
    calendar, pace = known.calendar_of(office), known.pace_on(due)
    says = {"direction": direction.originator_version, "due": due}
    soon = first_told(day_of(direction.occurred_at), due, pace, calendar)
    yield Waiting(
        facts.DirectionDueReminded, case.id, morning_of(soon), office, office, direction, says,
        accused=case.accused,
    )  # fmt: skip
    for rung, late in rungs_after(due, pace, calendar):
        yield Waiting(
            facts.DirectionUnansweredReminded, case.id, morning_of(late), office, office,
            direction, {**says, "rung": rung}, rung, case.accused,
        )  # fmt: skip
