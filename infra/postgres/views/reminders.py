"""What offices are reminded of (việc cần nhắc)."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from psycopg.sql import SQL, Composed, Identifier

from infra.postgres.views.arrays import texts, uuids
from infra.postgres.views.paging import Asked, Key, Order, a_moment, a_rank, a_word, an_id
from infra.postgres.views.reading import Reader
from infra.postgres.views.tables import table_of
from projections.answers import Page, Sieve, everything
from projections.base import Row
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.petition_row import PetitionRow
from projections.reminders import AT_ONCE, OpenReminder, ReminderRow
from projections.return_missions import MissionRow

STANDING: Final = SQL("to_office = ANY(%(offices)s) AND settled_at IS NULL")
COUNT: Final = SQL("""
SELECT count(*) FROM (
    SELECT FROM views.reminders WHERE to_office = %(office)s AND settled_at IS NULL
    LIMIT %(most)s
) AS standing
""").format()
FILES: Final[dict[str, type[Row]]] = {
    "petition": PetitionRow, "case": CaseRow, "gathering": GatheringRow, "mission": MissionRow,
}  # fmt: skip
"""What a reminder may be about, by the answer's field."""


def _key(item: OpenReminder) -> tuple[str, str, str, str]:
    row = item.reminder
    return str(row.urgency), row.since.isoformat(), str(row.stream), row.matter


MOST_URGENT: Final[Order[OpenReminder]] = Order(
    SQL("urgency, since, stream, matter").format(),
    SQL(
        " AND (urgency, since, stream, matter) >"
        " (%(urgency)s::int, %(since)s::timestamptz, %(stream)s::uuid, %(matter)s::text)"
    ).format(),
    ("urgency", "since", "stream", "matter"),
    (a_rank, a_moment, an_id, a_word),
    _key,
)


class ReminderQueries(Reader):
    """Implements :class:`projections.reminders.ReminderViews`."""

    def reminders(
        self, offices: Iterable[str], *, after: str | None = None, limit: int = AT_ONCE,
        seen: Sieve[OpenReminder] = everything,
    ) -> Page[OpenReminder]:  # fmt: skip
        asked: dict[str, Any] = {"offices": texts(offices)}

        def read(behind: Key | None, count: int) -> Sequence[OpenReminder]:
            where = SQL("{}{} ORDER BY {} LIMIT %(limit)s").format(
                STANDING, MOST_URGENT.going_on(behind), MOST_URGENT.by
            )
            later = MOST_URGENT.behind(behind)
            found = self._rows(ReminderRow, where, asked | later | {"limit": count})
            return tuple(self._with_files(found))

        return Asked(after, limit, seen).page(read, _key, *MOST_URGENT.kinds)

    def reminder_count(self, office: str, *, most: int) -> int:
        ((count,),) = self._all(COUNT, {"office": office, "most": most})
        return int(count)

    def _with_files(self, rows: Sequence[ReminderRow]) -> Iterable[OpenReminder]:
        if not rows:
            return
        subjects = uuids({row.subject for row in rows})
        asked = {"subjects": subjects}
        answers = self._together(*((_of(kind), asked) for kind in FILES.values()))
        known: dict[UUID, dict[str, Any]] = {}
        for (field, kind), found in zip(FILES.items(), answers, strict=True):
            table = table_of(kind)
            known |= {values[0]: {field: table.read(values)} for values in found}
        for row in rows:
            yield OpenReminder(row, **known.get(row.subject, {}))


def _of(kind: type[Row]) -> Composed:
    table = table_of(kind)
    key = Identifier(kind.KEY[0])
    return SQL("SELECT {} FROM {} WHERE {} = ANY(%(subjects)s)").format(
        table.picked, table.name, key
    )
