"""Both topics in memory: partitions, offsets and topic ids as Kafka has them."""

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from domain.ports import LANES
from infra.kafka.messages import Headers, Message, record_of
from infra.kafka.settings import CHECK_EVERY
from infra.kafka.topics import TOPICS, lane_at, topic_of
from projections.ports import LogTruncated, StreamRecord


class Written(NamedTuple):
    """A record as it lies in its partition."""

    key: bytes | None
    value: bytes | None
    headers: Headers


class MemoryBroker:
    """The topics and what lies in them. A topic made anew is empty and has another id."""

    def __init__(self) -> None:
        self._made = count(1)
        self.lanes: dict[int, list[Written]] = {}
        self.ids: Mapping[str, str] = {}
        self.make_anew()

    def make_anew(self) -> None:
        """Delete both topics and make them again."""
        made = next(self._made)
        self.ids = {topic: f"{topic}-{made}" for topic in TOPICS}
        self.lanes = {lane: [] for lane in range(LANES)}

    def write(self, messages: Sequence[Message]) -> None:
        """Append records, each to the partition it is meant for."""
        for message in messages:
            lane = lane_at(message.topic, message.partition)
            self.lanes[lane].append(Written(message.key, message.value, list(message.headers)))

    def truncate(self, lane: int, keep: int) -> Sequence[Written]:
        """Lose a partition's tail; what was lost."""
        log = self.lanes[lane]
        lost, self.lanes[lane] = log[keep:], log[:keep]
        return lost

    def records(self, lane: int, start: int = 0, most: int | None = None) -> list[StreamRecord]:
        """A partition's records from an offset on, as a reader is given them."""
        topic, partition = topic_of(lane)
        end = None if most is None else start + most
        return [
            record_of(topic, partition, start + place, *written)
            for place, written in enumerate(self.lanes[lane][start:end])
        ]


class MemoryProducer:
    """A :class:`infra.kafka.publishing.RoundPublisher` that is always believed."""

    def __init__(self, broker: MemoryBroker) -> None:
        self._broker = broker
        self._round: Sequence[Message] = ()

    def begin(self, messages: Sequence[Message]) -> None:
        self._round = messages

    def finish(self) -> None:
        going, self._round = self._round, ()
        self._broker.write(going)

    def rest(self) -> None:
        """There is nothing to look after."""

    def abandon(self) -> None:
        self._round = ()


class BrokerStream:
    """A :class:`projections.ports.FactStream` over the topics in memory.

    It knows no better than a real consumer: a topic made anew shows when its id is compared,
    every 30 s, or when the offset is beyond the new log's end; else reading goes on in it.
    """

    def __init__(
        self, broker: MemoryBroker, beat: Callable[[], float], *, most: int = 2_000
    ) -> None:
        self._broker = broker
        self._beat = beat
        self._most = most
        self._ids = broker.ids
        self._checked = beat()
        self._next: dict[int, int] = {}

    def topic_id(self, lane: int) -> str:
        return self._ids[topic_of(lane)[0]]

    def seek(self, offsets: Mapping[int, int]) -> None:
        self._next = dict(offsets)

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:  # noqa: ARG002
        """What came, at once: there is nothing to wait for. Raises ``LogTruncated``."""
        if self._beat() - self._checked >= CHECK_EVERY:
            self.check()
        came: dict[int, Sequence[StreamRecord]] = {}
        for lane, following in self._next.items():
            end = len(self._broker.lanes[lane])
            if following > end:
                self._ids = self._broker.ids
                raise LogTruncated(f"lane {lane}: offset {following} is beyond the log's end")
            if following < end:
                came[lane] = self._broker.records(lane, following, self._most)
        self._next |= {lane: records[-1].offset + 1 for lane, records in came.items()}
        return came

    def check(self) -> None:
        """Compare topic ids. Raises ``LogTruncated``."""
        self._checked = self._beat()
        before, self._ids = self._ids, self._broker.ids
        if before != self._ids:
            raise LogTruncated("a topic was made anew")

    def ends(self, lanes: Sequence[int]) -> Mapping[int, int]:
        return {lane: len(self._broker.lanes[lane]) for lane in lanes}

    def close(self) -> None:
        self._next = {}
