"""Records as a batch's bytes (record format 2), a whole batch at a time.

kafka-python takes records one by one and spends 25 us on each: checks, sizes and varints in
Python, a future, a lock. Here the bytes are the same, put together in one pass; what the
library does with a batch (number it, sign it, send it, ask again) stays the library's.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from kafka import TopicPartition
from kafka.errors import MessageSizeTooLargeError
from kafka.producer.producer_batch import FinalState, ProducerBatch
from kafka.record.memory_records import MemoryRecordsBuilder

from infra.kafka.messages import Headers, Message

MAGIC = 2
NO_COMPRESSION = 0
NO_DELTAS = b"\0\0"
"""No attributes, and no time since the batch's own: the broker stamps records anyway."""
LONGEST_KEPT = 1 << 14

Piece = tuple[TopicPartition, list[bytes]]
"""Encoded records, one after the other, of one partition: a batch's worth."""


def pieces(messages: Iterable[Message], largest: int) -> Iterator[Piece]:
    """A round's records by partition, cut into batches of so many bytes.

    A record that is larger makes up a batch alone.
    """
    lanes: defaultdict[tuple[str, int], list[Message]] = defaultdict(list)
    for message in messages:
        lanes[message[0], message[1]].append(message)
    for lane, mine in lanes.items():
        place = TopicPartition(*lane)
        records: list[bytes] = []
        size = 0
        for _, _, key, value, headers in mine:
            record = encoded(len(records), key, value, headers)
            if records and size + len(record) > largest:
                yield place, records
                records, size = [encoded(0, key, value, headers)], 0
            else:
                records.append(record)
            size += len(record)
        yield place, records


def encoded(offset: int, key: bytes, value: bytes, headers: Headers) -> bytes:
    """One record, so many places after its batch's first."""
    parts = [
        NO_DELTAS, varint(offset), varint(len(key)), key, varint(len(value)), value,
        varint(len(headers)),
    ]  # fmt: skip
    for name, told in headers:
        parts += (_name(name), varint(len(told)), told)
    body = b"".join(parts)
    return varint(len(body)) + body


@lru_cache(maxsize=LONGEST_KEPT)
def varint(number: int) -> bytes:
    """A number that is not negative, as the format writes it: zigzag, seven bits a byte."""
    left = number << 1
    written = bytearray()
    while left > 0x7F:
        written.append(left & 0x7F | 0x80)
        left >>= 7
    written.append(left)
    return bytes(written)


@lru_cache(maxsize=256)
def _name(name: str) -> bytes:
    return varint(len(name.encode())) + name.encode()


class Batch:
    """A piece on its way through kafka-python's accumulator and sender."""

    def __init__(self, piece: Piece, largest: int) -> None:
        place, records = piece
        self.records = len(records)
        self.sending: Any = ProducerBatch(place, _Filled(records, largest))
        self.sending._record_futures.append(self)

    def queue(self, accumulator: Any) -> None:
        """Put it at the end of its partition's queue, as ``RecordAccumulator.append`` does."""
        place = self.sending.topic_partition
        with accumulator._tp_lock(place):
            accumulator._batches[place].append(self.sending)
            accumulator._incomplete.add(self.sending)

    def rebind(self, _future: object, _index: int) -> None:
        """The library halves what the broker finds too large. We sent it whole: it failed."""
        self.sending.produce_future.failure(MessageSizeTooLargeError())

    def wait(self, until: float) -> bool:
        """Until the broker reported, but not beyond that moment; whether all of it is stored."""
        self.sending.produce_future.wait(max(0.0, until - time.monotonic()))
        return self.sending.final_state is FinalState.SUCCEEDED

    @property
    def why(self) -> object:
        """What became of it, if it failed."""
        future = self.sending.produce_future
        if not future.is_done:
            return None
        if future.failed():
            return future.exception
        *_, why = future.value
        return why and why(0)


class _Filled(MemoryRecordsBuilder):  # type: ignore[misc]
    """The library's builder of a batch, filled at once."""

    def __init__(self, records: Sequence[bytes], largest: int) -> None:
        super().__init__(MAGIC, NO_COMPRESSION, largest)
        now = round(time.time() * 1000)
        builder = self._builder
        builder._buffer += b"".join(records)
        builder._first_timestamp = builder._max_timestamp = now
        builder._num_records = self._next_offset = len(records)
        builder._last_offset = len(records) - 1
