"""The connections of a view store, one for each batch under way, and what their errors mean."""

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg

from infra.postgres.connections import PatientConnection
from infra.postgres.views.arrays import register
from infra.postgres.views.batches import PROGRESS_LOST
from infra.postgres.views.tables import WRITTEN_ONCE
from projections.ports import ProgressLost, RecordChanged, RowsRefused, ViewsUnavailable

SETTINGS = (
    # Progress and rows are lost together in a crash, and the stream is read again from there.
    "SET synchronous_commit = off",
    # A rebuild's last moment, when the tables change, is worth waiting for.
    "SET lock_timeout = '9s'",
    # Rows are only looked up by key; a plan made while a table was empty must not last.
    "SET enable_seqscan = off",
    # Every statement takes arrays: one plan does for all, and none is worth making five times.
    "SET plan_cache_mode = force_generic_plan",
)


UNWRITABLE = (struct.error, TypeError, OverflowError)
"""What values raise that a column's type has no room for, before the server sees them."""
TOO_LARGE = "54"
"""SQLSTATE beginning of rows beyond a limit of the server: a key of an index, say."""


class Sessions:
    """Connections that are opened when asked for, and used again. For one thread."""

    def __init__(self, open_connection: Callable[[], PatientConnection]) -> None:
        self._open_connection = open_connection
        self._free: list[PatientConnection] = []
        self._lent: list[PatientConnection] = []

    @contextmanager
    def use(self) -> Iterator[PatientConnection]:
        """One that is free, for this block. Raises as :meth:`held`."""
        connection = self.take()
        with self.held(connection):
            yield connection
        self.give_back(connection)

    def take(self) -> PatientConnection:
        """One that is free, until it is given back. Raises ``ViewsUnavailable``."""
        self._free = [connection for connection in self._free if not connection.closed]
        connection = self._free.pop() if self._free else self._opened()
        self._lent.append(connection)
        return connection

    @contextmanager
    def held(self, connection: PatientConnection) -> Iterator[None]:
        """Work on one that was taken: left clean and given back only when it fails.

        Raises ``ProgressLost``, ``RecordChanged``, ``RowsRefused``, ``ViewsUnavailable``.
        """
        try:
            with undone_if_it_fails(connection):
                yield
        except psycopg.Error as error:
            if isinstance(error, psycopg.OperationalError) and not _is_ours(error):
                connection.close()
            self.give_back(connection)
            raise _meant(error) from error
        except UNWRITABLE as fault:
            self.give_back(connection)
            raise RowsRefused(str(fault)) from fault
        except BaseException:
            self.give_back(connection)
            raise

    def give_back(self, connection: PatientConnection) -> None:
        """Done with one that was taken."""
        self._lent.remove(connection)
        self._free.append(connection)

    def close(self) -> None:
        """Let go of every connection; what was under way is given up."""
        for connection in (*self._free, *self._lent):
            connection.close()
        self._free.clear()

    def _opened(self) -> PatientConnection:
        try:
            connection = self._open_connection()
            for setting in SETTINGS:
                connection.execute(setting)
        except psycopg.Error as error:
            raise _meant(error) from error
        register(connection.adapters)
        return connection


@contextmanager
def undone_if_it_fails(connection: PatientConnection) -> Iterator[None]:
    """Leave no transaction open behind an error."""
    try:
        yield
    except BaseException:
        with suppress(psycopg.Error):
            connection.rollback()
        raise


def _is_ours(error: psycopg.Error) -> bool:
    return error.sqlstate in (PROGRESS_LOST, WRITTEN_ONCE)


def _meant(error: psycopg.Error) -> Exception:
    """The error in the port's words; one that it has no word for stays itself."""
    if error.sqlstate == PROGRESS_LOST:
        return ProgressLost(str(error))
    if error.sqlstate == WRITTEN_ONCE:
        return RecordChanged(str(error))
    if isinstance(error, psycopg.DataError) or (error.sqlstate or "").startswith(TOO_LARGE):
        return RowsRefused(str(error))
    if isinstance(error, psycopg.OperationalError):
        return ViewsUnavailable(str(error))
    return error
