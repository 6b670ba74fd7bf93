"""A program that is frozen in the middle of its transaction keeps its rows from nobody for long."""

import psycopg

from infra.local.ports import wait_until
from infra.postgres.connections import connect

TAKE = "SELECT n FROM wanted FOR UPDATE NOWAIT"


def test_locks_of_a_client_frozen_in_a_pipeline_are_let_go(database: str) -> None:
    frozen = connect(database, "frozen", transaction_within=2.0)
    with psycopg.connect(database, autocommit=True) as other:
        other.execute("CREATE TABLE wanted AS SELECT 1 AS n")
        with frozen.pipeline():
            frozen.execute("BEGIN")
            frozen.execute("SELECT n FROM wanted FOR UPDATE")

        def taken() -> bool:
            try:
                return other.execute(TAKE).fetchone() == (1,)
            except psycopg.errors.LockNotAvailable:
                return False

        assert not taken()
        assert wait_until(taken, within=30, every=0.2)
    frozen.close()
