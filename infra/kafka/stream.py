"""The shared stream read from Kafka: assigned lanes, sought offsets, no consumer group."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError, LogTruncationError, OffsetOutOfRangeError

from infra.kafka.messages import record_of
from infra.kafka.settings import KafkaSettings, milliseconds
from infra.kafka.topics import KafkaUnavailable, lane_at, topic_ids, topic_of
from projections.ports import LogTruncated, StreamRecord

MOST_RECORDS = 2_000
CHECK_EVERY = 30.0
"""Seconds between looks at topic ids and at lanes that lag and do not move."""
STUCK_AFTER = 60.0
BRIEF = 5.0
"""Seconds a question to the brokers may take before the check is left for the next time."""


class StreamStuck(RuntimeError):
    """A lane lags and gives nothing: no right to read it, or a client gone bad. End and restart."""


class KafkaFactStream:
    """Kafka as :class:`projections.ports.FactStream`. One thread; lanes as in ``domain.ports``.

    A topic made anew is invisible to offsets: they count on in the new log and skip its
    beginning (kafka.md 4). So its id is compared every 30 s, and :class:`LogTruncated` is
    raised when it changed, as when the log lost its tail.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = replace(settings, bootstrap_timeout=min(BRIEF, settings.bootstrap_timeout))
        self._consumer = self._connect()
        self._ids: Mapping[str, str] = topic_ids(self._settings)
        self._next: dict[int, int] = {}
        self._moved: dict[int, float] = {}
        self._checked = time.monotonic()
        self._stale = False

    def topic_id(self, lane: int) -> str:
        """The id of the lane's topic when last looked at, at most 30 s ago."""
        return self._ids[topic_of(lane)[0]]

    def seek(self, offsets: Mapping[int, int]) -> None:
        """Follow exactly these lanes.

        After a :class:`LogTruncated` with a new consumer: the old one keeps the leader
        epochs of a log that is gone.
        """
        if self._stale:
            self._consumer.close()
            self._consumer = self._connect()
            self._stale = False
        partitions = {lane: TopicPartition(*topic_of(lane)) for lane in offsets}
        self._consumer.assign(list(partitions.values()))
        for lane, partition in partitions.items():
            self._consumer.seek(partition, offsets[lane])
        self._next = dict(offsets)
        now = time.monotonic()
        self._moved = dict.fromkeys(offsets, now)

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:
        """What came, by lane. Raises :class:`LogTruncated`, :class:`StreamStuck`.

        After one record with a bad checksum it never returns: call it under a watchdog.
        """
        if time.monotonic() - self._checked >= CHECK_EVERY:
            self.check()
        try:
            came = self._consumer.poll(timeout_ms=milliseconds(timeout))
        except (OffsetOutOfRangeError, LogTruncationError) as reason:
            self._stale = True
            self._look_at_ids()
            raise LogTruncated(str(reason)) from reason
        return {
            lane_at(partition.topic, partition.partition): self._taken(partition, records)
            for partition, records in came.items()
        }

    def check(self) -> None:
        """Compare topic ids and look for lanes that lag and give nothing.

        Brokers that are down are no finding: the next check will tell.
        """
        self._checked = time.monotonic()
        before = self._ids
        try:
            self._look_at_ids()
            ends = self.ends(list(self._next))
        except KafkaUnavailable:
            return
        if before != self._ids:
            self._stale = True
            raise LogTruncated("a topic was made anew")
        find_stuck(ends, self._next, self._moved, now=time.monotonic())

    def ends(self, lanes: Sequence[int]) -> Mapping[int, int]:
        """The next offset of each lane. Raises :class:`KafkaUnavailable`."""
        partitions = {TopicPartition(*topic_of(lane)): lane for lane in lanes}
        if not partitions:
            return {}
        try:
            found = self._consumer.end_offsets(list(partitions), timeout_ms=milliseconds(BRIEF))
        except KafkaError as reason:
            raise KafkaUnavailable(f"no end offsets: {reason}") from reason
        return {partitions[partition]: end for partition, end in found.items()}

    def close(self) -> None:
        """Let go of every connection."""
        self._consumer.close()

    def _connect(self) -> Any:
        try:
            return KafkaConsumer(
                **self._settings.client("tiepdan-projector"),
                group_id=None,
                enable_auto_commit=False,
                auto_offset_reset="none",
                allow_auto_create_topics=False,
                check_crcs=True,
                fetch_min_bytes=1,
                max_poll_records=MOST_RECORDS,
            )
        except KafkaError as reason:
            raise KafkaUnavailable(f"no Kafka at {self._settings.bootstrap}: {reason}") from reason

    def _look_at_ids(self) -> None:
        self._ids = topic_ids(self._settings)

    def _taken(self, partition: Any, records: Sequence[Any]) -> Sequence[StreamRecord]:
        lane = lane_at(partition.topic, partition.partition)
        self._next[lane] = records[-1].offset + 1
        self._moved[lane] = time.monotonic()
        topic, number = partition.topic, partition.partition
        return [record_of(topic, number, r.offset, r.key, r.value, r.headers) for r in records]


def find_stuck(
    ends: Mapping[int, int], following: Mapping[int, int], moved: dict[int, float], *, now: float
) -> None:
    """Refuse a lane that has had records to give for 60 s and gave none.

    ``moved`` says when each lane last gave or had nothing left; it is kept up here.
    Raises :class:`StreamStuck`.
    """
    for lane, end in ends.items():
        if end <= following[lane]:
            moved[lane] = now
        elif now - moved[lane] > STUCK_AFTER:
            raise StreamStuck(f"lane {lane}: {end - following[lane]} records, none comes")
