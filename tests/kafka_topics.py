"""Empty topics on the real broker for every test, and a producer to fill them; with each client."""

from collections.abc import Iterator
from typing import get_args

import pytest

from domain.ports import LANES, FactStore
from infra.kafka.clients import open_publisher
from infra.kafka.messages import Message
from infra.kafka.plain_clients import forget_topics
from infra.kafka.publishing import RoundPublisher
from infra.kafka.settings import KafkaSettings, Library
from infra.kafka.topics import TOPICS, TopicsUnfit, ensure_topics, topic_ids
from infra.local.ports import wait_until
from infra.unsent import Unsent
from services.relay.rounds import chain

LIBRARIES: tuple[Library, ...] = get_args(Library)


def settings_for(
    bootstrap: str, *, delivery_timeout: float = 20.0, library: Library = "kafka-python"
) -> KafkaSettings:
    """Settings with less patience than a stack has. The producer lingers a second."""
    return KafkaSettings(
        bootstrap,
        delivery_timeout=delivery_timeout,
        request_timeout=min(5.0, delivery_timeout / 2),
        bootstrap_timeout=10.0,
        library=library,
    )


def library_named(name: str) -> Library:
    """The client of this name."""
    return next(library for library in LIBRARIES if library == name)


def erase_topics(settings: KafkaSettings) -> None:
    """Delete both topics and wait until the brokers have forgotten them."""
    forget_topics(settings)


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
    messages, _ = chain([Unsent.of(fact) for fact in facts], [0] * LANES, epoch=1)
    return [m for fact, m in zip(facts, messages, strict=True) if fact.position > after]


@pytest.fixture(params=LIBRARIES)
def library(request: pytest.FixtureRequest) -> Library:
    """Each client in turn."""
    found: Library = request.param
    return found


@pytest.fixture
def kafka(kafka_broker: str, library: Library) -> KafkaSettings:
    """The broker with both topics new and empty."""
    return emptied(kafka_broker, library)


def emptied(bootstrap: str, library: Library) -> KafkaSettings:
    """The broker without what the test before left on it."""
    settings = settings_for(bootstrap, library=library)
    recreate_topics(settings)
    return settings


@pytest.fixture
def producer(kafka: KafkaSettings) -> Iterator[RoundPublisher]:
    producer = open_publisher(kafka)
    yield producer
    producer.abandon()
