"""kafka-python used plainly: what relay and projector are measured against (đường cơ sở).

The best settings known, the same bytes, no chain, no cursor, nothing folded. Only ``tiepdan
bench`` uses this.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from domain.ports import LANES, PARTITIONS
from infra.kafka.messages import Message
from infra.kafka.settings import KafkaSettings, milliseconds
from infra.kafka.topics import TOPICS, KafkaUnavailable, admin, topic_of

TWIN = "plain."
"""Before a topic's name: its twin, shaped alike, for the plain producer."""

ANSWER_WITHIN = 120.0
LINGER_MS = 10
BATCHES: Mapping[str, int] = {"256 KiB batches": 256 * 1024, "1 MiB batches": 1024 * 1024}
"""What was best in turn on the machines tried; the better one of a run counts."""


class PlainProducer:
    """An idempotent producer that is given records as fast as it takes them."""

    def __init__(self, settings: KafkaSettings, *, batch_bytes: int) -> None:
        _make_twins(settings)
        self._producer: Any = KafkaProducer(
            **settings.client("plain-producer"),
            enable_idempotence=True,
            acks="all",
            max_in_flight_requests_per_connection=1,
            linger_ms=LINGER_MS,
            batch_size=batch_bytes,
            allow_auto_create_topics=False,
        )

    def send(self, messages: Sequence[Message]) -> None:
        """Send all and wait once for all delivery reports."""
        reports = [
            self._producer.send(
                TWIN + message.topic,
                key=message.key,
                value=message.value,
                headers=message.headers,
                partition=message.partition,
            )
            for message in messages
        ]
        self._producer.flush(timeout=ANSWER_WITHIN)
        if not all(report.succeeded() for report in reports):
            raise RuntimeError("the plain producer lost records")

    def close(self) -> None:
        """Let go of every connection."""
        self._producer.close()


class PlainConsumer:
    """A consumer that decodes every value and does nothing with it."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._consumer: Any = KafkaConsumer(
            **settings.client("plain-consumer"),
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_poll_records=2_000,
        )
        partitions = [TopicPartition(*topic_of(lane)) for lane in range(LANES)]
        self._consumer.assign(partitions)
        self._consumer.seek_to_beginning(*partitions)
        self._ends: dict[Any, int] = self._consumer.end_offsets(partitions)

    def consume(self, decode: Callable[[bytes], object]) -> int:
        """Decode everything there is; how many records that was."""
        wanted, seen = sum(self._ends.values()), 0
        while seen < wanted:
            for records in self._consumer.poll(timeout_ms=1_000).values():
                for record in records:
                    decode(record.value)
                seen += len(records)
        return seen

    def close(self) -> None:
        """Let go of every connection."""
        self._consumer.close()


def forget_topics(settings: KafkaSettings) -> None:
    """Delete our topics, with all that stands on them, and wait until the brokers forgot them."""
    for topic in TOPICS:
        with suppress(KafkaUnavailable), admin(settings) as client:
            client.delete_topics([topic])
    until = time.monotonic() + ANSWER_WITHIN
    while _known(settings):
        if time.monotonic() > until:
            raise KafkaUnavailable("deleted topics are still there")
        time.sleep(0.1)


def _known(settings: KafkaSettings) -> bool:
    with admin(settings) as client:
        return any(one["error_code"] == 0 for one in client.describe_topics(list(TOPICS)))


def _make_twins(settings: KafkaSettings) -> None:
    plan = {"num_partitions": PARTITIONS, "replication_factor": settings.replication}
    with admin(settings) as client:
        known = set(client.list_topics())
        for topic in TOPICS:
            if TWIN + topic not in known:
                client.create_topics(
                    {TWIN + topic: plan},
                    wait_for_metadata=True,
                    timeout_ms=milliseconds(settings.bootstrap_timeout),
                )
