"""A pool finds a database that came back at once, however long it was away."""

import time
from pathlib import Path

import pytest
from psycopg_pool import ConnectionPool

from domain.ports import StoreUnavailable
from infra.local.ports import free_port, wait_until
from infra.local.postgres import Postgres, RunningPostgres
from infra.postgres.connections import RECONNECT_SECONDS, PatientConnection, open_pool
from infra.postgres.database import Database
from tests.faults.noted import note

SETTLED = 6
"""Attempts in vain after which the library's own pauses are four seconds and more."""
MORE = 3
FOUND_WITHIN = 3 * RECONNECT_SECONDS


@pytest.mark.slow
def test_a_database_that_is_away_is_tried_every_second_and_found(state_root: Path) -> None:
    server = Postgres(state_root / "postgres-back", free_port(), durable=False)
    with RunningPostgres(server) as running:
        pool = open_pool(server.dsn(), "tiepdan test", wait=0.5)
        database = Database(pool)
        try:
            assert answers(database)
            running.kill()
            assert not answers(database)
            tried = failures(pool) + SETTLED
            assert wait_until(lambda: failures(pool) >= tried, within=30)
            assert all(fails_again(pool) for _ in range(MORE))
            running.start()
            began = time.monotonic()
            assert wait_until(lambda: answers(database), within=FOUND_WITHIN)
            found = time.monotonic() - began
        finally:
            database.close()
    note(
        "F04",
        "a pool finds a database that was long away",
        faults=1,
        within=FOUND_WITHIN,
        recovery_seconds=[found],
    )


def failures(pool: ConnectionPool[PatientConnection]) -> int:
    """How often the pool tried to connect in vain."""
    return int(pool.get_stats().get("connections_errors", 0))


def fails_again(pool: ConnectionPool[PatientConnection]) -> bool:
    """Whether another attempt comes soon."""
    wanted = failures(pool) + 1
    return wait_until(lambda: failures(pool) >= wanted, within=2.5 * RECONNECT_SECONDS)


def answers(database: Database) -> bool:
    """Whether the database can be asked."""
    try:
        return database.rows("SELECT 1") == [(1,)]
    except StoreUnavailable:
        return False
