"""The same rows written plainly: what the store's own speed is measured against (đường cơ sở).

Tables with the columns and indexes of the real ones, without trigger, lock or notice. Only
``tiepdan bench`` uses this; nothing here keeps positions in commit order, which is what the
real store adds.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import AsyncConnectionPool

from domain.events.base import OfficeEvent
from domain.ports import Receipt
from domain.streams import lane_of
from infra.serial import EventMapper

TABLES = """
CREATE SCHEMA IF NOT EXISTS plain;
CREATE TABLE IF NOT EXISTS plain.stored_events (LIKE store.stored_events INCLUDING ALL);
CREATE TABLE IF NOT EXISTS plain.receipts (LIKE store.receipts INCLUDING ALL);
"""
INSERT_BOTH = """
WITH kept AS (INSERT INTO plain.receipts (key, request, response) VALUES (%b, %b, %b))
INSERT INTO plain.stored_events (originator_id, originator_version, topic, state, lane)
VALUES (%b, %b, %b, %b, %b)
"""
INSERT_RECEIPT = "INSERT INTO plain.receipts (key, request, response) VALUES (%b, %b, %b)"
INSERT_EVENT = """
INSERT INTO plain.stored_events (originator_id, originator_version, topic, state, lane)
VALUES (%b, %b, %b, %b, %b)
"""
STATES = """
SELECT state FROM store.stored_events WHERE originator_id = %b ORDER BY originator_version
"""


EventRow = tuple[UUID, int, str, bytes, int]
ReceiptRow = tuple[UUID, bytes, bytes]


@dataclass(frozen=True)
class PlainRow:
    """One event and its receipt as values of columns."""

    event: tuple[UUID, int, str, bytes, int]
    receipt: tuple[UUID, bytes, bytes]

    @classmethod
    def of(cls, event: OfficeEvent, receipt: Receipt) -> "PlainRow":
        """The very rows that the store would write."""
        stored = stored_event(event)
        stream = event.originator_id
        return cls(
            (stream, event.originator_version, stored.topic, stored.state,
             lane_of(stream, stored.topic)),
            (receipt.key, receipt.request, receipt.response),
        )  # fmt: skip


def stored_event(event: OfficeEvent) -> StoredEvent:
    """An event as the library's recorders take it."""
    return EventMapper().to_stored_event(event)


def inserted(dsn: str) -> int:
    """How many events were inserted plainly into this database; ``dsn`` owns it."""
    with psycopg.connect(dsn) as admin:
        row = admin.execute("SELECT count(*) FROM plain.stored_events").fetchone()
    return 0 if row is None else int(row[0])


class PlainInserts:
    """Inserts over a connection per writer. Close it at the end; ``dsn`` owns the database."""

    def __init__(self, dsn: str, *, writers: int) -> None:
        self._open = [psycopg.connect(dsn, autocommit=True) for _ in range(writers)]
        self._free: SimpleQueue[psycopg.Connection] = SimpleQueue()
        self._open[0].execute(TABLES)
        for connection in self._open:
            self._free.put(connection)

    def insert(self, row: PlainRow) -> None:
        """Event and receipt in one statement, in a ``with connection.transaction()`` block."""
        connection = self._free.get()
        with connection.transaction():
            connection.execute(INSERT_BOTH, (*row.receipt, *row.event), prepare=True)
        self._free.put(connection)

    def insert_many(self, facts: Sequence[EventRow], receipts: Sequence[ReceiptRow]) -> None:
        """All of them, as fast as a driver sends plain inserts, in one transaction."""
        connection = self._free.get()
        with connection.transaction(), connection.cursor() as cursor:
            cursor.executemany(INSERT_EVENT, facts)
            cursor.executemany(INSERT_RECEIPT, receipts)
        self._free.put(connection)

    def states(self, stream: UUID) -> Sequence[bytes]:
        """The bytes of a stream of the real store, oldest first."""
        rows = self._open[0].execute(STATES, [stream], prepare=True, binary=True)
        return [state for (state,) in rows]

    def close(self) -> None:
        """Let go of every connection."""
        for connection in self._open:
            connection.close()


class LibraryAppends:
    """The library's own recorder on a table of its own, with a connection per writer."""

    def __init__(self, dsn: str, *, writers: int) -> None:
        known = conninfo_to_dict(dsn)
        with psycopg.connect(dsn, autocommit=True) as admin:
            admin.execute("CREATE SCHEMA IF NOT EXISTS library")
        self._datastore = PostgresDatastore(
            dbname=str(known["dbname"]),
            host=str(known["host"]),
            port=str(known["port"]),
            user=str(known["user"]),
            password=str(known["password"]),
            pool_size=writers,
            max_overflow=0,
            schema="library",
            originator_id_type="uuid",
        )
        self._recorder = PostgresApplicationRecorder(self._datastore, events_table_name="events")
        self._recorder.create_table()

    def append(self, event: StoredEvent) -> None:
        """Save one event, without a receipt: the library has none."""
        self._recorder.insert_events([event])

    def close(self) -> None:
        """Let go of every connection."""
        self._datastore.close()


class PlainAsyncInserts:
    """One insert and commit for an async route, over a pool. Open it in the loop that uses it."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    @classmethod
    @asynccontextmanager
    async def opened(cls, dsn: str, *, connections: int) -> AsyncIterator["PlainAsyncInserts"]:
        """The inserts while the program serves; the tables are made if need be."""
        with psycopg.connect(dsn, autocommit=True) as admin:
            admin.execute(TABLES)
        pool = AsyncConnectionPool(
            dsn,
            min_size=connections,
            max_size=connections,
            kwargs={"autocommit": True},
            open=False,
        )
        async with pool:
            yield cls(pool)

    async def insert(self, stream: UUID, version: int, name: str, state: bytes) -> None:
        """One row, committed."""
        values = (stream, version, name, state, lane_of(stream, name))
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(INSERT_EVENT, values, prepare=True)
