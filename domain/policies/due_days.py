"""A day that comes: told before it, on it, and up the ladder after it (đến hạn, quá hạn)."""

from collections.abc import Iterator
from datetime import date

from domain.events import reminder as facts
from domain.events.base import OfficeEvent
from domain.law.calendar import ONE_DAY, Calendar
from domain.law.deadlines import working_days_after
from domain.policies.known import Known, Running
from domain.policies.pace import Pace
from domain.policies.waiting import MOST_RUNGS, Waiting, morning_of, working_days_before
from domain.policies.watched import CaseFile, PetitionFile


def of_clock(
    file: PetitionFile | CaseFile, clock: Running, cause: OfficeEvent, known: Known
) -> Iterator[Waiting]:
    """Some days before, on the day, and from the day after up the ladder."""
    dossier, office = file.dossier, file.office
    calendar, pace = known.calendar_of(office), known.pace_on(clock.due)
    says = {"clock": clock.clock, "due": clock.due}
    soon = working_days_before(clock.due, pace.due_soon, calendar)
    if soon > clock.start:
        yield Waiting(
            facts.DueSoonReminded, dossier.id, morning_of(soon), office, office, cause, says,
            accused=dossier.accused,
        )  # fmt: skip
    yield Waiting(
        facts.DueReminded, dossier.id, morning_of(clock.due), office, office, cause, says,
        accused=dossier.accused,
    )  # fmt: skip
    for rung, late in rungs_after(clock.due, pace, calendar):
        yield Waiting(
            facts.OverdueReminded, dossier.id, morning_of(late), office, office, cause,
            {**says, "rung": rung}, rung, dossier.accused,
        )  # fmt: skip


def rungs_after(due: date, pace: Pace, calendar: Calendar) -> Iterator[tuple[int, date]]:
    """Each rung of the ladder and the day on which it is told: the first the day after."""
    for rung in range(MOST_RUNGS):
        yield rung, working_days_after(due, rung * pace.up_the_ladder, calendar) + ONE_DAY


def first_told(begun: date, due: date, pace: Pace, calendar: Calendar) -> date:
    """The day of the one reminder before a day set by an officer; the day itself if it is near."""
    soon = working_days_before(due, pace.due_soon, calendar)
    return soon if soon > begun else due
