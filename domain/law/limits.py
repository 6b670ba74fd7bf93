"""The limits that begin with one act, asked before or without its file (thời hạn của một việc).

None where no rule in force on that day knows the limit.
"""

from datetime import date

from domain.codes import PetitionKind
from domain.law.calendar import Calendar
from domain.law.clocks import REPLY, TRANSFER_ANSWER
from domain.law.deadlines import Deadline
from domain.law.engine import LINE_OF, limit_of
from domain.law.rulebook import Rulebook
from domain.law.timeline import Timeline


def reply_limit(
    kind: PetitionKind, received_on: date, calendar: Calendar, book: Rulebook
) -> Deadline | None:
    """By when the citizen must be answered; a transfer never starts it again (hạn trả lời)."""
    timeline = Timeline(kind=kind, received_on=received_on)
    return limit_of(LINE_OF[REPLY], timeline, calendar, book, received_on)


def offer_limit(
    kind: PetitionKind, offered_on: date, calendar: Calendar, book: Rulebook
) -> Deadline | None:
    """By when an office that is offered a petition must answer, by its own working days."""
    timeline = Timeline(kind=kind, offered_on=offered_on)
    return limit_of(LINE_OF[TRANSFER_ANSWER], timeline, calendar, book, offered_on)
