"""One year's working days, or one place's closures and hours, as a stream (lịch làm việc).

What a day is, is asked of :mod:`domain.law.almanac`.
"""

from datetime import date
from typing import Final
from uuid import UUID

from domain.codes import ClosureScope, DayOffKind
from domain.commands.calendar import (
    AnnounceDayOff,
    AnnounceYear,
    CloseOffice,
    SetWorkingHours,
    WithdrawClosure,
    WithdrawDayOff,
)
from domain.days import day_of
from domain.directory import Directory, UnknownOffice
from domain.dossier import Dossier
from domain.events import calendar as facts
from domain.events.base import OfficeEvent
from domain.law.almanac import Entry, day_off, in_force, is_verified
from domain.law.calendar import SATURDAY, Calendar
from domain.office_record import KEEPERS
from domain.refusals import calendar as refuse
from domain.refusals.directory import NothingToWithdraw, basis_must_be_a_number
from domain.streams import calendar_stream
from domain.unit_record import period_must_run_forward
from domain.values import Signature

LONGEST_CLOSURE: Final = 92
"""Days: three months, as the longest closures of 2021."""


class CalendarRecord(Dossier):
    """The stream of a year, or of an office or unit."""

    BEGINS_WITH = facts.CalendarFact

    def __init__(self, stream: UUID) -> None:
        super().__init__(stream)
        self._entries: tuple[Entry, ...] = ()

    def evolve(self, event: OfficeEvent) -> None:
        """Take a fact in."""
        if isinstance(event, facts.CalendarFact):
            entry = Entry(event.originator_version, day_of(event.timestamp), event)
            self._entries = (*self._entries, entry)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What holds: withdrawn facts and withdrawals left out."""
        return in_force(self._entries)

    def announce(self, ask: AnnounceDayOff, by: Signature, *, calendar: Calendar) -> None:
        """A weekday is off. ``calendar``: what is known of this and the neighbouring years.

        A day that stands unverified is confirmed by announcing it once more, its notice read.
        """
        _must_rest_on_a_notice(ask.basis, verified=ask.verified)
        if not self._confirms(ask):
            known = self._with_own(calendar)
            _must_be_free(ask.day, known)
            _must_swap_rightly(ask, known)
        self.record(facts.DayOffAnnounced, by, **ask.values())

    def _confirms(self, ask: AnnounceDayOff) -> bool:
        """Whether this very day off is in the calendar, and its notice was not read before."""
        return ask.verified and any(
            isinstance(known, facts.DayOffAnnounced)
            and known.day == ask.day
            and (known.holiday, known.kind, known.worked_on)
            == (ask.holiday, ask.kind, ask.worked_on)
            and not is_verified(known)
            for known in (entry.fact for entry in self.entries)
        )

    def withdraw_day(self, ask: WithdrawDayOff, by: Signature) -> None:
        """An announced day is worked after all."""
        basis_must_be_a_number(ask.basis)
        self._must_hold(ask.withdrawn, facts.DayOffAnnounced)
        self.record(facts.DayOffWithdrawn, by, withdrawn=ask.withdrawn, basis=ask.basis)

    def announce_year(self, ask: AnnounceYear, by: Signature) -> None:
        """Nothing more is to come for this year."""
        basis_must_be_a_number(ask.basis)
        if any(isinstance(entry.fact, facts.YearAnnounced) for entry in self.entries):
            raise refuse.DayAlreadyOff(f"Lịch năm {ask.year} đã được chốt.", pointer="/year")
        self.record(facts.YearAnnounced, by, **ask.values())

    def close(self, ask: CloseOffice, by: Signature, *, directory: Directory) -> None:
        """The place is closed for some days, its first one a day on which it stands."""
        _must_be_own(ask.scope, ask.place, by)
        _must_rest_on_a_notice(ask.basis, verified=ask.verified)
        period_must_run_forward(ask.first_day, ask.last_day)
        _must_stand(ask.scope, ask.place, ask.first_day, directory)
        if (ask.last_day - ask.first_day).days >= LONGEST_CLOSURE:
            raise refuse.ClosureTooLong(
                f"Một đợt đóng cửa tối đa {LONGEST_CLOSURE} ngày.",
                pointer="/last_day",
                mend="Ghi từng đợt theo từng văn bản.",
            )
        self._must_not_overlap(ask)
        units = _units_closed(ask, directory)
        self.record(facts.OfficeClosed, by, **ask.values(), units=units)

    def withdraw_closure(self, ask: WithdrawClosure, by: Signature) -> None:
        """A closure did not happen."""
        _must_be_own(ask.scope, ask.place, by)
        basis_must_be_a_number(ask.basis)
        self._must_hold(ask.withdrawn, facts.OfficeClosed)
        self.record(facts.ClosureWithdrawn, by, **ask.values())

    def set_hours(self, ask: SetWorkingHours, by: Signature, *, directory: Directory) -> None:
        """The place is open at these hours from a day on."""
        _must_be_own(ask.scope, ask.place, by)
        basis_must_be_a_number(ask.basis)
        _must_stand(ask.scope, ask.place, ask.valid_from, directory)
        refuse.hours_must_be_spans(ask.hours)
        self.record(facts.WorkingHoursSet, by, **ask.values())

    def _with_own(self, calendar: Calendar) -> Calendar:
        """The calendar, but of this year what the stream itself says: it may be newer."""
        if not self.version:
            return calendar
        said = [entry.fact for entry in self.entries]
        own = [day_off(fact) for fact in said if isinstance(fact, facts.DayOffAnnounced)]
        others = (day for day in calendar.days_off() if calendar_stream(day.day.year) != self.id)
        return Calendar((*others, *own), calendar.years)

    def _must_not_overlap(self, ask: CloseOffice) -> None:
        for entry in self.entries:
            known = entry.fact
            if (
                isinstance(known, facts.OfficeClosed)
                and known.first_day <= ask.last_day
                and ask.first_day <= known.last_day
            ):
                raise refuse.OverlappingClosure(
                    f"Đã ghi đóng cửa từ {known.first_day:%d/%m/%Y} đến "
                    f"{known.last_day:%d/%m/%Y} (bản ghi {entry.version}).",
                    pointer="/first_day",
                    mend="Hủy đợt đã ghi, rồi ghi lại cả đợt.",
                )

    def _must_hold(self, version: int, kind: type[facts.CalendarFact]) -> None:
        for entry in self.entries:
            if entry.version == version and isinstance(entry.fact, kind):
                return
        raise NothingToWithdraw(
            f"Bản ghi số {version} không có hoặc đã được hủy.",
            pointer="/withdrawn",
            mend="Xem lịch để chọn bản ghi còn hiệu lực.",
        )


def _must_be_free(day: date, calendar: Calendar) -> None:
    if day.weekday() >= SATURDAY:
        raise refuse.WeekendAnyway(
            f"Ngày {day:%d/%m/%Y} là cuối tuần.",
            pointer="/day",
            mend="Ngày lễ trùng cuối tuần thì ghi ngày nghỉ bù vào ngày làm việc kế tiếp.",
        )
    if calendar.find_day_off(day) is not None:
        raise refuse.DayAlreadyOff(
            f"Ngày {day:%d/%m/%Y} đã được công bố.",
            pointer="/day",
            mend="Đã đọc văn bản thì ghi lại đúng như vậy; văn bản nói khác thì hủy bản ghi cũ.",
        )


def _must_rest_on_a_notice(basis: str, *, verified: bool) -> None:
    basis_must_be_a_number(basis)
    if verified and not basis:
        raise refuse.NoticeNeeded(
            "Đã đối chiếu thì phải ghi số văn bản.",
            pointer="/basis",
            mend="Ghi số văn bản, hoặc đánh dấu chưa đối chiếu.",
        )


def _must_swap_rightly(ask: AnnounceDayOff, calendar: Calendar) -> None:
    worked = ask.worked_on
    if (ask.kind is DayOffKind.SWAPPED) != (worked is not None):
        raise refuse.SwapIncomplete(
            "Ngày nghỉ hoán đổi phải có ngày làm bù; ngày nghỉ khác thì không.",
            pointer="/worked_on",
        )
    if worked is None:
        return
    if worked.weekday() < SATURDAY:
        raise refuse.SwapIncomplete(
            f"Ngày {worked:%d/%m/%Y} vốn là ngày làm việc.", pointer="/worked_on"
        )
    if calendar.find_worked_for(worked) is not None:
        raise refuse.CalendarContradiction(
            f"Ngày {worked:%d/%m/%Y} đã làm bù cho một ngày khác.", pointer="/worked_on"
        )


def _units_closed(ask: CloseOffice, directory: Directory) -> tuple[str, ...]:
    """The unit and all that lies below it on the first day; none when one office closes."""
    if ask.scope is ClosureScope.OFFICE:
        return ()
    below = directory.units_under(ask.place, ask.first_day)
    return (ask.place, *(unit.unit_id for unit in below))


def _must_be_own(scope: ClosureScope, place: str, by: Signature) -> None:
    if by.officer.role in KEEPERS:
        return
    if scope is not ClosureScope.OFFICE or place != by.officer.office:
        raise refuse.NotOwnCalendar(
            "Thủ trưởng chỉ ghi lịch của cơ quan mình.",
            pointer="/place",
            mend="Nhờ quản trị danh bạ ghi cho cả địa bàn.",
        )


def _must_stand(scope: ClosureScope, place: str, on: date, directory: Directory) -> None:
    """Refuses: ``UnknownUnit``, ``UnknownOffice``."""
    if scope is ClosureScope.OFFICE:
        standing = directory.get_office(place, on, pointer="/place").office_id
    else:
        standing = directory.get_unit(place, on, pointer="/place").unit_id
    if standing != place:
        raise UnknownOffice(
            "Lịch ghi theo mã định danh đầy đủ.", pointer="/place", mend=f"Dùng mã {standing}."
        )
