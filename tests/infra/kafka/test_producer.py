"""A round is acknowledged whole, or its producer is dead for ever."""

import pytest

from domain.ports import EVENTS_TOPIC
from infra.kafka.clients import open_kafka_stream, open_publisher
from infra.kafka.messages import Message
from infra.kafka.publishing import PublisherDead, RoundPublisher, send
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import LARGEST_MESSAGE_BYTES, admin
from infra.memory.fact_store import MemoryFactStore
from tests.contracts.facts import a_petition
from tests.kafka_topics import erase_topics, messages_of, settings_for

pytestmark = pytest.mark.kafka


def rounds(many: int) -> list[Message]:
    store = MemoryFactStore()
    for _ in range(many):
        store.append(a_petition())
    return messages_of(store)


def test_a_round_is_on_the_stream_when_send_returns(
    kafka: KafkaSettings, producer: RoundPublisher
) -> None:
    messages = rounds(100)
    send(producer, messages)
    stream = open_kafka_stream(kafka)
    assert sum(stream.ends(range(12)).values()) == len(messages) == 300
    stream.close()


def narrowed(kafka: KafkaSettings) -> None:
    """The topic made anew with room for small records alone."""
    erase_topics(kafka)
    narrow = {"max.message.bytes": "5000"}
    with admin(kafka) as client:
        client.create_topics(
            {EVENTS_TOPIC: {"num_partitions": 12, "replication_factor": 1, "configs": narrow}},
            wait_for_metadata=True,
        )


def test_one_failed_report_of_a_round_kills_the_producer(
    kafka: KafkaSettings, producer: RoundPublisher
) -> None:
    narrowed(kafka)
    small, large = (
        Message(EVENTS_TOPIC, n, b"k", b"x" * size, []) for n, size in ((0, 9), (1, 9000))
    )
    with pytest.raises(
        PublisherDead, match=r"(?i)[12] of 2 not delivered: .*message ?size ?too ?large"
    ):
        send(producer, [small, large])


def test_a_batch_that_the_broker_finds_too_large_is_not_delivered_in_halves(
    kafka: KafkaSettings, producer: RoundPublisher
) -> None:
    narrowed(kafka)
    with pytest.raises(PublisherDead, match=r"(?i)2 of 2 not delivered: .*too ?large"):
        send(producer, [Message(EVENTS_TOPIC, 0, b"k", b"x" * 4000, []) for _ in range(2)])


def test_a_record_the_client_refuses_kills_the_producer(
    kafka: KafkaSettings, producer: RoundPublisher
) -> None:
    huge = Message(EVENTS_TOPIC, 0, b"k", b"x" * LARGEST_MESSAGE_BYTES, [])
    with pytest.raises(PublisherDead, match=r"(?i)message ?size ?too ?large"):
        send(producer, [huge])


def test_an_unknown_topic_kills_the_producer_and_is_never_made(kafka: KafkaSettings) -> None:
    impatient = open_publisher(settings_for(kafka.bootstrap, delivery_timeout=2.5))
    with pytest.raises(PublisherDead):
        send(impatient, [Message("nobody-made-me", 0, b"k", b"v", [])])
    impatient.abandon()
