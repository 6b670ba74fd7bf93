"""Batches that are under way at once: settled, refused or lost one by one."""

from dataclasses import replace
from uuid import uuid4

import pytest

from projections.base import Fact
from projections.petition_row import PetitionRow, PetitionState
from projections.ports import Progress, ProgressLost, RecordChanged, ViewStore
from tests.contracts.view_stores import PETITIONS, petition_in, received, store
from tests.projections.chronicle import Chronicle, all_projections
from tests.projections.folding import TOPIC, apply_batch

__all__ = ["store"]


def a_reception(lane: int) -> Fact:
    """A petition received, as if it stood in this lane."""
    tale = Chronicle()
    tale.received(uuid4())
    return replace(tale.facts[0], lane=lane)


def test_a_batch_that_was_started_is_written_once_it_is_settled(store: ViewStore) -> None:
    first, second = received()
    lane = first.lane
    now = Progress(TOPIC, 9, first.position)
    store.start(lane, [(PETITIONS, None, now, [first])], []).settle()
    assert store.progress("petitions", [lane]) == {lane: now}
    last = Progress(TOPIC, 10, second.position)
    store.start(lane, [(PETITIONS, now, last, [second])], []).settle()
    row = petition_in(store)
    assert row is not None
    assert row.state == PetitionState.OFFERED


def test_batches_of_three_lanes_are_under_way_at_once(store: ViewStore) -> None:
    """One asked for, one written, one to be settled; each is written whole."""
    facts = [a_reception(lane) for lane in range(3)]
    places = [Progress(TOPIC, 1, fact.position) for fact in facts]
    works = [[(PETITIONS, None, now, [f])] for f, now in zip(facts, places, strict=True)]
    first = store.start(0, works[0], [])
    first.write()
    second = store.start(1, works[1], [])
    second.write()
    third = store.start(2, works[2], [])
    first.settle()
    third.write()
    third.settle()
    second.settle()
    assert store.progress("petitions", range(3)) == dict(enumerate(places))
    found = [store.find(PetitionRow, fact.event.originator_id) for fact in facts]
    assert [row and row.lane for row in found] == [0, 1, 2]


def test_a_batch_that_is_refused_leaves_the_others_under_way_alone(store: ViewStore) -> None:
    kept, refused = a_reception(0), a_reception(1)
    now = Progress(TOPIC, 1, kept.position)
    there = store.start(0, [(PETITIONS, None, now, [kept])], [])
    there.write()
    with pytest.raises(ProgressLost):
        store.start(1, [(PETITIONS, now, now, [refused])], []).settle()
    there.settle()
    assert store.progress("petitions", [0, 1]) == {0: now}


def test_a_started_batch_of_the_slower_worker_fails_and_leaves_the_store_usable(
    store: ViewStore,
) -> None:
    first, second = received()
    lane = first.lane
    apply_batch(store, [first])
    was = store.progress("petitions", [lane])[lane]
    other = Progress("topic-2", was.next_offset, was.position)
    with pytest.raises(ProgressLost):
        store.start(lane, [(PETITIONS, other, Progress(TOPIC, 9, 9), [second])], []).settle()
    assert store.progress("petitions", [lane]) == {lane: was}
    apply_batch(store, [second])
    assert store.progress("petitions", [lane])[lane].position == second.position


def test_a_started_batch_whose_records_stand_there_otherwise_is_refused_when_settled(
    store: ViewStore,
) -> None:
    (history,) = [p for p in all_projections() if p.name == "case_history"]
    fact, _ = received()
    other = Fact(fact.position, fact.lane, fact.type_name, b"{}", fact.event)
    first, last = Progress(TOPIC, 1, fact.position), Progress(TOPIC, 2, fact.position)
    store.apply(fact.lane, [(history, None, first, [fact])], [])
    with pytest.raises(RecordChanged):
        store.start(fact.lane, [(history, first, last, [other])], []).settle()
    assert store.progress("case_history", [fact.lane]) == {fact.lane: first}
