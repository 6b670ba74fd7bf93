"""The relay's producer on librdkafka: sends from its own threads while Python goes on reading.

The rule is that of :mod:`infra.kafka.producer`: after one failed report nothing more is sent.
"""

import logging
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from infra.kafka.librdkafka import options
from infra.kafka.messages import Message as Record
from infra.kafka.publishing import GRACE, PublisherDead, not_delivered
from infra.kafka.settings import KafkaSettings, milliseconds

log = logging.getLogger(__name__)

BATCH_BYTES = 1_000_000
"""Just below the largest request that brokers take by default."""
MOST_QUEUED = 100_000
LINGER_MS = 1
"""A partition's part of a round is queued in about as long."""
PARTITION = itemgetter(1)


class LibrdkafkaProducer:
    """A :class:`infra.kafka.publishing.RoundPublisher`."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._patience = settings.delivery_timeout + GRACE
        self._sent = self._delivered = 0
        self._why: str | None = None
        given = {
            **options.client(settings, "tiepdan-relay"),
            "enable.idempotence": True,
            "acks": "all",
            "max.in.flight.requests.per.connection": 1,
            "linger.ms": LINGER_MS,
            "batch.size": BATCH_BYTES,
            "queue.buffering.max.messages": MOST_QUEUED,
            "delivery.timeout.ms": milliseconds(settings.delivery_timeout),
            "request.timeout.ms": milliseconds(settings.request_timeout),
            "on_delivery": self._report,
        }
        try:
            self._producer = Producer(given, logger=log)
            self._producer.list_topics(timeout=settings.bootstrap_timeout)
        except KafkaException as reason:
            raise PublisherDead(f"no producer: {reason}") from reason

    def begin(self, messages: Sequence[Record]) -> None:
        """Queue a round, one partition after the other; it begins to leave at once.

        The library asks for one partition at a time, so the first request goes out whole
        while the rest is still being queued.
        """
        self._sent, self._delivered, self._why = len(messages), 0, None
        produce: Any = self._producer.produce
        try:
            for topic, partition, key, value, headers in sorted(messages, key=PARTITION):
                produce(topic, value, key, partition, headers=headers)
        except (BufferError, KafkaException) as reason:
            raise PublisherDead(f"round of {len(messages)} not sent: {reason}") from reason

    def finish(self) -> None:
        """Wait for every delivery report. Each is counted: a queue that is empty is not enough."""
        self._producer.flush(self._patience)
        if self._delivered != self._sent:
            raise not_delivered(self._sent - self._delivered, self._sent, self._why)

    def rest(self) -> None:
        """Let the library say what it has to say."""
        self._producer.poll(0)

    def abandon(self) -> None:
        """Drop what is queued or under way; nothing waits."""
        self._producer.purge(in_queue=True, in_flight=True, blocking=False)

    def _report(self, error: KafkaError | None, _message: Message) -> None:
        if error is None:
            self._delivered += 1
        else:
            self._why = error.str()
