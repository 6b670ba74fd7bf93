"""A save whose answer was lost is never reported as a conflict (stack.md 1.4.2, F05)."""

import threading
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from domain.ports import KeyTaken, StoreUnavailable, VersionTaken
from infra.local.ports import free_port, wait_until
from infra.postgres.batches import BatchWriter
from infra.postgres.connections import connect
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.group_commit import Save
from infra.serial import EventMapper
from tests.contracts.facts import a_petition, accepted, receipt
from tests.infra.postgres.cutting_proxy import Cut, CuttingProxy
from tests.stores import Addresses


@pytest.fixture
def line(addresses: Addresses) -> Iterator[CuttingProxy]:
    proxy = CuttingProxy(addresses.app)
    yield proxy
    proxy.close()


@pytest.fixture
def store(line: CuttingProxy) -> Iterator[PostgresFactStore]:
    """A store behind the line, its writer connected already."""
    store = PostgresFactStore.open(line.dsn, durable=False, environ={})
    store.append(a_petition())
    yield store
    store.close()


@pytest.mark.parametrize("with_receipt", [True, False])
def test_a_save_cut_off_after_its_commit_is_known_to_be_saved(
    store: PostgresFactStore, line: CuttingProxy, with_receipt: bool
) -> None:
    for _ in range(5):
        facts = a_petition()
        line.arm(Cut.AFTER_COMMIT)
        positions = store.append(facts, receipt=receipt() if with_receipt else None)
        stored = store.read_stream(facts[0].originator_id)
        assert [fact.position for fact in stored] == list(positions)
    assert line.cuts == 5


def test_a_save_cut_off_before_the_server_heard_it_is_saved_once(
    store: PostgresFactStore, line: CuttingProxy
) -> None:
    facts = a_petition()
    line.arm(Cut.BEFORE_REQUEST)
    positions = store.append(facts, receipt=receipt())
    assert line.cuts == 1
    stored = store.read_stream(facts[0].originator_id)
    assert [fact.position for fact in stored] == list(positions)


def test_a_true_conflict_stays_one_when_its_answer_is_lost(
    store: PostgresFactStore, line: CuttingProxy
) -> None:
    facts, kept = a_petition(), receipt()
    store.append(facts, receipt=kept)
    line.arm(Cut.AFTER_COMMIT)
    with pytest.raises(VersionTaken):
        store.append([accepted(facts[0].originator_id, 2, offer=7)], receipt=receipt())
    line.arm(Cut.AFTER_COMMIT)
    with pytest.raises(KeyTaken):
        store.append(a_petition(), receipt=receipt(kept.key))
    assert line.cuts == 2


def test_a_batch_cut_off_after_its_commit_is_told_apart_save_by_save(
    addresses: Addresses, line: CuttingProxy, store: PostgresFactStore
) -> None:
    known, kept = a_petition(), receipt()
    store.append(known, receipt=kept)
    mapper, new = EventMapper(), a_petition()
    good = Save([mapper.to_stored_event(fact) for fact in new], receipt(), None)
    late = Save([mapper.to_stored_event(accepted(known[0].originator_id, 1, offer=5))], None, None)
    used = Save([mapper.to_stored_event(accepted(uuid4(), 1))], receipt(kept.key), None)
    writer = BatchWriter(lambda: connect(line.dsn, "test"))
    writer.commit([])
    line.arm(Cut.AFTER_COMMIT)
    writer.commit([good, late, used])
    assert line.cuts == 1
    assert good.positions == [f.position for f in store.read_stream(new[0].originator_id)]
    assert [type(save.refusal).__name__ for save in (good, late, used)] == [
        "NoneType",
        "StreamTaken",
        "ReceiptTaken",
    ]
    writer.close()


def test_a_backend_that_works_on_after_the_cut_is_ended_before_the_outcome_is_read(
    store: PostgresFactStore, line: CuttingProxy, addresses: Addresses
) -> None:
    """Otherwise "not stored" is read, the save is made again, and the first one lands too."""
    facts = a_petition()
    outcome: list[object] = []

    def save() -> None:
        try:
            outcome.append(store.append(facts))
        except (StoreUnavailable, VersionTaken) as refused:
            outcome.append(refused)

    with psycopg.connect(addresses.admin) as holder:
        holder.execute("LOCK TABLE store.append_turn IN EXCLUSIVE MODE")
        connected = {row[0] for row in addresses.run("SELECT pid FROM pg_stat_activity")}
        line.arm(Cut.WHILE_WAITING)
        saver = threading.Thread(target=save)
        saver.start()
        assert wait_until(lambda: line.cuts == 1, within=10)
        assert wait_until(lambda: waiting(addresses) - connected != set(), within=10)
    saver.join(30)
    stored = store.read_stream(facts[0].originator_id)
    assert outcome == [[fact.position for fact in stored]]


def waiting(addresses: Addresses) -> set[object]:
    """The backends that wait for their turn to append."""
    rows = addresses.run(
        "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'store.append_turn'::regclass"
    )
    return {row[0] for row in rows}


def test_a_silent_server_is_given_up_on_and_the_save_found_again(
    addresses: Addresses, line: CuttingProxy
) -> None:
    """Stopped or unplugged: no error ever comes, and no limit of the server's can help."""
    facts = a_petition()
    save = Save([EventMapper().to_stored_event(fact) for fact in facts], receipt(), None)
    writer = BatchWriter(lambda: connect(line.dsn, "test", silence=0.5))
    writer.commit([])
    line.arm(Cut.SILENCE)
    writer.commit([save])
    assert line.cuts == 1
    rows = addresses.run("SELECT notification_id FROM store.stored_events ORDER BY 1")
    assert save.positions == [row[0] for row in rows]
    writer.close()


def test_a_store_out_of_reach_says_that_nothing_was_saved(addresses: Addresses) -> None:
    nowhere = make_conninfo(addresses.app, port=free_port())
    writer = BatchWriter(lambda: connect(nowhere, "test"))
    save = Save([EventMapper().to_stored_event(accepted(uuid4(), 1))], None, None)
    writer.commit([save])
    assert isinstance(save.refusal, StoreUnavailable)
    assert "nothing was saved" in str(save.refusal)
    with pytest.raises(StoreUnavailable):
        PostgresFactStore.open(nowhere, durable=False, environ={})


def test_readers_go_on_after_the_server_ended_their_connections(
    store: PostgresFactStore, addresses: Addresses
) -> None:
    facts = a_petition()
    store.append(facts)
    addresses.run(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert list(store.load(facts[0].originator_id)) == facts
    assert len(store.append(a_petition())) == 3
