"""The topics are made as they must be, and a topic that differs stops the start."""

import pytest

from domain.ports import ACCESS_TOPIC, EVENTS_TOPIC
from infra.kafka.renewing import present, renew_topics
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import (
    TOPICS,
    KafkaUnavailable,
    TopicsUnfit,
    admin,
    ensure_topics,
    topic_ids,
)
from infra.local.ports import free_port
from tests.kafka_topics import emptied, erase_topics, recreate_topics

pytestmark = pytest.mark.kafka


def make(settings: KafkaSettings, topic: str, **plan: object) -> None:
    with admin(settings) as client:
        client.create_topics({topic: plan}, wait_for_metadata=True)


def test_topics_are_made_once_and_keep_their_ids(kafka: KafkaSettings) -> None:
    made = ensure_topics(kafka)
    assert set(made) == {EVENTS_TOPIC, ACCESS_TOPIC}
    assert len(set(made.values())) == 2
    assert ensure_topics(kafka) == topic_ids(kafka) == made


def test_a_topic_made_anew_has_another_id(kafka: KafkaSettings) -> None:
    before = topic_ids(kafka)
    recreate_topics(kafka)
    assert not set(before.values()) & set(topic_ids(kafka).values())


def test_topics_are_renewed_also_where_one_is_missing(kafka_broker: str) -> None:
    kafka = emptied(kafka_broker, "kafka-python")
    before = topic_ids(kafka)
    with admin(kafka) as client:
        client.delete_topics([ACCESS_TOPIC])
    made = renew_topics(kafka)
    assert made == topic_ids(kafka) == present(kafka)
    assert not set(before.values()) & set(made.values())


def test_a_topic_that_differs_stops_the_start_and_is_named(kafka: KafkaSettings) -> None:
    erase_topics(kafka)
    make(kafka, EVENTS_TOPIC, num_partitions=6, replication_factor=1)
    with pytest.raises(TopicsUnfit) as refused:
        ensure_topics(kafka)
    said = str(refused.value)
    assert f"{EVENTS_TOPIC} has 6 partitions, must have 12" in said
    assert f"{EVENTS_TOPIC} has message.timestamp.type=CreateTime, must be LogAppendTime" in said
    assert ACCESS_TOPIC not in said


def test_a_missing_topic_is_named_to_who_only_reads(kafka: KafkaSettings) -> None:
    erase_topics(kafka)
    with pytest.raises(TopicsUnfit, match=f"topic {TOPICS[0]} is not there"):
        topic_ids(kafka)


def test_no_broker_is_no_verdict_on_topics() -> None:
    nobody = KafkaSettings(f"127.0.0.1:{free_port()}", bootstrap_timeout=0.5)
    with pytest.raises(KafkaUnavailable):
        ensure_topics(nobody)
