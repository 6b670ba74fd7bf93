"""What is answered about ended files that wait for a look (trả lời về hồ sơ chờ xem lại)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from projections.reviews import ReviewRow


class WaitingReview(BaseModel):
    """A clock of an ended file: due by what was known when it was met, and by what is known now."""

    subject: UUID
    clock: str
    number: str
    office: str
    met_on: date
    was_due: date
    due: date
    was_late: bool
    late: bool
    asked_at: datetime

    @classmethod
    def of(cls, row: ReviewRow) -> "WaitingReview":
        """From the view."""
        return cls(
            subject=row.subject, clock=row.clock, number=row.number, office=row.office,
            met_on=row.met_on, was_due=row.was_due, due=row.due,
            was_late=row.met_on > row.was_due, late=row.met_on > row.due, asked_at=row.asked_at,
        )  # fmt: skip


class WaitingReviews(BaseModel):
    """A page of them, the oldest question first."""

    items: list[WaitingReview]
    next: str | None
