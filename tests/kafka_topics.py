"""Empty topics on the real broker for every test, and a producer to fill them."""

from collections.abc import Iterator

import pytest
from kafka.errors import UnknownTopicOrPartitionError

from domain.ports import LANES, FactStore
from infra.kafka.messages import Message
from infra.kafka.producer import RoundProducer
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import TOPICS, TopicsUnfit, admin, ensure_topics, topic_ids
from infra.local.ports import wait_until
from services.relay.rounds import chain


def settings_for(bootstrap: str, *, delivery_timeout: float = 20.0) -> KafkaSettings:
    """Settings with less patience than a stack has. The producer lingers a second."""
    return KafkaSettings(
        bootstrap,
        delivery_timeout=delivery_timeout,
        request_timeout=min(5.0, delivery_timeout / 2),
        bootstrap_timeout=10.0,
    )


def erase_topics(settings: KafkaSettings) -> None:
    """Delete both topics and wait until the brokers have forgotten them."""
    for topic in TOPICS:
        with admin(settings) as client:
            try:
                client.delete_topics([topic])
            except UnknownTopicOrPartitionError:
                continue
    assert wait_until(lambda: not topics_exist(settings), within=20)


def topics_exist(settings: KafkaSettings) -> bool:
    with admin(settings) as client:
        found = client.describe_topics(list(TOPICS))
    return any(topic["error_code"] == 0 for topic in found)


def recreate_topics(settings: KafkaSettings) -> None:
    """As after a loss of all brokers' data: the same names, other ids, nothing in them."""
    erase_topics(settings)
    assert wait_until(lambda: topics_made(settings), within=20)


def topics_made(settings: KafkaSettings) -> bool:
    try:
        ensure_topics(settings)
        return len(topic_ids(settings)) == len(TOPICS)
    except TopicsUnfit:
        return False


def messages_of(store: FactStore, *, after: int = 0) -> list[Message]:
    """The records of a store's facts, as a relay that starts there would send them."""
    facts = store.read(after=0, limit=100_000)
    messages, _ = chain(facts, [0] * LANES, epoch=1)
    return [m for fact, m in zip(facts, messages, strict=True) if fact.position > after]


@pytest.fixture
def kafka(kafka_broker: str) -> KafkaSettings:
    """The broker with both topics new and empty."""
    settings = settings_for(kafka_broker)
    recreate_topics(settings)
    return settings


@pytest.fixture
def producer(kafka: KafkaSettings) -> Iterator[RoundProducer]:
    producer = RoundProducer(kafka)
    yield producer
    producer.abandon()
