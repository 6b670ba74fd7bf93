"""What the system reminded of, as entries of a file's course (nhắc việc trong diễn biến)."""

from collections.abc import Iterable
from datetime import date

from domain.events.base import OfficeEvent
from domain.events.reminder import Reminder, ReminderPassedOn, ReminderSettled
from services.web import formats
from services.web.models import Link, Moment
from services.web.models.crowds import CrowdLine
from services.web.present.deadlines import SLUG
from services.web.present.facts import words_of
from services.web.present.words import Names, local


def reminder_moment(fact: OfficeEvent, names: Names, here: str = "") -> Moment:
    """Who was told, and of which day; when it fell. Or that nobody need be told any more.

    ``here`` is the address of a petition or case, whose clocks are told.
    """
    return Moment(
        id=f"reminder-{fact.originator_version}",
        kind="other",
        what=words_of(fact.TOPIC),
        words=_words(fact, names),
        at=local(fact.occurred_at),
        proof=_why(fact, here) if here and hasattr(fact, "due") else None,
    )


def reminder_line(fact: OfficeEvent, names: Names) -> CrowdLine:
    """The same in one line, for a crowd or a mission."""
    moment = reminder_moment(fact, names)
    return CrowdLine(moment.id, local(fact.occurred_at), f"{moment.what}. {moment.words}")


def _why(fact: OfficeEvent, here: str) -> Link:
    """How the day of a reminder came about, as it was known when it fell."""
    day = formats.day(local(fact.occurred_at).date())
    return Link("Vì sao?", f"{here}/{SLUG}?ngay={day}&biet={day}")


def _words(fact: OfficeEvent, names: Names) -> str:
    match fact:
        case ReminderSettled(offices=offices):
            return f"Rời danh sách cần nhắc của {_named(offices, names)}."
        case ReminderPassedOn(to_office=office):
            return f"Hệ thống báo {names.office(office)}."
        case Reminder(to_office=office):
            due = getattr(fact, "due", None)
            until = f" Hạn {formats.day(due)}." if isinstance(due, date) else ""
            return f"Hệ thống báo {names.office(office)}.{until}"
    return ""


def _named(offices: Iterable[str], names: Names) -> str:
    return ", ".join(names.office(office) for office in offices)
