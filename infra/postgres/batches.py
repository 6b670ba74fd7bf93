"""One batch of saves to Postgres: one call, one round trip, and what became of it.

A connection lost under way leaves the outcome unknown. It is then read back from what is
stored; a lost answer is never reported as a conflict with oneself (stack.md 1.4.2).
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import IntegrityError, StoredEvent

from domain.ports import StoreUnavailable
from domain.streams import lane_of
from infra.postgres.connections import PatientConnection, is_lost
from infra.postgres.group_commit import UNKNOWN, Save
from infra.postgres.views.arrays import (
    COLUMN_TYPES,
    INTEGER,
    SMALLINT,
    Column,
    blobs,
    integers,
    register,
    texts,
    uuids,
)

APPEND = """
SELECT positions, refused, taken FROM store.append_batch(
    %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b)
"""
WHO = "SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()"
END = "SELECT store.end_backend(%s::int, %s::timestamptz)"
STORED_RECEIPTS = "SELECT key, request, response FROM store.receipts WHERE key = ANY (%b::uuid[])"
STORED_EVENTS = """
SELECT e.originator_id, e.originator_version, e.state, e.notification_id
FROM unnest(%b::uuid[], %b::bigint[]) AS w (stream, version)
JOIN store.stored_events e ON e.originator_id = w.stream AND e.originator_version = w.version
"""
TRIES = 2


class StreamTaken(IntegrityError):
    """A stream version of the save was recorded by another."""

    def __init__(self, stream: UUID) -> None:
        super().__init__(str(stream))
        self.stream = stream


class ReceiptTaken(IntegrityError):
    """The save's receipt key is another's."""


class BatchWriter:
    """Commits batches over one connection of its own. For one caller at a time."""

    def __init__(self, connect: Callable[[], PatientConnection]) -> None:
        self._connect = connect
        self._connection: PatientConnection | None = None
        self._backend: tuple[int, datetime] | None = None

    def commit(self, batch: Sequence[Save]) -> None:
        """Settle every save of the batch. Raises nothing that the world can cause."""
        left = list(batch)
        for _ in range(TRIES):
            try:
                connection = self._open()
            except psycopg.Error as error:
                _unavailable(left, f"cannot reach the store, nothing was saved: {error}")
                return
            try:
                _write(connection, left)
            except psycopg.Error as error:
                if not is_lost(error):
                    self._refuse(left, error)
                    return
                left = self._read_back(left)
            if not left or left[0].settled:
                return
        _unavailable(left, "the connection was lost twice; nothing was saved")

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _refuse(self, batch: Sequence[Save], error: psycopg.Error) -> None:
        """The server took nothing. One bad save must not fail its neighbours."""
        if isinstance(error, psycopg.OperationalError | psycopg.InternalError):
            _unavailable(batch, f"nothing was saved: {error.sqlstate} {type(error).__name__}")
        elif len(batch) > 1:
            for save in batch:
                self.commit([save])
        elif isinstance(error, psycopg.errors.UniqueViolation):
            batch[0].refusal = StreamTaken(_uuid(batch[0].events[-1]))
        else:
            batch[0].refusal = error

    def _open(self) -> PatientConnection:
        if self._connection is None or self._connection.closed:
            self._connection = self._connect()
            register(self._connection.adapters)
            self._backend = self._connection.execute(WHO).fetchone()
        return self._connection

    def _read_back(self, batch: Sequence[Save]) -> list[Save]:
        """Learn what became of a batch; the saves of which nothing is stored."""
        before = self._backend
        self.close()
        try:
            connection = self._open()
            ended = before is None or connection.execute(END, before).fetchone() == (True,)
            if ended:
                return self._unsaved(connection, batch)
        except psycopg.Error:
            self.close()
        _unavailable(batch, UNKNOWN)
        return []

    def _unsaved(self, connection: PatientConnection, batch: Sequence[Save]) -> list[Save]:
        keys = [save.receipt.key for save in batch if save.receipt is not None]
        events = [event for save in batch for event in save.events]
        places = [e.originator_id for e in events], [e.originator_version for e in events]
        receipts = connection.execute(STORED_RECEIPTS, [keys], binary=True).fetchall()
        stored = connection.execute(STORED_EVENTS, places, binary=True).fetchall()
        by_key = {key: (request, response) for key, request, response in receipts}
        by_place = {(row[0], row[1]): (bytes(row[2]), row[3]) for row in stored}
        for save in batch:
            _recognise(save, by_key, by_place)
        return [save for save in batch if not save.settled]


def _write(connection: PatientConnection, batch: Sequence[Save]) -> None:
    cursor = connection.execute(APPEND, arguments_of(batch), prepare=True, binary=True)
    positions, refused, taken = cursor.fetchone() or ((), (), ())
    _settle(batch, positions, dict(zip(refused, taken, strict=True)))


def _recognise(save: Save, receipts: dict[Any, Any], events: dict[Any, Any]) -> None:
    """Settle a save if it is stored, or if another's stands in its place."""
    found = [events.get((e.originator_id, e.originator_version)) for e in save.events]
    mine = [
        row is not None and row[0] == event.state
        for row, event in zip(found, save.events, strict=True)
    ]
    receipt = save.receipt
    kept = receipt is not None and receipts.get(receipt.key)
    if all(mine) and (receipt is None or kept == (receipt.request, receipt.response)):
        save.positions = [row[1] for row in found if row is not None]
    elif receipt is not None and kept:
        save.refusal = ReceiptTaken(str(receipt.key))
    else:
        others = (e for e, row in zip(save.events, found, strict=True) if row is not None)
        taken = next(others, None)
        if taken is not None:
            save.refusal = StreamTaken(_uuid(taken))


def _settle(
    batch: Sequence[Save], positions: Sequence[int], refused: dict[int, UUID | None]
) -> None:
    start = 0
    for number, save in enumerate(batch):
        end = start + len(save.events)
        if number not in refused:
            save.positions = positions[start:end]
        elif (stream := refused[number]) is not None:
            save.refusal = StreamTaken(stream)
        else:
            save.refusal = ReceiptTaken(str(save.receipt.key if save.receipt else None))
        start = end


def arguments_of(batch: Sequence[Save]) -> list[Column]:
    """As columns: psycopg's own way with lists took most of a small batch's time."""
    events = [(n, save.traceparent, e) for n, save in enumerate(batch) for e in save.events]
    receipts = [(n, save.receipt) for n, save in enumerate(batch) if save.receipt is not None]
    return [
        Column(INTEGER, [n for n, _, _ in events]),
        uuids(_uuid(e) for _, _, e in events),
        integers(e.originator_version for _, _, e in events),
        texts(e.topic for _, _, e in events),
        blobs(e.state for _, _, e in events),
        Column(SMALLINT, [lane_of(_uuid(e), e.topic) for _, _, e in events]),
        Column(COLUMN_TYPES[str], [traceparent for _, traceparent, _ in events]),
        Column(INTEGER, [n for n, _ in receipts]),
        uuids(receipt.key for _, receipt in receipts),
        blobs(receipt.request for _, receipt in receipts),
        blobs(receipt.response for _, receipt in receipts),
    ]


def _uuid(event: StoredEvent) -> UUID:
    stream = event.originator_id
    return stream if isinstance(stream, UUID) else UUID(stream)


def _unavailable(batch: Sequence[Save], reason: str) -> None:
    for save in batch:
        save.refusal = StoreUnavailable(reason)
