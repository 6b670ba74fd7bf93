"""The two topics: made before anybody needs them, checked at every start.

Twelve partitions each, kept for ever. A topic that exists and differs is never altered:
the program refuses to start and says what differs, for partitions decide where facts stand.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaError, TopicAlreadyExistsError

from domain.ports import ACCESS_TOPIC, EVENTS_TOPIC, PARTITIONS
from infra.kafka.settings import KafkaSettings
from projections.ports import StreamUnavailable

TOPICS = (EVENTS_TOPIC, ACCESS_TOPIC)
LARGEST_MESSAGE_BYTES = 1024 * 1024
UNKNOWN_TOPIC = 3
KNOWN_WITHIN, ASK_AGAIN = 10.0, 0.2
"""Seconds until every broker knows a topic that was just made; and between two looks."""

T = TypeVar("T")


class TopicsUnfit(RuntimeError):
    """A topic is missing or not as it must be; the message says what and how."""


class KafkaUnavailable(StreamUnavailable):
    """No broker answered."""


def topic_of(lane: int) -> tuple[str, int]:
    """The topic and partition that carry a lane."""
    return TOPICS[lane // PARTITIONS], lane % PARTITIONS


def lane_at(topic: str, partition: int) -> int:
    """The lane that a partition carries."""
    return TOPICS.index(topic) * PARTITIONS + partition


def topic_settings(settings: KafkaSettings) -> dict[str, str]:
    """What the broker is told about each topic.

    The broker's own time stamps a record: it refuses a sender's clock that is an hour
    ahead, and such a refusal would kill the producer (kafka.md 9).
    """
    return {
        "cleanup.policy": "delete",
        "retention.ms": "-1",
        "retention.bytes": "-1",
        "min.insync.replicas": str(settings.in_sync),
        "max.message.bytes": str(LARGEST_MESSAGE_BYTES),
        "message.timestamp.type": "LogAppendTime",
    }


def ensure_topics(settings: KafkaSettings) -> Mapping[str, str]:
    """Make what is missing, check what is there; the topics' ids.

    Raises :class:`TopicsUnfit`, :class:`KafkaUnavailable`.
    """
    with admin(settings) as client:
        for topic in TOPICS:
            _create(client, topic, settings)
        described = _once_all_brokers_know(lambda: _describe(client))
        _verify(client, described, settings)
    return {topic: str(described[topic]["topic_id"]) for topic in TOPICS}


def topic_ids(settings: KafkaSettings) -> Mapping[str, str]:
    """The topics' ids as they are now: another id means another, empty topic.

    Raises :class:`TopicsUnfit` when one is missing, :class:`KafkaUnavailable`.
    """
    with admin(settings) as client:
        described = _describe(client)
    return {topic: str(described[topic]["topic_id"]) for topic in TOPICS}


@contextmanager
def admin(settings: KafkaSettings) -> Iterator[Any]:
    """An admin client for one use: an older one does not survive a broker's restart."""
    try:
        client = KafkaAdminClient(**settings.client("tiepdan-admin"))
    except KafkaError as reason:
        raise KafkaUnavailable(f"no Kafka at {settings.bootstrap}: {reason}") from reason
    try:
        yield client
    except KafkaError as reason:
        raise KafkaUnavailable(f"Kafka at {settings.bootstrap}: {reason}") from reason
    finally:
        client.close()


def _create(client: Any, topic: str, settings: KafkaSettings) -> None:
    plan = {
        "num_partitions": PARTITIONS,
        "replication_factor": settings.replication,
        "configs": topic_settings(settings),
    }
    with suppress(TopicAlreadyExistsError):  # checked below like a new one
        client.create_topics({topic: plan}, wait_for_metadata=True)


def _describe(client: Any) -> dict[str, dict[str, Any]]:
    described = {found["name"]: found for found in client.describe_topics(list(TOPICS))}
    for topic in TOPICS:
        code = described[topic]["error_code"] if topic in described else UNKNOWN_TOPIC
        if code != 0:
            raise TopicsUnfit(f"topic {topic} is not there (Kafka error {code}); start the relay")
    return described


def _once_all_brokers_know(ask: Callable[[], T]) -> T:
    """The answer once it is there: a broker of several learns of a new topic a moment later.

    Raises :class:`TopicsUnfit` when it is still not there after a while.
    """
    until = time.monotonic() + KNOWN_WITHIN
    while True:
        try:
            return ask()
        except TopicsUnfit:
            if time.monotonic() > until:
                raise
        time.sleep(ASK_AGAIN)


def _settings_of(client: Any) -> Mapping[str, Mapping[str, Any]]:
    resources = [ConfigResource(ConfigResourceType.TOPIC, topic) for topic in TOPICS]
    found: dict[str, dict[str, Any]] = client.describe_configs(resources, config_filter="all").get(
        "topic", {}
    )
    for topic in TOPICS:
        if "cleanup.policy" not in found.get(topic, {}):
            raise TopicsUnfit(f"a broker does not tell the settings of topic {topic}")
    return found


def _verify(client: Any, described: Mapping[str, Any], settings: KafkaSettings) -> None:
    configs = _once_all_brokers_know(lambda: _settings_of(client))
    wrong = [
        difference
        for topic in TOPICS
        for difference in _differences(topic, described[topic], configs[topic], settings)
    ]
    if wrong:
        raise TopicsUnfit("; ".join(wrong))


def _differences(
    topic: str, described: Mapping[str, Any], config: Mapping[str, Any], settings: KafkaSettings
) -> Iterator[str]:
    partitions = described["partitions"]
    if len(partitions) != PARTITIONS:
        yield f"{topic} has {len(partitions)} partitions, must have {PARTITIONS}"
    copies = {len(partition["replica_nodes"]) for partition in partitions}
    if copies != {settings.replication}:
        yield f"{topic} is kept {sorted(copies)} times, must be {settings.replication}"
    for name, wanted in topic_settings(settings).items():
        found = config[name]["value"]
        if found != wanted:
            yield f"{topic} has {name}={found}, must be {wanted}"
