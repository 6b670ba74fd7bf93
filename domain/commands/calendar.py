"""What may be asked of the working calendar (lịch làm việc). ``basis``: the notice's number."""

from dataclasses import dataclass
from datetime import date

from domain.codes import ClosureCause, ClosureScope, DayOffKind, Holiday
from domain.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class AnnounceDayOff(Command):
    """Enter a weekday on which offices do not work (công bố ngày nghỉ)."""

    basis: str
    day: date
    holiday: Holiday
    kind: DayOffKind = DayOffKind.HOLIDAY
    worked_on: date | None = None
    verified: bool = True


@dataclass(frozen=True, kw_only=True)
class WithdrawDayOff(Command):
    """Say that an announced day off is worked after all (hủy ngày nghỉ)."""

    basis: str
    year: int
    withdrawn: int


@dataclass(frozen=True, kw_only=True)
class AnnounceYear(Command):
    """Say that all notices of a year are in (chốt lịch năm)."""

    basis: str
    year: int


@dataclass(frozen=True, kw_only=True)
class CloseOffice(Command):
    """Close an office, or all offices of a unit, for some days (đóng cửa)."""

    basis: str
    scope: ClosureScope
    place: str
    first_day: date
    last_day: date
    cause: ClosureCause
    verified: bool = True


@dataclass(frozen=True, kw_only=True)
class WithdrawClosure(Command):
    """Say that a closure did not happen (hủy đóng cửa)."""

    basis: str
    scope: ClosureScope
    place: str
    withdrawn: int


@dataclass(frozen=True, kw_only=True)
class SetWorkingHours(Command):
    """Say when a place is open, from a day on (giờ làm việc)."""

    basis: str
    scope: ClosureScope
    place: str
    valid_from: date
    hours: tuple[str, ...]
