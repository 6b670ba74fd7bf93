"""What is read at once of a batch is what the library and ``record_of`` read of it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka.errors import CorruptRecordError
from kafka.record.default_records import DefaultRecordBatch, DefaultRecordBatchBuilder
from kafka.record.memory_records import MemoryRecords
from kafka.structs import TopicPartition

from domain.ports import LANES
from domain.streams import lane_of
from infra.kafka.fetched_records import FetchedRecords, records_in
from infra.kafka.messages import Headers, message_of, record_of
from infra.kafka.topics import topic_of
from infra.unsent import Unsent
from projections.ports import StreamRecord

OURS = Sequence[tuple[bytes | None, bytes | None, Headers]]
BASE = 1_000


@st.composite
def told(draw: st.DrawFn) -> tuple[bytes, bytes, Headers]:
    """A record as the relay writes it; sometimes a header is lost, doubled, moved or changed."""
    stream, position = draw(st.uuids()), draw(st.integers(0, 2**63))
    name = draw(st.sampled_from(["petition.received/1", "gathering.reported/12", "x" * 80]))
    body = draw(st.sampled_from([b"", b"{}", b'{"office":"a","timestamp":"2025-05-05T08:00:00Z"}']))
    trace = draw(st.sampled_from([None, "00-" + "a" * 52]))
    unsent = Unsent(position, draw(st.integers(0, LANES - 1)), str(stream), 3, name, body, trace)
    message = message_of(unsent, prev=draw(st.integers(0, position)), epoch=1)
    headers = list(message.headers)
    place = draw(st.integers(0, len(headers) - 1))
    match draw(st.sampled_from(["", "", "", "lost", "doubled", "moved", "changed", "more"])):
        case "lost":
            headers.pop(place)
        case "doubled":
            headers.append((headers[place][0], draw(st.binary(max_size=9))))
        case "moved":
            headers.insert(0, headers.pop(place))
        case "changed":
            headers[place] = (headers[place][0], draw(st.binary(max_size=300)))
        case "more":
            headers.append(("other", b"1"))
    return message.key, message.value, headers


ANY = st.tuples(
    st.none() | st.binary(max_size=40),
    st.none() | st.binary(max_size=40),
    st.lists(st.tuples(st.text(max_size=9), st.binary(max_size=20)), max_size=14),
)


def batch_of(records: OURS) -> bytearray:
    builder = DefaultRecordBatchBuilder(2, 0, False, -1, -1, -1, 1 << 30)
    for place, (key, value, headers) in enumerate(records):
        builder.append(place, 1_000 + 77 * place, key, value, headers)
    built = bytearray(builder.build())
    built[:8] = BASE.to_bytes(8)
    return built


def theirs(batch: bytes, lane: int) -> list[StreamRecord]:
    return [
        record_of(*topic_of(lane), r.offset, r.key, r.value, r.headers)
        for r in DefaultRecordBatch(batch)
    ]


@given(st.lists(told() | ANY, min_size=1, max_size=4), st.integers(0, LANES - 1))
def test_a_batch_is_read_as_the_library_reads_it(records: OURS, lane: int) -> None:
    batch = bytes(batch_of(records))
    assert list(records_in(DefaultRecordBatch(batch), *topic_of(lane))) == theirs(batch, lane)


TOLD = {"office": "ubnd-1", "timestamp": "2025-05-05T08:00:00.000001Z", "campaign": "c-1"}
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def some(
    many: int = 3, told: Mapping[str, str] = TOLD, trace: str | None = None
) -> tuple[int, OURS]:
    """What a relay sent of one stream, and its lane."""
    stream, name = UUID(int=77), "petition.received/1"
    lane, body = lane_of(stream, name), json.dumps(told).encode()
    facts = [Unsent(n, lane, str(stream), n, name, body, trace) for n in range(1, many + 1)]
    messages = [message_of(fact, prev=fact.position - 1, epoch=1) for fact in facts]
    return lane, [(m.key, m.value, m.headers) for m in messages]


@pytest.mark.parametrize("trace", [None, TRACE])
@pytest.mark.parametrize("known", [{"office"}, {"office", "timestamp"}, set(TOLD)])
def test_what_the_relay_writes_is_never_read_the_slow_way(
    known: set[str], trace: str | None
) -> None:
    class Refusing(DefaultRecordBatch):  # type: ignore[misc]
        def _read_msg(self, *_: Any) -> Any:
            raise AssertionError("the library was asked")

    lane, records = some(told={key: TOLD[key] for key in known}, trace=trace)
    found = list(records_in(Refusing(bytes(batch_of(records))), *topic_of(lane)))
    assert [record.position for record in found] == [1, 2, 3]
    assert not any(record.fault for record in found)


@given(st.data())
def test_a_damaged_batch_gives_what_the_library_gives_or_its_error(data: st.DataObject) -> None:
    lane, records = some()
    batch = batch_of(records)
    at = data.draw(st.integers(61, len(batch) - 1))
    batch[at] ^= 1 << data.draw(st.integers(0, 7))
    broken = bytes(batch)
    try:
        wanted: object = theirs(broken, lane)
    except CorruptRecordError:
        wanted = CorruptRecordError
    except UnicodeDecodeError:
        wanted = UnicodeDecodeError
    try:
        found: object = list(records_in(DefaultRecordBatch(broken), *topic_of(lane)))
    except CorruptRecordError:
        found = CorruptRecordError
    except UnicodeDecodeError:
        found = UnicodeDecodeError
    assert found == wanted


def test_a_fetch_is_taken_in_parts_and_goes_on_behind_the_last_record() -> None:
    lane, records = some(many=5)
    place = TopicPartition(*topic_of(lane))
    fetched = FetchedRecords(BASE + 1, place, MemoryRecords(bytes(batch_of(records))))
    assert [record.offset for record in fetched.take(2)] == [BASE + 1, BASE + 2]
    assert fetched.next_fetch_offset == BASE + 3
    assert [record.offset for record in fetched.take(100)] == [BASE + 3, BASE + 4]
    assert (fetched.next_fetch_offset, bool(fetched)) == (BASE + 5, False)


def test_a_fetch_with_a_wrong_checksum_is_refused() -> None:
    lane, records = some()
    batch = batch_of(records)
    batch[-1] ^= 1
    fetched = FetchedRecords(BASE, TopicPartition(*topic_of(lane)), MemoryRecords(bytes(batch)))
    with pytest.raises(CorruptRecordError, match=f"lane {lane}, .*the batch at {BASE} is damaged"):
        fetched.take(10)
