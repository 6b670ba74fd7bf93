"""A case replayed from the stream is the case in the store, or the difference is named."""

from dataclasses import replace
from uuid import uuid4

import pytest

from infra.kafka.clients import open_kafka_stream
from infra.kafka.publishing import RoundPublisher, send
from infra.kafka.settings import KafkaSettings
from infra.memory.fact_store import MemoryFactStore
from services.replay import StreamBroken, differences, facts_on_stream
from tests.contracts.facts import accepted, opened
from tests.kafka_topics import messages_of
from tests.services.tape import Tape, on_tape

A, B = uuid4(), uuid4()


def a_store() -> MemoryFactStore:
    store = MemoryFactStore()
    for version in (1, 2, 3):
        store.append([accepted(A, version), accepted(B, version), opened(A, version)])
    return store


@pytest.mark.kafka
def test_both_sources_tell_the_same_story(kafka: KafkaSettings, producer: RoundPublisher) -> None:
    store = a_store()
    messages = messages_of(store)
    send(producer, [*messages[:5], *messages])
    carrier = open_kafka_stream(kafka)
    streamed = facts_on_stream(carrier, A)
    assert [fact.version for fact in streamed] == [1, 2, 3]
    assert streamed == store.read_stream(A)
    assert differences(store.read_stream(A), streamed) == []
    (reading,) = {fact.stream for fact in store.read(after=2, limit=1)}
    assert facts_on_stream(carrier, reading, topic="access.") == store.read_stream(reading)
    carrier.close()


def test_a_stream_nobody_knows_has_no_facts() -> None:
    assert facts_on_stream(Tape(), uuid4()) == []


def test_each_difference_is_named() -> None:
    stored = a_store().read_stream(A)
    other = replace(stored[1], body=b"{}")
    assert differences(stored[:2], [other, stored[2]]) == [
        "position 1 is not on the stream",
        "position 7 is not in the store",
        "position 4 differs",
    ]


def test_a_hole_is_said_instead_of_a_shorter_story() -> None:
    tape = Tape()
    tape.write(*(record for record in on_tape(a_store()) if record.position != 4))
    with pytest.raises(StreamBroken, match="a hole after"):
        facts_on_stream(tape, A)


def test_a_record_of_the_stream_that_nobody_can_read_is_said() -> None:
    tape = Tape()
    tape.write(
        *(
            replace(record, body=b"{" if record.position == 4 else record.body)
            for record in on_tape(a_store())
        )
    )
    with pytest.raises(StreamBroken, match="position 4"):
        facts_on_stream(tape, A)
