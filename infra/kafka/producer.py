"""The relay's producer on kafka-python: a round goes out whole, or the process ends.

kafka-python 3.0.12 is dead after one expired batch, yet looks alive, and its later batches
may land without the earlier one (kafka.md 2). So there is no second try here: whoever sees
:class:`PublisherDead` ends the process, and a new one starts from the stored cursor.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError

from infra.kafka.messages import Message
from infra.kafka.publishing import GRACE, PublisherDead, not_delivered
from infra.kafka.settings import KafkaSettings, milliseconds

ONE_IN_FLIGHT = 1
BATCH_BYTES = 256 * 1024
LINGER_MS = 5
"""Short, so that the first part of a round is on its way while the rest is still encoded."""


class RoundProducer:
    """A :class:`infra.kafka.publishing.RoundPublisher`.

    The flush sits in a thread of its own, so that the caller can prepare the next round.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._patience = settings.delivery_timeout + GRACE
        self._reports: Sequence[Any] = ()
        self._flushing: Future[None] | None = None
        self._thread = ThreadPoolExecutor(1, "flush")
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

    def begin(self, messages: Sequence[Message]) -> None:
        """Queue a round and send it off."""
        try:
            self._reports = [self._queue(message) for message in messages]
        except KafkaError as reason:
            raise PublisherDead(f"round of {len(messages)} not sent: {reason}") from reason
        self._flushing = self._thread.submit(self._producer.flush, timeout=self._patience)

    def finish(self) -> None:
        """Wait for every delivery report."""
        reports = self._reports
        try:
            if self._flushing is not None:
                self._flushing.result()
        except KafkaError as reason:
            raise PublisherDead(f"round of {len(reports)} not sent: {reason}") from reason
        undelivered = [report for report in reports if not report.succeeded()]
        if undelivered:
            raise not_delivered(len(undelivered), len(reports), undelivered[0].exception)

    def rest(self) -> None:
        """Its thread looks after itself."""

    def abandon(self) -> None:
        """Stop the sender thread now; nothing waits, nothing is flushed.

        ``close()`` raises with work pending and leaves the thread able to publish later.
        """
        self._producer._sender.force_close()
        self._thread.shutdown(wait=False)

    def _queue(self, message: Message) -> Any:
        return self._producer.send(
            message.topic,
            key=message.key,
            value=message.value,
            headers=message.headers,
            partition=message.partition,
        )
