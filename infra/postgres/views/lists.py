"""The lists behind every figure, page by page."""

from collections.abc import Sequence
from typing import Any, TypeVar

from psycopg.sql import SQL, Composed

from infra.postgres.views.boards import in_area
from infra.postgres.views.desk import BY_DEADLINE, NEWEST_RECEIPT, DeskQueries
from infra.postgres.views.filters import joined, of_cases, of_offers, of_petitions, within
from infra.postgres.views.paging import (
    NEVER,
    Asked,
    Key,
    Order,
    a_due_day,
    a_moment,
    a_rank,
    an_id,
)
from infra.postgres.views.reading import RUNNING_DUE
from projections.answers import InboxItem, Incoming, Page, Sieve, everything
from projections.asks import (
    Area,
    CaseFilter,
    CrowdState,
    GatheringFilter,
    OfferFilter,
    PetitionFilter,
)
from projections.base import Row
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.queries import PAGE
from projections.return_missions import MissionRow

R = TypeVar("R", bound=Row)

CROWDS = {
    CrowdState.GOING_ON: "dispersed_at IS NULL",
    CrowdState.NOT_RECEIVED: "dispersed_at IS NULL AND received_at IS NULL",
    CrowdState.OVER: "dispersed_at IS NOT NULL",
}

RECEIVED_RANK = "(received_at IS NOT NULL OR dispersed_at IS NOT NULL)::int"


def _crowd_key(row: GatheringRow) -> tuple[str, str, str]:
    known = row.received_at is not None or row.dispersed_at is not None
    return str(int(known)), row.reported_at.isoformat(), str(row.gathering_id)


BY_SETTLE_DUE: Order[CaseRow] = Order(
    SQL("coalesce(settle_due, 'infinity'::date), case_id").format(),
    SQL(
        " AND (coalesce(settle_due, 'infinity'), case_id)"
        " > (%(after_due)s::date, %(after_id)s::uuid)"
    ).format(),
    ("after_due", "after_id"),
    (a_due_day, an_id),
    lambda row: (str(row.settle_due or NEVER), str(row.case_id)),
)

WAITING_FIRST: Order[GatheringRow] = Order(
    SQL(f"{RECEIVED_RANK}, reported_at DESC, gathering_id DESC").format(),
    SQL(
        f" AND ({RECEIVED_RANK} > %(after_rank)s::int OR {RECEIVED_RANK}"
        " = %(after_rank)s::int AND (reported_at, gathering_id)"
        " < (%(after_at)s::timestamptz, %(after_id)s::uuid))"
    ).format(),
    ("after_rank", "after_at", "after_id"),
    (a_rank, a_moment, an_id),
    _crowd_key,
)

NEWEST_REQUEST: Order[MissionRow] = Order(
    SQL("requested_at DESC, mission_id DESC").format(),
    SQL(
        " AND (requested_at, mission_id) < (%(after_at)s::timestamptz, %(after_id)s::uuid)"
    ).format(),
    ("after_at", "after_id"),
    (a_moment, an_id),
    lambda row: (row.requested_at.isoformat(), str(row.mission_id)),
)


class ListQueries(DeskQueries):
    """Implements :class:`projections.queries.ListViews`."""

    def petitions(
        self, ask: PetitionFilter, *, after: str | None = None, limit: int = PAGE,
        seen: Sieve[InboxItem] = everything,
    ) -> Page[InboxItem]:  # fmt: skip
        where, asked = joined(of_petitions(ask))
        condition = SQL(where).format(due=RUNNING_DUE)
        order = NEWEST_RECEIPT if ask.ended else BY_DEADLINE
        return self.items(condition, asked, Asked(after, limit, seen), order)

    def offers(
        self, ask: OfferFilter, *, after: str | None = None, limit: int = PAGE,
        seen: Sieve[Incoming] = everything,
    ) -> Page[Incoming]:  # fmt: skip
        where, asked = joined(of_offers(ask))
        return self.waiting_offers(SQL(where).format(), asked, Asked(after, limit, seen))

    def cases(
        self, ask: CaseFilter, *, after: str | None = None, limit: int = PAGE,
        seen: Sieve[CaseRow] = everything,
    ) -> Page[CaseRow]:  # fmt: skip
        where, asked = joined(of_cases(ask))
        return self._page(CaseRow, SQL(where).format(), asked, BY_SETTLE_DUE,
                          Asked(after, limit, seen))  # fmt: skip

    def gatherings(
        self, ask: GatheringFilter, *, after: str | None = None, limit: int = PAGE,
        seen: Sieve[GatheringRow] = everything,
    ) -> Page[GatheringRow]:  # fmt: skip
        where = in_area("must_receive")
        if ask.state is not None:
            where += SQL(f" AND {CROWDS[ask.state]}")
        return self._page(GatheringRow, where, within(ask.area), WAITING_FIRST,
                          Asked(after, limit, seen))  # fmt: skip

    def missions(
        self, area: Area, *, under_way: bool = True, after: str | None = None, limit: int = PAGE,
        seen: Sieve[MissionRow] = everything,
    ) -> Page[MissionRow]:  # fmt: skip
        where = in_area("home_office")
        if under_way:
            where += SQL(" AND closed_at IS NULL")
        return self._page(MissionRow, where, within(area), NEWEST_REQUEST,
                          Asked(after, limit, seen))  # fmt: skip

    def _page(
        self,
        row: type[R],
        where: SQL | Composed,
        asked: dict[str, Any],
        order: Order[R],
        page: Asked[R],
    ) -> Page[R]:
        def read(behind: Key | None, count: int) -> Sequence[R]:
            condition = SQL("{}{} ORDER BY {} LIMIT %(limit)s").format(
                where, order.going_on(behind), order.by
            )
            return self._rows(row, condition, asked | order.behind(behind) | {"limit": count})

        return page.page(read, order.key, *order.kinds)
