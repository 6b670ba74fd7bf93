"""The relay's producer: a round goes out whole, or the process ends.

kafka-python 3.0.12 is dead after one expired batch, yet looks alive, and its later batches
may land without the earlier one (kafka.md 2). So there is no second try here: whoever sees
:class:`PublisherDead` ends the process, and a new one starts from the stored cursor.
"""

from collections.abc import Sequence
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError

from infra.kafka.messages import Message
from infra.kafka.settings import KafkaSettings, milliseconds

ONE_IN_FLIGHT = 1
BATCH_BYTES = 256 * 1024
LINGER_MS = 1_000
"""Longer than a round takes to be queued: the flush sends it, one batch per partition."""
GRACE = 5.0
"""Seconds beyond the delivery time-out before a silent producer is given up."""


class PublisherDead(RuntimeError):
    """A round was not wholly acknowledged: end this process, send nothing more with it."""


class RoundProducer:
    """Sends rounds, one after the other, each acknowledged by all replicas in sync."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._patience = settings.delivery_timeout + GRACE
        try:
            self._producer: Any = KafkaProducer(
                **settings.client("tiepdan-relay"),
                enable_idempotence=True,  # named, or another setting would turn it off unseen
                acks="all",
                max_in_flight_requests_per_connection=ONE_IN_FLIGHT,
                linger_ms=LINGER_MS,
                batch_size=BATCH_BYTES,
                delivery_timeout_ms=milliseconds(settings.delivery_timeout),
                max_block_ms=milliseconds(settings.delivery_timeout),
                allow_auto_create_topics=False,
            )
        except KafkaError as reason:
            raise PublisherDead(f"no producer: {reason}") from reason

    def send(self, messages: Sequence[Message]) -> None:
        """Send a round and wait for every delivery report.

        Raises :class:`PublisherDead`, after which some of the round may yet be stored.
        """
        try:
            reports = [self._queue(message) for message in messages]
            self._producer.flush(timeout=self._patience)
        except KafkaError as reason:
            raise PublisherDead(f"round of {len(messages)} not sent: {reason}") from reason
        undelivered = [report for report in reports if not report.succeeded()]
        if undelivered:
            why = undelivered[0].exception or "no report came"
            raise PublisherDead(f"{len(undelivered)} of {len(messages)} not delivered: {why}")

    def abandon(self) -> None:
        """Stop the sender thread now; nothing waits, nothing is flushed.

        ``close()`` raises with work pending and leaves the thread able to publish later.
        """
        self._producer._sender.force_close()

    def _queue(self, message: Message) -> Any:
        return self._producer.send(
            message.topic,
            key=message.key,
            value=message.value,
            headers=message.headers,
            partition=message.partition,
        )
