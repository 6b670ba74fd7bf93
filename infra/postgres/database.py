"""A pool of connections to one database as one role, for work that may be done twice."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import psycopg
from psycopg.rows import tuple_row
from psycopg_pool import ConnectionPool, PoolTimeout, TooManyRequests

from domain.ports import StoreUnavailable
from infra.postgres.connections import PatientConnection, is_lost

T = TypeVar("T")


class Database:
    """Runs work on a pooled connection; again, once, when that one turns out to be dead.

    Every method raises :class:`domain.ports.StoreUnavailable` when the database is away,
    too slow or too busy.
    """

    def __init__(self, pool: ConnectionPool[PatientConnection]) -> None:
        self.pool = pool

    def close(self) -> None:
        """Let go of every connection."""
        self.pool.close()

    def rows(self, query: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of one statement, if it gives any."""

        def ask(connection: PatientConnection) -> list[tuple[Any, ...]]:
            with connection.cursor(binary=True, row_factory=tuple_row) as cursor:
                cursor.execute(query.encode(), arguments, prepare=True)
                return cursor.fetchall() if cursor.description else []

        return self.run(ask)

    def run(self, work: Callable[[PatientConnection], T]) -> T:
        """Do work that does no harm when done twice."""
        try:
            return self._run_once(work)
        except (PoolTimeout, TooManyRequests) as error:
            raise StoreUnavailable(str(error)) from error
        except psycopg.OperationalError as error:
            if not is_lost(error):
                raise StoreUnavailable(str(error)) from error
        try:
            self.pool.check()
            return self._run_once(work)
        except psycopg.OperationalError as error:
            raise StoreUnavailable(str(error)) from error

    def _run_once(self, work: Callable[[PatientConnection], T]) -> T:
        with self.pool.connection() as connection:
            return work(connection)
