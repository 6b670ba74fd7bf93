"""Where a listener stands, and what it is still to be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.api.sse import vector
from services.api.sse.pending import RESET, Pending, Signal
from services.api.sse.settling import Settling

numbers = some.integers(0, 2**62)
positions = some.lists(numbers, min_size=vector.SIZE, max_size=vector.SIZE).map(tuple)
START, LATER, LATEST = ((number,) * vector.SIZE for number in (0, 5, 9))
BOARD, OTHER_BOARD = Signal("board", "24"), Signal("board", "218")
CROWD = Signal("gatherings", "24")


@given(positions)
def test_an_id_leads_back_to_the_same_place(place: vector.Vector) -> None:
    text = vector.encode(place)
    assert vector.decode(text) == place
    assert len(text) <= vector.MAX_TEXT


@given(some.text(max_size=200))
def test_an_id_that_is_not_ours_is_no_place_and_no_failure(text: str) -> None:
    found = vector.decode(text)
    assert found is None or vector.encode(found) == text


@pytest.mark.parametrize("text", ["", "AAAA", "AAAAAAAAAAAAAAAA=", "A" * 5000, "ÀÀÀÀ", "gICAgICA"])
def test_a_forged_id_is_no_place(text: str) -> None:
    assert vector.decode(text) is None


def test_no_lane_ever_goes_back() -> None:
    assert vector.moved(LATER, [(0, 3), (1, 7)])[:2] == (5, 7)


def test_a_place_the_store_has_not_reached_is_seen() -> None:
    assert vector.beyond(LATEST, LATER)
    assert not vector.beyond(LATER, LATER)


def test_what_was_set_right_meanwhile_leads_on_from_no_place() -> None:
    assert vector.leads_to(START, vector.of(dict.fromkeys(range(vector.SIZE - 1), 7)))
    assert not vector.leads_to(START, vector.of({}, amended=1))
    assert not vector.beyond(vector.of({}, amended=1), START)
    assert vector.leads_to(vector.amended_as(START, LATER), LATER)


def test_signals_of_one_board_are_merged_to_one_a_second() -> None:
    pending = Pending(START, 1.0)
    pending.add({BOARD}, LATER)
    assert pending.take(0.0) == BOARD
    pending.add({BOARD}, LATEST)
    pending.add({BOARD}, LATEST)
    assert pending.take(0.5) is None
    assert pending.next_due() == 1.0
    assert pending.take(1.0) == BOARD
    assert pending.take(2.5) is None


def test_a_crowd_is_told_at_once_every_time() -> None:
    pending = Pending(START, 1.0)
    pending.add({CROWD}, LATER)
    assert pending.take(0.0) == CROWD
    pending.add({CROWD}, LATEST)
    assert pending.take(0.0) == CROWD


def test_an_id_never_passes_a_signal_that_is_still_held_back() -> None:
    pending = Pending(START, 1.0)
    pending.add({BOARD}, LATER)
    pending.take(0.0)
    pending.add({BOARD, OTHER_BOARD}, LATEST)
    assert pending.take(0.1) == OTHER_BOARD
    assert pending.told == LATER
    pending.take(1.0)
    assert pending.told == LATEST


def test_a_reader_who_is_to_begin_anew_is_told_that_alone_and_what_follows() -> None:
    pending = Pending(START, 1.0)
    pending.add({BOARD, CROWD}, LATER)
    pending.begin_anew(LATEST, 3.0)
    assert pending.take(2.0) is None
    assert pending.told == START
    pending.begin_anew(LATEST, 9.0)
    assert pending.next_due() == 3.0
    pending.add({BOARD}, LATEST)
    assert [pending.take(3.0), pending.take(3.0), pending.take(3.0)] == [RESET, BOARD, None]
    assert pending.told == LATEST


def test_changes_one_upon_another_are_told_once_when_they_come_to_rest() -> None:
    settling = Settling(1.0)
    assert not settling.has_settled(0, 0, 0.0)
    assert not any(settling.has_settled(0, times, times * 0.9) for times in range(1, 20))
    assert settling.has_settled(0, 19, 19 * 0.9 + 1.0)
    assert not settling.has_settled(19, 19, 20.0)
    assert not settling.has_settled(19, 20, 100.0)
    assert settling.has_settled(19, 20, 101.0)


def test_changes_without_end_are_told_now_and_then() -> None:
    settling, told = Settling(1.0), [0]
    for second in range(1, 100):
        if settling.has_settled(told[-1], second, second * 0.9):
            told.append(second)
    assert len(told) == 1 + 2


def test_a_stuck_reader_costs_one_entry_per_topic_however_much_happens() -> None:
    pending = Pending(START, 1.0)
    for _ in range(10_000):
        pending.add({BOARD, OTHER_BOARD, CROWD}, LATEST)
    told = []
    while (signal := pending.take(0.0)) is not None:
        told.append(signal)
    assert sorted(told, key=str) == sorted([BOARD, OTHER_BOARD, CROWD], key=str)
