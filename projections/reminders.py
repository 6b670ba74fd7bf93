"""What each office was reminded of, and whether it still stands (việc cần nhắc)."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import IntEnum
from typing import Any, ClassVar, Final, Protocol
from uuid import UUID

from domain.events import reminder as facts
from domain.events.reminder import Reminder, ReminderPassedOn, ReminderSettled
from domain.policies.waiting import matter_said
from projections.answers import Page, Sieve, everything
from projections.base import Fact, Row, Rows, changed
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.petition_row import PetitionRow
from projections.return_missions import MissionRow
from projections.values import value

AT_ONCE = 50
"""Rows of a page."""


class Urgency(IntEnum):
    """What an office looks at first (mức khẩn). The order is that of the list."""

    CROWD = 0
    LATE = 1
    UNANSWERED = 2
    LEAVER = 3
    TODAY = 4
    SOON = 5


URGENCY: Final[dict[type[Reminder], Urgency]] = {
    facts.CrowdNotReceivedReminded: Urgency.CROWD,
    facts.OverdueReminded: Urgency.LATE,
    facts.UntouchedReminded: Urgency.LATE,
    facts.DirectionUnansweredReminded: Urgency.LATE,
    facts.FollowUpNotHeldReminded: Urgency.LATE,
    facts.OfferUnansweredReminded: Urgency.UNANSWERED,
    facts.ReportUnacknowledgedReminded: Urgency.UNANSWERED,
    facts.LeaversWorkReminded: Urgency.LEAVER,
    facts.DueReminded: Urgency.TODAY,
    facts.DueSoonReminded: Urgency.SOON,
    facts.DirectionDueReminded: Urgency.SOON,
    facts.FollowUpDueReminded: Urgency.SOON,
}


@value(frozen=True)
class ReminderRow(Row):
    """The newest reminder of one matter. It stands as long as ``settled_at`` is empty.

    ``office`` must act, ``to_office`` knows of it, so many rungs up; ``since`` is when it fell.
    ``due`` is the day it is about: of a leaver's work the leaver's last.
    """

    TABLE: ClassVar[str] = "reminders"
    KEY: ClassVar[tuple[str, ...]] = ("stream", "matter")

    stream: UUID
    matter: str
    subject: UUID
    what: str
    office: str
    to_office: str
    rung: int
    urgency: int
    clock: str | None
    due: date | None
    since: datetime
    settled_at: datetime | None
    version: int
    lane: int
    position: int
    recorded_at: datetime


@value(frozen=True)
class OpenReminder:
    """A reminder that stands, and the file it is about; one of them, as far as views know it."""

    reminder: ReminderRow
    petition: PetitionRow | None = None
    case: CaseRow | None = None
    gathering: GatheringRow | None = None
    mission: MissionRow | None = None

    @property
    def answerable(self) -> str:
        """Who must act, as the file's own row has it: it may have gone to an heir since."""
        if self.petition is not None:
            return self.petition.in_charge
        if self.case is not None:
            return self.case.office
        if self.gathering is not None:
            return self.gathering.must_receive
        if self.mission is not None:
            return self.mission.follow_up_office or self.mission.home_office
        return self.reminder.office


class ReminderViews(Protocol):
    """What offices are reminded of (việc cần nhắc)."""

    def reminders(
        self, offices: Iterable[str], *, after: str | None = None, limit: int = AT_ONCE,
        seen: Sieve[OpenReminder] = everything,
    ) -> Page[OpenReminder]:  # fmt: skip
        """What these offices know of and still stands: the most urgent, then the oldest first."""

    def reminder_count(self, office: str, *, most: int) -> int:
        """How many stand there; counted up to ``most``."""


class Reminders:
    """A reminder begins or renews the row of its matter; two facts of the system move it on."""

    name = "reminders"
    kinds = frozenset({"reminder"})
    tables = (ReminderRow,)

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:
        event = fact.event
        if isinstance(event, ReminderSettled | ReminderPassedOn):
            return [(ReminderRow, (event.originator_id, each)) for each in event.reminders]
        return ()

    def fold(self, fact: Fact, rows: Rows) -> None:
        match fact.event:
            case Reminder() as said:
                rows.put(begun(said, fact))
            case ReminderSettled() as settled:
                gone = {"settled_at": settled.occurred_at}
                _move(settled, gone, fact, rows)
            case ReminderPassedOn() as passed:
                there = {"office": passed.office, "to_office": passed.to_office, "settled_at": None}
                _move(passed, there, fact, rows)


def begun(event: Reminder, fact: Fact) -> ReminderRow:
    """The row of a reminder just recorded."""
    return ReminderRow(
        stream=event.originator_id, matter=matter_said(event), subject=event.subject,
        what=event.TOPIC, office=event.office, to_office=event.to_office,
        rung=getattr(event, "rung", 0), urgency=URGENCY[type(event)],
        clock=getattr(event, "clock", None), due=_about(event),
        since=event.occurred_at, settled_at=None, version=event.originator_version,
        lane=fact.lane, position=fact.position, recorded_at=event.timestamp,
    )  # fmt: skip


def _about(event: Reminder) -> date | None:
    """The day a reminder is about, if it is about a day."""
    found = getattr(event, "due", getattr(event, "last_day", None))
    return found if isinstance(found, date) else None


def _move(
    event: ReminderSettled | ReminderPassedOn, changes: dict[str, Any], fact: Fact, rows: Rows
) -> None:
    for matter in event.reminders:
        row = rows.find(ReminderRow, event.originator_id, matter)
        if row is None:
            raise LookupError(f"nobody was reminded of {matter}")
        rows.put(changed(row, position=fact.position, recorded_at=event.timestamp, **changes))
