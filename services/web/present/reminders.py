"""What the system reminded of, as entries of a file's course (nhắc việc trong diễn biến)."""

from datetime import date

from domain.events.reminder import Reminder
from services.web import formats
from services.web.models import Moment
from services.web.present.facts import words_of
from services.web.present.words import Names, local


def reminder_moment(fact: Reminder, names: Names) -> Moment:
    """Who was told, and of which day; when it fell."""
    due = getattr(fact, "due", None)
    until = f" Hạn {formats.day(due)}." if isinstance(due, date) else ""
    return Moment(
        id=f"reminder-{fact.originator_version}",
        kind="other",
        what=words_of(fact.TOPIC),
        words=f"Hệ thống báo {names.office(fact.to_office)}.{until}",
        at=local(fact.occurred_at),
    )
