"""Acts on the working calendar (lịch làm việc)."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from domain.calendar_record import CalendarRecord
from domain.commands import calendar as ask_for
from domain.commands.base import Command
from domain.streams import calendar_stream, place_calendar_stream
from services.casework.desk import Desk
from services.casework.handlers.row import Row

OfPlace = ask_for.CloseOffice | ask_for.WithdrawClosure | ask_for.SetWorkingHours


def announce_day_off(ask: ask_for.AnnounceDayOff, desk: Desk) -> None:
    """A weekday is off."""
    year = desk.record(CalendarRecord, _of_day(ask))
    year.announce(ask, desk.signature, calendar=desk.law.almanac.calendar)


def withdraw_day_off(ask: ask_for.WithdrawDayOff, desk: Desk) -> None:
    """An announced day is worked after all."""
    desk.record(CalendarRecord, _of_year(ask)).withdraw_day(ask, desk.signature)


def announce_year(ask: ask_for.AnnounceYear, desk: Desk) -> None:
    """All notices of a year are in."""
    desk.record(CalendarRecord, _of_year(ask)).announce_year(ask, desk.signature)


def close_office(ask: ask_for.CloseOffice, desk: Desk) -> None:
    """A place is closed for some days."""
    place = desk.record(CalendarRecord, _of_place(ask))
    place.close(ask, desk.signature, directory=desk.directory)


def withdraw_closure(ask: ask_for.WithdrawClosure, desk: Desk) -> None:
    """A closure did not happen."""
    desk.record(CalendarRecord, _of_place(ask)).withdraw_closure(ask, desk.signature)


def set_working_hours(ask: ask_for.SetWorkingHours, desk: Desk) -> None:
    """When a place is open."""
    place = desk.record(CalendarRecord, _of_place(ask))
    place.set_hours(ask, desk.signature, directory=desk.directory)


def _of_day(ask: ask_for.AnnounceDayOff) -> UUID:
    return calendar_stream(ask.day.year)


def _of_year(ask: ask_for.WithdrawDayOff | ask_for.AnnounceYear) -> UUID:
    return calendar_stream(ask.year)


def _of_place(ask: OfPlace) -> UUID:
    return place_calendar_stream(ask.scope, ask.place)


HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.AnnounceDayOff: Row(announce_day_off, _of_day),
    ask_for.WithdrawDayOff: Row(withdraw_day_off, _of_year),
    ask_for.AnnounceYear: Row(announce_year, _of_year),
    ask_for.CloseOffice: Row(close_office, _of_place),
    ask_for.WithdrawClosure: Row(withdraw_closure, _of_place),
    ask_for.SetWorkingHours: Row(set_working_hours, _of_place),
}
