"""The relay's producer on kafka-python: a round goes out whole, or the process ends.

kafka-python 3.0.12 is dead after one expired batch, yet looks alive, and its later batches
may land without the earlier one (kafka.md 2). So there is no second try here: whoever sees
:class:`PublisherDead` ends the process, and a new one starts from the stored cursor.
"""

import time
from collections.abc import Sequence
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError

from infra.kafka.messages import Message
from infra.kafka.publishing import GRACE, PublisherDead, not_delivered
from infra.kafka.record_batches import Batch, pieces
from infra.kafka.settings import KafkaSettings, milliseconds

ONE_IN_FLIGHT = 1
BATCH_BYTES = 256 * 1024
REQUEST_BYTES = 1024 * 1024
"""What a thin line carries within a request's time-out; a larger request would never arrive."""


class RoundProducer:
    """A :class:`infra.kafka.publishing.RoundPublisher`.

    Batches are made here, not by ``KafkaProducer.send``; the library's own thread sends them
    as soon as they are queued, so the caller can prepare the next round.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._patience = settings.delivery_timeout + GRACE
        self._batches: list[Batch] = []
        self._until = 0.0
        try:
            self._producer: Any = KafkaProducer(
                **settings.client("tiepdan-relay"),
                enable_idempotence=True,  # named, or another setting would turn it off unseen
                acks="all",
                max_in_flight_requests_per_connection=ONE_IN_FLIGHT,
                linger_ms=0,
                batch_size=BATCH_BYTES,
                max_request_size=REQUEST_BYTES,
                delivery_timeout_ms=milliseconds(settings.delivery_timeout),
                max_block_ms=milliseconds(settings.delivery_timeout),
                allow_auto_create_topics=False,
            )
        except KafkaError as reason:
            raise PublisherDead(f"no producer: {reason}") from reason

    def begin(self, messages: Sequence[Message]) -> None:
        """Queue a round; its first partition leaves while the others are still encoded."""
        self._batches, self._until = [], time.monotonic() + self._patience
        try:
            for piece in pieces(messages, BATCH_BYTES):
                self._queue(Batch(piece, BATCH_BYTES))
        except KafkaError as reason:
            raise PublisherDead(f"round of {len(messages)} not sent: {reason}") from reason

    def finish(self) -> None:
        """Wait for every delivery report."""
        batches = self._batches
        failed = [batch for batch in batches if not batch.wait(self._until)]
        if failed:
            missing, of = (sum(batch.records for batch in some) for some in (failed, batches))
            raise not_delivered(missing, of, failed[0].why)

    def rest(self) -> None:
        """Its thread looks after itself."""

    def _queue(self, batch: Batch) -> None:
        self._producer.partitions_for(batch.sending.topic_partition.topic)
        batch.queue(self._producer._accumulator)
        self._batches.append(batch)
        self._producer._sender.wakeup()

    def abandon(self) -> None:
        """Stop the sender thread now; nothing waits, nothing is flushed.

        ``close()`` raises with work pending and leaves the thread able to publish later.
        """
        self._producer._sender.force_close()
