"""What every carrier of the shared stream promises: memory, the store's own log, real Kafka."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4
from zlib import crc32

import pytest

from domain.events.base import OfficeEvent
from domain.ports import FactStore, StoredFact
from infra.kafka.clients import open_kafka_stream, open_publisher
from infra.kafka.publishing import send
from infra.kafka.settings import Library
from infra.memory.broker import BrokerStream, MemoryBroker, MemoryProducer
from infra.memory.fact_store import MemoryFactStore
from infra.memory.log_stream import MemoryLogStream
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.log_stream import PostgresLogStream
from projections.ports import FactStream, LogTruncated, StreamRecord
from tests.contracts.facts import accepted, opened
from tests.kafka_topics import emptied, messages_of
from tests.stores import Addresses

PATIENCE = 10.0
SOON = 0.05


@dataclass
class Carried:
    """A store and a carrier of its facts."""

    store: FactStore
    stream: FactStream
    publish: Callable[[int], None]

    def record(self, *facts: OfficeEvent) -> Sequence[StoredFact]:
        """Record facts and bring them onto the stream."""
        before = self.store.head()
        self.store.append(facts)
        self.publish(before)
        return self.store.read(after=before, limit=1_000)

    def read(self, expected: int) -> list[StreamRecord]:
        """So many records of the lanes followed, as they come."""
        came: list[StreamRecord] = []
        while len(came) < expected:
            polled = self.stream.poll(PATIENCE)
            assert polled, f"{len(came)} of {expected} records came"
            came += [record for records in polled.values() for record in records]
        return came

    def poll_on(self) -> None:
        """Poll for a while, whatever comes."""
        for _ in range(50):
            self.stream.poll(0.2)


def on_memory(_request: pytest.FixtureRequest) -> Carried:
    store = MemoryFactStore()
    return Carried(store, MemoryLogStream(store), lambda _before: None)


def on_broker(_request: pytest.FixtureRequest) -> Carried:
    store, broker = MemoryFactStore(), MemoryBroker()
    producer = MemoryProducer(broker)
    return Carried(
        store,
        BrokerStream(broker, time.monotonic),
        lambda before: send(producer, messages_of(store, after=before)),
    )


def on_postgres(request: pytest.FixtureRequest) -> Carried:
    store: PostgresFactStore = request.getfixturevalue("postgres_store")
    addresses: Addresses = request.getfixturevalue("addresses")
    return Carried(store, PostgresLogStream(addresses.projector), lambda _before: None)


def on_kafka(request: pytest.FixtureRequest, library: Library) -> Carried:
    settings = emptied(request.getfixturevalue("kafka_broker"), library)
    store, producer = MemoryFactStore(), open_publisher(settings)
    request.addfinalizer(producer.abandon)
    return Carried(
        store,
        open_kafka_stream(settings),
        lambda before: send(producer, messages_of(store, after=before)),
    )


CARRIERS: Mapping[str, Callable[[pytest.FixtureRequest], Carried]] = {
    "memory": on_memory,
    "broker in memory": on_broker,
    "postgres": on_postgres,
    "kafka-python": partial(on_kafka, library="kafka-python"),
    "librdkafka": partial(on_kafka, library="librdkafka"),
}


@pytest.fixture(
    params=[
        "memory",
        "broker in memory",
        "postgres",
        pytest.param("kafka-python", marks=pytest.mark.kafka),
        pytest.param("librdkafka", marks=pytest.mark.kafka),
    ]
)
def carried(request: pytest.FixtureRequest) -> Iterator[Carried]:
    carried = CARRIERS[request.param](request)
    yield carried
    carried.stream.close()


def stream_in(lane: int) -> UUID:
    """A new stream that travels in a lane of the case facts."""
    return next(stream for stream in iter(uuid4, None) if crc32(stream.bytes) % 12 == lane)


def three_in(lane: int) -> list[OfficeEvent]:
    stream = stream_in(lane)
    return [accepted(stream, version) for version in (1, 2, 3)]


def test_facts_come_as_they_were_stored_in_the_order_of_their_lane(carried: Carried) -> None:
    facts = carried.record(*three_in(3), *three_in(5), *three_in(3))
    carried.stream.seek({3: 0})
    came = carried.read(6)
    wanted = [fact for fact in facts if fact.lane == 3]
    assert [(r.lane, r.position, r.prev, r.stream, r.type_name, r.body, r.fault) for r in came] == [
        (f.lane, f.position, f.prev, f.stream, f.type_name, f.body, None) for f in wanted
    ]


def test_each_record_names_the_one_before_it_wherever_reading_begins(carried: Carried) -> None:
    carried.record(*three_in(3))
    carried.record(*three_in(5))
    carried.record(*three_in(3))
    carried.stream.seek({3: 0})
    whole = carried.read(6)
    assert [r.prev for r in whole] == [0, *(r.position for r in whole[:-1])]
    carried.stream.seek({3: whole[3].offset})
    assert carried.read(3) == whole[3:]


def test_facts_about_reading_have_lanes_of_their_own(carried: Carried) -> None:
    (fact,) = carried.record(opened(uuid4()))
    assert fact.lane >= 12
    carried.stream.seek({fact.lane: 0})
    assert [record.body for record in carried.read(1)] == [fact.body]


def test_only_the_lanes_asked_for_are_followed(carried: Carried) -> None:
    carried.record(*three_in(1), *three_in(2))
    carried.stream.seek({1: 0, 2: 0})
    assert {record.lane for record in carried.read(6)} == {1, 2}
    carried.stream.seek({2: 0})
    carried.record(*three_in(1), *three_in(2))
    assert {record.lane for record in carried.read(6)} == {2}


def test_a_reader_at_the_end_waits_and_hears_the_next_fact(carried: Carried) -> None:
    carried.record(*three_in(4))
    end = carried.stream.ends([4])[4]
    carried.stream.seek({4: end})
    assert carried.stream.poll(SOON) == {}
    (fact,) = carried.record(accepted(stream_in(4), 1))
    (record,) = carried.read(1)
    assert (record.offset, record.position) == (end, fact.position)


def test_ends_are_one_past_the_newest_record(carried: Carried) -> None:
    carried.record(*three_in(6))
    carried.stream.seek({6: 0, 7: 0})
    newest = carried.read(3)[-1]
    ends = carried.stream.ends([6, 7])
    assert ends[6] == newest.offset + 1
    assert ends[7] <= 1


def test_following_nothing_brings_nothing(carried: Carried) -> None:
    carried.record(*three_in(1))
    carried.stream.seek({})
    assert carried.stream.poll(SOON) == {}
    assert carried.stream.ends([]) == {}


def test_a_lane_keeps_the_identity_of_its_log(carried: Carried) -> None:
    before = [carried.stream.topic_id(lane) for lane in (0, 11, 12, 23)]
    carried.record(*three_in(0))
    assert [carried.stream.topic_id(lane) for lane in (0, 11, 12, 23)] == before
    assert all(before)


def test_an_offset_beyond_the_end_is_said_to_be_lost_and_reading_can_go_on(
    carried: Carried,
) -> None:
    carried.record(*three_in(8))
    carried.stream.seek({8: carried.stream.ends([8])[8] + 5})
    with pytest.raises(LogTruncated):
        carried.poll_on()
    carried.stream.seek({8: 0})
    assert len(carried.read(3)) == 3
