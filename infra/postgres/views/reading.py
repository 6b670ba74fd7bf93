"""What every query stands on: a pool and whole rows."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from psycopg import DataError
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Composed, Identifier
from psycopg_pool import ConnectionPool

from domain.errors import Invalid
from infra.postgres.connections import PatientConnection
from infra.postgres.database import AWAY
from infra.postgres.views.tables import table_of
from projections.answers import InboxItem, Incoming
from projections.base import Row
from projections.case_row import CaseRow
from projections.next_acts import next_act, next_due
from projections.pending_transfers import OfferRow
from projections.petition_row import PetitionRow
from projections.ports import ViewsUnavailable

R = TypeVar("R", bound=Row)

RUNNING_DUE = SQL(
    "(CASE WHEN p.answered_on IS NULL THEN p.due_on"
    " WHEN c.state = 'open' AND c.petition_id = p.petition_id THEN c.settle_due END)"
)
"""The deadline that runs: :func:`projections.next_acts.next_due` in SQL."""

PLANNED_ONCE = """
SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
    set_config('max_parallel_workers_per_gather', '0', true)
"""
"""Until the end of the transaction, which a pipeline is. Postgres would plan a board's questions
anew at each call: 2.5 ms for two hundred offices, against 0.5 for the answers; and to start a
worker takes longer than any of them."""


class NotAskable(Invalid):
    """Postgres cannot take what was asked for: a NUL, a number or a day out of its range."""

    code = "not_askable"
    title = "Không tra cứu được giá trị này"


class Reader:
    """Asks the views through a pool of autocommit connections."""

    def __init__(self, pool: ConnectionPool[PatientConnection]) -> None:
        self._pool = pool

    @contextmanager
    def _connection(self) -> Iterator[PatientConnection]:
        try:
            with self._pool.connection() as connection:
                yield connection
        except DataError as error:
            raise NotAskable(
                "Giá trị tra cứu có ký tự hoặc con số không dùng được.",
                mend="Gõ lại giá trị tra cứu.",
            ) from error
        except AWAY as error:
            raise ViewsUnavailable(str(error)) from error

    def _all(
        self, query: Composed, arguments: Sequence[Any] | Mapping[str, Any]
    ) -> list[tuple[Any, ...]]:
        with self._connection() as connection:
            cursor = connection.cursor(row_factory=tuple_row, binary=True)
            return cursor.execute(query, arguments, prepare=True).fetchall()

    def _together(self, *asked: tuple[Composed, Mapping[str, Any]]) -> list[list[tuple[Any, ...]]]:
        """The answers of several queries for one round trip, each by a plan for any arguments."""
        with self._connection() as connection:
            cursors = [connection.cursor(row_factory=tuple_row, binary=True) for _ in asked]
            with connection.pipeline():
                connection.execute(PLANNED_ONCE, prepare=True)
                for cursor, (query, arguments) in zip(cursors, asked, strict=True):
                    cursor.execute(query, arguments, prepare=True)
            return [cursor.fetchall() for cursor in cursors]

    def _rows(
        self,
        row: type[R],
        where: Composed | SQL,
        arguments: Sequence[Any] | Mapping[str, Any],
    ) -> list[R]:
        table = table_of(row)
        query = SQL("SELECT {} FROM {} AS t WHERE {}").format(table.picked, table.name, where)
        return [table.read(values) for values in self._all(query, arguments)]

    def _one(self, row: type[R], key: Any) -> R | None:
        where = SQL("{} = %b").format(Identifier(row.KEY[0]))
        return next(iter(self._rows(row, where, [key])), None)


def picked(row: type[Row], alias: str) -> Composed:
    """A row type's columns from a table of the query."""
    return SQL(", ").join(Identifier(alias, column) for column in table_of(row).columns)


def inbox_item(values: Sequence[Any]) -> InboxItem:
    """A record of a petition's columns, then its case's."""
    petitions, cases = table_of(PetitionRow), table_of(CaseRow)
    width = len(petitions.columns)
    petition = petitions.read(values[:width])
    case = None if values[width] is None else cases.read(values[width:])
    return InboxItem(petition, case, next_act(petition, case), next_due(petition, case))


def incoming(values: Sequence[Any]) -> Incoming:
    """A record of an offer's columns, then its petition's."""
    offers, petitions = table_of(OfferRow), table_of(PetitionRow)
    width = len(offers.columns)
    return Incoming(offers.read(values[:width]), petitions.read(values[width:]))
