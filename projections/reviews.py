"""Files that ended, whose result a later notice puts in doubt (hồ sơ chờ xem lại)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from domain.events.review import ReviewAsked, ReviewNoted
from projections.answers import Page, Sieve, everything
from projections.base import Fact, Row, Rows, changed
from projections.case_row import CaseRow
from projections.petition_row import PetitionRow
from projections.values import value

AT_ONCE = 50
"""Rows of a page."""


@value(frozen=True)
class ReviewRow(Row):
    """The newest question about one clock of a file. It waits as long as ``noted_on`` is empty."""

    TABLE: ClassVar[str] = "reviews"
    KEY: ClassVar[tuple[str, ...]] = ("stream", "clock")

    stream: UUID
    clock: str
    subject: UUID
    number: str
    office: str
    unit: str
    met_on: date
    was_due: date
    due: date
    asked_at: datetime
    noted_at: datetime | None
    noted_by: str | None
    outcome: str | None
    version: int
    lane: int
    position: int
    recorded_at: datetime


class Reviews:
    """A question begins the row of its clock anew; a head's note ends it."""

    name = "reviews"
    kinds = frozenset({"review"})
    tables = (ReviewRow,)

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:
        if isinstance(fact.event, ReviewNoted):
            return ((ReviewRow, (fact.event.originator_id, fact.event.clock)),)
        return ()

    def fold(self, fact: Fact, rows: Rows) -> None:
        match fact.event:
            case ReviewAsked() as asked:
                rows.put(_asked(asked, fact))
            case ReviewNoted() as noted:
                row = rows.find(ReviewRow, noted.originator_id, noted.clock)
                if row is None:
                    raise LookupError(f"nobody asked about {noted.clock}")
                rows.put(
                    changed(
                        row, noted_at=noted.occurred_at, noted_by=noted.office,
                        outcome=noted.outcome, version=noted.originator_version,
                        position=fact.position, recorded_at=noted.timestamp,
                    )
                )  # fmt: skip


def _asked(event: ReviewAsked, fact: Fact) -> ReviewRow:
    return ReviewRow(
        stream=event.originator_id, clock=event.clock, subject=event.subject,
        number=event.number, office=event.office, unit=event.unit, met_on=event.met_on,
        was_due=event.was_due, due=event.due, asked_at=event.occurred_at, noted_at=None,
        noted_by=None, outcome=None, version=event.originator_version, lane=fact.lane,
        position=fact.position, recorded_at=event.timestamp,
    )  # fmt: skip


@value(frozen=True)
class MetOver:
    """Clocks that were met before a day, of files that ran over some days."""

    first: date
    last: date
    before: date


class EndedViews(Protocol):
    """Files that ended, whose result may be in doubt."""

    def met_petitions(self, over: MetOver, *, after: UUID, limit: int) -> "Iterable[PetitionRow]":
        """Petitions that were answered before a day and ran over these days, by id."""

    def met_cases(self, over: MetOver, *, after: UUID, limit: int) -> Iterable[CaseRow]:
        """Cases that were decided or closed before a day and ran over these days, by id."""


class ReviewViews(EndedViews, Protocol):
    """And what waits for a head (chờ xem lại)."""

    def reviews(
        self, offices: Iterable[str], *, after: str | None = None, limit: int = AT_ONCE,
        seen: Sieve[ReviewRow] = everything,
    ) -> Page[ReviewRow]:  # fmt: skip
        """What waits at these offices, the oldest question first."""
