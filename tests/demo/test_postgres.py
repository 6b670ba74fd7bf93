"""Units and demo on the real store, with the follower that the programs use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.memory.vault import MemoryVault
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.units import Edition, unit_list_file
from services.casework import Casework
from services.demo import NOW, DemoClock, fill
from services.units import import_units
from tests.stores import Addresses, addresses, postgres_store, role_passwords

__all__ = ["addresses", "postgres_store", "role_passwords"]

SEED = 20250514


@pytest.fixture
def follower(addresses: Addresses) -> Iterator[DirectoryFollower]:
    directory = DirectoryFollower(addresses.app)
    yield directory
    directory.close()


def test_the_whole_country_is_imported_once_and_found_again(
    postgres_store: PostgresFactStore, follower: DirectoryFollower
) -> None:
    clock = DemoClock()
    with unit_list_file(Edition.THREE_TIER) as path:
        first, second = (
            import_units(
                path, Edition.THREE_TIER.valid_from, postgres_store, follower.refresh(), clock,
                lambda done, total: None,
            )
            for _ in range(2)
        )  # fmt: skip
    assert (first.established, second.established) == (10_794, 0)
    tree = follower.refresh()
    assert len(tree.roots(NOW.date())) == 63
    assert tree.get_office("07456", NOW.date()).name == "UBND xã Tam Dị"


def test_the_demo_fills_a_real_store_once(
    postgres_store: PostgresFactStore, follower: DirectoryFollower, units_csv: Path
) -> None:
    clock = DemoClock()
    since = Edition.THREE_TIER.valid_from
    import_units(
        units_csv, since, postgres_store, follower.refresh(), clock, lambda done, total: None
    )
    follower.refresh()
    casework = Casework(postgres_store, MemoryVault(), follower.current, clock)
    first, second = (
        fill(
            casework, follower.refresh, postgres_store, clock, SEED, lambda done, total: None,
            scale=0.05,
        )
        for _ in range(2)
    )  # fmt: skip
    assert first.recorded == first.acts
    assert second.recorded == 0
    assert clock.now() == NOW
