"""What a change of calendar or rulebook moved (hạn đã dời)."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.sql import SQL

from infra.postgres.views.paging import Asked, Key, a_word, an_id
from infra.postgres.views.reading import Reader
from projections.answers import Page, Sieve, everything
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
        limit: int = AT_ONCE, seen: Sieve[Moved] = everything,
    ) -> Page[Moved]:  # fmt: skip
        def read(behind: Key | None, count: int) -> Sequence[Moved]:
            number, subject, clock = behind or BEGIN
            asked = {
                "position": position, "upto": upto, "office": office, "number": number,
                "subject": UUID(subject), "clock": clock, "limit": count,
            }  # fmt: skip
            return [Moved(*values) for values in self._all(MOVED, asked)]

        return Asked(after, limit, seen).page(read, _key, a_word, an_id, a_word)


def _key(one: Moved) -> tuple[str, str, str]:
    return one.number, str(one.subject), one.clock
