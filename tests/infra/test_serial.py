"""What is stored is read back as it was, or refused with a reason."""

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import TransferGround
from domain.events.base import OfficeEvent
from domain.events.petition import PetitionAccepted, PetitionTransferred
from domain.values import TextRef
from infra.serial import EventMapper, MalformedRecord, UnknownEventType, decode, encode
from tests.contracts.facts import fact

STREAM = UUID(int=7)


def transferred(**more: Any) -> PetitionTransferred:
    facts = {
        "offer": 1,
        "to_office": "tnmt-24-20250101",
        "to_unit": "24-20250101",
        "ground": TransferGround.OTHER_LEVEL,
        "papers": 2,
        "reply_due": date(2025, 3, 10),
        "texts": (TextRef("note", STREAM, "ab" * 32),),
    }
    made: PetitionTransferred = fact(PetitionTransferred, STREAM, 2, **(facts | more))
    return made


def altered(**changes: Any) -> bytes:
    """The bytes of a transfer with fields changed, in the writer's own form."""
    record = json.loads(encode(transferred())) | changes
    return json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode()


def test_an_event_comes_back_with_its_own_types() -> None:
    event = transferred()
    again = decode("petition.transferred/1", encode(event))
    assert again == event
    assert isinstance(again, PetitionTransferred)
    assert isinstance(again.ground, TransferGround)
    assert isinstance(again.texts, tuple)
    assert isinstance(again.texts[0], TextRef)
    assert again.timestamp.tzinfo is not None


def test_equal_events_have_equal_bytes_plain_to_read() -> None:
    assert encode(transferred()) == encode(transferred()) == altered()
    assert json.loads(encode(transferred()))["reply_due"] == "2025-03-10"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_to_the_letter(text: str) -> None:
    event = transferred(to_office=text)
    assert decode("petition.transferred/1", encode(event)) == event


@pytest.mark.parametrize("name", ["os:system", "petition.transferred/2", "petition.burnt/1", ""])
def test_only_registered_types_are_read(name: str) -> None:
    with pytest.raises(UnknownEventType):
        decode(name, encode(transferred()))
    with pytest.raises(UnknownEventType):
        EventMapper().to_domain_event(StoredEvent(STREAM, 2, name, encode(transferred())))


@pytest.mark.parametrize("which", ["timestamp", "occurred_at"])
def test_a_moment_that_does_not_say_its_zone_is_no_moment(which: str) -> None:
    with pytest.raises(MalformedRecord, match="without its zone"):
        decode("petition.transferred/1", altered(**{which: "2025-03-03T08:30:00"}))


def test_a_field_of_a_newer_release_is_named_never_dropped() -> None:
    with pytest.raises(MalformedRecord, match="unknown field /priority"):
        decode("petition.transferred/1", altered(priority=1))
    inside = {"field": "note", "entry": str(STREAM), "commitment": "ab" * 32, "salt": "x"}
    with pytest.raises(MalformedRecord, match="unknown field /texts/0/salt"):
        decode("petition.transferred/1", altered(texts=[inside]))


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"null", b"[]", b"{}", b"\xff\xfe", altered() + b" "),
        *(altered(papers="2"), altered(ground="whim"), altered(originator_id=7)),
        altered(reply_due="10/03/2025"),
    ],
)
def test_a_malformed_record_says_what_it_should_have_been(body: bytes) -> None:
    with pytest.raises(MalformedRecord) as refused:
        decode("petition.transferred/1", body)
    assert refused.value.type_name == "petition.transferred/1"
    assert refused.value.reason


def test_a_row_must_stand_where_its_bytes_say() -> None:
    mapper = EventMapper()
    row = mapper.to_stored_event(transferred())
    assert mapper.to_domain_event(row) == transferred()
    moved = StoredEvent(uuid4(), row.originator_version, row.topic, row.state)
    with pytest.raises(MalformedRecord, match="stands at"):
        mapper.to_domain_event(moved)


def test_an_event_outside_the_registry_is_not_stored() -> None:
    class PetitionBurnt(OfficeEvent):
        TOPIC = "petition.burnt"

    class PetitionAcceptedTwice(PetitionAccepted):
        pass

    strangers = (
        fact(PetitionBurnt, STREAM, 1),
        fact(PetitionAcceptedTwice, STREAM, 1, offer=1, from_office="x"),
    )
    for event in strangers:
        with pytest.raises(UnknownEventType):
            EventMapper().to_stored_event(event)
