"""Facts about results that a later notice puts in doubt (xem lại kết quả): a stream for each file.

A notice that comes late may make an answer late that was in time, or the other way round. The
file that ended keeps its own day; a person looks at it.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.codes import ReviewOutcome
from domain.events.base import OfficeEvent


class Review(OfficeEvent):
    """What both say: of which file, and which of its clocks."""

    subject: UUID
    clock: str


class ReviewAsked(Review):
    """In time by what is known now and late by what was then, or the other way (đề nghị xem lại).

    ``was_due`` is the day by what was known on ``met_on``, when the clock was met; ``due`` by what
    is known now. ``office`` is the one answerable.

    Recorded by: the system. Told: the head of the office answerable. Rule:
    docs/decisions/deadlines.md.
    """

    TOPIC: ClassVar[str] = "review.asked"

    number: str
    met_on: date
    was_due: date
    due: date


class ReviewNoted(Review):
    """A head has looked at it, and says what becomes of the result (đã xem lại).

    ``asked`` is the version of the fact that asked. The file itself stays as it was.

    Recorded by: the head of the office answerable, or of an office above it.
    """

    TOPIC: ClassVar[str] = "review.noted"

    asked: int
    outcome: ReviewOutcome
