"""Columns of values as binary Postgres arrays, one parameter each.

psycopg picks an array's type from the values it finds: a column of only None, or of ints
that grew, would change the statement's types from batch to batch. Here the column's type
decides, and encoding is one pass.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from psycopg import adapt, pq
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap

_LENGTH = struct.Struct("!i")
_INT8 = struct.Struct("!q")
_INT4 = struct.Struct("!i")
_INT2 = struct.Struct("!h")
_HEAD = struct.Struct("!iiIii")
_NULL = _LENGTH.pack(-1)
_DAY_ZERO = date(2000, 1, 1).toordinal()
_TIME_ZERO = datetime(2000, 1, 1, tzinfo=UTC)


def _micros(moment: datetime) -> int:
    since = moment - _TIME_ZERO
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _literal(values: Sequence[str]) -> bytes:
    """A text[] as its literal: an array of arrays must be rectangular, so rows cast this."""
    inner = ",".join(
        '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values
    )
    return ("{" + inner + "}").encode()


@dataclass(frozen=True)
class ColumnType:
    """A type of column: its name, the array it travels in, how a value is written.

    ``cast`` turns an unnested element into the column's type where they differ.
    """

    name: str
    element_oid: int
    array_oid: int
    write: Callable[[Any], bytes]
    cast: str = ""


COLUMN_TYPES: dict[object, ColumnType] = {
    str: ColumnType("text", 25, 1009, str.encode),
    int: ColumnType("bigint", 20, 1016, _INT8.pack),
    bool: ColumnType("boolean", 16, 1000, lambda value: b"\x01" if value else b"\x00"),
    date: ColumnType("date", 1082, 1182, lambda day: _INT4.pack(day.toordinal() - _DAY_ZERO)),
    datetime: ColumnType("timestamptz", 1184, 1185, lambda moment: _INT8.pack(_micros(moment))),
    UUID: ColumnType("uuid", 2950, 2951, lambda value: value.bytes),
    bytes: ColumnType("bytea", 17, 1001, bytes),
    tuple[str, ...]: ColumnType("text", 25, 1009, _literal, cast="::text[]"),
}
INTEGER = ColumnType("integer", 23, 1007, _INT4.pack)
SMALLINT = ColumnType("smallint", 21, 1005, _INT2.pack)


@dataclass(frozen=True)
class Column:
    """The values of one column, ready to be a parameter."""

    type: ColumnType
    values: Sequence[Any]

    def encoded(self) -> bytes:
        """The binary array: one dimension, lower bound 1."""
        write, parts, has_null = self.type.write, [b""], 0
        for value in self.values:
            if value is None:
                has_null = 1
                parts.append(_NULL)
            else:
                data = write(value)
                parts += (_LENGTH.pack(len(data)), data)
        dimensions = 1 if self.values else 0
        head = _HEAD.pack(dimensions, has_null, self.type.element_oid, len(self.values), 1)
        parts[0] = head if dimensions else head[:12]
        return b"".join(parts)


def texts(values: Iterable[str]) -> Column:
    """A text[] parameter."""
    return Column(COLUMN_TYPES[str], tuple(values))


def uuids(values: Iterable[UUID]) -> Column:
    """A uuid[] parameter."""
    return Column(COLUMN_TYPES[UUID], tuple(values))


def blobs(values: Iterable[bytes]) -> Column:
    """A bytea[] parameter."""
    return Column(COLUMN_TYPES[bytes], tuple(values))


def integers(values: Iterable[int]) -> Column:
    """A bigint[] parameter."""
    return Column(COLUMN_TYPES[int], tuple(values))


class _ColumnDumper(adapt.Dumper):
    """Writes a :class:`Column`; each of its types is a parameter type of its own."""

    format = pq.Format.BINARY

    def get_key(self, obj: Any, format: Any) -> Any:  # noqa: A002, ARG002
        return (self.cls, obj.type.array_oid)

    def upgrade(self, obj: Any, format: Any) -> "_ColumnDumper":  # noqa: A002, ARG002
        dumper = type(self)(self.cls)
        dumper.oid = obj.type.array_oid
        return dumper

    def dump(self, obj: Any) -> Buffer:
        column: Column = obj
        return column.encoded()


def register(adapters: AdaptersMap) -> None:
    """Teach a connection to send columns. Use ``%b`` or ``%s``: they are always binary."""
    adapters.register_dumper(Column, _ColumnDumper)
