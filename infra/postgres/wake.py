"""Waiting for news from the database: LISTEN, with a timer behind it.

LISTEN comes before the first look, so nothing falls between the two (stack.md 1.4.3), and
a killed connection is made anew (1.4.4). A signal only says "look": what is missed by one
is seen by the timer.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from infra.postgres.connections import PatientConnection, connect

LONGEST_NAP = 0.5
"""Seconds between two looks when no signal comes."""


class Listener:
    """One connection that listens on a channel and asks questions. For one thread."""

    def __init__(self, dsn: str, program: str, channel: str) -> None:
        self._dsn = dsn
        self._program = program
        self._channel = channel
        self._connection: PatientConnection | None = None

    def rows(self, query: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Ask; once more when the connection turns out to be dead. Raises ``psycopg.Error``."""
        try:
            return self._ask(query, arguments)
        except psycopg.OperationalError:
            self.close()
        return self._ask(query, arguments)

    def nap(self, seconds: float) -> None:
        """Wait for a signal, at most so long and never longer than :data:`LONGEST_NAP`.

        A connection that died is no reason to fail: the next question makes another.
        """
        try:
            signals = self._open().notifies(timeout=min(seconds, LONGEST_NAP), stop_after=1)
            for _ in signals:
                pass
        except psycopg.OperationalError:
            self.close()

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, query: str, arguments: Sequence[Any]) -> list[tuple[Any, ...]]:
        cursor = self._open().execute(query.encode(), arguments, prepare=True, binary=True)
        return cursor.fetchall()

    def _open(self) -> PatientConnection:
        if self._connection is None or self._connection.closed:
            connection = connect(self._dsn, self._program)
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
            self._connection = connection
        return self._connection
