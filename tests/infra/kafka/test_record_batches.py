"""A batch put together at once holds what kafka-python would have written record by record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka.record.default_records import DefaultRecordBatchBuilder
from kafka.record.util import encode_varint

from domain.ports import EVENTS_TOPIC
from infra.kafka.messages import Message
from infra.kafka.record_batches import encoded, pieces, varint

HEADERS = st.lists(st.tuples(st.text(max_size=200), st.binary(max_size=200)), max_size=12)
RECORDS = st.lists(st.tuples(st.binary(max_size=80), st.binary(max_size=900), HEADERS), min_size=1)


@given(RECORDS)
def test_records_are_the_librarys_own_bytes(
    records: list[tuple[bytes, bytes, list[tuple[str, bytes]]]],
) -> None:
    builder = DefaultRecordBatchBuilder(2, 0, False, -1, -1, -1, 1 << 30)
    ours = bytes(builder.header_size_in_bytes())
    for offset, (key, value, headers) in enumerate(records):
        builder.append(offset, 1_000, key, value, headers)
        ours += encoded(offset, key, value, headers)
    assert ours == builder._buffer


@given(st.integers(0, 2**31 - 1))
def test_a_number_is_written_as_the_library_writes_it(number: int) -> None:
    theirs = bytearray()
    encode_varint(number, theirs.append)
    assert varint(number) == theirs


def of_size(partition: int, size: int) -> Message:
    return Message(EVENTS_TOPIC, partition, b"k", b"x" * size, [])


@pytest.mark.parametrize(
    ("sizes", "cut"), [([300, 300, 300, 300], [3, 1]), ([1, 5_000, 1], [1, 1, 1]), ([5_000], [1])]
)
def test_a_batch_is_cut_before_it_grows_too_large_and_never_inside_a_record(
    sizes: list[int], cut: list[int]
) -> None:
    messages = [of_size(0, size) for size in sizes]
    found = list(pieces(messages, 1_000))
    assert [len(records) for _, records in found] == cut
    numbered = iter(messages)
    for _, records in found:
        assert records == [
            encoded(offset, b"k", next(numbered).value, []) for offset in range(len(records))
        ]


def test_a_rounds_records_keep_their_order_within_each_partition() -> None:
    messages = [of_size(n % 3, n) for n in range(9)]
    found = {place.partition: records for place, records in pieces(messages, 1_000)}
    assert found == {
        partition: [encoded(offset, b"k", b"x" * n, []) for offset, n in enumerate(mine)]
        for partition, mine in ((0, (0, 3, 6)), (1, (1, 4, 7)), (2, (2, 5, 8)))
    }
