"""What a district and a province ask (bảng điều hành)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from psycopg.sql import SQL, Composed, Identifier

from infra.postgres.views.arrays import texts
from infra.postgres.views.reading import Reader
from projections.answers import OfficeSums, ProvinceFigures
from projections.asks import Area, FlowSum
from projections.case_history import HistoryRow
from projections.queries import PAGE
from projections.series import DAYS, ONE_DAY, daily, end_of, hourly, standing

LATE = "what IN ('reply', 'settle') AND due_on < %(today)s"

LOADS = SQL(f"""
SELECT office,
    coalesce(sum(n) FILTER (WHERE {LATE}), 0)::bigint AS overdue,
    min(due_on) FILTER (WHERE {LATE}) AS overdue_oldest,
    coalesce(sum(n) FILTER (WHERE what = 'offer'), 0)::bigint AS pending,
    coalesce(sum(n) FILTER (WHERE what = 'offer' AND due_on < %(today)s), 0)::bigint
        AS pending_late,
    coalesce(sum(n) FILTER (WHERE what IN ('reply', 'settle')
        AND due_on BETWEEN %(today)s AND %(soon)s), 0)::bigint AS due_soon,
    coalesce(sum(n) FILTER (WHERE what = 'open'), 0)::bigint AS open,
    coalesce(sum(n) FILTER (WHERE what = 'direction'), 0)::bigint AS directed
FROM views.office_load WHERE office = ANY(%(offices)s) AND n <> 0 GROUP BY office
""").format()  # noqa: S608

LOADED = ("overdue", "overdue_oldest", "pending", "pending_late", "due_soon", "open", "directed")

SINGLES = {
    "pending_since": SQL("""
SELECT to_office, min(offered_on) FROM views.offers
WHERE to_office = ANY(%(offices)s) AND answered_at IS NULL GROUP BY to_office
""").format(),
    "received": SQL("""
SELECT office, sum(n)::bigint FROM views.office_flow
WHERE office = ANY(%(offices)s) AND what = 'received'
    AND day BETWEEN %(received_since)s AND %(today)s GROUP BY office
""").format(),
    "returned": SQL("""
SELECT in_charge, count(*) FROM views.petitions
WHERE in_charge = ANY(%(offices)s) AND state = 'returned' GROUP BY in_charge
""").format(),
    "escalated": SQL("""
SELECT office, count(*) FROM views.cases
WHERE office = ANY(%(offices)s) AND escalated_to IS NOT NULL AND state <> 'closed' GROUP BY office
""").format(),
    "disputes": SQL("""
SELECT disputed_superior, count(*) FROM views.petitions
WHERE disputed_superior = ANY(%(offices)s) GROUP BY disputed_superior
""").format(),
}
"""Figures with a query of their own: office and value."""


def in_area(column: str) -> Composed:
    """Whether a crowd or mission is in an area; ``column`` is one more office it concerns."""
    return SQL(
        "(place = ANY(%(units)s) OR home = ANY(%(units)s) OR office = ANY(%(offices)s)"
        " OR {} = ANY(%(offices)s))"
    ).format(Identifier(column))


CROWDS = SQL("""
SELECT reported_at, received_at, dispersed_at FROM views.gatherings
WHERE (dispersed_at IS NULL OR dispersed_at >= %(start)s) AND {}
""").format(in_area("must_receive"))

RETURNS = SQL("""
SELECT requested_at, closed_at, consented, declined FROM views.missions
WHERE (closed_at IS NULL OR closed_at >= %(start)s) AND {}
""").format(in_area("home_office"))

OFFERED = SQL("""
SELECT offered_on, NULL::date, count(*), count(*) FILTER (WHERE reply_due < %(today)s)
FROM views.offers WHERE to_office = ANY(%(offices)s) AND answered_at IS NULL GROUP BY offered_on
UNION ALL
SELECT offered_on, answered_on, count(*), 0 FROM views.offers
WHERE answered_on >= %(first)s AND to_office = ANY(%(offices)s) GROUP BY offered_on, answered_on
""").format()

OVERDUE = SQL(f"""
SELECT due_on, NULL::date, sum(n)::bigint FROM views.office_load
WHERE office = ANY(%(offices)s) AND n <> 0 AND {LATE} GROUP BY due_on
UNION ALL
SELECT due_on, answered_on, count(*) FROM views.petitions
WHERE answered_on > due_on AND answered_on >= %(first)s
    AND (in_charge = ANY(%(offices)s)) IS TRUE
GROUP BY due_on, answered_on
UNION ALL
SELECT settle_due, coalesce(decided_on, closed_on), count(*) FROM views.cases
WHERE coalesce(decided_on, closed_on) > settle_due
    AND coalesce(decided_on, closed_on) >= %(first)s AND (office = ANY(%(offices)s)) IS TRUE
GROUP BY 1, 2
""").format()  # noqa: S608
"""``IS TRUE`` keeps a plan for any offices on the indexes of what was late, which are short: an
office's whole past is not."""

CHANGES = SQL("""recorded_at >= %b AND type_name ~ '^(petition|case|gathering|return_mission)[.]'
    AND (office = ANY(%b) OR unit = ANY(%b) OR offices && %b)
    ORDER BY recorded_at DESC, position DESC LIMIT %b""").format()

FLOWS = SQL("""
SELECT office, day, what, sum(n)::bigint FROM views.office_flow
WHERE office = ANY(%b) AND day BETWEEN %b AND %b GROUP BY office, day, what
HAVING sum(n) <> 0 ORDER BY office, day, what
""").format()


class BoardQueries(Reader):
    """Implements :class:`projections.queries.BoardViews`."""

    def office_sums(
        self, offices: Sequence[str], *, today: date, soon_until: date, received_since: date
    ) -> Mapping[str, OfficeSums]:
        asked = {
            "offices": texts(offices), "today": today, "soon": soon_until,
            "received_since": received_since,
        }  # fmt: skip
        queries = [LOADS, *SINGLES.values()]
        loads, *singles = self._together(*((query, asked) for query in queries))
        figures: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        for office, *values in loads:
            figures[office] |= zip(LOADED, values, strict=True)
        for name, found in zip(SINGLES, singles, strict=True):
            for office, value in found:
                figures[office][name] = value
        return {office: OfficeSums(office, **values) for office, values in figures.items()}

    def province_figures(self, area: Area, *, today: date, now: datetime) -> ProvinceFigures:
        first = today - timedelta(days=DAYS - 1)
        asked = {
            "offices": texts(area.offices), "units": texts(area.units), "today": today,
            "first": first, "start": end_of(first - ONE_DAY),
        }  # fmt: skip
        crowds, returns, offered, overdue = self._together(
            *((query, asked) for query in (CROWDS, RETURNS, OFFERED, OVERDUE))
        )
        figures = _of_crowds(crowds, today, now) | _of_returns(returns, today, now)
        return ProvinceFigures(**figures, **_of_offers(offered, today), **_of_late(overdue, today))

    def recent_changes(
        self, area: Area, *, since: datetime, limit: int = PAGE
    ) -> Sequence[HistoryRow]:
        offices, units = texts(area.offices), texts(area.units)
        return self._rows(HistoryRow, CHANGES, [since, offices, units, offices, limit])

    def flows(self, offices: Sequence[str], *, first: date, last: date) -> Sequence[FlowSum]:
        return [FlowSum(*row) for row in self._all(FLOWS, [texts(offices), first, last])]


def _first(ends: Sequence[datetime | None]) -> datetime | None:
    """The first of what ends a crowd's waiting: received, or dispersed unreceived."""
    return min((end for end in ends if end is not None), default=None)


def _of_crowds(crowds: Sequence[Sequence[Any]], today: date, now: datetime) -> dict[str, Any]:
    going_on = [(reported, dispersed) for reported, _, dispersed in crowds]
    alone = [(reported, _first(ends)) for reported, *ends in crowds]
    return {
        "gatherings": hourly(going_on, today, now),
        "gatherings_hour_ago": standing(going_on, now - timedelta(hours=1)),
        "not_received": hourly(alone, today, now),
        "waiting_since": min((begun for begun, end in alone if end is None), default=None),
    }


def _of_returns(returns: Sequence[Sequence[Any]], today: date, now: datetime) -> dict[str, Any]:
    under_way = [row for row in returns if row[1] is None]
    return {
        "returns": hourly([(begun, ended) for begun, ended, *_ in returns], today, now),
        "consented": sum(row[2] for row in under_way),
        "declined": sum(row[3] for row in under_way),
    }


def _of_offers(offered: Sequence[Sequence[Any]], today: date) -> dict[str, Any]:
    waiting = [first for first, ended, *_ in offered if ended is None]
    return {
        "pending": daily(((first, ended, n) for first, ended, n, _ in offered), today),
        "pending_late": sum(late for *_, late in offered),
        "pending_since": min(waiting, default=None),
    }


def _of_late(overdue: Sequence[Sequence[Any]], today: date) -> dict[str, Any]:
    late = [due for due, ended, _ in overdue if ended is None]
    day = timedelta(days=1)
    return {
        "overdue": daily(((due + day, ended, n) for due, ended, n in overdue), today),
        "overdue_oldest": min(late, default=None),
    }
