"""What a reader is told when kafka-python finds a record damaged, or a broker not well."""

from collections.abc import Mapping, Sequence

import pytest
from kafka import TopicPartition
from kafka.errors import (
    CorruptRecordError,
    KafkaTimeoutError,
    OffsetOutOfRangeError,
    TopicAuthorizationFailedError,
)

from infra.kafka.consumer import BatchConsumer
from infra.kafka.log_watch import LogWatch, StreamStuck
from infra.kafka.settings import KafkaSettings
from infra.kafka.stream import KafkaFactStream
from infra.kafka.topics import TOPICS, KafkaUnavailable
from projections.ports import LogTruncated, StreamRecord


class Raising(BatchConsumer):
    """The library's consumer, without brokers, where a poll ends with an error."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.closed = False

    def poll(self, timeout_ms: int) -> Mapping[TopicPartition, Sequence[StreamRecord]]:
        raise self._error

    def assign(self, partitions: Sequence[TopicPartition]) -> None:
        """Nothing is fetched."""

    def seek(self, partition: TopicPartition, offset: int) -> None:
        """Nothing is fetched."""

    def close(self) -> None:
        self.closed = True

    def __del__(self) -> None:
        """The library would ask what was never opened."""


class Unchanged(LogWatch):
    """Topics that are what they were."""

    def __init__(self) -> None:
        self._settings, self._checked = KafkaSettings("nowhere"), float("inf")
        self._ids = dict.fromkeys(TOPICS, "made once")

    def look_at_ids(self) -> None:
        """Nobody made them anew."""


class OverRaising(KafkaFactStream):
    """The stream over consumers that end with this error."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.opened: list[Raising] = []
        self._consumer = self._connect()
        self._watch = Unchanged()
        self._stale = False

    def _connect(self) -> Raising:
        self.opened.append(Raising(self._error))
        return self.opened[-1]


def damaged() -> CorruptRecordError:
    return CorruptRecordError("lane 3, tiepdan.events.v1/3: the batch at 17 is damaged")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (damaged(), StreamStuck),
        (TopicAuthorizationFailedError({"tiepdan.events.v1"}), StreamStuck),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "the name of a header"), StreamStuck),
        (KafkaTimeoutError("no metadata in time"), KafkaUnavailable),
        (OffsetOutOfRangeError({}), LogTruncated),
    ],
    ids=lambda each: getattr(each, "__name__", type(each).__name__),
)
def test_each_error_of_a_poll_is_told_as_one_of_the_ports(
    error: Exception, told: type[Exception]
) -> None:
    with pytest.raises(told):
        OverRaising(error).poll(0.1)


def test_a_damaged_batch_is_named_by_lane_and_offset() -> None:
    with pytest.raises(StreamStuck, match=r"lane 3, .*the batch at 17 is damaged"):
        OverRaising(damaged()).poll(0.1)


def test_a_client_that_met_a_damaged_batch_is_not_asked_again() -> None:
    stream = OverRaising(damaged())
    with pytest.raises(StreamStuck):
        stream.poll(0.1)
    stream.seek({3: 0})
    first, second = stream.opened
    assert (first.closed, second.closed) == (True, False)
