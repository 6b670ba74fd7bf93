"""What a change of calendar or rulebook moved (hạn đã dời)."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.sql import SQL

from infra.postgres.views.reading import Reader, key_in, page_of
from projections.answers import Page
from projections.law_moves import AT_ONCE
from projections.recomputing import Moved

PASS = SQL("SELECT min(upto) FROM views.law_passes WHERE upto >= %(position)s").format()
OFFICES = SQL("""
SELECT office, count(*) FROM views.moved_due
WHERE upto >= %(position)s AND upto <= %(upto)s AND was IS DISTINCT FROM due
GROUP BY office ORDER BY office
""").format()
MOVED = SQL("""
SELECT clock, subject, number, office, lane, was, due, false FROM views.moved_due
WHERE upto >= %(position)s AND upto <= %(upto)s AND office = %(office)s
    AND was IS DISTINCT FROM due AND (number, subject, clock) > (%(number)s, %(subject)s, %(clock)s)
ORDER BY number, subject, clock LIMIT %(limit)s
""").format()
BEGIN = ("", str(UUID(int=0)), "")


class LawMoveQueries(Reader):
    """Implements :class:`projections.law_moves.LawMoveViews`."""

    def law_pass(self, position: int) -> int | None:
        ((upto,),) = self._all(PASS, {"position": position})
        return None if upto is None else int(upto)

    def moved_by_office(self, position: int, upto: int) -> Sequence[tuple[str, int]]:
        found = self._all(OFFICES, {"position": position, "upto": upto})
        return [(office, int(moved)) for office, moved in found]

    def moved_in(
        self, position: int, upto: int, office: str, *, after: str | None = None,
        limit: int = AT_ONCE,
    ) -> Page[Moved]:  # fmt: skip
        number, subject, clock = BEGIN if after is None else key_in(after, str, UUID, str)
        asked = {
            "position": position, "upto": upto, "office": office, "number": number,
            "subject": UUID(subject), "clock": clock, "limit": limit + 1,
        }  # fmt: skip
        found = [Moved(*values) for values in self._all(MOVED, asked)]
        return page_of(found, limit, lambda one: (one.number, str(one.subject), one.clock))
