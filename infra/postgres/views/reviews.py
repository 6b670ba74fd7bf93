"""What waits for a head's look, and the files it may come from (chờ xem lại)."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from psycopg.sql import SQL

from infra.postgres.views.arrays import texts
from infra.postgres.views.paging import Asked, Key, Order, a_moment, a_word, an_id
from infra.postgres.views.reading import Reader
from projections.answers import Page, Sieve, everything
from projections.case_row import CaseRow
from projections.petition_row import PetitionRow
from projections.reviews import AT_ONCE, MetOver, ReviewRow

WAITING: Final = SQL("office = ANY(%(offices)s) AND noted_at IS NULL")
PETITIONS: Final = SQL("""
petition_id > %(after)s AND answered_on < %(before)s AND received_on < %(last)s
AND due_on >= %(first)s ORDER BY petition_id LIMIT %(limit)s
""")
CASES: Final = SQL("""
case_id > %(after)s AND coalesce(decided_on, closed_on) < %(before)s AND opened_on < %(last)s
AND settle_due >= %(first)s ORDER BY case_id LIMIT %(limit)s
""")


def _key(row: ReviewRow) -> tuple[str, str, str]:
    return row.asked_at.isoformat(), str(row.stream), row.clock


OLDEST_FIRST: Final[Order[ReviewRow]] = Order(
    SQL("asked_at, stream, clock").format(),
    SQL(
        " AND (asked_at, stream, clock) > (%(at)s::timestamptz, %(stream)s::uuid, %(clock)s::text)"
    ).format(),
    ("at", "stream", "clock"),
    (a_moment, an_id, a_word),
    _key,
)


class ReviewQueries(Reader):
    """Implements :class:`projections.reviews.ReviewViews`."""

    def reviews(
        self, offices: Iterable[str], *, after: str | None = None, limit: int = AT_ONCE,
        seen: Sieve[ReviewRow] = everything,
    ) -> Page[ReviewRow]:  # fmt: skip
        asked: dict[str, Any] = {"offices": texts(offices)}

        def read(behind: Key | None, count: int) -> Sequence[ReviewRow]:
            where = SQL("{}{} ORDER BY {} LIMIT %(limit)s").format(
                WAITING, OLDEST_FIRST.going_on(behind), OLDEST_FIRST.by
            )
            later = OLDEST_FIRST.behind(behind)
            return self._rows(ReviewRow, where, asked | later | {"limit": count})

        return Asked(after, limit, seen).page(read, _key, *OLDEST_FIRST.kinds)

    def met_petitions(self, over: MetOver, *, after: UUID, limit: int) -> Sequence[PetitionRow]:
        return self._rows(PetitionRow, PETITIONS, _asked(over, after, limit))

    def met_cases(self, over: MetOver, *, after: UUID, limit: int) -> Sequence[CaseRow]:
        return self._rows(CaseRow, CASES, _asked(over, after, limit))


def _asked(over: MetOver, after: UUID, limit: int) -> dict[str, Any]:
    days = {"first": over.first, "last": over.last, "before": over.before}
    return {**days, "after": after, "limit": limit}
