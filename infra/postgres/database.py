"""A pool of connections to one database as one role, for work that may be done twice."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import psycopg
from psycopg.rows import tuple_row
from psycopg_pool import ConnectionPool, PoolTimeout, TooManyRequests

from domain.ports import StoreUnavailable
from infra.postgres.connections import PatientConnection, is_lost

T = TypeVar("T")

AWAY = (psycopg.OperationalError, psycopg.InternalError)
"""What the world does to a question: a server away, busy, full, or made a standby."""


class Database:
    """Runs work on a pooled connection; again when that one turns out to be dead.

    Every method raises :class:`domain.ports.StoreUnavailable` when the database is away,
    too slow or too busy: at the latest when the pool's own patience is over, or when one
    answer has stayed out for the pool's ``silence``.
    """

    def __init__(self, pool: ConnectionPool[PatientConnection]) -> None:
        self.pool = pool

    def close(self) -> None:
        """Let go of every connection."""
        self.pool.close()

    def rows(
        self, query: str, arguments: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        """The rows of one statement, if it gives any."""

        def ask(connection: PatientConnection) -> list[tuple[Any, ...]]:
            with connection.cursor(binary=True, row_factory=tuple_row) as cursor:
                cursor.execute(query.encode(), arguments, prepare=True)
                return cursor.fetchall() if cursor.description else []

        return self.run(ask)

    def run(self, work: Callable[[PatientConnection], T]) -> T:
        """Do work that does no harm when done twice.

        After a restart of the server every connection of the pool is dead: each is met
        once and replaced, all within the patience for one.
        """
        until = time.monotonic() + self.pool.timeout
        tries = self.pool.max_size + 1
        while True:
            tries -= 1
            try:
                with self.pool.connection(max(0.0, until - time.monotonic())) as connection:
                    return work(connection)
            except AWAY as error:
                if tries <= 0 or not _was_dead(error) or time.monotonic() >= until:
                    raise StoreUnavailable(str(error)) from error


def _was_dead(error: psycopg.Error) -> bool:
    """Whether it was the connection's fault, and another may do better."""
    return not isinstance(error, PoolTimeout | TooManyRequests) and is_lost(error)
