"""Open work by the offices it rests on, found through indexes and told page by page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.sql import SQL, Identifier

from infra.postgres.views.arrays import texts
from infra.postgres.views.paging import Asked, Key, an_id
from infra.postgres.views.reading import Reader, picked
from infra.postgres.views.tables import table_of
from projections.answers import Page, Sieve, everything
from projections.base import Row
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.petition_row import PetitionRow
from projections.resting import (
    AT_ONCE,
    Rests,
    Work,
    of_case,
    of_gathering,
    of_mission,
    of_petition,
)
from projections.return_missions import MissionRow


@dataclass(frozen=True)
class Sort:
    """How a sort of work is found. ``found`` are its ids by the offices it rests on."""

    row: type[Row]
    key: str
    open: str
    found: tuple[str, ...]
    told: Callable[[Any], Rests]


SORTS: dict[Work, Sort] = {
    Work.PETITION: Sort(
        PetitionRow,
        "petition_id",
        "ended_on IS NULL AND case_id IS NULL",
        (
            "SELECT petition_id FROM views.petitions"
            " WHERE in_charge = ANY(%(offices)s) AND ended_on IS NULL",
            "SELECT petition_id FROM views.offers"
            " WHERE to_office = ANY(%(offices)s) AND answered_at IS NULL",
            "SELECT petition_id FROM views.petitions WHERE disputed_superior = ANY(%(offices)s)",
        ),
        of_petition,
    ),
    Work.CASE: Sort(
        CaseRow,
        "case_id",
        "state <> 'closed'",
        (
            "SELECT case_id FROM views.cases WHERE office = ANY(%(offices)s) AND state <> 'closed'",
            "SELECT case_id FROM views.cases WHERE unconfirmed && %(offices)s"
            " AND unconfirmed <> '{}' AND state <> 'closed'",
            "SELECT case_id FROM views.cases WHERE accused_office = ANY(%(offices)s)"
            " AND accused_office IS NOT NULL AND state <> 'closed'",
        ),
        of_case,
    ),
    Work.GATHERING: Sort(
        GatheringRow,
        "gathering_id",
        "dispersed_at IS NULL",
        (
            "SELECT gathering_id FROM views.gatherings WHERE dispersed_at IS NULL"
            " AND (office = ANY(%(offices)s) OR must_receive = ANY(%(offices)s)"
            " OR must_come && %(offices)s)",
        ),
        of_gathering,
    ),
    Work.MISSION: Sort(
        MissionRow,
        "mission_id",
        "(closed_at IS NULL OR follow_up_on IS NOT NULL AND follow_up_held_on IS NULL)",
        (
            "SELECT mission_id FROM views.missions WHERE closed_at IS NULL"
            " AND (office = ANY(%(offices)s) OR home_office = ANY(%(offices)s)"
            " OR lead_office = ANY(%(offices)s))",
            "SELECT mission_id FROM views.missions"
            " WHERE follow_up_on IS NOT NULL AND follow_up_office = ANY(%(offices)s)"
            " AND follow_up_held_on IS NULL",
        ),
        of_mission,
    ),
}

NAMED = SQL("""
SELECT in_charge FROM views.petitions WHERE ended_on IS NULL
UNION SELECT to_office FROM views.offers WHERE answered_at IS NULL
UNION SELECT disputed_superior FROM views.petitions WHERE disputed_superior IS NOT NULL
UNION SELECT office FROM views.cases WHERE state <> 'closed'
UNION SELECT unnest(unconfirmed) FROM views.cases WHERE unconfirmed <> '{{}}' AND state <> 'closed'
UNION SELECT accused_office FROM views.cases
    WHERE accused_office IS NOT NULL AND state <> 'closed'
UNION SELECT unnest(ARRAY[office, must_receive] || must_come) FROM views.gatherings
    WHERE dispersed_at IS NULL
UNION SELECT unnest(ARRAY[office, home_office, coalesce(lead_office, home_office)])
    FROM views.missions WHERE closed_at IS NULL
UNION SELECT follow_up_office FROM views.missions
    WHERE follow_up_on IS NOT NULL AND follow_up_office IS NOT NULL AND follow_up_held_on IS NULL
ORDER BY 1
""").format()

UNDECIDED = SQL("""
SELECT unnest(interim_for) FROM views.petitions
    WHERE interim_for <> '{{}}' AND ended_on IS NULL
UNION SELECT unnest(interim_for) FROM views.cases WHERE interim_for <> '{{}}' AND state <> 'closed'
UNION SELECT unnest(interim_for) FROM views.gatherings
    WHERE interim_for <> '{{}}' AND dispersed_at IS NULL
UNION SELECT unnest(interim_for) FROM views.missions WHERE interim_for <> '{{}}'
ORDER BY 1
""").format()

HANDLED = SQL("""
(office, handler) IN (SELECT * FROM unnest(%(offices)s, %(handlers)s))
AND handler IS NOT NULL AND state <> 'closed' AND case_id > %(after)s
ORDER BY case_id LIMIT %(limit)s
""").format()

ON_OFFICES = SQL("""
WITH found AS MATERIALIZED ({found})
SELECT {picked} FROM found AS f CROSS JOIN LATERAL (
    SELECT * FROM {table} AS of WHERE of.{key} = f.{key} AND {open} OFFSET 0
) AS t
WHERE f.{key} > %(after)s ORDER BY f.{key} LIMIT %(limit)s
""")
"""Ids first, then their rows one by one, whatever the server believes of its tables: while it
knew nothing of views filled a moment ago it compared 200,000 petitions with 4,000 ids each."""

FIRST = UUID(int=0)


class RestingQueries(Reader):
    """Implements :class:`projections.resting.RestingViews`."""

    def offices_at_work(self) -> Sequence[str]:
        return [office for (office,) in self._all(NAMED, {})]

    def offices_undecided(self) -> Sequence[str]:
        return [office for (office,) in self._all(UNDECIDED, {})]

    def resting_on(
        self, work: Work, offices: Sequence[str], *, after: str | None = None, limit: int = AT_ONCE
    ) -> Page[Rests]:  # fmt: skip
        sort = SORTS[work]
        key, table = Identifier(sort.key), table_of(sort.row)
        by_interim = SQL(
            "SELECT {} FROM {} WHERE interim_for && %(offices)s AND interim_for <> '{{}}'"
        ).format(key, table.name)
        query = ON_OFFICES.format(
            found=SQL(" UNION ").join((*map(SQL, sort.found), by_interim)),
            picked=picked(sort.row, "t"), table=table.name, key=key, open=SQL(sort.open),
        )  # fmt: skip

        def read(behind: Key | None, count: int) -> Sequence[Row]:
            asked = {"offices": texts(offices), "after": _after(behind), "limit": count}
            return [table.read(values) for values in self._all(query, asked)]

        return _told(sort, read, Asked(after, limit, everything))

    def undecided(
        self, work: Work, answering: Sequence[str], *, after: str | None = None,
        limit: int = AT_ONCE, seen: Sieve[Any] = everything,
    ) -> Page[Rests]:  # fmt: skip
        sort = SORTS[work]
        condition = SQL(
            "{} AND interim_at && %(offices)s AND interim_for <> '{{}}'"
            " AND {key} > %(after)s ORDER BY {key} LIMIT %(limit)s"
        ).format(SQL(sort.open), key=Identifier(sort.key))

        def read(behind: Key | None, count: int) -> Sequence[Row]:
            asked = {"offices": texts(answering), "after": _after(behind), "limit": count}
            return self._rows(sort.row, condition, asked)

        return _told(sort, read, Asked(after, limit, seen))

    def handled_by(
        self, officers: Mapping[str, Sequence[str]], *, after: str | None = None,
        limit: int = AT_ONCE, seen: Sieve[CaseRow] = everything,
    ) -> Page[CaseRow]:  # fmt: skip
        pairs = [(office, each) for office, accounts in officers.items() for each in accounts]
        asked: dict[str, Any] = {
            "offices": texts(office for office, _ in pairs),
            "handlers": texts(handler for _, handler in pairs),
        }

        def read(behind: Key | None, count: int) -> Sequence[CaseRow]:
            return self._rows(CaseRow, HANDLED, asked | {"after": _after(behind), "limit": count})

        return Asked(after, limit, seen).page(read, lambda row: (str(row.case_id),), an_id)


def _told(
    sort: Sort, read: Callable[[Key | None, int], Sequence[Row]], asked: Asked[Row]
) -> Page[Rests]:
    page = asked.page(read, lambda row: (str(getattr(row, sort.key)),), an_id)
    return Page(tuple(map(sort.told, page.items)), page.next)


def _after(behind: Key | None) -> UUID:
    """The id to go on behind."""
    return FIRST if behind is None else UUID(behind[0])
