"""Open work by the offices it rests on, found through indexes and told page by page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.sql import SQL

from infra.postgres.views.arrays import texts
from infra.postgres.views.reading import Reader, key_in, page_of
from projections.answers import Page
from projections.base import Row
from projections.cases import CaseRow
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
    told: Callable[[Any, date], Rests]


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
        lambda row, _: of_petition(row),
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
        lambda row, _: of_case(row),
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
        lambda row, _: of_gathering(row),
    ),
    Work.MISSION: Sort(
        MissionRow,
        "mission_id",
        "(closed_at IS NULL OR follow_up_on >= %(today)s AND follow_up_held_on IS NULL)",
        (
            "SELECT mission_id FROM views.missions WHERE closed_at IS NULL"
            " AND (office = ANY(%(offices)s) OR home_office = ANY(%(offices)s)"
            " OR lead_office = ANY(%(offices)s))",
            "SELECT mission_id FROM views.missions"
            " WHERE follow_up_on >= %(today)s AND follow_up_office = ANY(%(offices)s)"
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
    WHERE follow_up_on >= %(today)s AND follow_up_office IS NOT NULL AND follow_up_held_on IS NULL
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

FIRST = UUID(int=0)


class RestingQueries(Reader):
    """Implements :class:`projections.resting.RestingViews`."""

    def offices_at_work(self, *, today: date) -> Sequence[str]:
        return [office for (office,) in self._all(NAMED, {"today": today})]

    def offices_undecided(self) -> Sequence[str]:
        return [office for (office,) in self._all(UNDECIDED, {})]

    def resting_on(
        self, work: Work, offices: Sequence[str], *, today: date, after: str | None = None,
        limit: int = AT_ONCE,
    ) -> Page[Rests]:  # fmt: skip
        undecided = (
            "SELECT {key} FROM views.{table}"
            " WHERE interim_for && %(offices)s AND interim_for <> '{{}}'"
        )
        sort = SORTS[work]
        by_interim = undecided.format(key=sort.key, table=sort.row.TABLE)
        found = " UNION ".join((*sort.found, by_interim))
        return self._told(work, f"{sort.key} IN ({found})", offices, today, after, limit)

    def undecided(
        self, work: Work, answering: Sequence[str], *, after: str | None = None,
        limit: int = AT_ONCE,
    ) -> Page[Rests]:  # fmt: skip
        where = "interim_at && %(offices)s AND interim_for <> '{}'"
        return self._told(work, where, answering, date.min, after, limit)

    def _told(
        self, work: Work, where: str, offices: Sequence[str], today: date, after: str | None,
        limit: int,
    ) -> Page[Rests]:  # fmt: skip
        sort = SORTS[work]
        asked = {
            "offices": texts(offices), "today": today, "after": _after(after), "limit": limit + 1,
        }  # fmt: skip
        condition = SQL("{} AND {} AND {key} > %(after)s ORDER BY {key} LIMIT %(limit)s").format(
            SQL(sort.open), SQL(where), key=SQL(sort.key)
        )
        rows = [sort.told(row, today) for row in self._rows(sort.row, condition, asked)]
        return page_of(rows, limit, lambda each: (str(each.subject),))

    def handled_by(
        self, officers: Mapping[str, Sequence[str]], *, after: str | None = None,
        limit: int = AT_ONCE,
    ) -> Page[CaseRow]:  # fmt: skip
        pairs = [(office, each) for office, accounts in officers.items() for each in accounts]
        asked = {
            "offices": texts(office for office, _ in pairs),
            "handlers": texts(handler for _, handler in pairs),
            "after": _after(after), "limit": limit + 1,
        }  # fmt: skip
        found = self._rows(CaseRow, HANDLED, asked)
        return page_of(found, limit, lambda row: (str(row.case_id),))


def _after(cursor: str | None) -> UUID:
    """The id to go on behind. Refuses: ``BrokenCursor``."""
    return FIRST if cursor is None else UUID(key_in(cursor, UUID)[0])
