"""The SQL of a row type, made once from its fields: load, write, add, remove."""

import functools
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from psycopg.rows import BaseRowFactory, RowMaker
from psycopg.sql import SQL, Composed, Identifier

from infra.postgres.views.arrays import COLUMN_TYPES, Column, ColumnType
from projections.base import Record, Row, Tally, form_of
from projections.batch import Key

LIVE, NEXT = "views", "views_next"
WRITTEN_ONCE = "TD002"
"""SQLSTATE of a record written again with other content."""

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Table(Generic[R]):
    """A row type's table in one schema, and how to speak with it.

    Statements are bytes, put together once: psycopg would do it anew at every execution.
    """

    row: type[R]
    name: Identifier
    columns: tuple[str, ...]
    column_types: tuple[ColumnType, ...]
    listed: tuple[int, ...]
    """Which columns are lists: they come as list and leave as tuple."""

    @functools.cached_property
    def picked(self) -> Composed:
        """The columns, comma separated."""
        return SQL(", ").join(map(Identifier, self.columns))

    @functools.cached_property
    def load(self) -> bytes:
        """Rows whose first key column is among one array parameter."""
        first = Identifier(self.row.KEY[0])
        query = SQL("SELECT {} FROM {} WHERE {} = ANY(%b)")
        return query.format(self.picked, self.name, first).as_bytes()

    @functools.cached_property
    def find(self) -> Composed:
        """The row of one key, a parameter per key column."""
        same = SQL(" AND ").join(SQL("{} = %s").format(Identifier(c)) for c in self.row.KEY)
        return SQL("SELECT {} FROM {} WHERE {}").format(self.picked, self.name, same)

    @functools.cached_property
    def insert(self) -> bytes:
        """Write rows that are not there yet, one array parameter per column."""
        return self._insert().as_bytes()

    @functools.cached_property
    def upsert(self) -> bytes:
        """Write rows, one array parameter per column."""
        if issubclass(self.row, Record):
            return self._insert_once().as_bytes()
        key = SQL(", ").join(map(Identifier, self.row.KEY))
        taken = SQL(", ").join(
            SQL("{0} = excluded.{0}").format(Identifier(column))
            for column in self.columns
            if column not in self.row.KEY
        )
        query = SQL("{} ON CONFLICT ({}) DO UPDATE SET {}")
        return query.format(self._insert(), key, taken).as_bytes()

    @functools.cached_property
    def add(self) -> bytes:
        """Add to tallies, one array parameter per column."""
        key = SQL(", ").join(map(Identifier, self.row.KEY))
        query = SQL("{} ON CONFLICT ({}) DO UPDATE SET n = t.n + excluded.n")
        return query.format(self._insert(), key).as_bytes()

    @functools.cached_property
    def remove(self) -> bytes:
        """Remove rows, one array parameter per key column."""
        keys = [Identifier(column) for column in self.row.KEY]
        same = SQL(" AND ").join(SQL("t.{0} = k.{0}").format(key) for key in keys)
        values = SQL(", ").join([SQL("%b")] * len(keys))
        query = SQL("DELETE FROM {} AS t USING unnest({}) AS k({}) WHERE {}")
        return query.format(self.name, values, SQL(", ").join(keys), same).as_bytes()

    def columns_of(self, rows: Iterable[Row]) -> list[tuple[Any, ...]]:
        """The values of some rows, at least one, column by column."""
        return list(zip(*map(form_of(self.row).values, rows), strict=True))

    def arrays(self, rows: Iterable[Row]) -> list[Column]:
        """One parameter per column."""
        return [
            Column(kind, values)
            for kind, values in zip(self.column_types, self.columns_of(rows), strict=True)
        ]

    def tally_arrays(self, counts: Mapping[Key, int]) -> list[Column]:
        """One parameter per column of a tally: its key's, then ``n``."""
        places = [self.row.KEY.index(column) for column in self.columns[:-1]]
        keys = list(zip(*counts, strict=True))
        columns = [*(keys[place] for place in places), tuple(counts.values())]
        return [
            Column(kind, values) for kind, values in zip(self.column_types, columns, strict=True)
        ]

    def key_arrays(self, keys: Iterable[Key]) -> list[Column]:
        """One parameter per key column."""
        places = [self.columns.index(column) for column in self.row.KEY]
        return [
            Column(self.column_types[place], values)
            for place, values in zip(places, zip(*keys, strict=True), strict=True)
        ]

    def read(self, values: Sequence[Any]) -> R:
        """The row of a record that has exactly the columns of the table, in order."""
        if not self.listed:
            return self.row(*values)
        changed = list(values)
        for place in self.listed:
            if changed[place] is not None:
                changed[place] = tuple(changed[place])
        return self.row(*changed)

    def factory(self) -> BaseRowFactory[R]:
        """Rows of this type, for a cursor."""

        def make(cursor: Any) -> RowMaker[R]:  # noqa: ARG001
            return self.read

        return make

    def _insert(self) -> Composed:
        picked = SQL(", ").join(
            SQL("u.{}" + kind.cast).format(Identifier(column))
            for column, kind in zip(self.columns, self.column_types, strict=True)
        )
        return SQL("INSERT INTO {} AS t ({}) SELECT {} FROM unnest({}) AS u({})").format(
            self.name,
            self.picked,
            picked,
            SQL(", ").join([SQL("%b")] * len(self.columns)),
            self.picked,
        )

    def _insert_once(self) -> Composed:
        """Touches an existing record only when it differs, and then fails."""
        key = SQL(", ").join(map(Identifier, self.row.KEY))
        old = SQL(", ").join(SQL("t.{}").format(Identifier(c)) for c in self.columns)
        new = SQL(", ").join(SQL("excluded.{}").format(Identifier(c)) for c in self.columns)
        first = Identifier(self.row.KEY[0])
        return SQL(
            "WITH changed AS ({insert} ON CONFLICT ({key}) DO UPDATE SET {first} = t.{first}"
            " WHERE ({old}) IS DISTINCT FROM ({new}) RETURNING (xmax = 0) AS fresh)"
            " SELECT views.fail({code}, {reason}) FROM changed WHERE NOT fresh LIMIT 1"
        ).format(
            insert=self._insert(), key=key, first=first, old=old, new=new,
            code=WRITTEN_ONCE, reason=f"{self.row.TABLE}: a record stands there with other content",
        )  # fmt: skip


def table_of(row: type[R], schema: str = LIVE) -> Table[R]:
    """The table of a row type. Refuses: ``TypeError`` for a field of a type without a column."""
    key: Any = row  # mypy takes a class of dataclasses for unhashable
    made: Table[R] = _made(key, schema)
    return made


@functools.cache
def _made(row: Any, schema: str) -> Table[Any]:
    hints = typing.get_type_hints(row)
    columns = form_of(row).columns
    kinds = tuple(_kind(hints[column], f"{row.__name__}.{column}") for column in columns)
    if issubclass(row, Tally) and columns[-1] != "n":
        raise TypeError(f"{row.__name__}: a tally's last field is n")
    return Table(
        row=row,
        name=Identifier(schema, row.TABLE),
        columns=columns,
        column_types=kinds,
        listed=tuple(i for i, kind in enumerate(kinds) if kind.cast),
    )


def _kind(hint: object, where: str) -> ColumnType:
    inner = hint
    if isinstance(hint, types.UnionType):
        inner = next(arg for arg in typing.get_args(hint) if arg is not types.NoneType)
    try:
        return COLUMN_TYPES[inner]
    except KeyError:
        raise TypeError(f"{where}: no column holds {hint}") from None
