"""A case replayed from the stream is the case in the store, or the difference is named."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from infra.kafka.clients import open_kafka_stream
from infra.kafka.publishing import RoundPublisher, send
from infra.kafka.settings import KafkaSettings
from infra.memory.fact_store import MemoryFactStore
from infra.settings import Settings, SettingsError
from projections.ports import LogTruncated, StreamRecord, StreamUnavailable
from services.cli.auditing import from_kafka
from services.cli.exits import Exit, code_of
from services.replay import StreamBroken, differences, facts_on_stream, same_on_stream
from services.telling import UnreadableFact, tell
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


def altered(body: bytes, at: int = 4) -> Tape:
    """The stream of a store where one record has another body."""
    tape = Tape()
    tape.write(
        *(
            replace(record, body=body if record.position == at else record.body)
            for record in on_tape(a_store())
        )
    )
    return tape


def test_a_record_of_the_stream_that_nobody_can_read_is_said() -> None:
    with pytest.raises(StreamBroken, match="position 4 differs"):
        same_on_stream(a_store().read_stream(A), altered(b"{"), A)


def test_a_record_that_says_nothing_of_its_place_is_said() -> None:
    tape = Tape()
    tape.write(
        *(
            replace(record, fault="no stream" if record.position == 4 else None)
            for record in on_tape(a_store())
        )
    )
    with pytest.raises(StreamBroken, match="position 4: no stream"):
        same_on_stream(a_store().read_stream(A), tape, A)


def test_facts_that_are_the_same_on_both_are_told_even_if_nobody_can_read_one() -> None:
    stored = [
        replace(fact, body=b"{" if fact.position == 4 else fact.body)
        for fact in a_store().read_stream(A)
    ]
    assert same_on_stream(stored, altered(b"{"), A) == stored
    assert same_on_stream(stored[:1], altered(b"{"), A) == stored[:1]


def test_a_hole_and_a_difference_are_a_mismatch_of_the_command() -> None:
    assert code_of(StreamBroken("lane 3: a hole after 7, before 9")) is Exit.MISMATCH


def test_a_stack_without_kafka_refuses_to_hold_its_store_against_itself() -> None:
    settings = Settings.read({"TIEPDAN_STREAM": "log"})
    with pytest.raises(SettingsError, match="this stack has none") as refused:
        from_kafka(settings, A, a_store().read_stream(A))
    assert code_of(refused.value) is Exit.USAGE


class Changing(Tape):
    """A topic that is made anew while it is read."""

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:
        raise LogTruncated("a topic was made anew")


def test_a_topic_that_is_made_anew_meanwhile_is_a_carrier_that_is_away() -> None:
    tape = Changing()
    tape.write(*on_tape(a_store()))
    with pytest.raises(StreamUnavailable, match="changed while it was read"):
        same_on_stream(a_store().read_stream(A), tape, A)


@pytest.mark.parametrize("altered", [{"body": b"{"}, {"type_name": "petition.accepted/9"}])
def test_a_fact_that_this_release_does_not_read_ends_the_tale_with_its_place(
    altered: dict[str, Any],
) -> None:
    first, second, *rest = a_store().read_stream(A)
    with pytest.raises(UnreadableFact, match=f"position 4, version 2 of {A}") as unread:
        tell(A, [first, replace(second, **altered), *rest])
    assert code_of(unread.value) is Exit.FAILURE
