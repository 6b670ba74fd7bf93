"""Rows, tallies and the fold that moves them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self, TypeVar, runtime_checkable

from domain.events.base import OfficeEvent


class Row:
    """A frozen dataclass stored in one table; ``KEY`` names its key fields, in order.

    Fields are ``str, int, bool, date, datetime, UUID, bytes`` or ``tuple[str, ...]``,
    each may be None. The table has the columns of the fields, by the same names.
    """

    TABLE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]


class Tally(Row):
    """A row whose last field ``n`` is a count that only ever gets added to.

    Its key contains ``lane``; a reader sums over lanes. A touched tally is always
    written, also when it nets to nothing, so that batch cuts change no row.
    """

    n: int

    @classmethod
    def of(cls, key: Iterable[Any], n: int) -> Self:
        """The tally of a key. A tally is a dataclass whose fields are its key and ``n``."""
        make: Callable[..., Self] = cls
        return make(*key, n)


class Record(Row):
    """A row written once and never changed.

    Writing the same again changes nothing; writing another under its key is refused
    by the place the rows live in.
    """


R = TypeVar("R", bound=Row)


def changed(row: R, **columns: Any) -> R:
    """The row with other values in these columns; the row itself stays as it is.

    ``dataclasses.replace`` fills in every field again, which was half the cost of a fold.
    Refuses: ``TypeError`` for a column the row does not have.
    """
    if not row.__dict__.keys() >= columns.keys():
        raise TypeError(f"{type(row).__name__} has no {columns.keys() - row.__dict__.keys()}")
    copy = object.__new__(type(row))
    copy.__dict__.update(row.__dict__, **columns)
    return copy


@dataclass(frozen=True)
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

    def add(self, row: Tally) -> None:
        """Add ``row.n`` to the tally with this key."""


@runtime_checkable
class Projection(Protocol):
    """A fold from facts to rows (phép chiếu). Pure: same facts, same rows."""

    @property
    def name(self) -> str:
        """Its name for ever: progress is kept under it."""

    @property
    def tables(self) -> tuple[type[Row], ...]:
        """The row types it writes. Two projections share a tally only with other keys."""

    def reads(self, fact: Fact) -> Iterable[tuple[type[Row], tuple[Any, ...]]]:
        """The rows, by type and key, that folding this fact may look up."""

    def fold(self, fact: Fact, rows: Rows) -> None:
        """Move the rows. A fact of no interest moves none."""
