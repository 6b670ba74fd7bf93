"""The directory follows its facts."""

from collections.abc import Iterator
from datetime import date

import pytest

from infra.local.ports import wait_until
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from tests.contracts.facts import a_petition, office, unit
from tests.stores import Addresses

DAY = date(2025, 5, 5)


@pytest.fixture
def follower(
    addresses: Addresses, postgres_store: PostgresFactStore
) -> Iterator[DirectoryFollower]:
    postgres_store.append([unit("24"), office("24"), *a_petition()])
    follower = DirectoryFollower(addresses.app)
    yield follower
    follower.close()


def test_the_directory_is_there_from_the_start(follower: DirectoryFollower) -> None:
    assert follower.current().get_office("24", DAY).office_id == "ubnd-24-20250101"


def test_what_was_just_imported_is_there_when_asked(
    follower: DirectoryFollower, postgres_store: PostgresFactStore
) -> None:
    postgres_store.append([unit("20")])
    assert follower.refresh().get_unit("20", DAY).code == "20"
    assert follower.current().find_unit("20", DAY) is not None


def test_another_programs_import_arrives_by_itself(
    follower: DirectoryFollower, postgres_store: PostgresFactStore
) -> None:
    postgres_store.append([unit("20")])
    assert wait_until(lambda: follower.current().find_unit("20", DAY) is not None, within=20)


def test_it_goes_on_after_its_connections_were_killed(
    follower: DirectoryFollower, postgres_store: PostgresFactStore, addresses: Addresses
) -> None:
    addresses.run(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE application_name = 'tiepdan directory' AND datname = current_database()"
    )
    postgres_store.append([unit("20")])
    assert wait_until(lambda: follower.current().find_unit("20", DAY) is not None, within=20)


def test_looking_for_new_facts_does_not_read_the_log(
    follower: DirectoryFollower, addresses: Addresses
) -> None:
    """Reads the partial index: with the library's topic filter each look scans the tail."""
    del follower
    plan = addresses.run(
        "EXPLAIN SELECT notification_id FROM store.stored_events WHERE "
        "(topic LIKE 'unit.%%' OR topic LIKE 'office.%%') AND notification_id > %s "
        "ORDER BY notification_id",
        0,
    )
    assert any("stored_events_directory" in str(row) for row in plan)
