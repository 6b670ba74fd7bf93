"""What an office is reminded of and still stands (việc cần nhắc)."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Annotated, Final, Literal, Self
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from projections.answers import Page
from projections.reminders import OpenReminder, Urgency
from services.api import row_circles
from services.api.answers import Age
from services.api.bodies.base import Ref
from services.api.problems import refuses
from services.api.reading import Reading, TheReader
from services.api.routes.lists import Cursor, Limit
from services.inboxes import inbox_of

router = APIRouter(prefix="/api/v1", responses=refuses(400, 403))

About = Literal["petition", "case", "gathering", "return_mission"]
Word = Literal["crowd", "late", "unanswered", "leaver", "today", "soon"]
URGENCIES: Final[dict[Urgency, Word]] = {
    Urgency.CROWD: "crowd", Urgency.LATE: "late", Urgency.UNANSWERED: "unanswered",
    Urgency.LEAVER: "leaver", Urgency.TODAY: "today", Urgency.SOON: "soon",
}  # fmt: skip


class ReminderAnswer(BaseModel):
    """One reminder: ``office`` must act, ``to_office`` knows of it, ``rung`` steps above it.

    ``number`` is the file's code; crowds and missions have none.
    """

    what: str
    urgency: Word
    rung: int
    clock: str | None
    due: date | None
    since: datetime
    office: str
    to_office: str
    about: About
    id: UUID
    number: str | None

    @classmethod
    def of(cls, item: OpenReminder) -> Self:
        """From a row and the file it is about."""
        row = item.reminder
        about, number = about_of(item)
        return cls(
            what=row.what,
            urgency=URGENCIES[Urgency(row.urgency)],
            rung=row.rung,
            clock=row.clock,
            due=row.due,
            since=row.since,
            office=item.answerable,
            to_office=row.to_office,
            about=about,
            id=row.subject,
            number=number,
        )


class ReminderList(BaseModel):
    """What one office is reminded of, the most urgent first. ``next``: of the page after."""

    office: str
    items: list[ReminderAnswer]
    next: str | None
    freshness: Age


@router.get("/reminders", tags=["reminders"])
async def list_reminders(
    reader: TheReader,
    office: Annotated[
        Ref | None, Query(description="The reader's own when left out; one he or she looks over.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ReminderList:
    """What an office is reminded of, as long as its reason stands (việc cần nhắc)."""
    own = inbox_of(reader.officer, office, reader.directory, reader.today, pointer="query/office")
    views = reader.parts.views
    seen = partial(seen_reminders, reader)
    page: Page[OpenReminder] = await reader.page(
        views.reminders, (own,), cursor=cursor, limit=limit, seen=seen
    )
    return ReminderList(
        office=own,
        items=[ReminderAnswer.of(item) for item in page.items],
        next=page.next,
        freshness=Age.of(await reader.ask(views.freshness)),
    )


def seen_reminders(reader: Reading, items: Sequence[OpenReminder]) -> Sequence[OpenReminder]:
    """Those about files that exist for the reader, and on a view."""
    return [item for item in items if _seen(reader, item)]


def _seen(reader: Reading, item: OpenReminder) -> bool:
    circle = row_circles.of_reminder(item)
    return circle is not None and reader.sees(circle)


def about_of(item: OpenReminder) -> tuple[About, str | None]:
    """What kind of file a reminder is about, and its code."""
    if item.petition is not None:
        return "petition", item.petition.number
    if item.case is not None:
        return "case", item.case.number
    return ("gathering" if item.gathering is not None else "return_mission"), None
