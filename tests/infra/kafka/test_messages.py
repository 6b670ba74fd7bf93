"""A fact as CloudEvents on Kafka, and whatever else anybody may write there."""

import json
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ports import LANES, StoredFact
from domain.streams import lane_of
from infra.kafka.messages import NO_STREAM, Message, message_of, record_of, recorded_at
from infra.kafka.topics import lane_at, topic_of
from infra.memory.fact_store import MemoryFactStore
from infra.unsent import Unsent
from projections.ports import StreamRecord
from tests.contracts.facts import a_petition, accepted, opened

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def stored(traceparent: str | None = TRACE) -> StoredFact:
    store = MemoryFactStore()
    store.append(a_petition(), traceparent=traceparent)
    return store.read(after=2, limit=1)[0]


def sent(fact: StoredFact, **changes: bytes | None) -> StreamRecord:
    """The fact's record as a reader sees it, some headers changed."""
    message = message_of(Unsent.of(fact), prev=2, epoch=9)
    known = {**dict(message.headers), **{k.replace("__", "-"): v for k, v in changes.items()}}
    return came(message, {name: value for name, value in known.items() if value != b"gone"})


def came(message: Message, headers: Mapping[str, bytes | None]) -> StreamRecord:
    return record_of(
        message.topic, message.partition, 41, message.key, message.value, list(headers.items())
    )


def test_a_record_says_everything_of_the_fact_in_cloudevents_headers() -> None:
    fact = stored()
    message = message_of(Unsent.of(fact), prev=2, epoch=9)
    assert message.key == str(fact.stream).encode()
    assert message.value == fact.body
    assert topic_of(fact.lane) == (message.topic, message.partition)
    assert dict(message.headers) == {
        "ce_specversion": b"1.0",
        "ce_id": f"{fact.stream}/3".encode(),
        "ce_type": b"petition.accepted",
        "ce_source": b"/offices/ubnd-07375-20250101",
        "ce_subject": str(fact.stream).encode(),
        "ce_time": b"2025-05-05T01:00:00Z",
        "ce_dataschema": b"urn:tiepdan:schema:petition.accepted:1",
        "content-type": b"application/json",
        "ce_position": b"3",
        "ce_prev": b"2",
        "ce_epoch": b"9",
        "ce_dataclass": b"1",
        "ce_traceparent": TRACE.encode(),
    }


def test_what_was_sent_is_what_is_read() -> None:
    fact = stored()
    assert sent(fact) == StreamRecord(
        lane=fact.lane,
        offset=41,
        position=3,
        prev=2,
        stream=fact.stream,
        type_name="petition.accepted/1",
        body=fact.body,
        fault=None,
    )


def test_a_fact_of_a_campaign_names_it() -> None:
    fact = stored()
    body = json.dumps({**json.loads(fact.body), "campaign": "plan-12"}).encode()
    headers = dict(message_of(Unsent.of(replace(fact, body=body)), prev=0, epoch=1).headers)
    assert headers["ce_campaignid"] == b"plan-12"


def test_a_fact_about_reading_goes_to_the_topic_of_its_own() -> None:
    store = MemoryFactStore()
    store.append([opened(uuid4())])
    (fact,) = store.read(after=0, limit=1)
    message = message_of(Unsent.of(fact), prev=0, epoch=1)
    assert message.topic == "tiepdan.access.v1"
    assert came(message, dict(message.headers)).fault is None


def test_a_type_newer_than_this_relay_travels_on_as_the_most_guarded() -> None:
    headers = dict(
        message_of(Unsent.of(replace(stored(), type_name="petition.x/7")), prev=0, epoch=1).headers
    )
    assert (headers["ce_type"], headers["ce_dataclass"]) == (b"petition.x", b"3")


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"office":7}', b"\xff\x00", b""])
def test_a_fact_whose_stored_bytes_nobody_can_read_travels_on_for_its_readers_to_set_aside(
    body: bytes,
) -> None:
    """Else the relay would stand still before it, and every other fact with it."""
    fact = replace(stored(), body=body)
    message = message_of(Unsent.of(fact), prev=2, epoch=9)
    headers = dict(message.headers)
    assert "ce_time" not in headers
    assert headers["ce_source"] == b"/offices/unknown"
    record = sent(fact)
    assert (record.position, record.stream, record.body) == (fact.position, fact.stream, body)
    assert record.fault is None
    assert recorded_at(body) is None


def test_every_lane_has_its_own_partition() -> None:
    assert [lane_at(*topic_of(lane)) for lane in range(LANES)] == list(range(LANES))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"ce_position": b"+3"}, "ce_position is not a number of ours"),
        ({"ce_position": b"3_0"}, "ce_position is not a number of ours"),
        ({"ce_position": "٣".encode()}, "ce_position is not a number of ours"),
        ({"ce_position": b"9" * 20}, "ce_position is not a number of ours"),
        ({"ce_position": b"9223372036854775808"}, "ce_position is not a number of ours"),
        ({"ce_prev": b"gone"}, "ce_prev is not a number of ours"),
        ({"ce_prev": b"3"}, "position 3 is not above the one before it, 3"),
        ({"ce_type": b"gone"}, "type and schema do not name one event type"),
        ({"ce_type": b"case.opened"}, "type and schema do not name one event type"),
        ({"ce_type": b"\xff\xfe"}, "type and schema do not name one event type"),
        ({"ce_specversion": b"0.3"}, "not a CloudEvents 1.0 record with JSON"),
        ({"content__type": b"text/plain"}, "not a CloudEvents 1.0 record with JSON"),
        ({"ce_type": b"access.read"}, "does not belong in lane"),
    ],
)
def test_a_wrong_header_is_named(changes: dict[str, bytes], fault: str) -> None:
    record = sent(stored(), **changes)
    assert record.fault is not None
    assert fault in record.fault


def test_a_record_without_a_place_in_the_chain_gets_none() -> None:
    record = sent(stored(), ce_prev=b"-1")
    assert (record.position, record.prev) == (0, 0)


def test_a_hostile_type_name_can_be_stored() -> None:
    assert "\0" not in sent(stored(), ce_type=b"a\0b", ce_dataschema=b"\0").type_name


def test_a_stream_in_a_foreign_partition_is_refused() -> None:
    fact = stored()
    message = message_of(Unsent.of(fact), prev=2, epoch=1)
    partition = (message.partition + 1) % 12
    record = came(message._replace(partition=partition), dict(message.headers))
    assert record.fault == f"stream {fact.stream} does not belong in lane {partition}"


def test_a_key_that_is_no_stream_id_and_an_empty_body_are_named() -> None:
    message = message_of(Unsent.of(stored()), prev=2, epoch=1)
    record = record_of(message.topic, message.partition, 5, None, None, message.headers)
    assert record.fault == "the key is no stream id; no body"
    assert (record.stream, record.body) == (NO_STREAM, b"")


BYTES = st.none() | st.binary(max_size=40)


@given(
    key=BYTES,
    value=BYTES,
    headers=st.lists(
        st.tuples(
            st.sampled_from(["ce_position", "ce_prev", "ce_type", "ce_dataschema", "x"]), BYTES
        ),
        max_size=6,
    ),
)
def test_reading_never_raises(
    key: bytes | None, value: bytes | None, headers: list[tuple[str, bytes | None]]
) -> None:
    record = record_of("tiepdan.events.v1", 3, 0, key, value, headers)
    assert record.fault is not None


@given(stream=st.uuids(), version=st.integers(1, 2**31), prev=st.integers(0, 2**62))
def test_every_fact_comes_back_whole(stream: UUID, version: int, prev: int) -> None:
    store = MemoryFactStore()
    store.append([accepted(stream, version)])
    (fact,) = store.read(after=0, limit=1)
    fact = replace(fact, position=prev + 1)
    message = message_of(Unsent.of(fact), prev=prev, epoch=1)
    record = came(message, dict(message.headers))
    assert record.fault is None
    assert (record.stream, record.prev, record.position) == (stream, prev, prev + 1)
    assert (record.lane, record.body) == (lane_of(stream, "petition"), fact.body)
