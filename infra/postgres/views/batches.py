"""One batch of view work as statements of two pipelines: begin and load, write and commit.

Never a deadlock: a transaction first locks the progress rows of its lane, in the order of
their names, and every row it writes belongs to that lane alone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.sql import SQL, Identifier

from infra.postgres.views.arrays import COLUMN_TYPES, Column, integers, texts
from infra.postgres.views.tables import LIVE, table_of
from projections.base import Fact, Projection, Record, Row
from projections.batch import Key, RowBuffer, key_of
from projections.ports import Parked, Progress

Work = Sequence[tuple[Projection, Progress | None, Progress, Sequence[Fact]]]

PROGRESS_LOST = "TD001"
"""SQLSTATE of a compare-and-set that found another's progress."""

CHANNEL = "tiepdan_views"
NOTIFY = SQL("NOTIFY tiepdan_views")

LOCK = "SELECT FROM {} WHERE lane = %b AND projection = ANY(%b) ORDER BY projection FOR UPDATE"

MOVE = """
WITH asked AS (
    SELECT * FROM unnest(%b, %b, %b, %b, %b, %b, %b, %b)
        AS a(projection, was_topic, was_offset, was_position, topic_id, next_offset, position,
             recorded_at)
), moved AS (
    UPDATE {progress} AS p SET
        topic_id = a.topic_id, next_offset = a.next_offset, position = a.position,
        recorded_at = coalesce(a.recorded_at, p.recorded_at), updated_at = clock_timestamp()
    FROM asked AS a
    WHERE p.projection = a.projection AND p.lane = %b AND p.topic_id = a.was_topic
        AND p.next_offset = a.was_offset AND p.position = a.was_position
    RETURNING 1
), begun AS (
    INSERT INTO {progress} (projection, lane, topic_id, next_offset, position, recorded_at)
    SELECT projection, %b, topic_id, next_offset, position, recorded_at
    FROM asked WHERE was_topic IS NULL ORDER BY projection
    ON CONFLICT DO NOTHING RETURNING 1
)
SELECT CASE WHEN (SELECT count(*) FROM moved) + (SELECT count(*) FROM begun) = %b THEN 1
    ELSE views.fail({lost}, 'another worker moved this lane on') END
"""

PARK = """
INSERT INTO {} AS p (lane, position, record_offset, prev, stream, type_name, body, fault, reason,
    unfolded_by)
SELECT a, b, c, d, e, f, g, h, i, string_to_array(j, ',')
FROM unnest(%b, %b, %b, %b, %b, %b, %b, %b, %b, %b) AS u(a, b, c, d, e, f, g, h, i, j)
"""
ONCE = "ON CONFLICT DO NOTHING"
AGAIN = """
ON CONFLICT (lane, position) WHERE position > 0 DO UPDATE SET unfolded_by = CASE
    WHEN '{}' IN (p.unfolded_by, excluded.unfolded_by) THEN '{}'
    ELSE ARRAY(SELECT DISTINCT unnest(p.unfolded_by || excluded.unfolded_by) ORDER BY 1) END
WHERE p.unfolded_by <> '{}'
    AND (excluded.unfolded_by = '{}' OR NOT p.unfolded_by @> excluded.unfolded_by)
"""
"""Who has not folded it grows; nothing else of what stands there changes."""


class Batches:
    """The statements of view work in one schema."""

    def __init__(self, schema: str = LIVE) -> None:
        self.schema = schema
        progress = Identifier(schema, "progress")
        self._lock = SQL(LOCK).format(progress).as_bytes()
        self._move = SQL(MOVE).format(progress=progress, lost=PROGRESS_LOST).as_bytes()
        park = SQL(PARK).format(Identifier(schema, "parked")).as_bytes()
        self._park, self._park_fresh = park + AGAIN.encode(), park + ONCE.encode()

    def lock(self, connection: Connection[Any], lane: int, names: Sequence[str]) -> None:
        """Let nobody else write the lane's rows until the transaction ends."""
        connection.execute(self._lock, [lane, texts(names)], prepare=True)

    def move_progress(self, connection: Connection[Any], lane: int, work: Work) -> None:
        """Compare and set, all or none; fails by itself with :data:`PROGRESS_LOST`."""
        ordered = sorted(work, key=lambda item: item[0].name)
        was, now = [item[1] for item in ordered], [item[2] for item in ordered]
        names = [projection.name for projection, *_ in ordered]
        self.lock(connection, lane, names)
        arguments = [
            texts(names),
            Column(COLUMN_TYPES[str], [p and p.topic_id for p in was]),
            Column(COLUMN_TYPES[int], [p and p.next_offset for p in was]),
            Column(COLUMN_TYPES[int], [p and p.position for p in was]),
            texts(p.topic_id for p in now),
            integers(p.next_offset for p in now),
            integers(p.position for p in now),
            Column(COLUMN_TYPES[datetime], _newest([item[3] for item in ordered])),
            lane,
            lane,
            len(ordered),
        ]
        connection.execute(self._move, arguments, prepare=True)

    def load(self, connection: Connection[Any], asked: Mapping[type[Row], set[Key]]) -> "Loading":
        """Ask for the rows; the answers are read after the pipeline's end."""
        cursors = {}
        for row, keys in asked.items():
            table = table_of(row, self.schema)
            cursor = connection.cursor(row_factory=table.factory(), binary=True)
            firsts = sorted({key[0] for key in keys})
            kind = table.column_types[table.columns.index(row.KEY[0])]
            cursor.execute(table.load, [Column(kind, firsts)], prepare=True)
            cursors[row] = cursor
        return Loading(asked, cursors)

    def write(
        self, connection: Connection[Any], rows: RowBuffer, *, carefully: bool = True
    ) -> None:
        """Write every row and tally touched, one statement per table.

        Only ``carefully`` may a record stand there already.
        """
        for row, by_key in rows.written.items():
            table = table_of(row, self.schema)
            kept = [value for value in by_key.values() if value is not None]
            gone = [key for key, value in by_key.items() if value is None]
            if kept:
                fresh = issubclass(row, Record) and not carefully
                statement = table.insert if fresh else table.upsert
                connection.execute(statement, table.arrays(kept), prepare=True)
            if gone:
                connection.execute(table.remove, table.key_arrays(gone), prepare=True)
        for tally, counts in rows.added.items():
            sums = table_of(tally, self.schema)
            connection.execute(sums.add, sums.tally_arrays(counts), prepare=True)

    def park(self, connection: Connection[Any], parked: Sequence[Parked]) -> None:
        """Set records aside; of one already there only who has not folded it grows.

        Those without a place in the chain are told apart by their offsets alone.
        """
        self._put(connection, self._park, [p for p in parked if p.record.position > 0])
        self.park_fresh(connection, [p for p in parked if p.record.position == 0])

    def park_fresh(self, connection: Connection[Any], parked: Sequence[Parked]) -> None:
        """Set records aside in a table that may have no keys yet."""
        self._put(connection, self._park_fresh, parked)

    def _put(self, connection: Connection[Any], park: bytes, parked: Sequence[Parked]) -> None:
        if not parked:
            return
        records = [item.record for item in parked]
        arguments = [
            integers(r.lane for r in records),
            integers(r.position for r in records),
            integers(r.offset for r in records),
            integers(r.prev for r in records),
            Column(COLUMN_TYPES[UUID], [r.stream for r in records]),
            texts(r.type_name for r in records),
            Column(COLUMN_TYPES[bytes], [r.body for r in records]),
            Column(COLUMN_TYPES[str], [r.fault for r in records]),
            texts(item.reason for item in parked),
            texts(",".join(item.unfolded_by) for item in parked),
        ]
        connection.execute(park, arguments, prepare=True)


def _newest(work: Sequence[Sequence[Fact]]) -> Sequence[datetime | None]:
    """When the newest of some facts was recorded; most are given the same ones."""
    found = {
        which: max((fact.event.timestamp for fact in facts), default=None)
        for which, facts in {id(facts): facts for facts in work}.items()
    }
    return [found[id(facts)] for facts in work]


class Loading:
    """Rows on their way from the database."""

    def __init__(self, asked: Mapping[type[Row], set[Key]], cursors: Mapping[type[Row], Any]):
        self._asked = asked
        self._cursors = cursors

    def rows(self) -> RowBuffer:
        """What came, with None for every key that has no row."""
        loaded: dict[type[Row], dict[Key, Row | None]] = {}
        for row, keys in self._asked.items():
            found: dict[Key, Row | None] = dict.fromkeys(keys)
            found |= {key_of(value): value for value in self._cursors[row]}
            loaded[row] = found
        return RowBuffer(loaded)
