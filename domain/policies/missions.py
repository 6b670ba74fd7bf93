"""People who came home are received there on a day (hẹn tiếp tại địa phương)."""

from collections.abc import Iterator

from domain.days import day_of
from domain.events import reminder as facts
from domain.policies.due_days import first_told, rungs_after
from domain.policies.known import Known
from domain.policies.waiting import Waiting, morning_of
from domain.policies.watched import MissionFile


def of_mission(file: MissionFile, known: Known) -> Iterator[Waiting]:
    """Once before the day, and from the day after up the ladder until it was held."""
    scheduled, office = file.scheduled, file.office
    if scheduled is None:
        return
    due, stream = scheduled.on, file.mission.id
    calendar, pace = known.calendar_of(office), known.pace_on(due)
    soon = first_told(day_of(scheduled.occurred_at), due, pace, calendar)
    yield Waiting(
        facts.FollowUpDueReminded, stream, morning_of(soon), office, office, scheduled, {"due": due}
    )
    for rung, late in rungs_after(due, pace, calendar):
        yield Waiting(
            facts.FollowUpNotHeldReminded, stream, morning_of(late), office, office, scheduled,
            {"due": due, "rung": rung}, rung,
        )  # fmt: skip
