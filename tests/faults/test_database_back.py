"""A pool finds a database that came back at once, however long it was away."""

import time
from pathlib import Path

import pytest

from domain.ports import StoreUnavailable
from infra.local.ports import free_port, wait_until
from infra.local.postgres import Postgres, RunningPostgres
from infra.postgres.connections import RECONNECT_SECONDS, open_pool
from infra.postgres.database import Database

FAILED = 8
"""Attempts that fail in vain: by the library's own pauses the next came eight seconds later and more."""


@pytest.mark.slow
def test_a_database_that_was_away_for_long_is_found_within_seconds(state_root: Path) -> None:
    server = Postgres(state_root / "postgres-back", free_port(), durable=False)
    with RunningPostgres(server) as running:
        pool = open_pool(server.dsn(), "tiepdan test", wait=0.5)
        database = Database(pool)
        try:
            assert database.rows("SELECT 1") == [(1,)]
            running.kill()
            with pytest.raises(StoreUnavailable):
                database.rows("SELECT 1")
            tried = pool.get_stats()["connections_errors"]
            assert wait_until(
                lambda: pool.get_stats()["connections_errors"] >= tried + FAILED, within=30
            )
            running.start()
            began = time.monotonic()
            assert wait_until(lambda: answers(database), within=30)
            assert time.monotonic() - began < 3 * RECONNECT_SECONDS
        finally:
            database.close()


def answers(database: Database) -> bool:
    """Whether the database can be asked."""
    try:
        return database.rows("SELECT 1") == [(1,)]
    except StoreUnavailable:
        return False
