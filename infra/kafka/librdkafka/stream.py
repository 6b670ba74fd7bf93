"""The shared stream read by librdkafka: assigned lanes, given offsets, no consumer group.

The library fetches ahead in its own threads; how far is bounded, for it is our memory.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from confluent_kafka import (
    OFFSET_END,
    Consumer,
    KafkaError,
    KafkaException,
    TopicPartition,
)

from infra.kafka.librdkafka import options
from infra.kafka.log_watch import BRIEF, LogWatch, StreamStuck
from infra.kafka.messages import record_of
from infra.kafka.settings import FETCH_WAIT_MS, KafkaSettings
from infra.kafka.topics import KafkaUnavailable, lane_at, topic_of
from projections.ports import LogTruncated, StreamRecord

T = TypeVar("T")

log = logging.getLogger(__name__)

MOST_RECORDS = 2_000
AHEAD_KB = 8 * 1024
AHEAD_RECORDS = 10_000
FETCH_BYTES = 4 * 1024 * 1024
FETCH_AGAIN_MS = 10
"""How soon a full queue is looked at again. The library's own 1,000 ms left a backlog standing
still three seconds of four: 12,600 records/s instead of 75,000 (measured)."""
NO_GROUP = "tiepdan-projector"
"""The library wants a name; nothing is ever committed or balanced under it."""

LOST = frozenset(
    {KafkaError._AUTO_OFFSET_RESET, KafkaError.OFFSET_OUT_OF_RANGE, KafkaError._LOG_TRUNCATION}
)
PASSING = frozenset(
    {
        KafkaError._TRANSPORT,
        KafkaError._ALL_BROKERS_DOWN,
        KafkaError._TIMED_OUT,
        KafkaError._RESOLVE,
        KafkaError._UNKNOWN_TOPIC,
        KafkaError._UNKNOWN_PARTITION,
        KafkaError.UNKNOWN_TOPIC_OR_PART,
        KafkaError.LEADER_NOT_AVAILABLE,
        KafkaError.NOT_LEADER_FOR_PARTITION,
        KafkaError.GROUP_AUTHORIZATION_FAILED,
    }
)
"""What mends itself, or is found by looking at topic ids and at lanes that do not move."""
LEADER_MOVES = frozenset(
    {
        KafkaError.LEADER_NOT_AVAILABLE,
        KafkaError.NOT_LEADER_FOR_PARTITION,
        KafkaError.FENCED_LEADER_EPOCH,
    }
)
"""What a broker answers for a lane whose leader was chosen a moment ago; kafka-python asks again
by itself."""
ASK_AGAIN = 0.1


def once_led(ask: Callable[[], T], *, within: float) -> T:
    """Ask, and again as long as a leader was chosen a moment ago: so many seconds.

    Raises ``KafkaException``.
    """
    until = time.monotonic() + within
    while True:
        try:
            return ask()
        except KafkaException as reason:
            if reason.args[0].code() not in LEADER_MOVES or time.monotonic() > until:
                raise
        time.sleep(ASK_AGAIN)


class LibrdkafkaFactStream:
    """librdkafka as :class:`projections.ports.FactStream`. One thread; lanes of ``domain.ports``.

    Topic ids are compared every 30 s, as by :class:`infra.kafka.stream.KafkaFactStream`.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._watch = LogWatch(settings)
        self._consumer = self._connect()
        self._stale = False

    def topic_id(self, lane: int) -> str:
        """The id of the lane's topic when last looked at, at most 30 s ago."""
        return self._watch.topic_id(lane)

    def seek(self, offsets: Mapping[int, int]) -> None:
        """Follow exactly these lanes; after a :class:`LogTruncated` with a new consumer."""
        if self._stale:
            self._consumer.close()
            self._consumer = self._connect()
            self._stale = False
        self._consumer.assign(
            [TopicPartition(*topic_of(lane), offset) for lane, offset in offsets.items()]
        )
        self._watch.follow(offsets)

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:
        """What came, by lane. Raises :class:`LogTruncated`, :class:`StreamStuck`."""
        if self._watch.is_due:
            self.check()
        first = self._consumer.poll(timeout)  # consume() alone waits until it has them all
        if first is None:
            return {}
        came: dict[int, list[StreamRecord]] = {}
        for message in (first, *self._consumer.consume(MOST_RECORDS - 1, 0)):
            error = message.error()
            if error is not None:
                self._heed(error)
                continue
            record = _record(message)
            came.setdefault(record.lane, []).append(record)
        for lane, records in came.items():
            self._watch.took(lane, records[-1].offset + 1)
        return came

    def check(self) -> None:
        """Compare topic ids and look for lanes that lag and give nothing."""
        try:
            self._watch.check(self.ends)
        except LogTruncated:
            self._stale = True
            raise

    def ends(self, lanes: Sequence[int]) -> Mapping[int, int]:
        """The next offset of each lane. Raises :class:`KafkaUnavailable`."""
        if not lanes:
            return {}
        try:
            found = once_led(lambda: self._ask_for_ends(lanes), within=BRIEF)
        except KafkaException as reason:
            raise KafkaUnavailable(f"no end offsets: {reason}") from reason
        return {lane_at(one.topic, one.partition): one.offset for one in found}

    def _ask_for_ends(self, lanes: Sequence[int]) -> Sequence[TopicPartition]:
        """The library raises what concerns all lanes, and leaves in one what concerns that."""
        asked = [TopicPartition(*topic_of(lane), OFFSET_END) for lane in lanes]
        found: list[TopicPartition] = self._consumer.offsets_for_times(asked, timeout=BRIEF)
        wrong = [one.error for one in found if one.error is not None]
        if wrong:
            lasting = (error for error in wrong if error.code() not in LEADER_MOVES)
            raise KafkaException(next(lasting, wrong[0]))
        return found

    def close(self) -> None:
        """Let go of every connection."""
        self._consumer.close()

    def _connect(self) -> Consumer:
        given = {
            **options.client(self._settings, "tiepdan-projector"),
            "group.id": NO_GROUP,
            "enable.auto.commit": False,
            "enable.auto.offset.store": False,
            "auto.offset.reset": "error",
            "allow.auto.create.topics": False,
            "check.crcs": True,
            "fetch.min.bytes": 1,
            "fetch.wait.max.ms": FETCH_WAIT_MS,
            "fetch.max.bytes": FETCH_BYTES,
            "fetch.queue.backoff.ms": FETCH_AGAIN_MS,
            "queued.min.messages": AHEAD_RECORDS,
            "queued.max.messages.kbytes": AHEAD_KB,
        }
        return Consumer(given, logger=log)

    def _heed(self, error: KafkaError) -> None:
        """An error that stands where a record would."""
        if error.code() in LOST:
            self._stale = True
            self._watch.look_at_ids()
            raise LogTruncated(error.str())
        if error.code() not in PASSING:
            raise StreamStuck(error.str())
        log.warning("the stream pauses: %s", error.str())


def _record(message: Any) -> StreamRecord:
    return record_of(
        message.topic(),
        message.partition(),
        message.offset(),
        message.key(),
        message.value(),
        message.headers() or [],
    )
