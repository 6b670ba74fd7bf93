"""From the real store over the real Kafka into real rows, through kills and new topics."""

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from string import ascii_letters
from uuid import uuid4

import pytest

from domain.ports import LANES
from infra.clock import SystemClock
from infra.kafka.clients import open_kafka_stream, open_publisher
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import topic_ids
from infra.local.ports import wait_until
from infra.memory.fact_store import MemoryFactStore
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.outbox import PostgresOutbox
from infra.postgres.relay_cursor import RelayCursor
from infra.postgres.views.store import PostgresViewStore
from infra.serial import decode, encode
from projections.access_log import AccessLog
from services.lifetime import Exit
from services.projector.lanes import Desk
from services.projector.recorded import StoreAndRelay
from services.projector.status import ProjectorStatus
from services.projector.worker import Projector
from services.relay.rounds import Relay
from services.relay.status import RelayStatus
from tests.contracts.facts import opened
from tests.kafka_topics import recreate_topics
from tests.services.conftest import Program
from tests.services.tape import Books, Tape, on_tape
from tests.stores import Addresses

PROJECTOR = "tests.services.projector_process"
ALL = frozenset(range(LANES))


class Way:
    """The whole way of a fact: store, relay, Kafka, rows."""

    def __init__(
        self, store: PostgresFactStore, addresses: Addresses, kafka: KafkaSettings
    ) -> None:
        self.store = store
        self.addresses = addresses
        self.kafka = kafka
        self.cursor, self.outbox = RelayCursor(addresses.app), PostgresOutbox(addresses.app)
        self.epoch = 0

    def record(self, readings: int) -> None:
        self.store.append([opened(uuid4()) for _ in range(readings)])

    def relay(self) -> None:
        """A relay comes, publishes all there is, and goes."""
        self.epoch += 1
        producer = open_publisher(self.kafka)
        ids, status = topic_ids(self.kafka), RelayStatus()
        relay = Relay(
            self.outbox, self.cursor, producer, epoch=self.epoch, topic_ids=ids, status=status
        )
        while relay.send_round():
            pass
        producer.abandon()

    def rows(self) -> Sequence[int]:
        """The positions that became rows."""
        found = self.addresses.run("SELECT position FROM views.access_log ORDER BY position")
        return [int(str(position)) for (position,) in found]

    def is_whole(self) -> bool:
        return self.rows() == self.recorded()

    def recorded(self) -> Sequence[int]:
        return [stored.position for stored in self.store.read(after=0, limit=100_000)]

    def command(self) -> tuple[str, str, str, str]:
        return PROJECTOR, self.addresses.projector, self.kafka.bootstrap, self.kafka.library


@pytest.fixture
def way(
    postgres_store: PostgresFactStore, addresses: Addresses, kafka: KafkaSettings
) -> Iterator[Way]:
    way = Way(postgres_store, addresses, kafka)
    yield way
    way.cursor.close()
    way.outbox.close()


@pytest.mark.kafka
def test_a_killed_projector_is_stood_in_for_and_each_fact_is_one_row(
    way: Way, start: Callable[..., Program]
) -> None:
    first, second = start(*way.command()), start(*way.command())
    way.record(3_000)
    way.relay()
    assert wait_until(lambda: len(way.rows()) > 0, within=90)
    first.kill()
    way.record(100)
    way.relay()
    assert wait_until(way.is_whole, within=90)
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=20) == Exit.CLEAN


@pytest.mark.kafka
def test_a_topic_made_anew_and_filled_again_adds_only_what_is_new(way: Way) -> None:
    views = PostgresViewStore.at(way.addresses.projector)
    way.record(50)
    way.relay()
    fold(way, views)
    assert way.is_whole()
    recreate_topics(way.kafka)
    way.record(50)
    way.relay()
    fold(way, views)
    assert way.is_whole()
    assert len(way.rows()) == 100
    ids = set(topic_ids(way.kafka).values())
    stands = views.progress("access_log", range(LANES)).values()
    assert {progress.topic_id for progress in stands} <= ids
    views.close()


def fold(way: Way, views: PostgresViewStore) -> None:
    """A projector comes, folds all there is, and goes."""
    stream = open_kafka_stream(way.kafka)
    recorded = StoreAndRelay(way.store, way.cursor)
    desk = Desk((AccessLog(),), views, decode)
    projector = Projector(stream, desk, SystemClock(), recorded, ProjectorStatus())
    projector.follow(ALL)
    assert wait_until(lambda: not projector.step(0.5) and way.is_whole(), within=20)
    stream.close()


NO_TEXT = {"field": "st\0ory"}
NO_NUMBER = {"originator_version": 2**63}
NO_KEY = {"field": "".join(Random(5).choices(ascii_letters, k=9_000))}
"""What no row of Postgres holds: a text, a number, a key of an index."""


@pytest.mark.parametrize("unfit", [NO_TEXT, NO_NUMBER, NO_KEY])
def test_a_fact_whose_row_postgres_refuses_parks_its_stream_only(
    addresses: Addresses, unfit: Mapping[str, object]
) -> None:
    addresses.run("CREATE INDEX ON views.access_log (field)")
    store, tape = MemoryFactStore(), Tape()
    before, after = [opened(uuid4()) for _ in range(20)], [opened(uuid4()) for _ in range(20)]
    good = opened(uuid4())
    poison = type(good)(**{**vars(good), **unfit})
    store.append([*before, good, *after])
    records = on_tape(store)
    body = encode(poison)
    tape.write(*(replace(r, body=body) if r.stream == good.originator_id else r for r in records))
    views = PostgresViewStore.at(addresses.projector)
    desk = Desk((AccessLog(),), views, decode)
    projector = Projector(tape, desk, SystemClock(), Books(), ProjectorStatus())
    projector.follow(ALL)
    assert projector.step(0) == 41
    assert addresses.run("SELECT count(*) FROM views.access_log") == [(40,)]
    (parked,) = views.parked_records(poison.originator_id)
    assert (parked.record.position, "rows refused" in parked.reason) == (21, True)
    views.close()
