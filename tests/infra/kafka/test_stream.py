"""What only Kafka does to its readers: topics made anew, hostile records, silence."""

from collections.abc import Iterator

import pytest

from infra.kafka.clients import KafkaStream, open_kafka_stream, open_publisher
from infra.kafka.log_watch import StreamStuck, find_stuck
from infra.kafka.messages import Message
from infra.kafka.publishing import RoundPublisher, send
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import KafkaUnavailable, topic_ids, topic_of
from infra.local.ports import free_port
from infra.memory.fact_store import MemoryFactStore
from projections.ports import LogTruncated, StreamRecord
from tests.contracts.facts import a_petition
from tests.kafka_topics import messages_of, recreate_topics

pytestmark = pytest.mark.kafka


@pytest.fixture
def stream(kafka: KafkaSettings) -> Iterator[KafkaStream]:
    stream = open_kafka_stream(kafka)
    yield stream
    stream.close()


def one_petition() -> tuple[int, list[Message]]:
    store = MemoryFactStore()
    store.append(a_petition())
    return store.read(after=0, limit=1)[0].lane, messages_of(store)


def read(stream: KafkaStream, expected: int) -> list[StreamRecord]:
    came: list[StreamRecord] = []
    while len(came) < expected:
        polled = stream.poll(10)
        assert polled
        came += [record for records in polled.values() for record in records]
    return came


def test_a_topic_made_anew_is_noticed_although_the_offset_exists_in_it(
    kafka: KafkaSettings, stream: KafkaStream, producer: RoundPublisher
) -> None:
    lane, messages = one_petition()
    send(producer, messages)
    stream.seek({lane: 0})
    read(stream, 3)
    before = stream.topic_id(lane)
    recreate_topics(kafka)
    refill = open_publisher(kafka)
    send(refill, messages * 3)
    refill.abandon()
    with pytest.raises(LogTruncated):
        stream.check()
    assert stream.topic_id(lane) != before
    assert stream.topic_id(lane) == topic_ids(kafka)[topic_of(lane)[0]]
    stream.seek({lane: 0})
    assert len(read(stream, 9)) == 9


def test_no_broker_is_said_at_once() -> None:
    nobody = KafkaSettings(f"127.0.0.1:{free_port()}", bootstrap_timeout=0.5)
    with pytest.raises(KafkaUnavailable):
        open_kafka_stream(nobody)


def test_a_hostile_record_is_handed_on_with_its_fault(
    stream: KafkaStream, producer: RoundPublisher
) -> None:
    lane, messages = one_petition()
    topic, partition = topic_of(lane)
    hostile = Message(topic, partition, b"\xff", b"\x00{", [("ce_position", b"-1")])
    send(producer, [messages[0], hostile, *messages[1:]])
    stream.seek({lane: 0})
    came = read(stream, 4)
    assert [record.position for record in came] == [1, 0, 2, 3]
    assert [record.fault is None for record in came] == [True, False, True, True]


def test_a_lane_that_lags_and_gives_nothing_for_a_minute_is_stuck() -> None:
    moved = {3: 100.0, 4: 100.0}
    find_stuck({3: 7, 4: 9}, {3: 7, 4: 5}, moved, now=150.0)
    assert moved == {3: 150.0, 4: 100.0}
    with pytest.raises(StreamStuck, match="lane 4: 4 records, none comes"):
        find_stuck({3: 7, 4: 9}, {3: 7, 4: 5}, moved, now=161.0)
