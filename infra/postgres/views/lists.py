"""The lists behind every figure, page by page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from psycopg.sql import SQL, Composed

from domain.errors import Invalid
from infra.postgres.views.arrays import texts
from infra.postgres.views.boards import in_area
from infra.postgres.views.desk import BY_DEADLINE, NEWEST_RECEIPT, DeskQueries
from infra.postgres.views.reading import NEVER, RUNNING_DUE, due_key, key_in, page_of
from projections.answers import InboxItem, Incoming, Page
from projections.asks import (
    Area,
    CaseFilter,
    CrowdState,
    DueWindow,
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
Condition = tuple[str, dict[str, Any]]

WINDOWS = {
    DueWindow.OVERDUE: "{due} < %(today)s",
    DueWindow.TODAY: "{due} = %(today)s",
    DueWindow.SOON: "{due} BETWEEN %(today)s AND %(soon_until)s",
    DueWindow.LATER: "{due} > %(soon_until)s",
}

CROWDS = {
    CrowdState.GOING_ON: "dispersed_at IS NULL",
    CrowdState.NOT_RECEIVED: "dispersed_at IS NULL AND received_at IS NULL",
    CrowdState.OVER: "dispersed_at IS NOT NULL",
}

RECEIVED_RANK = "(received_at IS NOT NULL OR dispersed_at IS NOT NULL)::int"


class ListQueries(DeskQueries):
    """Implements :class:`projections.queries.ListViews`."""

    def petitions(
        self, ask: PetitionFilter, *, after: str | None = None, limit: int = PAGE
    ) -> Page[InboxItem]:
        where, asked = _joined(_of_petitions(ask))
        condition = SQL(where).format(due=RUNNING_DUE)
        order = NEWEST_RECEIPT if ask.ended else BY_DEADLINE
        return self.items(condition, asked | {"limit": limit + 1}, after, limit, order)

    def offers(
        self, ask: OfferFilter, *, after: str | None = None, limit: int = PAGE
    ) -> Page[Incoming]:
        where, asked = _joined(_of_offers(ask))
        return self.waiting_offers(SQL(where).format(), asked, after, limit)

    def cases(
        self, ask: CaseFilter, *, after: str | None = None, limit: int = PAGE
    ) -> Page[CaseRow]:
        where, asked = _joined(_of_cases(ask))
        if after is not None:
            due, case = key_in(after, due_key, UUID)
            where += (
                " AND (coalesce(settle_due, 'infinity'), case_id)"
                " > (%(after_due)s::date, %(after_id)s::uuid)"
            )
            asked |= {"after_due": due, "after_id": case}
        order = "coalesce(settle_due, 'infinity'::date), case_id"
        found = self._page(CaseRow, SQL(where).format(), order, asked, limit)
        return page_of(found, limit, lambda row: (str(row.settle_due or NEVER), str(row.case_id)))

    def gatherings(
        self, ask: GatheringFilter, *, after: str | None = None, limit: int = PAGE
    ) -> Page[GatheringRow]:
        where = in_area("must_receive")
        asked = _area(ask.area)
        if ask.state is not None:
            where += SQL(f" AND {CROWDS[ask.state]}")
        if after is not None:
            rank, reported, gathering = key_in(after, int, datetime.fromisoformat, UUID)
            where += SQL(
                f" AND ({RECEIVED_RANK} > %(after_rank)s::int OR {RECEIVED_RANK}"
                " = %(after_rank)s::int AND (reported_at, gathering_id)"
                " < (%(after_at)s::timestamptz, %(after_id)s::uuid))"
            )
            asked |= {"after_rank": rank, "after_at": reported, "after_id": gathering}
        order = f"{RECEIVED_RANK}, reported_at DESC, gathering_id DESC"
        found = self._page(GatheringRow, where, order, asked, limit)
        return page_of(found, limit, _crowd_key)

    def missions(
        self, area: Area, *, under_way: bool = True, after: str | None = None, limit: int = PAGE
    ) -> Page[MissionRow]:
        where, asked = in_area("home_office"), _area(area)
        if under_way:
            where += SQL(" AND closed_at IS NULL")
        if after is not None:
            requested, mission = key_in(after, datetime.fromisoformat, UUID)
            where += SQL(
                " AND (requested_at, mission_id) < (%(after_at)s::timestamptz, %(after_id)s::uuid)"
            )
            asked |= {"after_at": requested, "after_id": mission}
        order = "requested_at DESC, mission_id DESC"
        found = self._page(MissionRow, where, order, asked, limit)
        return page_of(
            found, limit, lambda row: (row.requested_at.isoformat(), str(row.mission_id))
        )

    def _page(
        self, row: type[R], where: SQL | Composed, order: str, asked: dict[str, Any], limit: int
    ) -> list[R]:
        condition = SQL("{} ORDER BY {} LIMIT %(limit)s").format(where, SQL(order))
        return self._rows(row, condition, asked | {"limit": limit + 1})


def _joined(conditions: Iterator[Condition]) -> Condition:
    found = list(conditions)
    asked = {name: value for _, values in found for name, value in values.items()}
    return " AND ".join(text for text, _ in found), asked


def _area(area: Area) -> dict[str, Any]:
    return {"offices": texts(area.offices), "units": texts(area.units)}


def _of_petitions(ask: PetitionFilter) -> Iterator[Condition]:
    here = _resting("p.in_charge", "p.formers", "offices", came_from=ask.came_from)
    yield here, {"offices": texts(ask.offices)}
    if not ask.ended:
        yield "p.ended_on IS NULL", {}
    for column, wanted in (("kind", ask.kinds), ("field", ask.fields), ("state", ask.states),
                           ("place", ask.places)):  # fmt: skip
        if wanted:
            yield f"p.{column} = ANY(%({column}s)s)", {f"{column}s": texts(wanted)}
    if ask.number:
        yield "p.number >= %(number)s AND p.number < %(after_number)s", _prefix(ask.number)
    if ask.due is not None:
        yield WINDOWS[ask.due], _window(ask)
    if ask.received_from is not None:
        yield "p.received_on >= %(received_from)s", {"received_from": ask.received_from}
    if ask.received_to is not None:
        yield "p.received_on <= %(received_to)s", {"received_to": ask.received_to}
    if ask.election is not None:
        yield "p.election = %(election)s", {"election": ask.election}


def _of_offers(ask: OfferFilter) -> Iterator[Condition]:
    here = _resting("o.to_office", "o.formers", "to_offices", came_from=ask.came_from)
    yield here, {"to_offices": texts(ask.to_offices)}
    if ask.from_offices:
        yield "o.from_office = ANY(%(from_offices)s)", {"from_offices": texts(ask.from_offices)}
    if ask.late_on is not None:
        yield "o.reply_due < %(late_on)s", {"late_on": ask.late_on}


def _of_cases(ask: CaseFilter) -> Iterator[Condition]:
    here = _resting("office", "formers", "offices", came_from=ask.came_from)
    yield here, {"offices": texts(ask.offices)}
    if not ask.closed:
        yield "state <> 'closed'", {}
    for column, wanted in (("kind", ask.kinds), ("field", ask.fields)):
        if wanted:
            yield f"{column} = ANY(%({column}s)s)", {f"{column}s": texts(wanted)}
    if ask.number:
        yield "number >= %(number)s AND number < %(after_number)s", _prefix(ask.number)
    if ask.overdue_on is not None:
        yield "state = 'open' AND settle_due < %(overdue_on)s", {"overdue_on": ask.overdue_on}
    if ask.escalated:
        yield "escalated_to IS NOT NULL", {}


def _resting(office: str, formers: str, asked: str, *, came_from: bool) -> str:
    """At one of the offices asked for, or come from one of them when it was abolished."""
    here = f"{office} = ANY(%({asked})s)"
    came = f"{formers} && %({asked})s AND {formers} <> '{{{{}}}}'"
    return f"({here} OR ({came}))" if came_from else here


def _prefix(number: str) -> dict[str, Any]:
    """A receipt number's beginning as a range: numbers are in capitals, sorted by bytes."""
    start = number.upper()
    return {"number": start, "after_number": start + "\U0010ffff"}


def _window(ask: PetitionFilter) -> dict[str, Any]:
    """The days a due window speaks of. Refuses: ``Invalid`` when one is missing."""
    days = {"today": ask.today, "soon_until": ask.soon_until}
    wanted = {
        name: day
        for name, day in days.items()
        if f"%({name})s" in WINDOWS[DueWindow(ask.due or "")]
    }
    if None in wanted.values():
        raise Invalid("Cần ngày hôm nay và ngày gần hạn để lọc theo hạn.", pointer="/due")
    return wanted


def _crowd_key(row: GatheringRow) -> tuple[str, str, str]:
    known = row.received_at is not None or row.dispersed_at is not None
    return str(int(known)), row.reported_at.isoformat(), str(row.gathering_id)
