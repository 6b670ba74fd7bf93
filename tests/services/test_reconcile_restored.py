"""A store, its views or the topics put back or made anew: noticed, named, never mixed."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import count, islice
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from domain.ports import LANES
from domain.streams import lane_of
from infra.clock import SystemClock
from infra.kafka.clients import open_kafka_stream
from infra.kafka.settings import KafkaSettings, Library
from infra.kafka.topics import TopicsUnfit, topic_ids
from infra.local.ports import wait_until
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.leases import Leases
from infra.postgres.log_stream import PostgresLogStream
from infra.postgres.outbox import PostgresOutbox
from infra.postgres.reconciled import Kind, StoreDigests
from infra.postgres.relay_cursor import RelayCursor
from infra.postgres.views.store import PostgresViewStore
from infra.postgres.wake import Listener
from infra.serial import decode
from projections.access_log import AccessLog
from services.lifetime import Exit
from services.load.oracle import read_stream
from services.projector.lanes import Desk
from services.projector.program import ProjectorParts, run_projector
from services.projector.recorded import StoreAndRelay
from services.projector.status import ProjectorStatus
from services.projector.worker import Projector
from services.relay.program import RelayParts, run_relay
from tests.contracts.facts import opened
from tests.fixtures import in_database
from tests.kafka_topics import recreate_topics
from tests.services.test_reconcile import Scales
from tests.stores import Addresses

SOON = 60
END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def library() -> Library:
    """What is noticed does not depend on the client."""
    return "kafka-python"


@contextmanager
def copy_of(addresses: Addresses) -> Iterator[Callable[[str], str]]:
    """The database as it is now, restored beside it: how to address it, by an address of it."""
    name = f"t_{uuid4().hex[:16]}"
    origin = str(psycopg.conninfo.conninfo_to_dict(addresses.admin)["dbname"])
    addresses.run(END_OTHERS)
    with psycopg.connect(in_database(addresses.admin, "postgres"), autocommit=True) as admin:
        query = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        admin.execute(query.format(sql.Identifier(name), sql.Identifier(origin)))
        yield lambda dsn: make_conninfo(dsn, dbname=name)
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def relay_parts(dsn: str, kafka: KafkaSettings) -> RelayParts:
    return RelayParts(
        outbox=PostgresOutbox(dsn),
        cursor=RelayCursor(dsn),
        digests=StoreDigests(dsn),
        leases=Leases(dsn, f"relay-{uuid4()}"),
        news=Listener(dsn, "tiepdan relay", "stored_events"),
        kafka=kafka,
        end=lambda _: None,
    )


def on_stream(kafka: KafkaSettings) -> int:
    """Facts on the stream; who begins again sends some of them twice, and may."""
    stream = open_kafka_stream(kafka)
    found = {record.position for record in read_stream(stream, 0, range(LANES))}
    stream.close()
    return len(found)


@pytest.mark.kafka
@pytest.mark.parametrize("reused", [0, 25], ids=["at rest", "with positions used again"])
def test_a_store_put_back_to_an_older_state_publishes_nothing_over_the_stream(
    addresses: Addresses, kafka: KafkaSettings, reused: int
) -> None:
    origin = Scales(open_store(addresses.app), addresses.app, kafka)
    origin.record(30)
    origin.publish()
    with copy_of(addresses) as restored:
        record_in_one_lane(origin.store, 10)
        origin.publish()
        store = open_store(restored(addresses.app))
        older = Scales(store, restored(addresses.app), kafka)
        if reused:
            record_in_one_lane(store, reused)
        parts = relay_parts(restored(addresses.app), kafka)
        assert run_relay(parts, threading.Event()) is Exit.FORKED
        assert on_stream(kafka) == 40
        kinds = {found.kind for found in older.compare().differences}
        assert kinds == ({Kind.BODY} if reused else {Kind.SURPLUS})
        recreate_topics(kafka)
        older.epoch = 10
        older.publish()
        assert older.compare().differences == []
        assert on_stream(kafka) == 30 + reused
        close(parts)
        older.close()
        store.close()
    origin.close()
    origin.store.close()


def record_in_one_lane(store: PostgresFactStore, facts: int) -> None:
    """Facts of streams that share a lane: what two histories put there collides."""
    made = (opened(uuid4()) for _ in count())
    there = (fact for fact in made if lane_of(fact.originator_id, fact.TOPIC) == LANES - 1)
    store.append(list(islice(there, facts)))


def open_store(dsn: str) -> PostgresFactStore:
    return PostgresFactStore.open(dsn, durable=False, environ={})


def close(parts: RelayParts) -> None:
    assert isinstance(parts.outbox, PostgresOutbox)
    for part in (parts.outbox, parts.cursor, parts.digests, parts.leases, parts.news):
        part.close()


def rows(addresses: Addresses) -> Sequence[int]:
    found = addresses.run("SELECT position FROM views.access_log ORDER BY position")
    return [int(str(position)) for (position,) in found]


def test_views_put_back_to_an_older_state_catch_up_by_themselves(
    postgres_store: PostgresFactStore, addresses: Addresses
) -> None:
    views, stream = PostgresViewStore.at(addresses.projector), PostgresLogStream(addresses.app)
    projector = Projector(
        stream, Desk((AccessLog(),), views, decode), SystemClock(),
        StoreAndRelay(postgres_store, None), ProjectorStatus(), compare_every=0,
    )  # fmt: skip

    def fold_all() -> None:
        projector.follow(frozenset(range(LANES)))
        projector.step(0)
        projector.look_around()

    def is_whole() -> bool:
        fold_all()
        return rows(addresses) == [f.position for f in postgres_store.read(after=0, limit=100)]

    postgres_store.append([opened(uuid4()) for _ in range(20)])
    assert wait_until(is_whole, within=SOON)
    tables = ("access_log", "progress")
    for table in tables:
        addresses.run(f"CREATE TABLE kept_{table} AS TABLE views.{table}")
    postgres_store.append([opened(uuid4()) for _ in range(20)])
    assert wait_until(is_whole, within=SOON)
    for table in tables:
        addresses.run(f"TRUNCATE views.{table}")
        addresses.run(f"INSERT INTO views.{table} SELECT * FROM kept_{table}")
    assert len(rows(addresses)) == 20
    assert wait_until(is_whole, within=SOON), "nothing new was recorded, and yet it caught up"
    stream.close()
    views.close()


@pytest.mark.kafka
def test_topics_deleted_and_made_anew_under_running_programs_are_filled_and_read_again(
    postgres_store: PostgresFactStore, addresses: Addresses, kafka: KafkaSettings
) -> None:
    quick, stop = replace(kafka, check_every=0.5), threading.Event()
    parts = relay_parts(addresses.app, quick)
    programs = [
        threading.Thread(target=run_again, args=(stop, lambda: run_relay(parts, stop))),
        threading.Thread(target=run_again, args=(stop, lambda: project(addresses, quick, stop))),
    ]
    for program in programs:
        program.start()

    def is_whole() -> bool:
        stored = postgres_store.read(after=0, limit=1_000)
        return rows(addresses) == [fact.position for fact in stored]

    try:
        postgres_store.append([opened(uuid4()) for _ in range(40)])
        assert wait_until(is_whole, within=SOON)
        folded = positions(addresses)
        recreate_topics(kafka)
        postgres_store.append([opened(uuid4()) for _ in range(40)])
        assert wait_until(is_whole, within=SOON)
        assert wait_until(lambda: on_stream(kafka) == 80, within=SOON)
        ids = set(topic_ids(kafka).values())
        assert wait_until(lambda: topics_known(addresses) <= ids, within=SOON)
        after = positions(addresses)
        assert all(after[lane] >= position for lane, position in folded.items())
    finally:
        stop.set()
        for program in programs:
            program.join(timeout=SOON)
        close(parts)


def positions(addresses: Addresses) -> dict[object, int]:
    found = addresses.run("SELECT lane, position FROM views.progress")
    return {lane: int(str(position)) for lane, position in found}


def topics_known(addresses: Addresses) -> set[str]:
    found = addresses.run("SELECT DISTINCT topic_id FROM views.progress WHERE position > 0")
    return {str(topic) for (topic,) in found}


def run_again(stop: threading.Event, run: Callable[[], Exit]) -> None:
    """As a supervisor does, also when a program cannot even start."""
    while not stop.is_set():
        with suppress(TopicsUnfit):
            run()


def project(addresses: Addresses, kafka: KafkaSettings, stop: threading.Event) -> Exit:
    stream = open_kafka_stream(kafka)
    store, cursor = open_store(addresses.app), RelayCursor(addresses.app)
    leases = Leases(addresses.app, f"projector-{uuid4()}")
    views = PostgresViewStore.at(addresses.projector)
    parts = ProjectorParts(
        stream=stream,
        desk=Desk((AccessLog(),), views, decode),
        leases=leases,
        clock=SystemClock(),
        recorded=StoreAndRelay(store, cursor),
        end=lambda _: None,
    )
    try:
        return run_projector(parts, stop)
    finally:
        for part in (store, cursor, leases, views):
            part.close()
