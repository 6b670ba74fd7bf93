"""What may be asked about results that a later notice puts in doubt (xem lại kết quả)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.codes import ReviewOutcome
from domain.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class AskReview(Command):
    """Let a head look at a file that ended (đề nghị xem lại). ``office`` answered for it."""

    subject: UUID
    clock: str
    number: str
    office: str
    unit: str
    met_on: date
    was_due: date
    due: date


@dataclass(frozen=True, kw_only=True)
class NoteReview(Command):
    """Say that one has looked, and what becomes of the result (ghi đã xem lại)."""

    subject: UUID
    clock: str
    outcome: ReviewOutcome
