"""How far the views are, and what came since, on the real Postgres."""

import contextlib
import socket
import threading
from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random

import psycopg
import pytest

from infra.descriptors import allow_many_open
from infra.postgres.views import PostgresViews, PostgresViewStore
from infra.postgres.views.watch import PROGRAM
from projections.base import Fact, Projection
from projections.case_history import HistoryRow
from projections.ports import Progress, ProgressLost, ViewsUnavailable
from projections.tables import TABLES
from tests.infra.postgres.views_scene import LATE, Scene, scene, seen
from tests.projections.chronicle import Chronicle, all_projections
from tests.projections.folding import TOPIC, apply_batch, by_lane, fold_by_chance, fold_one_by_one
from tests.projections.journeys import told_by_chance
from tests.stores import Addresses

__all__ = ["seen"]


def test_the_feed_continues_where_each_lane_was_left(seen: Scene) -> None:
    everything = seen.views.feed(dict.fromkeys(range(24), 0))
    positions = [row.position for row in everything]
    assert positions == [fact.position for fact in seen.tale.facts if fact.lane < 12]
    middle = {row.lane: row.position for row in everything[:9]}
    since = dict.fromkeys(range(24), 0) | middle
    rest = seen.views.feed(since)
    assert [row.position for row in rest] == positions[9:]
    assert seen.views.feed(seen.views.feed_head()) == []


def test_the_feed_read_in_pieces_loses_nothing(seen: Scene) -> None:
    since = dict.fromkeys(range(12), 0)
    read: list[HistoryRow] = []
    while came := seen.views.feed(since, limit=2):
        read += came
        since |= {row.lane: row.position for row in came}
    assert [row.position for row in read] == [
        fact.position for fact in seen.tale.facts if fact.lane < 12
    ]


def test_who_waits_for_a_position_is_told_when_it_is_there(seen: Scene) -> None:
    fact = seen.tale.wait(minutes=1).received(LATE)
    assert not seen.views.wait_for(fact.lane, fact.position, timeout=0)
    told: list[bool] = []
    waiter = threading.Thread(
        target=lambda: told.append(seen.views.wait_for(fact.lane, fact.position, timeout=20))
    )
    waiter.start()
    apply_batch(seen.store, [fact])
    waiter.join()
    assert told == [True]


def test_who_waits_is_told_after_the_watch_came_back_on_a_descriptor_select_does_not_know(
    seen: Scene, addresses: Addresses
) -> None:
    last = seen.tale.facts[-1]
    assert seen.views.wait_for(last.lane, last.position, timeout=20)
    allow_many_open()
    with contextlib.ExitStack() as opened:
        for _ in range(1100):
            opened.enter_context(socket.socket())
        addresses.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = %s AND datname = current_database()",
            PROGRAM,
        )
        fact = seen.tale.wait(minutes=1).received(LATE)
        apply_batch(seen.store, [fact])
        assert seen.views.wait_for(fact.lane, fact.position, timeout=20)


def test_nobody_listens_for_moves_of_the_views_until_somebody_waits(addresses: Addresses) -> None:
    listens = "SELECT 1 FROM pg_stat_activity WHERE application_name = %s AND datname = %s"
    name = addresses.run("SELECT current_database()")[0][0]
    with contextlib.closing(PostgresViews.open(addresses.app, ["petitions"])) as views:
        views.freshness()
        assert not addresses.run(listens, PROGRAM, name)
        tries = (views.wait_for(0, 1, timeout=0.1) for _ in range(100))
        assert any(addresses.run(listens, PROGRAM, name) for _ in tries)


def test_a_position_one_projection_has_not_reached_is_waited_for(seen: Scene) -> None:
    fact = seen.tale.wait(minutes=1).received(LATE)
    apply_batch(seen.store, [fact], all_projections()[:-1])
    assert not seen.views.wait_for(fact.lane, fact.position, timeout=0.2)
    apply_batch(seen.store, [fact], all_projections()[-1:])
    assert seen.views.wait_for(fact.lane, fact.position, timeout=20)


def test_a_lane_one_projection_never_began_is_waited_for(addresses: Addresses) -> None:
    fact = Chronicle().received(LATE)
    first, *others = all_projections()
    store = PostgresViewStore.at(addresses.projector)
    views = PostgresViews.open(addresses.app, [p.name for p in all_projections()])
    apply_batch(store, [fact], [first])
    assert not views.wait_for(fact.lane, fact.position, timeout=0.2)
    apply_batch(store, [fact], others)
    assert views.wait_for(fact.lane, fact.position, timeout=20)
    views.close()
    store.close()


def test_freshness_tells_how_far_and_how_old(seen: Scene, addresses: Addresses) -> None:
    fresh = seen.views.freshness()
    newest = {lane: facts[-1].position for lane, facts in by_lane(seen.tale.facts).items()}
    assert dict(fresh.positions) == newest
    assert fresh.recorded_at == seen.tale.at
    addresses.run("UPDATE views.progress SET updated_at = updated_at - interval '1 hour'")
    old = seen.views.freshness().age
    assert old is not None
    assert old >= timedelta(hours=1)
    seen.store.confirm([p.name for p in all_projections()], range(24))
    confirmed = seen.views.freshness().age
    assert confirmed is not None
    assert confirmed < timedelta(hours=1)


def test_nothing_is_parked_in_a_healthy_view(seen: Scene) -> None:
    assert (seen.views.parked_count(), list(seen.views.parked())) == (0, [])


def test_the_application_may_read_the_views_and_not_write_them(addresses: Addresses) -> None:
    with psycopg.connect(addresses.app) as connection:
        assert connection.execute("SELECT count(*) FROM views.petitions").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM views.petitions")


def test_every_table_has_the_columns_of_its_row(addresses: Addresses) -> None:
    for row in TABLES:
        columns = addresses.run(
            "SELECT column_name::text FROM information_schema.columns"
            " WHERE table_schema = 'views' AND table_name = %s",
            row.TABLE,
        )
        assert {name for (name,) in columns} == set(row.__annotations__) - {"TABLE", "KEY"}


def test_rows_are_equal_byte_for_byte_whatever_the_batches(
    addresses: Addresses, database: str
) -> None:
    random = Random(7)
    tale = told_by_chance(random, petitions=8, steps=120)
    found = []
    for way in ("one by one", "by chance"):
        addresses.run(
            "TRUNCATE views.progress, " + ", ".join(f"views.{row.TABLE}" for row in TABLES)
        )
        store = PostgresViewStore.at(addresses.projector)
        if way == "one by one":
            fold_one_by_one(store, tale.facts)
        else:
            fold_by_chance(store, tale.facts, random)
        store.close()
        views = PostgresViews.open(addresses.app, [])
        found.append(views.totals())
        views.close()
    assert found[0] == found[1]


def test_of_many_workers_on_the_same_lanes_none_writes_twice(addresses: Addresses) -> None:
    tale = told_by_chance(Random(3), petitions=6, steps=60)
    workers = [threading.Thread(target=race, args=(addresses, tale.facts)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    (counted,) = addresses.run(
        "SELECT sum(n)::bigint FROM views.office_flow WHERE what = 'received'"
    )
    assert counted == (6,)
    (kept,) = addresses.run("SELECT count(*) FROM views.history")
    assert kept == (sum(fact.lane < 12 for fact in tale.facts),)


def race(addresses: Addresses, facts: Sequence[Fact]) -> None:
    """Fold every lane to its end, giving way to whoever is faster."""
    store = PostgresViewStore.at(addresses.projector)
    projections = all_projections()
    for lane, in_lane in by_lane(facts).items():
        while left := after(was := standing(store, projections, lane), in_lane):
            now = Progress(TOPIC, 0, left[-1].position)
            work = [(p, was.get(p.name), now, left) for p in projections]
            with contextlib.suppress(ProgressLost):
                store.apply(lane, work, [])
    store.close()


def standing(
    store: PostgresViewStore, projections: Sequence[Projection], lane: int
) -> dict[str, Progress]:
    """Where the projections stand in a lane, read one after the other."""
    found = {p.name: store.progress(p.name, [lane]).get(lane) for p in projections}
    return {name: progress for name, progress in found.items() if progress is not None}


def after(was: Mapping[str, Progress], facts: Sequence[Fact]) -> Sequence[Fact]:
    """The next three facts of a lane."""
    reached = was["petitions"].position if "petitions" in was else 0
    return [fact for fact in facts if fact.position > reached][:3]


def test_views_that_cannot_be_reached_say_so() -> None:
    store = PostgresViewStore.at("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(ViewsUnavailable):
        store.progress("petitions", [0])


def test_a_connection_that_was_cut_is_opened_anew(seen: Scene, addresses: Addresses) -> None:
    addresses.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE usename = 'tiepdan_projector' AND pid <> pg_backend_pid()"
    )
    with pytest.raises(ViewsUnavailable):
        seen.store.progress("petitions", [0])
    assert len(seen.store.progress("petitions", range(24))) == len(by_lane(scene().facts))
