"""Making the views anew beside the live ones: equal rows, nobody is cut off, nothing is lost."""

import threading
from random import Random

import psycopg

from domain.ports import LANES, FactStore
from infra.local.ports import wait_until
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views import PostgresViewStore
from infra.postgres.views.beside import Beside
from projections.ports import ProgressLost
from tests.infra.postgres.rebuilding import append, follow, live, rebuild, totals
from tests.infra.postgres.views_scene import LATE, scene
from tests.projections.chronicle import Chronicle
from tests.projections.folding import apply_batch
from tests.projections.journeys import told_by_chance
from tests.stores import Addresses

__all__ = ["live"]


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
    fact = Chronicle().received(LATE)
    projector = threading.Thread(target=apply_batch, args=(live, [fact]))
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation::regclass::text = %s"
    with Beside.at(addresses.projector) as beside, beside.standing_still():
        projector.start()
        assert wait_until(lambda: addresses.run(waiting, "views.progress") == [(1,)], within=20)
        assert totals(addresses)
        assert projector.is_alive()
    projector.join()
    assert live.progress("petitions", [fact.lane])[fact.lane].position == fact.position


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
