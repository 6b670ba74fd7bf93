"""An auditor replays a history, from the store and from Kafka: the same facts, the same state."""

from typing import Any

from domain.codes import Role
from services.demo.offices import committee
from tests.doors import Receipt
from tests.stack import Stack
from tests.stories.test_single_petitioner import sorted_complaint
from tests.stories.test_wrong_door import CITY_BOARD, ROADS, offered

DAN_HOI = committee("07522")


def travelled(stack: Stack) -> Receipt:
    """A petition that was offered and accepted."""
    with stack.door(CITY_BOARD) as board, stack.door(ROADS) as roads:
        petition = offered(board)
        accepted = roads.act(f"/petitions/{petition.id}/acceptance", {}, on=petition)
        roads.see(f"/petitions/{petition.id}", accepted)
    return accepted


def types(told: Any) -> list[str]:
    """The kinds of facts told, in order."""
    return [fact["type"].partition("/")[0] for fact in told["facts"]]


def test_store_and_kafka_tell_the_same_history_and_state(stack: Stack) -> None:
    petition = travelled(stack)
    stored = stack.tell("replay", petition.id)
    streamed = stack.tell("replay", petition.id, "--from", "kafka")
    assert streamed == stored
    assert types(stored) == [
        "petition.received",
        "petition.classified",
        "petition.transferred",
        "petition.accepted",
    ]
    assert stored["state"]["in_charge"] == ROADS


def test_a_petition_is_replayed_as_it_stood_at_an_earlier_position(stack: Stack) -> None:
    petition = travelled(stack)
    whole = stack.tell("replay", petition.id)
    then = stack.tell("replay", petition.id, "--at", str(whole["facts"][2]["position"]))
    assert types(then) == types(whole)[:3]
    assert then["state"]["in_charge"] == CITY_BOARD


def test_a_replay_is_itself_on_record(stack: Stack) -> None:
    with stack.door(DAN_HOI) as desk:
        petition = sorted_complaint(desk)
    head = stack.head()
    stack.tell("replay", petition.id)
    assert stack.head() == head + 1


def test_rebuilt_views_are_equal_to_those_that_were_shown(stack: Stack) -> None:
    with stack.door(DAN_HOI) as desk, stack.door(committee("24"), Role.LEADER) as province:
        before = province.see("/boards/province/24", sorted_complaint(desk))
        made = stack.tell("rebuild")
        after = province.see("/boards/province/24")
    assert made["equal"] is True
    assert made["before"] == made["after"]
    assert made["facts"] > 0
    assert after["total"] == before["total"]
