"""A limit by the carried books and the announced holidays, asked of the engine."""

from datetime import date
from typing import Any

from domain.codes import PetitionKind
from domain.law.clocks import REPLY, SETTLEMENT, TRANSFER_ANSWER
from domain.law.deadlines import Deadline
from domain.law.engine import LINE_OF, limit_of
from domain.law.public_holidays import public_calendar
from domain.law.timeline import Timeline
from services.law import carried_law


def found(clock: str, kind: PetitionKind = PetitionKind.COMPLAINT, **days: Any) -> Deadline | None:
    """One clock of a file of which this is known; None when it does not run."""
    timeline = Timeline(kind=kind, **days)
    return limit_of(LINE_OF[clock], timeline, public_calendar(), carried_law().book, date.max)


def counted(clock: str, kind: PetitionKind = PetitionKind.COMPLAINT, **days: Any) -> Deadline:
    """The same, of a clock that runs."""
    limit = found(clock, kind, **days)
    assert limit is not None, clock
    return limit


def reply(received_on: date) -> Deadline:
    """The answer to the citizen."""
    return counted(REPLY, received_on=received_on)


def acceptance(received_on: date) -> Deadline:
    """Whether a complaint is taken up."""
    return counted("acceptance", held_since=received_on)


def settlement(opened_on: date, **more: Any) -> Deadline:
    """The settlement of a complaint, unless another kind is named."""
    return counted(SETTLEMENT, taken_up_on=opened_on, **more)


def answer_to_offer(offered_on: date) -> Deadline:
    """Whether an offered petition is taken over."""
    return counted(TRANSFER_ANSWER, offered_on=offered_on)
