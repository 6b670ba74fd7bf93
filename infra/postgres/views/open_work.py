"""Open work by the office it rests on and where it lay before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from psycopg.sql import SQL, Composed, Identifier

from infra.postgres.views.arrays import texts
from infra.postgres.views.reading import Reader
from projections.open_work import OpenAt, OpenSums

Key = tuple[str, tuple[str, ...]]

WAITS = "interim_for <> '{{}}'"
SOON = "BETWEEN %(today)s AND %(soon)s"

PETITIONS = f"""
SELECT in_charge, formers,
    count(*) AS petitions,
    count(*) FILTER (WHERE answered_on IS NULL AND due_on < %(today)s) AS overdue,
    count(*) FILTER (WHERE answered_on IS NULL AND due_on {SOON}) AS due_soon,
    count(*) FILTER (WHERE state = 'returned') AS returned,
    count(*) FILTER (WHERE {WAITS}) AS undecided
FROM views.petitions WHERE ended_on IS NULL AND {{resting}} GROUP BY in_charge, formers
"""  # noqa: S608

CASES = f"""
SELECT office, formers,
    count(*) AS cases,
    count(*) FILTER (WHERE state = 'open' AND settle_due < %(today)s) AS overdue,
    count(*) FILTER (WHERE state = 'open' AND settle_due {SOON}) AS due_soon,
    count(*) FILTER (WHERE {WAITS}) AS undecided
FROM views.cases WHERE state <> 'closed' AND {{resting}} GROUP BY office, formers
"""  # noqa: S608

OFFERS = """
SELECT to_office, formers,
    count(*) AS offers,
    count(*) FILTER (WHERE reply_due < %(today)s) AS offers_late
FROM views.offers WHERE answered_at IS NULL AND {resting} GROUP BY to_office, formers
"""

RESTING = SQL("({} = ANY(%(offices)s) OR (formers && %(offices)s AND formers <> '{{}}'))")
EVERYWHERE = SQL("true")

ASKED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (PETITIONS, "in_charge", ("petitions", "overdue", "due_soon", "returned", "undecided")),
    (CASES, "office", ("cases", "overdue", "due_soon", "undecided")),
    (OFFERS, "to_office", ("offers", "offers_late")),
)
"""Each question, its column of the office, and what its counts are."""


class OpenWorkQueries(Reader):
    """Implements :class:`projections.open_work.OpenViews`."""

    def open_at(
        self, offices: Sequence[str] | None, *, today: date, soon_until: date
    ) -> Sequence[OpenAt]:
        asked: dict[str, Any] = {"today": today, "soon": soon_until}
        if offices is not None:
            asked["offices"] = texts(offices)
        some = offices is not None
        queries = (_query(text, column, some=some) for text, column, _ in ASKED)
        answers = self._together(*((query, asked) for query in queries))
        found: dict[Key, list[OpenSums]] = {}
        for (*_, names), rows in zip(ASKED, answers, strict=True):
            for office, formers, *counts in rows:
                sums = _sums(dict(zip(names, counts, strict=True)))
                found.setdefault((office, tuple(formers)), []).append(sums)
        return [OpenAt(*key, OpenSums.of(several)) for key, several in sorted(found.items())]


def _query(text: str, column: str, *, some: bool) -> Composed:
    resting = RESTING.format(Identifier(column)) if some else EVERYWHERE
    return SQL(text).format(resting=resting)


def _sums(counts: Mapping[str, int]) -> OpenSums:
    return OpenSums(**counts)
