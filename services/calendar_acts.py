"""Entering something in the working calendar, and what it moves (ghi lịch làm việc)."""

from dataclasses import replace
from datetime import date

from domain.codes import ClosureScope
from domain.commands import calendar as ask_for
from domain.commands.base import Command
from domain.directory import Directory
from domain.events.calendar import CalendarFact, DayOffAnnounced, OfficeClosed
from domain.law.almanac import Almanac
from domain.streams import calendar_stream, place_calendar_stream
from infra.postgres.views.due_days import EVERY_DAY, EVERYBODY, DueDays, Span, Whose

Counted = (
    ask_for.AnnounceDayOff | ask_for.WithdrawDayOff | ask_for.CloseOffice | ask_for.WithdrawClosure
)


def touched(ask: Command, almanac: Almanac, directory: Directory) -> tuple[Span, Whose]:
    """Over which days, and whose files, an act on the calendar may move due days."""
    match ask:
        case ask_for.AnnounceDayOff():
            return _over(ask.day, ask.worked_on), EVERYBODY
        case ask_for.WithdrawDayOff():
            gone = _find(almanac, ask)
            if isinstance(gone, DayOffAnnounced):
                return _over(gone.day, gone.worked_on), EVERYBODY
        case ask_for.CloseOffice():
            whose = _whose(ask.scope, ask.place, ask.first_day, directory)
            return Span(ask.first_day, ask.last_day), whose
        case ask_for.WithdrawClosure():
            gone = _find(almanac, ask)
            if isinstance(gone, OfficeClosed):
                whose = _whose(ask.scope, ask.place, gone.first_day, directory)
                return Span(gone.first_day, gone.last_day), whose
    return EVERY_DAY, EVERYBODY


def counted(ask: Command, days: DueDays, almanac: Almanac, directory: Directory) -> Command:
    """The command, told how many files at their end it touches. Raises ``ViewsUnavailable``."""
    if not isinstance(ask, Counted):
        return ask
    return replace(ask, closed_cases=days.ended_over(*touched(ask, almanac, directory)))


def _over(day: date, worked_on: date | None) -> Span:
    days = (day, worked_on or day)
    return Span(min(days), max(days))


def _whose(scope: ClosureScope, place: str, on: date, directory: Directory) -> Whose:
    if scope is ClosureScope.OFFICE:
        return Whose(office=place)
    below = directory.units_under(place, on)
    return Whose(units=(place, *(unit.unit_id for unit in below)))


def _find(
    almanac: Almanac, ask: ask_for.WithdrawDayOff | ask_for.WithdrawClosure
) -> CalendarFact | None:
    if isinstance(ask, ask_for.WithdrawDayOff):
        stream = calendar_stream(ask.year)
    else:
        stream = place_calendar_stream(ask.scope, ask.place)
    held = (entry for entry in almanac.of_stream(stream) if entry.version == ask.withdrawn)
    return next((entry.fact for entry in held), None)
