"""Making the views anew beside the live ones: equal rows, nobody is cut off, nothing is lost."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

import psycopg
import pytest

from domain.ports import LANES, FactStore
from infra.local.ports import wait_until
from infra.memory import MemoryFactStore
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views import PostgresViews, PostgresViewStore
from infra.postgres.views.beside import Beside, NoOldViews
from infra.serial import decode
from projections.base import Fact
from projections.ports import Progress, ProgressLost, ViewStore
from services.rebuild import Advance, Rebuild, Rebuilt
from services.rebuild_helper import HelperLost
from tests.infra.postgres.views_scene import LATE, scene
from tests.projections.chronicle import Chronicle, all_projections, stream_of
from tests.projections.folding import apply_batch
from tests.projections.journeys import told_by_chance
from tests.stores import Addresses

TOPIC = "live-topic"


@pytest.fixture
def live(addresses: Addresses) -> Iterator[PostgresViewStore]:
    store = PostgresViewStore.at(addresses.projector)
    yield store
    store.close()


def append(store: FactStore, tale: Chronicle, *, start: int = 0) -> None:
    """Save a history in the store, which gives it positions of its own."""
    for fact in tale.facts[start:]:
        store.append([fact.event])


def follow(store: FactStore, views: ViewStore) -> None:
    """Fold what is new in the store, as a projector that follows its log."""
    projections = all_projections()
    for lane in range(LANES):
        was = {p.name: views.progress(p.name, [lane]).get(lane) for p in projections}
        after = max((progress.position for progress in was.values() if progress), default=0)
        came = store.read(after=after, limit=10_000, lanes=[lane])
        facts = [
            Fact(f.position, lane, f.type_name, f.body, decode(f.type_name, f.body)) for f in came
        ]
        if facts:
            now = Progress(TOPIC, facts[-1].position + 1, facts[-1].position)
            views.apply(lane, [(p, was[p.name], now, facts) for p in projections], [])


def rebuild(
    addresses: Addresses,
    store: FactStore,
    *,
    resume: bool = False,
    tell: Callable[[Advance], None] = lambda _: None,
    helpers: Sequence[Mapping[str, str]] = (),
) -> Rebuilt:
    beside = Beside.at(addresses.projector)
    fresh = PostgresViewStore.at(addresses.projector, schema="views_next")
    try:
        work = Rebuild(
            store,
            beside,
            fresh,
            all_projections(),
            decode,
            tell,
            helpers=helpers,
        )
        return work.run(resume=resume)
    finally:
        fresh.close()
        beside.close()


def totals(addresses: Addresses) -> Mapping[str, str]:
    views = PostgresViews.open(addresses.app, [])
    found = views.totals()
    views.close()
    return found


def test_a_rebuild_changes_no_row_and_no_place_in_the_stream(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, told_by_chance(Random(1), petitions=12, steps=150))
    follow(postgres_store, live)
    before, place = totals(addresses), live.progress("petitions", range(LANES))
    rebuilt = rebuild(addresses, postgres_store)
    assert rebuilt.equal
    assert (totals(addresses), rebuilt.after) == (before, before)
    assert live.progress("petitions", range(LANES)) == place
    assert rebuilt.facts == len(postgres_store.read(after=0, limit=10_000))


def test_the_new_tables_have_every_index_grant_and_setting_of_the_old(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    structure = """
        SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'views'
        UNION ALL SELECT c.relname, 'options', c.reloptions::text FROM pg_class c
            WHERE relnamespace = 'views'::regnamespace AND relkind = 'r'
        UNION ALL SELECT c.relname, 'rights', c.relacl::text FROM pg_class c
            WHERE relnamespace = 'views'::regnamespace AND relkind = 'r'
        UNION ALL SELECT table_name, column_name, concat_ws(' ', data_type, is_nullable,
                collation_name, column_default)
            FROM information_schema.columns WHERE table_schema = 'views'
        ORDER BY 1, 2"""
    before = addresses.run(structure)
    append(postgres_store, scene())
    follow(postgres_store, live)
    rebuild(addresses, postgres_store)
    rebuild(addresses, postgres_store)
    assert addresses.run(structure) == before


def test_wrong_rows_are_put_right_and_the_difference_is_told(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    right = totals(addresses)
    addresses.run("UPDATE views.office_load SET n = n + 1")
    addresses.run("DELETE FROM views.petitions")
    rebuilt = rebuild(addresses, postgres_store)
    changed = {name for name in right if rebuilt.before[name] != rebuilt.after[name]}
    assert changed == {"office_load", "petitions"}
    assert totals(addresses) == right


def test_views_that_were_lost_come_back_from_the_store(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    right = totals(addresses)
    for name in (*right, "progress"):
        addresses.run(f"DELETE FROM views.{name}")
    rebuild(addresses, postgres_store)
    assert totals(addresses) == right


def test_a_projector_at_work_meanwhile_goes_on_and_nothing_is_lost(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    tale = told_by_chance(Random(5), petitions=20, steps=200)
    half = len(tale.facts) // 2
    for fact in tale.facts[:half]:
        postgres_store.append([fact.event])
    follow(postgres_store, live)
    written = threading.Event()
    projector = threading.Thread(target=keep_following, args=(addresses, postgres_store, written))
    projector.start()
    writer = threading.Thread(target=write_on, args=(postgres_store, tale, half, written))
    writer.start()
    rebuilds = [rebuild(addresses, postgres_store) for _ in range(3)]
    writer.join()
    projector.join()
    assert all(rebuilt.equal for rebuilt in rebuilds)
    followed = totals(addresses)
    assert rebuild(addresses, postgres_store).equal
    assert totals(addresses) == followed


def write_on(store: FactStore, tale: Chronicle, start: int, written: threading.Event) -> None:
    """Offices that go on recording."""
    append(store, tale, start=start)
    written.set()


def keep_following(addresses: Addresses, store: FactStore, written: threading.Event) -> None:
    """A projector that takes its progress anew when it lost it."""
    views = PostgresViewStore.at(addresses.projector)
    last = False
    while not last:
        last = written.is_set()
        try:
            follow(store, views)
        except ProgressLost:
            last = False
    views.close()


def test_who_asked_before_the_swap_is_answered_from_the_new_rows_after(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    with psycopg.connect(addresses.app, autocommit=True, prepare_threshold=0) as reader:
        state = "SELECT state FROM views.petitions WHERE petition_id = %s"
        assert reader.execute(state, [LATE]).fetchone() == ("received",)
        addresses.run("UPDATE views.petitions SET state = 'wrong'")
        assert reader.execute(state, [LATE]).fetchone() == ("wrong",)
        rebuild(addresses, postgres_store)
        assert reader.execute(state, [LATE]).fetchone() == ("received",)


def test_while_the_tables_change_projectors_wait_and_readers_do_not(
    addresses: Addresses, live: PostgresViewStore
) -> None:
    beside = Beside.at(addresses.projector)
    fact = Chronicle().received(LATE)
    projector = threading.Thread(target=apply_batch, args=(live, [fact]))
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation::regclass::text = %s"
    with beside.standing_still():
        projector.start()
        assert wait_until(lambda: addresses.run(waiting, "views.progress") == [(1,)], within=20)
        assert totals(addresses)
        assert projector.is_alive()
    projector.join()
    assert live.progress("petitions", [fact.lane])[fact.lane].position == fact.position
    beside.close()


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


def test_a_rebuild_goes_to_the_end_of_the_store_though_no_projector_runs(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    tale = told_by_chance(Random(4), petitions=12, steps=150)
    half = len(tale.facts) // 2
    for fact in tale.facts[:half]:
        postgres_store.append([fact.event])
    follow(postgres_store, live)
    append(postgres_store, tale, start=half)
    assert rebuild(addresses, postgres_store).equal
    gone_on = totals(addresses)
    follow(postgres_store, live)
    assert totals(addresses) == gone_on


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


def roll_back(addresses: Addresses) -> None:
    beside = Beside.at(addresses.projector)
    try:
        beside.roll_back()
    finally:
        beside.close()
