"""New views take their place although a vacuum of the live ones is under way."""

from collections.abc import Iterator
from random import Random

import pytest

from infra.local.ports import wait_until
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views import PostgresViewStore
from tests.infra.postgres.rebuilding import append, follow, live, rebuild
from tests.projections.journeys import told_by_chance
from tests.stores import Addresses

__all__ = ["live"]

SLOW = """
ALTER TABLE views.history SET (
    autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1
)"""
RUNS = "SELECT pid FROM pg_stat_progress_vacuum WHERE relid = 'views.history'::regclass"


@pytest.fixture
def eager_server(addresses: Addresses) -> Iterator[None]:
    """A server that looks each second for what is to be vacuumed."""
    for statement in ("ALTER SYSTEM SET autovacuum_naptime = 1", "SELECT pg_reload_conf()"):
        addresses.run(statement)
    yield
    for statement in ("ALTER SYSTEM RESET autovacuum_naptime", "SELECT pg_reload_conf()"):
        addresses.run(statement)


@pytest.mark.usefixtures("eager_server")
def test_a_vacuum_that_would_take_long_gives_way_to_the_new_views(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, told_by_chance(Random(3), petitions=40, steps=1200))
    follow(postgres_store, live)
    addresses.run(SLOW)
    addresses.run("UPDATE views.history SET lane = lane")
    assert wait_until(lambda: bool(addresses.run(RUNS)), within=60), "no vacuum began"
    (vacuum,) = addresses.run(RUNS)
    rebuilt = rebuild(addresses, postgres_store)
    assert rebuilt.equal
    assert vacuum not in addresses.run("SELECT pid FROM pg_stat_progress_vacuum")
