"""A rebuild interrupted, helped, of a store put back; and the way back to the views of before."""

from random import Random

import pytest

from domain.ports import LANES
from infra.memory import MemoryFactStore
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views import PostgresViews, PostgresViewStore
from infra.postgres.views.beside import NoOldViews
from services.rebuild import Advance
from services.rebuild_helper import HelperLost
from tests.infra.postgres.rebuilding import TOPIC, append, follow, live, rebuild, roll_back, totals
from tests.infra.postgres.views_scene import LATE, scene
from tests.projections.chronicle import Chronicle, stream_of
from tests.projections.journeys import told_by_chance
from tests.stores import Addresses

__all__ = ["live"]


class Interrupted(Exception):
    """Somebody stopped the rebuild."""


def test_a_rebuild_that_was_stopped_goes_on_with_the_lanes_left(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    right = totals(addresses)
    whole = rebuild(addresses, postgres_store).facts
    told: list[Advance] = []

    def stop_at_the_fourth(advance: Advance) -> None:
        told.append(advance)
        if len(told) == 4:
            raise Interrupted

    with pytest.raises(Interrupted):
        rebuild(addresses, postgres_store, tell=stop_at_the_fourth)
    assert totals(addresses) == right
    resumed = rebuild(addresses, postgres_store, resume=True)
    assert resumed.equal
    assert 0 < resumed.facts < whole


def test_progress_is_told_up_to_the_end(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    told: list[Advance] = []
    rebuilt = rebuild(addresses, postgres_store, tell=told.append)
    assert [advance.facts for advance in told] == sorted(advance.facts for advance in told)
    assert told[-1].facts == rebuilt.facts
    assert 0 < told[0].share < told[-1].share <= 1


def test_a_record_nobody_can_read_is_set_aside_with_its_stream(
    addresses: Addresses, postgres_store: PostgresFactStore
) -> None:
    append(postgres_store, scene())
    broken = stream_of("broken")
    tale = Chronicle()
    tale.received(broken)
    tale.wait(days=1).received(broken)
    append(postgres_store, tale, start=0)
    addresses.run("ALTER TABLE store.stored_events DISABLE TRIGGER ALL")
    addresses.run(
        "UPDATE store.stored_events SET topic = 'petition.dreamt/9'"
        " WHERE originator_id = %s AND originator_version = 1",
        broken,
    )
    rebuild(addresses, postgres_store)
    views = PostgresViews.open(addresses.app, [])
    assert [parked.record.stream for parked in views.parked()] == [broken, broken]
    assert views.find_petition(broken) is None
    assert views.find_petition(LATE) is not None
    views.close()


def test_views_ahead_of_a_store_that_was_rewound_read_their_topic_from_the_beginning(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    addresses.run("UPDATE views.progress SET position = position + 1000000, next_offset = 77")
    rebuild(addresses, postgres_store)
    for progress in live.progress("petitions", range(LANES)).values():
        assert (progress.topic_id, progress.next_offset) == (TOPIC, 0)
        assert progress.position <= postgres_store.head()


def test_after_the_store_was_put_back_a_rebuild_shows_what_it_holds_now(
    addresses: Addresses, live: PostgresViewStore
) -> None:
    """What health pages tell to do. The other history is shorter, and takes positions again."""
    before, now = MemoryFactStore(), MemoryFactStore()
    append(before, told_by_chance(Random(1), petitions=12, steps=150))
    append(now, told_by_chance(Random(2), petitions=6, steps=60))
    follow(before, live)
    assert not rebuild(addresses, now).equal
    follow(now, live)
    assert rebuild(addresses, now).equal
    reached = {lane: stands.position for lane, stands in live.progress("cases", range(12)).items()}
    newest = {fact.lane: fact.position for fact in now.read(after=0, limit=10_000)}
    assert reached == {lane: at for lane, at in newest.items() if lane < 12}


def test_a_rebuild_with_a_helper_makes_the_same_rows(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, told_by_chance(Random(3), petitions=12, steps=150))
    follow(postgres_store, live)
    before = totals(addresses)
    helped = {"TIEPDAN_STORE_DSN": addresses.app, "TIEPDAN_PROJECTOR_DSN": addresses.projector}
    told: list[Advance] = []
    rebuilt = rebuild(addresses, postgres_store, tell=told.append, helpers=[helped])
    assert rebuilt.equal
    assert totals(addresses) == before
    assert rebuilt.facts == len(postgres_store.read(after=0, limit=10_000)) == told[-1].facts


def test_a_helper_that_cannot_work_ends_the_rebuild_and_leaves_the_live_views(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    before = totals(addresses)
    nowhere = {"TIEPDAN_STORE_DSN": "dbname=nowhere host=/nowhere"}
    with pytest.raises(HelperLost):
        rebuild(addresses, postgres_store, helpers=[nowhere])
    assert totals(addresses) == before


def test_views_rolled_back_are_those_of_before_and_can_go_on(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    addresses.run("UPDATE views.office_load SET n = n + 1")
    before = totals(addresses)
    rebuild(addresses, postgres_store)
    after = totals(addresses)
    roll_back(addresses)
    assert totals(addresses) == before != after
    roll_back(addresses)
    assert totals(addresses) == after
    follow(postgres_store, live)
    assert rebuild(addresses, postgres_store).equal


def test_without_old_views_of_this_shape_nothing_is_rolled_back(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    with pytest.raises(NoOldViews):
        roll_back(addresses)
    rebuild(addresses, postgres_store)
    addresses.run("ALTER TABLE views_old.petitions DROP COLUMN returns")
    before = totals(addresses)
    with pytest.raises(NoOldViews):
        roll_back(addresses)
    assert totals(addresses) == before
