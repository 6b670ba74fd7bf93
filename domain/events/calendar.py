"""Facts of the working calendar (lịch làm việc): days off, closures, working hours.

Each says on which days it holds; when it was learned is the envelope's. ``basis`` is the
number of the notice, empty where none is known; ``verified`` that somebody read it. A mistake
is mended by another fact, never by a changed one.
"""

from datetime import date
from typing import ClassVar

from domain.codes import ClosureCause, ClosureScope, DataClass, DayOffKind, Holiday
from domain.events.base import OfficeEvent


class CalendarFact(OfficeEvent):
    """What the facts of a year's stream and of a place's stream have in common."""

    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    basis: str


class DayOffAnnounced(CalendarFact):
    """A weekday on which offices do not work (ngày nghỉ). Lies in the stream of its year.

    A swapped day is worked on a weekend instead: ``worked_on``.

    Recorded by: the administrator who read the notice. Rule: Labour Code 2019 art. 112.
    """

    TOPIC: ClassVar[str] = "calendar.day_off_announced"

    day: date
    holiday: Holiday
    kind: DayOffKind
    worked_on: date | None
    verified: bool


class DayOffWithdrawn(CalendarFact):
    """An earlier day off of this year was a mistake, or was taken back (hủy ngày nghỉ).

    ``withdrawn`` is the version of the fact in this stream.
    """

    TOPIC: ClassVar[str] = "calendar.day_off_withdrawn"

    withdrawn: int


class YearAnnounced(CalendarFact):
    """All notices of a year are in: its deadlines are no longer provisional (chốt lịch năm)."""

    TOPIC: ClassVar[str] = "calendar.year_announced"

    year: int


class OfficeClosed(CalendarFact):
    """An office, or every office of a unit's territory, is closed (đóng cửa do bão, dịch).

    Lies in the stream of its place. It counts for the deadlines of that place alone: of the
    office, or of the offices of ``units``, which are the unit and all that lay below it then.

    Recorded by: the head of the office, the administrator for a unit.
    """

    TOPIC: ClassVar[str] = "calendar.office_closed"

    scope: ClosureScope
    place: str
    units: tuple[str, ...]
    first_day: date
    last_day: date
    cause: ClosureCause
    verified: bool


class ClosureWithdrawn(CalendarFact):
    """An earlier closure of this place did not happen (hủy đóng cửa)."""

    TOPIC: ClassVar[str] = "calendar.closure_withdrawn"

    scope: ClosureScope
    place: str
    withdrawn: int


class WorkingHoursSet(CalendarFact):
    """When a place is open on a working day, from a day on (giờ làm việc): ``07:30-11:30``."""

    TOPIC: ClassVar[str] = "calendar.working_hours_set"

    scope: ClosureScope
    place: str
    valid_from: date
    hours: tuple[str, ...]
