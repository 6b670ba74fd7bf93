"""What waits for a head's look, and the files it may come from (chờ xem lại)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.sql import SQL

from infra.postgres.views.arrays import texts
from infra.postgres.views.reading import Reader, key_in, page_of
from projections.answers import Page
from projections.case_row import CaseRow
from projections.petition_row import PetitionRow
from projections.reviews import AT_ONCE, MetOver, ReviewRow

WAITING: Final = "office = ANY(%(offices)s) AND noted_at IS NULL"
LATER: Final = (
    " AND (asked_at, stream, clock) > (%(at)s::timestamptz, %(stream)s::uuid, %(clock)s::text)"
)
ORDER: Final = " ORDER BY asked_at, stream, clock LIMIT %(limit)s"
PETITIONS: Final = SQL("""
petition_id > %(after)s AND answered_on < %(before)s AND received_on < %(last)s
AND due_on >= %(first)s ORDER BY petition_id LIMIT %(limit)s
""")
CASES: Final = SQL("""
case_id > %(after)s AND coalesce(decided_on, closed_on) < %(before)s AND opened_on < %(last)s
AND settle_due >= %(first)s ORDER BY case_id LIMIT %(limit)s
""")


class ReviewQueries(Reader):
    """Implements :class:`projections.reviews.ReviewViews`."""

    def reviews(
        self, offices: Iterable[str], *, after: str | None = None, limit: int = AT_ONCE
    ) -> Page[ReviewRow]:
        asked: dict[str, Any] = {"offices": texts(offices), "limit": limit + 1}
        if after is not None:
            parts = key_in(after, datetime.fromisoformat, UUID, str)
            asked |= zip(("at", "stream", "clock"), parts, strict=True)
        where = SQL(WAITING + (LATER if after is not None else "") + ORDER)
        return page_of(self._rows(ReviewRow, where, asked), limit, _key)

    def met_petitions(self, over: MetOver, *, after: UUID, limit: int) -> Sequence[PetitionRow]:
        return self._rows(PetitionRow, PETITIONS, _asked(over, after, limit))

    def met_cases(self, over: MetOver, *, after: UUID, limit: int) -> Sequence[CaseRow]:
        return self._rows(CaseRow, CASES, _asked(over, after, limit))


def _asked(over: MetOver, after: UUID, limit: int) -> dict[str, Any]:
    days = {"first": over.first, "last": over.last, "before": over.before}
    return {**days, "after": after, "limit": limit}


def _key(row: ReviewRow) -> tuple[str, str, str]:
    return row.asked_at.isoformat(), str(row.stream), row.clock
