"""Rows of the views made anew, by binary COPY into tables that have no keys yet."""

from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from psycopg.sql import SQL

from infra.postgres.connections import PatientConnection
from infra.postgres.views.arrays import INTEGER, SMALLINT, TEXTS, ColumnType
from infra.postgres.views.batches import Batches
from infra.postgres.views.tables import NEXT, table_of
from projections.base import Row, Tally
from projections.batch import Key
from projections.ports import Parked

COPY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
COPY_END = b"\xff\xff"
NARROW = {"integer": INTEGER, "smallint": SMALLINT, "text[]": TEXTS}
TYPES = """
SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
"""
BEGIN_LANE = """
INSERT INTO views_next.progress (projection, lane, topic_id, next_offset, position, recorded_at)
SELECT projection, %s, '', 0, %s, %s FROM unnest(%s::text[]) AS p(projection)
"""


class LaneWriter:
    """Writes one lane's rows into tables that have no keys yet."""

    def __init__(self, connection: PatientConnection) -> None:
        self._connection = connection
        self._kinds: dict[type[Row], Sequence[ColumnType]] = {}

    def write(self, row: type[Row], rows: Sequence[Row]) -> None:
        """Rows of one table that are not there yet."""
        if rows:
            self._copy(row, table_of(row, NEXT).columns_of(rows))

    def write_tallies(self, tally: type[Tally], counts: Mapping[Key, int]) -> None:
        """Tallies that are not there yet."""
        if counts:
            columns = table_of(tally, NEXT).tally_arrays(counts)
            self._copy(tally, [column.values for column in columns])

    def _copy(self, row: type[Row], columns: Sequence[Sequence[Any]]) -> None:
        """Binary COPY: for each row how many values, then each with its length."""
        table = table_of(row, NEXT)
        kinds = self._kinds_of(row)
        elements = [kind.elements(column) for kind, column in zip(kinds, columns, strict=True)]
        head = repeat(len(columns).to_bytes(2), len(columns[0]))
        query = SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(table.name, table.picked)
        with self._connection.cursor().copy(query) as copy:
            rows = b"".join(chain.from_iterable(zip(head, *elements, strict=True)))
            copy.write(COPY_HEAD + rows + COPY_END)

    def _kinds_of(self, row: type[Row]) -> Sequence[ColumnType]:
        """How each column is written: as it stands in the catalogue, since nothing is cast."""
        if row not in self._kinds:
            found = self._connection.execute(TYPES, [f"{NEXT}.{row.TABLE}"]).fetchall()
            there, table = dict(found), table_of(row, NEXT)
            self._kinds[row] = [
                NARROW.get(there[column], kind)
                for column, kind in zip(table.columns, table.column_types, strict=True)
            ]
        return self._kinds[row]

    def park(self, parked: Sequence[Parked]) -> None:
        """Records set aside."""
        Batches(NEXT).park_fresh(self._connection, parked)

    def finish(self, lane: int, names: Sequence[str], position: int, recorded_at: Any) -> None:
        """Say how far every projection is in this lane."""
        self._connection.execute(BEGIN_LANE, [lane, position, recorded_at, list(names)])
