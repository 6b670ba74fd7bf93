"""A store's rows as digests: in memory and on Postgres alike."""

from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256

import pytest

from domain.ports import LANES, FactStore
from infra.memory import MemoryFactStore
from infra.memory.reconciled import MemoryDigests
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.reconciled import StoreDigests
from tests.contracts.facts import a_petition
from tests.stores import Addresses

Digests = StoreDigests | MemoryDigests


@pytest.fixture(params=["memory", "postgres"])
def both(request: pytest.FixtureRequest) -> Iterator[tuple[FactStore, Digests]]:
    """A store, and its digests."""
    if request.param == "memory":
        store = MemoryFactStore()
        yield store, MemoryDigests(store)
        return
    real: PostgresFactStore = request.getfixturevalue("postgres_store")
    addresses: Addresses = request.getfixturevalue("addresses")
    with closing(StoreDigests(addresses.app)) as digests:
        yield real, digests


def test_digests_are_of_the_rows_as_they_lie(both: tuple[FactStore, Digests]) -> None:
    store, digests = both
    assert digests.head() == 0
    store.append([fact for _ in range(5) for fact in a_petition()])
    facts = store.read(after=0, limit=100)
    assert digests.head() == facts[-1].position
    for fact in facts:
        found = digests.at(fact.lane, {fact.position, 10**9})
        (row,) = found.values()
        assert (row.position, row.stream, row.version) == (fact.position, fact.stream, fact.version)
        assert (row.type_name, row.sha256) == (fact.type_name, sha256(fact.body).digest())
        assert row in digests.after(fact.lane, fact.position - 1, 1)


def test_heads_are_the_newest_of_each_lane_up_to_a_position(
    both: tuple[FactStore, Digests],
) -> None:
    store, digests = both
    store.append([fact for _ in range(9) for fact in a_petition()])
    facts = store.read(after=0, limit=100)
    at = facts[len(facts) // 2].position
    wanted = [0] * LANES
    for fact in facts:
        if fact.position <= at:
            wanted[fact.lane] = fact.position
    assert digests.heads(at) == tuple(wanted)
    assert digests.heads(0) == (0,) * LANES
