"""The directory follows its facts."""

from collections.abc import Iterator
from datetime import date

import pytest

from infra.local.ports import wait_until
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.following import PAGE, PAGES
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


def test_more_units_than_are_asked_for_at_once_all_arrive(
    postgres_store: PostgresFactStore, addresses: Addresses
) -> None:
    codes = [f"{code:05}" for code in range(10_000, 10_000 + PAGES * PAGE + 1)]
    postgres_store.append([unit(code) for code in codes])
    follower = DirectoryFollower(addresses.app)
    found = follower.current()
    follower.close()
    assert [code for code in codes if found.find_unit(code, DAY) is None] == []


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


UNREADABLE = """
INSERT INTO store.stored_events (originator_id, originator_version, topic, state, lane)
VALUES (gen_random_uuid(), 1, 'unit.established/9', '{}', 0)
"""


def test_a_fact_nobody_can_read_is_named_and_hides_nothing_else(
    follower: DirectoryFollower, postgres_store: PostgresFactStore, addresses: Addresses
) -> None:
    assert follower.fault is None
    postgres_store.append([unit("20")])
    addresses.run(UNREADABLE)
    postgres_store.append([unit("22")])
    assert wait_until(lambda: follower.current().find_unit("22", DAY) is not None, within=20)
    assert follower.current().find_unit("20", DAY) is not None
    bad = addresses.run("SELECT max(notification_id) - 1 FROM store.stored_events")[0][0]
    assert follower.fault == f"the directory's fact at {bad} cannot be read: UnknownEventType"


def test_it_starts_although_a_fact_cannot_be_read(
    postgres_store: PostgresFactStore, addresses: Addresses
) -> None:
    postgres_store.append([unit("24")])
    addresses.run(UNREADABLE)
    follower = DirectoryFollower(addresses.app)
    assert follower.current().find_unit("24", DAY) is not None
    assert follower.fault is not None
    follower.close()


def test_a_look_that_fails_in_a_way_nobody_foresaw_is_named_and_tried_again(
    follower: DirectoryFollower, postgres_store: PostgresFactStore, addresses: Addresses
) -> None:
    addresses.run("REVOKE SELECT ON store.stored_events FROM tiepdan_app")
    assert wait_until(lambda: follower.fault is not None, within=20)
    assert follower.fault == "the directory cannot be looked at: InsufficientPrivilege"
    addresses.run("GRANT SELECT ON store.stored_events TO tiepdan_app")
    postgres_store.append([unit("20")])
    assert wait_until(lambda: follower.current().find_unit("20", DAY) is not None, within=20)
    assert wait_until(lambda: follower.fault is None, within=20)
