"""The shared stream read from Kafka: assigned lanes, sought offsets, no consumer group."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kafka import TopicPartition
from kafka.errors import (
    KafkaError,
    LogTruncationError,
    OffsetOutOfRangeError,
    RetriableError,
)

from infra.kafka.consumer import BatchConsumer
from infra.kafka.log_watch import BRIEF, LogWatch, StreamStuck
from infra.kafka.settings import FETCH_WAIT_MS, KafkaSettings, milliseconds
from infra.kafka.topics import KafkaUnavailable, topic_of
from projections.ports import LogTruncated, StreamRecord

MOST_RECORDS = 2_000
MOST_BYTES = 768 * 1024
"""Of one partition at once: two of the relay's full batches. The larger a batch, the less each
fact costs here and in Postgres; with this a backlog in all lanes takes 106 MB (measured)."""


class KafkaFactStream:
    """kafka-python as :class:`projections.ports.FactStream`. One thread; lanes of ``domain.ports``.

    Topic ids are compared every 30 s: :class:`LogTruncated` when one changed, as when the
    log lost its tail.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = replace(settings, bootstrap_timeout=min(BRIEF, settings.bootstrap_timeout))
        self._watch = LogWatch(settings)
        self._consumer = self._connect()
        self._stale = False

    def topic_id(self, lane: int) -> str:
        """The id of the lane's topic when last looked at, at most 30 s ago."""
        return self._watch.topic_id(lane)

    def seek(self, offsets: Mapping[int, int]) -> None:
        """Follow exactly these lanes.

        After a :class:`LogTruncated` with a new consumer: the old one keeps the leader
        epochs of a log that is gone. After a ``StreamStuck`` too: it would never come back.
        """
        if self._stale:
            self._consumer.close()
            self._consumer = self._connect()
            self._stale = False
        partitions = {lane: TopicPartition(*topic_of(lane)) for lane in offsets}
        self._consumer.assign(list(partitions.values()))
        for lane, partition in partitions.items():
            self._consumer.seek(partition, offsets[lane])
        self._watch.follow(offsets)

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:
        """What came, by lane. Raises :class:`LogTruncated`, ``StreamStuck``, ``KafkaUnavailable``.

        Call it under a watchdog: where the library has lost its way it never returns.
        """
        if self._watch.is_due:
            self.check()
        try:
            came = self._consumer.poll(timeout_ms=milliseconds(timeout))
        except (OffsetOutOfRangeError, LogTruncationError) as reason:
            self._stale = True
            self._watch.look_at_ids()
            raise LogTruncated(str(reason)) from reason
        except RetriableError as reason:
            raise KafkaUnavailable(f"the stream pauses: {reason}") from reason
        except (KafkaError, UnicodeDecodeError) as reason:
            self._stale = True
            raise StreamStuck(str(reason)) from reason
        for records in came.values():
            self._watch.took(records[-1].lane, records[-1].offset + 1)
        return {records[-1].lane: records for records in came.values()}

    def check(self) -> None:
        """Compare topic ids and look for lanes that lag and give nothing."""
        try:
            self._watch.check(self.ends)
        except LogTruncated:
            self._stale = True
            raise

    def ends(self, lanes: Sequence[int]) -> Mapping[int, int]:
        """The next offset of each lane. Raises :class:`KafkaUnavailable`."""
        partitions = {TopicPartition(*topic_of(lane)): lane for lane in lanes}
        if not partitions:
            return {}
        try:
            found = self._consumer.end_offsets(list(partitions), timeout_ms=milliseconds(BRIEF))
        except KafkaError as reason:
            raise KafkaUnavailable(f"no end offsets: {reason}") from reason
        except KeyError as absent:  # the library's answer for a topic deleted just now
            raise KafkaUnavailable(f"no end offsets: {absent} is not there") from absent
        return {partitions[partition]: end for partition, end in found.items()}

    def close(self) -> None:
        """Let go of every connection."""
        self._consumer.close()

    def _connect(self) -> BatchConsumer:
        try:
            return BatchConsumer(
                **self._settings.client("tiepdan-projector"),
                enable_auto_commit=False,
                auto_offset_reset="none",
                allow_auto_create_topics=False,
                check_crcs=True,
                fetch_min_bytes=1,
                fetch_max_wait_ms=FETCH_WAIT_MS,
                max_poll_records=MOST_RECORDS,
                max_partition_fetch_bytes=MOST_BYTES,
            )
        except KafkaError as reason:
            raise KafkaUnavailable(f"no Kafka at {self._settings.bootstrap}: {reason}") from reason
