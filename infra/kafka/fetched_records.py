"""Fetched records read as our envelopes, in two matches each.

kafka-python reads a record byte by byte in Python and makes a pair of objects of each of its
dozen headers: 21 us. Here one expression says how the relay writes a record's beginning and
another how it writes the headers, every length together with that many bytes: what they match
is what the library would have read. Whatever else comes, the library reads.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

from kafka.consumer.fetcher import Fetcher
from kafka.errors import CorruptRecordError
from kafka.record.util import decode_varint

from infra.kafka.messages import JSON, KEY_BYTES, SPEC_VERSION, name_of, placed, record_of
from infra.kafka.record_batches import varint
from infra.kafka.topics import lane_at
from projections.ports import StreamRecord

SHORT, DIGITS = range(1, 100), range(1, 19)
"""Lengths of texts, and of numbers that are surely small enough. The narrower, the sooner made."""
VARINT = rb"([\x80-\xff]{0,3}[\0-\x7f])"


def _written(value: bytes) -> bytes:
    """These bytes behind their length."""
    return re.escape(varint(len(value)) + value)


def _sized(lengths: Sequence[int], of: bytes = b".") -> bytes:
    """Any bytes behind their length."""
    return b"|".join(b"%b%b{%d}" % (re.escape(varint(n)), of, n) for n in lengths)


def _any(lengths: Sequence[int]) -> bytes:
    return b"(?:%b)" % _sized(lengths)


NUMBER, NAME = b"(%b)" % _sized(DIGITS, b"[0-9]"), b"(%b)" % _sized(SHORT)
EVER = (
    ("ce_specversion", _written(SPEC_VERSION)), ("content-type", _written(JSON)),
    ("ce_type", NAME), ("ce_dataschema", NAME), ("ce_dataclass", _any([1])),
    ("ce_id", _any(range(KEY_BYTES + 2, KEY_BYTES + 12))), ("ce_source", _any(SHORT)),
    ("ce_subject", _any([KEY_BYTES])), ("ce_position", NUMBER), ("ce_prev", NUMBER),
    ("ce_epoch", _any(DIGITS)),
)  # fmt: skip
"""The headers of every record, in their order."""
AT_TIMES = (
    ("ce_time", _any(range(20, 40))), ("ce_campaignid", _any(SHORT)),
    ("ce_traceparent", _any([55])),
)  # fmt: skip
"""What may follow, in this order."""
COUNTS = {varint(n)[0]: n for n in range(len(EVER), len(EVER) + len(AT_TIMES) + 1)}
"""How many headers, by the byte that says so."""

HEAD = re.compile(
    rb"%b\0%b%b%b(.{%d})%b"
    % (VARINT, VARINT, VARINT, re.escape(varint(KEY_BYTES)), KEY_BYTES, VARINT),
    re.DOTALL,
)
"""Length, no attributes, time, place in the batch, key, length of the value."""

Read = Callable[[bytes, int, int], "re.Match[bytes] | None"]


@cache
def _headers(count: int) -> Read:
    """So many headers as ``message_of`` writes them: what tells type, schema and place."""
    ends = map(_one_by_one, combinations(AT_TIMES, count - len(EVER)))
    whole = re.escape(varint(count)) + _one_by_one(EVER) + b"(?:%b)" % b"|".join(ends)
    return re.compile(whole, re.DOTALL).fullmatch


def _one_by_one(headers: Iterable[tuple[str, bytes]]) -> bytes:
    return b"".join(_written(name.encode()) + value for name, value in headers)


def records_in(batch: Any, topic: str, partition: int) -> Iterator[StreamRecord]:
    """The records of a batch of the library's. Raises what the library raises."""
    iter(batch)  # it decompresses
    lane, base = lane_at(topic, partition), batch.base_offset
    data, at = bytes(batch._buffer), batch._pos
    for index in range(batch.records_count):
        found = _read(data, at, lane, base)
        if found is None:
            batch._pos, batch._next_record_index = at, index
            theirs = next(batch)
            at = batch._pos
            record = record_of(
                topic, partition, theirs.offset, theirs.key, theirs.value, theirs.headers
            )
        else:
            record, at = found
        yield record
    if at != len(data):
        raise CorruptRecordError(f"{len(data) - at} bytes behind the last record")


def _read(data: bytes, at: int, lane: int, base: int) -> tuple[StreamRecord, int] | None:
    """The record that begins here and where it ends; None unless it is as the relay writes."""
    head = HEAD.match(data, at)
    if head is None:
        return None
    length, _, place, key, size = head.groups()
    body, end = head.end(), head.end(1) + _number(length)
    headers = body + _number(size)
    if not body <= headers < end <= len(data) or data[headers] not in COUNTS:
        return None
    found = _headers(COUNTS[data[headers]])(data, headers, end)
    if found is None:
        return None
    ce_type, schema, position, prev = found.groups()
    kind, unnamed = _kind(ce_type, schema)
    here, before = int(position[1:]), int(prev[1:])
    stream, misplaced = placed(key, lane, kind[0])
    if unnamed or misplaced or before >= here:
        return None
    value = data[body:headers]
    return StreamRecord(lane, base + _number(place), here, before, stream, kind[1], value), end


@lru_cache(maxsize=1 << 14)
def _number(written: bytes) -> int:
    number: int = decode_varint(written)[0]
    return number


@lru_cache(maxsize=1_024)
def _kind(ce_type: bytes, schema: bytes) -> tuple[tuple[str, str], str | None]:
    """Name and name with version, and what is wrong, of values behind their lengths."""
    name, kind, wrong = name_of(_value(ce_type), _value(schema))
    return (name, kind), wrong


def _value(written: bytes) -> bytes:
    length, at = decode_varint(written)
    return written[at : at + length]


class FetchedRecords(Fetcher.PartitionRecords):  # type: ignore[misc]
    """What one fetch brought of a partition, as our records; else the library's own."""

    def _unpack_records(
        self, tp: Any, records: Any, _key_deserializer: None, _value_deserializer: None
    ) -> Iterator[StreamRecord]:
        last = None
        while (batch := records.next_batch()) is not None:
            last = batch
            if not batch.validate_crc():
                where = f"lane {lane_at(tp.topic, tp.partition)}, {tp.topic}/{tp.partition}"
                raise CorruptRecordError(f"{where}: the batch at {batch.base_offset} is damaged")
            self.bytes_read += batch.size_in_bytes
            self.leader_epoch = batch.leader_epoch
            if not batch.is_control_batch:
                for record in records_in(batch, tp.topic, tp.partition):
                    self.records_read += 1
                    self.next_fetch_offset = record.offset + 1
                    yield record
        if last is not None:
            self.next_fetch_offset = last.next_offset  # the last of a batch may be gone
        self.drain()
