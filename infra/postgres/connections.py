"""Connections that never wait for ever: every wait has an end, on both sides of the line.

The server gives up on locks, statements and idle transactions; the client gives up on a
server that is silent (stopped, cut off), which no server-side limit can see.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.abc import PQGen
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool

RV = TypeVar("RV")

CONNECT_SECONDS = 3
LOCK_SECONDS = 2
STATEMENT_SECONDS = 10
SILENCE_SECONDS = 13.0
"""Longer than any statement may take: after it the server is taken for gone."""
ANSWER_SECONDS = 4.0
"""Longest wait of whoever answers people: they are told to come back before they give up."""
MOST_WAITING = 128
"""Threads that wait for a connection of one pool; the next is told at once that it is busy."""
RECONNECT_SECONDS = 1.0
"""How soon a server that came back is found. The pool's own pauses double for minutes:
after 18 s without a server it stood still for 13 s more (measured)."""

TRANSACTION_SECONDS = 15.0
"""Longest transaction of a program whose rows others wait for. A program that is frozen in a
pipeline is not idle for the server (a flush request ends that clock): it kept its locks for as
long as it slept (measured)."""
KNOWS_LIMIT = 170000

SERVER_LIMITS = (
    f"-c lock_timeout={LOCK_SECONDS}s -c statement_timeout={STATEMENT_SECONDS}s "
    "-c idle_in_transaction_session_timeout=10s"
)
LOST = ("08", "57P")
"""SQLSTATE beginnings of a connection that ends: connection exceptions, shutdowns."""


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when the server stays silent for :data:`SILENCE_SECONDS`."""

    silence = SILENCE_SECONDS

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Raises ``psycopg.OperationalError`` when nothing came in time."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.silence)
        except errors._WaitTimeout as error:
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer within {self.silence:g} s") from error


def connect(
    dsn: str,
    program: str,
    *,
    silence: float = SILENCE_SECONDS,
    transaction_within: float | None = None,
    limits: str = SERVER_LIMITS,
) -> PatientConnection:
    """An autocommit connection. ``program`` is shown in ``pg_stat_activity``.

    ``transaction_within``: seconds after which the server ends a transaction and with it
    the connection, whatever its client is about; by servers from Postgres 17 on.
    """
    connection = PatientConnection.connect(_limited(dsn, program, limits), autocommit=True)
    connection.silence = silence
    if transaction_within is not None and connection.info.server_version >= KNOWS_LIMIT:
        connection.execute(f"SET transaction_timeout = '{transaction_within:g}s'")
    return connection


def open_pool(
    dsn: str,
    program: str,
    *,
    smallest: int = 1,
    largest: int = 15,
    wait: float = 5.0,
    answer_within: float | None = None,
    configure: Callable[[PatientConnection], None] | None = None,
) -> ConnectionPool[PatientConnection]:
    """An open pool of autocommit connections; ``wait`` seconds for a free one.

    ``answer_within`` instead: so many seconds for a free one, and as many of silence until
    the server is taken for gone. Opening does not need the server: the first use says that
    it is away.
    """

    def made(connection: PatientConnection) -> None:
        if answer_within is not None:
            connection.silence = answer_within
        if configure is not None:
            configure(connection)

    return ConnectionPool(
        _limited(dsn, program),
        connection_class=PatientConnection,
        kwargs={"autocommit": True},
        min_size=smallest,
        max_size=largest,
        timeout=wait if answer_within is None else answer_within,
        max_waiting=MOST_WAITING,
        configure=made,
        reconnect_timeout=RECONNECT_SECONDS,
        reconnect_failed=_begin_again,
        open=True,
    )


def waiting_for(pool: ConnectionPool[Any]) -> int:
    """How many threads wait for a connection of a pool."""
    return pool.get_stats().get("requests_waiting", 0)


def _begin_again(pool: ConnectionPool[Any]) -> None:
    """The pool gave a connection up: start the next attempt, however long the server is away."""
    pool.check()


def is_lost(error: psycopg.Error) -> bool:
    """Whether the connection went with the error, so that an outcome may be unknown."""
    return error.sqlstate is None or error.sqlstate.startswith(LOST)


def _limited(dsn: str, program: str, limits: str = SERVER_LIMITS) -> str:
    return make_conninfo(
        dsn,
        application_name=program,
        connect_timeout=CONNECT_SECONDS,
        options=limits,
        keepalives_idle=10,
        keepalives_interval=3,
        keepalives_count=3,
    )
