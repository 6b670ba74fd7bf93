"""Columns of values as binary Postgres arrays, one parameter each.

psycopg picks an array's type from the values it finds: a column of only None, or of ints
that grew, would change the statement's types from batch to batch. Here the column's type
decides, and encoding is one pass.
"""

import functools
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from psycopg import adapt, pq
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap

_LENGTH = struct.Struct("!i").pack
_HEAD = struct.Struct("!iiIii").pack
_NO_ELEMENTS = struct.Struct("!iiI").pack
_NULL = _LENGTH(-1)
_UUID = _LENGTH(16)
_INT8 = functools.partial(struct.Struct("!iq").pack, 8)
_INT4 = functools.partial(struct.Struct("!ii").pack, 4)
_INT2 = functools.partial(struct.Struct("!ih").pack, 2)
_TEXT = 25
_DAY_ZERO = date(2000, 1, 1).toordinal()
_TIME_ZERO = datetime(2000, 1, 1, tzinfo=UTC)
_DAY, _SECOND = 86_400_000_000, 1_000_000
_KEPT = 1 << 14
"""How many values of a type are remembered: a house has some thousand offices and days."""
_SHORT = 64


def _sized(data: bytes) -> bytes:
    return _LENGTH(len(data)) + data


def _text(value: str) -> bytes:
    return _sized(value.encode())


def _uuid(value: UUID) -> bytes:
    return _UUID + value.int.to_bytes(16)


def _moment(value: datetime) -> bytes:
    since = value - _TIME_ZERO
    return _INT8(since.days * _DAY + since.seconds * _SECOND + since.microseconds)


def _literal(values: Sequence[str]) -> bytes:
    """A text[] as its literal: an array of arrays must be rectangular, so rows cast this."""
    inner = ",".join(
        '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values
    )
    return _text("{" + inner + "}")


def _list(values: Sequence[str]) -> bytes:
    return _sized(_array(_TEXT, [_text(value) for value in values]))


def _array(element_oid: int, elements: Sequence[bytes]) -> bytes:
    """The binary array: one dimension, lower bound 1. The server finds out itself about NULLs."""
    if not elements:
        return _NO_ELEMENTS(0, 0, element_oid)
    return _HEAD(1, 1, element_oid, len(elements), 1) + b"".join(elements)


@dataclass(frozen=True)
class ColumnType:
    """A type of column: its name, the array it travels in, how a value is written.

    ``write`` gives length and value. ``cast`` turns an unnested element into the column's type
    where they differ. ``repeats``: few values make up its columns, so what they are written
    as is remembered.
    """

    name: str
    element_oid: int
    array_oid: int
    write: Callable[[Any], bytes]
    cast: str = ""
    repeats: bool = False

    def elements(self, values: Sequence[Any]) -> Sequence[bytes]:
        """Each value with its length, as arrays and binary COPY want it."""
        if self.repeats:
            written = _written(self.write)
            return list(map(written.__getitem__, values))
        write = self.write
        return [_NULL if value is None else write(value) for value in values]


class _Written(dict[Any, bytes]):
    """What values are written as."""

    def __init__(self, write: Callable[[Any], bytes]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, value: Any) -> bytes:
        written = _NULL if value is None else self._write(value)
        if len(written) <= _SHORT:
            if len(self) >= _KEPT:
                self.clear()
            self[value] = written
        return written


@functools.cache
def _written(write: Callable[[Any], bytes]) -> _Written:
    return _Written(write)


COLUMN_TYPES: dict[object, ColumnType] = {
    str: ColumnType("text", _TEXT, 1009, _text, repeats=True),
    int: ColumnType("bigint", 20, 1016, _INT8),
    bool: ColumnType(
        "boolean", 16, 1000, lambda value: _sized(b"\x01" if value else b"\x00"), repeats=True
    ),
    date: ColumnType(
        "date", 1082, 1182, lambda day: _INT4(day.toordinal() - _DAY_ZERO), repeats=True
    ),
    datetime: ColumnType("timestamptz", 1184, 1185, _moment),
    UUID: ColumnType("uuid", 2950, 2951, _uuid),
    bytes: ColumnType("bytea", 17, 1001, _sized),
    tuple[str, ...]: ColumnType("text", _TEXT, 1009, _literal, cast="::text[]", repeats=True),
}
INTEGER = ColumnType("integer", 23, 1007, _INT4)
SMALLINT = ColumnType("smallint", 21, 1005, _INT2)
TEXTS = ColumnType("text[]", 1009, 0, _list, repeats=True)
"""A list as it stands in a table: for COPY, which has no cast."""


@dataclass(frozen=True)
class Column:
    """The values of one column, ready to be a parameter."""

    type: ColumnType
    values: Sequence[Any]

    def encoded(self) -> bytes:
        """The binary array."""
        return _array(self.type.element_oid, self.type.elements(self.values))


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
