"""Rows, tallies and the fold that moves them."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any, ClassVar, Protocol, Self, TypeVar, runtime_checkable

from domain.events.base import OfficeEvent
from projections.values import value


class Row:
    """A frozen value stored in one table; ``KEY`` names its key fields, in order.

    Fields are ``str, int, bool, date, datetime, UUID, bytes`` or ``tuple[str, ...]``,
    each may be None. The table has the columns of the fields, by the same names.
    """

    __slots__ = ()

    TABLE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]


class Tally(Row):
    """A row whose last field ``n`` is a count that only ever gets added to.

    Its key contains ``lane``; a reader sums over lanes. A touched tally is always
    written, also when it nets to nothing, so that batch cuts change no row.
    """

    __slots__ = ()

    n: int

    @classmethod
    def of(cls, key: Iterable[Any], n: int) -> Self:
        """The tally of a key. A tally's fields are its key and ``n``."""
        make: Callable[..., Self] = cls
        return make(*key, n)


class Record(Row):
    """A row written once and never changed.

    Writing the same again changes nothing; writing another under its key is refused
    by the place the rows live in.
    """

    __slots__ = ()


R = TypeVar("R", bound=Row)
Changes = dict[str, Any]
"""What a fact changes in a row: columns with their new values."""


def changed(row: R, **columns: Any) -> R:
    """The row with other values in these columns; the row itself stays as it is.

    Refuses: ``KeyError`` for a column the row does not have.
    """
    form = form_of(type(row))
    values = list(form.values(row))
    for column, content in columns.items():
        values[form.places[column]] = content
    made: R = form.make(*values)
    return made


@value(frozen=True)
class Form:
    """How to take a row type apart and put it together, worked out once."""

    columns: tuple[str, ...]
    places: dict[str, int]
    values: Callable[[Any], tuple[Any, ...]]
    make: Callable[..., Any]


def _form(row: Any) -> Form:
    columns = tuple(field.name for field in fields(row))
    places = {column: place for place, column in enumerate(columns)}
    return Form(columns, places, attrgetter(*columns), row)


form_of: Callable[[Any], Form] = functools.cache(_form)
"""The form of a row type."""


@value(frozen=True)
class Fact:
    """A fact as a projection sees it."""

    position: int
    lane: int
    type_name: str
    body: bytes
    event: OfficeEvent


class Rows(Protocol):
    """The rows of one batch: loaded before the fold, written after it."""

    def find(self, row: type[R], *key: Any) -> R | None:
        """The row as the batch has it now. It must be among what ``reads`` named."""

    def put(self, row: Row) -> None:
        """Write a row, new or changed."""

    def drop(self, row: type[Row], *key: Any) -> None:
        """Remove a row."""

    def add(self, tally: type[Tally], key: tuple[Any, ...], n: int) -> None:
        """Add ``n`` to the tally with this key."""


@runtime_checkable
class Projection(Protocol):
    """A fold from facts to rows (phép chiếu). Pure: same facts, same rows."""

    @property
    def name(self) -> str:
        """Its name for ever: progress is kept under it."""

    @property
    def kinds(self) -> frozenset[str] | None:
        """The first words of the facts it takes in (``petition``); None: of every fact."""

    @property
    def tables(self) -> tuple[type[Row], ...]:
        """The row types it writes. Two projections share a tally only with other keys."""

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:
        """The rows, by type and key, that folding this fact may look up."""

    def fold(self, fact: Fact, rows: Rows) -> None:
        """Move the rows. A fact of its kinds that says nothing to it moves none."""
