"""How far the views are, and what came since."""

from collections.abc import Mapping, Sequence

from psycopg.sql import SQL

from infra.postgres.views.amended import AMENDED
from infra.postgres.views.arrays import integers
from infra.postgres.views.digests import digests
from infra.postgres.views.reading import Reader, picked
from infra.postgres.views.tables import table_of
from infra.postgres.views.watch import PositionWatch
from projections.answers import Freshness, LaneAge
from projections.case_history import HistoryRow
from projections.ports import Parked, StreamRecord
from projections.queries import PAGE
from projections.tables import TABLES

FEED = SQL("""
SELECT {} FROM unnest(%b, %b) AS s(lane, position) CROSS JOIN LATERAL (
    SELECT * FROM views.history AS n WHERE n.lane = s.lane AND n.position > s.position
    ORDER BY n.position LIMIT %b
) AS h ORDER BY h.position LIMIT %b
""").format(picked(HistoryRow, "h"))

HEADS = SQL("""
SELECT l.lane, h.position FROM generate_series(0, 11) AS l(lane) CROSS JOIN LATERAL (
    SELECT max(position) AS position FROM views.history AS n WHERE n.lane = l.lane
) AS h WHERE h.position IS NOT NULL
""").format()

AGES = SQL("""
SELECT projection, lane, position, recorded_at, clock_timestamp() - updated_at
FROM views.progress ORDER BY updated_at
""").format()

PARKED = SQL("""
SELECT lane, record_offset, position, prev, stream, type_name, body, fault, reason
FROM views.parked ORDER BY parked_at, position LIMIT %b
""").format()

LONG = 3600.0
"""Seconds to wait for a digest of everything."""

HOW_MANY_PARKED = SQL("SELECT count(*) FROM views.parked").format()


class FeedQueries(Reader):
    """Implements :class:`projections.queries.FeedViews`."""

    watch: PositionWatch

    def feed(self, since: Mapping[int, int], *, limit: int = 500) -> Sequence[HistoryRow]:
        arguments = [integers(since), integers(since.values()), limit, limit]
        return [table_of(HistoryRow).read(values) for values in self._all(FEED, arguments)]

    def feed_head(self) -> Mapping[int, int]:
        return dict(self._all(HEADS, []))

    def amended(self) -> int:
        ((times,),) = self._all(AMENDED, [])
        return int(times)

    def wait_for(self, lane: int, position: int, *, timeout: float) -> bool:
        return self.watch.wait_for(lane, position, timeout)

    def freshness(self) -> Freshness:
        return Freshness(tuple(LaneAge(*row) for row in self._all(AGES, [])))

    def parked(self, *, limit: int = PAGE) -> Sequence[Parked]:
        found = self._all(PARKED, [limit])
        return [Parked(StreamRecord(*row[:-1]), row[-1]) for row in found]

    def parked_count(self) -> int:
        ((count,),) = self._all(HOW_MANY_PARKED, [])
        return int(count)

    def totals(self) -> Mapping[str, str]:
        with self._connection() as connection:
            patience, connection.silence = connection.silence, LONG
            try:
                return digests(connection, TABLES)
            finally:
                connection.silence = patience
