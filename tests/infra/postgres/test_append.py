"""The traps of appending, each measured in these very versions; each comes back red."""

import threading
from uuid import uuid4

import psycopg
import pytest

from domain.events.base import OfficeEvent
from domain.ports import Receipt, StoreUnavailable
from infra.local.ports import wait_until
from infra.postgres.batches import BatchWriter, ReceiptTaken, StreamTaken
from infra.postgres.connections import connect
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.group_commit import Save
from infra.postgres.recorder import UnsafeStore
from infra.serial import EventMapper
from tests.contracts.facts import a_petition, accepted, receipt
from tests.stores import Addresses


def save_of(*facts: OfficeEvent, key: Receipt | None = None) -> Save:
    mapper = EventMapper()
    return Save([mapper.to_stored_event(fact) for fact in facts], key, None)


@pytest.mark.parametrize(
    "name", ["POSTGRES_ENABLE_DB_FUNCTIONS", "STORE_POSTGRES_ENABLE_DB_FUNCTIONS"]
)
@pytest.mark.parametrize("value", ["yes", "1", "true", "on", "anything"])
def test_the_librarys_lossy_mode_is_refused(addresses: Addresses, name: str, value: str) -> None:
    with pytest.raises(UnsafeStore, match=name):
        PostgresFactStore.open(addresses.app, durable=False, environ={name: value})


def test_the_lossy_mode_switched_off_is_no_reason_to_refuse(addresses: Addresses) -> None:
    environ = {"POSTGRES_ENABLE_DB_FUNCTIONS": "no"}
    PostgresFactStore.open(addresses.app, durable=False, environ=environ).close()


def test_a_server_that_forgets_on_a_power_cut_is_refused(addresses: Addresses) -> None:
    """The tests' own server runs with fsync off."""
    with pytest.raises(UnsafeStore, match="fsync"):
        PostgresFactStore.open(addresses.app, environ={})


def test_refused_saves_of_a_batch_leave_the_others_their_true_positions(
    addresses: Addresses, postgres_store: PostgresFactStore
) -> None:
    """With RETURN QUERY the ids of the rolled-back first try came back: 838 of 2,565."""
    known, kept = a_petition(), receipt()
    postgres_store.append(known, receipt=kept)
    first, last = a_petition(), a_petition()
    batch = [
        save_of(*first, key=receipt()),
        save_of(accepted(known[0].originator_id, 2), accepted(uuid4(), 1)),
        save_of(accepted(uuid4(), 1), key=receipt(kept.key)),
        save_of(*last, key=receipt()),
    ]
    writer = BatchWriter(lambda: connect(addresses.app, "test"))
    writer.commit(batch)
    writer.close()
    for facts, save in ((first, batch[0]), (last, batch[3])):
        stored = postgres_store.read_stream(facts[0].originator_id)
        assert save.positions == [fact.position for fact in stored]
    assert isinstance(batch[1].refusal, StreamTaken)
    assert isinstance(batch[2].refusal, ReceiptTaken)
    assert len(postgres_store.read(after=0, limit=100)) == 9


def test_a_save_the_server_cannot_take_fails_alone(
    addresses: Addresses, postgres_store: PostgresFactStore
) -> None:
    good, other = a_petition(), a_petition()
    bad = Save(save_of(accepted(uuid4(), 1)).events, None, "a\x00b")
    batch = [save_of(*good), bad, save_of(*other)]
    writer = BatchWriter(lambda: connect(addresses.app, "test"))
    writer.commit(batch)
    writer.close()
    assert isinstance(bad.refusal, psycopg.DataError)
    assert batch[0].positions is not None
    assert batch[2].positions is not None
    assert len(postgres_store.read(after=0, limit=100)) == 6


def test_whoever_else_inserts_takes_the_same_turn(
    addresses: Addresses, postgres_store: PostgresFactStore
) -> None:
    """A plain INSERT in an open transaction would commit behind a later position."""
    with psycopg.connect(addresses.admin) as other:
        other.execute(
            "INSERT INTO store.stored_events "
            "(originator_id, originator_version, topic, state, lane) "
            "VALUES (gen_random_uuid(), 1, 'x', '', 0)"
        )
        with pytest.raises(StoreUnavailable):
            postgres_store.append(a_petition())
    assert len(postgres_store.append(a_petition())) == 3


def test_positions_are_drawn_after_the_turn_is_taken(
    addresses: Addresses, postgres_store: PostgresFactStore
) -> None:
    """Drawn before, they would commit behind a later one, and a tailing reader miss them."""
    positions: list[int] = []
    with psycopg.connect(addresses.admin) as other:
        other.execute("LOCK TABLE store.append_turn IN EXCLUSIVE MODE")
        saver = threading.Thread(
            target=lambda: positions.extend(postgres_store.append(a_petition()))
        )
        saver.start()
        assert wait_until(lambda: waiting_for_turn(addresses), within=20)
        row = other.execute(
            "INSERT INTO store.stored_events "
            "(originator_id, originator_version, topic, state, lane) "
            "VALUES (gen_random_uuid(), 1, 'x', '', 0) RETURNING notification_id"
        ).fetchone()
    saver.join(30)
    assert row is not None
    assert len(positions) == 3
    assert min(positions) > row[0]


def waiting_for_turn(addresses: Addresses) -> bool:
    rows = addresses.run(
        "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'store.append_turn'::regclass"
    )
    return len(rows) > 0


def test_a_vacuum_of_the_log_does_not_stop_the_appending(
    addresses: Addresses, postgres_store: PostgresFactStore
) -> None:
    """EXCLUSIVE on the event table itself waits for every vacuum and analyze of it."""
    with psycopg.connect(addresses.admin) as vacuum:
        vacuum.execute("LOCK TABLE store.stored_events IN SHARE UPDATE EXCLUSIVE MODE")
        assert len(postgres_store.append(a_petition())) == 3


def test_a_lock_held_too_long_is_unavailable_and_leaves_nothing_behind(
    addresses: Addresses, postgres_store: PostgresFactStore
) -> None:
    refused: list[StoreUnavailable] = []

    def save() -> None:
        try:
            postgres_store.append(a_petition())
        except StoreUnavailable as error:
            refused.append(error)

    with psycopg.connect(addresses.admin) as holder:
        holder.execute("LOCK TABLE store.append_turn IN EXCLUSIVE MODE")
        savers = [threading.Thread(target=save) for _ in range(20)]
        for saver in savers:
            saver.start()
        for saver in savers:
            saver.join(30)
    assert len(refused) == 20
    assert all("nothing was saved" in str(error) for error in refused)
    assert len(postgres_store.append(a_petition())) == 3
    assert len(postgres_store.read(after=0, limit=100)) == 3


@pytest.mark.parametrize("table", ["stored_events", "receipts"])
@pytest.mark.parametrize("act", ["DELETE FROM", "TRUNCATE", "UPDATE"])
def test_not_even_the_administrator_changes_the_past(
    addresses: Addresses, postgres_store: PostgresFactStore, table: str, act: str
) -> None:
    postgres_store.append(a_petition(), receipt=receipt())
    column = {"stored_events": "topic = 'x'", "receipts": "response = ''"}[table]
    statement = f"{act} store.{table}" + (f" SET {column}" if act == "UPDATE" else "")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed"):
        addresses.run(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO store.stored_events VALUES (gen_random_uuid(), 1, 'x', '', 1, 0)",
        "UPDATE store.stored_events SET topic = 'x'",
        "DELETE FROM store.receipts",
        "SELECT setval('store.stored_events_notification_id_seq', 1)",
        "DROP TABLE store.leases",
        "CREATE TABLE store.mine ()",
        "CREATE TABLE public.mine ()",
        "SELECT * FROM vault.entries",
    ],
)
def test_the_applications_role_writes_through_the_one_function_alone(
    addresses: Addresses, statement: str
) -> None:
    with (
        psycopg.connect(addresses.app, autocommit=True) as app,
        pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable)),
    ):
        app.execute(statement.encode())


@pytest.mark.parametrize("relation", ["store.stored_events", "store.receipts", "store.leases"])
def test_the_vaults_role_sees_nothing_but_the_vault(addresses: Addresses, relation: str) -> None:
    with (
        psycopg.connect(addresses.vault, autocommit=True) as vault,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        vault.execute(f"SELECT * FROM {relation}".encode())


def test_collisions_are_found_by_index_whatever_the_statistics_say(addresses: Addresses) -> None:
    """With stale ones the planner scanned the whole log: 43 ms a batch."""
    rows = addresses.run("SELECT proconfig FROM pg_proc WHERE proname = 'find_collisions'")
    assert "enable_seqscan=off" in str(rows)
