"""Records set aside beside the rows: told of, folded later once, never lost."""

from dataclasses import replace
from uuid import uuid4

import pytest

from projections.base import Fact
from projections.petition_row import PetitionState
from projections.ports import (
    FoldFailed,
    Parked,
    ParkedHead,
    Progress,
    ProgressLost,
    StreamRecord,
    ViewStore,
)
from tests.contracts.view_stores import PETITION, PETITIONS, Finder, petition_in, received, store
from tests.projections.folding import TOPIC

__all__ = ["store"]


def record_of(fact: Fact) -> StreamRecord:
    """A fact as it came by."""
    stream = fact.event.originator_id
    return StreamRecord(
        fact.lane, fact.position, fact.position, 0, stream, fact.type_name, fact.body
    )


def test_a_batch_of_parked_records_alone_moves_progress(store: ViewStore) -> None:
    _, orphan = received()
    now = Progress(TOPIC, 1, orphan.position)
    parked = Parked(record_of(orphan), "never received")
    store.apply(orphan.lane, [(PETITIONS, None, now, [])], [parked])
    assert store.progress("petitions", [orphan.lane]) == {orphan.lane: now}
    assert store.parked_heads([orphan.lane]) == [
        ParkedHead(orphan.lane, PETITION, orphan.position, "never received")
    ]
    assert store.parked_heads([orphan.lane + 1]) == []
    assert list(store.parked_records(PETITION)) == [parked]


def test_what_was_set_aside_can_be_folded_later_once(store: ViewStore) -> None:
    facts = received()
    lane = facts[0].lane
    parked = [Parked(record_of(fact), "unknown type") for fact in facts]
    store.apply(lane, [(PETITIONS, None, Progress(TOPIC, 9, 9), [])], parked)
    store.release(lane, PETITION, [(PETITIONS, facts)])
    row = petition_in(store)
    assert row is not None
    assert row.state == PetitionState.OFFERED
    assert store.parked_heads([lane]) == []
    with pytest.raises(ProgressLost):
        store.release(lane, PETITION, [(PETITIONS, facts)])


def test_a_record_set_aside_again_from_another_place_of_the_stream_waits_once(
    store: ViewStore,
) -> None:
    """As when the topic was made anew, or a rebuild set it aside, and a projection was added."""
    facts = received()
    lane = facts[0].lane
    records = [record_of(fact) for fact in facts]
    parked = [Parked(record, "unknown type") for record in records]
    again = [Parked(replace(record, offset=record.offset + 90), "again") for record in records]
    store.apply(lane, [(PETITIONS, None, Progress(TOPIC, 9, 9), [])], parked)
    store.apply(lane, [(Finder(PETITION), None, Progress(TOPIC, 9, 9), [])], again)
    assert list(store.parked_records(PETITION)) == parked
    store.release(lane, PETITION, [(PETITIONS, facts)])
    assert store.parked_heads([lane]) == []


def test_each_stream_set_aside_is_told_of_by_its_first_record_in_the_lane(
    store: ViewStore,
) -> None:
    facts = received()
    lane = facts[0].lane
    other = replace(record_of(facts[0]), stream=uuid4(), position=1, offset=0)
    parked = [
        Parked(record_of(facts[1]), "waits"),
        Parked(record_of(facts[0]), "unknown type"),
        Parked(other, "unknown too"),
    ]
    store.apply(lane, [(PETITIONS, None, Progress(TOPIC, 9, 9), [])], parked)
    wanted = {
        ParkedHead(lane, PETITION, facts[0].position, "unknown type"),
        ParkedHead(lane, other.stream, 1, "unknown too"),
    }
    assert set(store.parked_heads([lane])) == wanted
    assert len(store.parked_heads([lane])) == 2


def test_records_that_tell_no_place_in_the_chain_all_stay(store: ViewStore) -> None:
    stray = replace(record_of(received()[0]), position=0, fault="no position")
    parked = [Parked(replace(stray, offset=offset), "no position") for offset in (3, 4)]
    store.apply(stray.lane, [(PETITIONS, None, Progress(TOPIC, 9, 9), [])], parked)
    assert list(store.parked_records(PETITION)) == parked


def test_a_release_that_fails_leaves_everything_set_aside(store: ViewStore) -> None:
    _, orphan = received()
    parked = Parked(record_of(orphan), "never received")
    store.apply(orphan.lane, [(PETITIONS, None, Progress(TOPIC, 9, 9), [])], [parked])
    with pytest.raises(FoldFailed):
        store.release(orphan.lane, PETITION, [(PETITIONS, [orphan])])
    assert list(store.parked_records(PETITION)) == [parked]
