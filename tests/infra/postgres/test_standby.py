"""A server that was made a standby takes nothing in: it is away, not broken."""

import pytest

from domain.ports import StoreUnavailable
from infra.clock import SystemClock
from infra.postgres.connections import PatientConnection, open_pool
from infra.postgres.database import Database
from infra.postgres.server_time import ServerTime
from tests.stores import Addresses


def read_only(connection: PatientConnection) -> None:
    """Every write on this connection is refused as a standby refuses it."""
    connection.execute("SET default_transaction_read_only = on")


def test_a_write_to_a_standby_is_a_store_that_is_away(addresses: Addresses) -> None:
    pool = open_pool(addresses.app, "tiepdan test", answer_within=2, configure=read_only)
    database = Database(pool)
    try:
        assert database.rows("SELECT 1") == [(1,)]
        with pytest.raises(StoreUnavailable, match="read-only"):
            database.rows("UPDATE store.relay_cursor SET position = position")
    finally:
        database.close()


def test_a_clock_is_compared_with_the_servers(addresses: Addresses) -> None:
    asked = ServerTime(addresses.app, SystemClock())
    skew = asked.skew()
    asked.close()
    assert skew is not None
    assert abs(skew) < 2
