"""What is answered about the working calendar to programs (trả lời về lịch làm việc)."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel

from domain.codes import ClosureCause, ClosureScope, DayOffKind, Holiday
from domain.events.calendar import DayOffAnnounced, OfficeClosed
from domain.law.almanac import Entry, is_verified
from services.calendar_months import DayKind, MonthDay, MonthShown, days_of
from services.law_moves import LawMoves

if TYPE_CHECKING:
    from services.holiday_suggestions import Suggestion


class CalendarDay(BaseModel):
    """A day of a month: what it is, why, by which notice, whether that was read (ngày)."""

    day: date
    kind: DayKind
    working: bool
    name: str
    basis: str
    verified: bool
    worked_for: date | None

    @classmethod
    def of(cls, day: MonthDay) -> "CalendarDay":
        """From the month."""
        return cls.model_validate(day, from_attributes=True)


class CalendarEntry(BaseModel):
    """An entry in force. It is withdrawn by its ``version`` in its year, or in its place.

    ``what`` is a day off of the whole state (``holiday``, ``made_up``, ``swapped``) or
    ``closed``.
    """

    version: int
    what: str
    first_day: date
    last_day: date
    basis: str
    verified: bool
    recorded_on: date | None
    holiday: Holiday | None = None
    worked_on: date | None = None
    cause: ClosureCause | None = None
    scope: ClosureScope | None = None
    place: str | None = None

    @classmethod
    def of(cls, entry: Entry) -> "CalendarEntry":
        """From the almanac. What a new stack was filled with counts as always known."""
        first, last = days_of(entry)
        known = entry.recorded_on if entry.recorded_on > date.min else None
        match entry.fact:
            case DayOffAnnounced() as off:
                return cls(
                    version=entry.version, what=off.kind, first_day=first, last_day=last,
                    basis=off.basis, verified=is_verified(off), recorded_on=known,
                    holiday=off.holiday, worked_on=off.worked_on,
                )  # fmt: skip
            case OfficeClosed() as closed:
                return cls(
                    version=entry.version, what="closed", first_day=first, last_day=last,
                    basis=closed.basis, verified=is_verified(closed), recorded_on=known,
                    cause=closed.cause, scope=closed.scope, place=closed.place,
                )  # fmt: skip
        raise TypeError(f"{type(entry.fact).__name__} takes no days")


class CalendarMonth(BaseModel):
    """A month of an office's calendar, or of a unit's (lịch tháng).

    Until a year is ``announced`` its deadlines are provisional.
    """

    month: str
    office: str | None
    unit: str
    announced: bool
    hours: list[str]
    days: list[CalendarDay]
    entries: list[CalendarEntry]

    @classmethod
    def of(cls, shown: MonthShown) -> "CalendarMonth":
        """From the month."""
        return cls(
            month=f"{shown.first:%Y-%m}",
            office=shown.owner.office or None,
            unit=shown.owner.unit,
            announced=shown.announced,
            hours=list(shown.hours),
            days=[CalendarDay.of(day) for day in shown.days],
            entries=[CalendarEntry.of(entry) for entry in shown.entries],
        )


class SuggestedDay(BaseModel):
    """What the ``holidays`` package takes for a day off; an officer reads the notice first."""

    day: date
    holiday: Holiday
    kind: DayOffKind
    worked_on: date | None
    words: str
    known: bool

    @classmethod
    def of(cls, suggested: "Suggestion") -> "SuggestedDay":
        """From the package's words."""
        return cls.model_validate(suggested, from_attributes=True)


class MovedDeadline(BaseModel):
    """An open deadline of the reader's office that moved (hạn đã dời)."""

    clock: str
    subject: UUID
    number: str
    was: date | None
    due: date | None


class MovesAnswer(BaseModel):
    """What a change of calendar or rulebook moved.

    Until ``done`` it is being worked out. Counts are of every office; the files listed are
    those of the reader's own office that the reader may see.
    """

    done: bool
    moved: int
    offices: dict[str, int]
    items: list[MovedDeadline]
    next: str | None

    @classmethod
    def of(cls, moves: LawMoves) -> "MovesAnswer":
        """From the views."""
        offices = dict(moves.offices)
        items = [MovedDeadline.model_validate(each, from_attributes=True) for each in moves.own]
        total = sum(offices.values())
        return cls(done=moves.done, moved=total, offices=offices, items=items, next=moves.next)
