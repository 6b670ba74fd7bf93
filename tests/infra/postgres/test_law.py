"""The law follows its facts on the real store."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from domain.law.almanac import Almanac
from domain.law.editions import Rulebooks, UnreadableEdition
from domain.law.law import Law
from infra.law import carried_edition
from infra.local.ports import wait_until
from infra.memory.clocks import FixedClock
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.law import LAW_FACTS, LawFollower
from services.rulebooks import publish, publish_carried
from tests.stores import Addresses

CLOCK = FixedClock(datetime(2025, 5, 14, 7, 0, tzinfo=UTC))
CARRIED = carried_edition()


@pytest.fixture
def follower(addresses: Addresses, postgres_store: PostgresFactStore) -> Iterator[LawFollower]:
    del postgres_store
    follower = LawFollower(addresses.app, Law(Almanac(), Rulebooks(CARRIED.book)))
    yield follower
    follower.close()


def test_the_carried_book_stands_until_an_edition_is_published(
    follower: LawFollower, postgres_store: PostgresFactStore
) -> None:
    assert follower.current().book.edition == 0
    publish_carried(postgres_store, CLOCK)
    assert follower.refresh().book.edition == 1
    assert follower.current().book.provisions == CARRIED.book.provisions
    assert follower.fault is None


def test_another_programs_edition_arrives_by_itself(
    follower: LawFollower, postgres_store: PostgresFactStore
) -> None:
    lines = tuple(line for line in CARRIED.lines if line["id"] != "petition.untouched")
    publish(lines, postgres_store, CLOCK)
    assert wait_until(lambda: follower.current().book.edition == 1, within=20)
    assert follower.current().book.versions("petition.untouched") == ()


def test_looking_for_new_facts_does_not_read_the_log(
    follower: LawFollower, addresses: Addresses
) -> None:
    del follower
    plan = addresses.run(f"EXPLAIN {LAW_FACTS}", 0, 10)
    assert any("stored_events_law" in str(row) for row in plan)


def test_an_edition_of_a_newer_release_is_named_and_the_one_before_stands(
    follower: LawFollower, postgres_store: PostgresFactStore
) -> None:
    publish_carried(postgres_store, CLOCK)
    follower.refresh()
    newer = ({**CARRIED.lines[0], "phase_of_the_moon": "full"},)
    publish(newer, postgres_store, CLOCK)
    assert wait_until(lambda: follower.fault is not None, within=20)
    assert follower.fault == "the law cannot be looked at: UnreadableEdition"
    assert follower.current().book.edition == 1
    with pytest.raises(UnreadableEdition, match="phase_of_the_moon"):
        follower.refresh()
