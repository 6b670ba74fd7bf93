"""Bodies of acts on the working calendar (lịch làm việc)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from domain.codes import ClosureCause, ClosureScope, DayOffKind, Holiday
from services.api.bodies.base import Act, Count, Day, Flag, Ref
from services.api.bodies.units import Basis

Hours = Annotated[str, StringConstraints(max_length=11)]
"""A span of a day, ``07:30-11:30``."""


class DayOffNotice(Act):
    """A weekday on which offices do not work (công bố ngày nghỉ)."""

    day: Day
    holiday: Holiday = Holiday.OTHER
    kind: DayOffKind = DayOffKind.HOLIDAY
    worked_on: Day | None = None
    basis: Basis = ""
    verified: Flag = True


class DayOffWithdrawal(Act):
    """Which announced day of the year is worked after all, by its version (hủy ngày nghỉ)."""

    withdrawn: Count
    basis: Basis = ""


class YearNotice(Act):
    """All notices of a year are in (chốt lịch năm)."""

    basis: Basis = ""


class ClosureNotice(Act):
    """An office, or every office of a unit, is closed for some days (đóng cửa)."""

    scope: ClosureScope
    place: Ref
    first_day: Day
    last_day: Day
    cause: ClosureCause
    basis: Basis = ""
    verified: Flag = True


class ClosureWithdrawal(Act):
    """Which closure of a place did not happen, by its version (hủy đóng cửa)."""

    scope: ClosureScope
    place: Ref
    withdrawn: Count
    basis: Basis = ""


class HoursNotice(Act):
    """When a place is open on a working day, from a day on (giờ làm việc)."""

    scope: ClosureScope
    place: Ref
    valid_from: Day
    hours: Annotated[tuple[Hours, ...], Field(min_length=1, max_length=4)]
    basis: Basis = ""
