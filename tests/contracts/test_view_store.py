"""One suite for every place of the views: what the port promises, in memory and on Postgres."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from projections.access_log import AccessRow
from projections.base import Fact
from projections.batch import RowBuffer, concerning, fold_all, key_of
from projections.case_history import HistoryRow
from projections.petition_row import PetitionState
from projections.ports import FoldFailed, Progress, ProgressLost, RecordChanged, ViewStore
from services.projector.likeness import keeps_all
from tests.contracts.view_stores import PETITION, PETITIONS, nothing, petition_in, received, store
from tests.projections.chronicle import TAM_DI, TNMT, Chronicle, all_projections, stream_of
from tests.projections.folding import TOPIC, apply_batch, by_lane, fold_one_by_one

__all__ = ["store"]


def test_a_lane_never_begun_has_no_progress(store: ViewStore) -> None:
    assert dict(store.progress("petitions", range(24))) == {}


def test_rows_and_progress_arrive_together(store: ViewStore) -> None:
    facts = received()
    fold_one_by_one(store, facts)
    lane, last = facts[0].lane, facts[-1].position
    assert store.progress("petitions", [lane]) == {lane: Progress(TOPIC, last + 1, last)}
    row = petition_in(store)
    assert row is not None
    assert (row.state, row.in_charge, row.offered_to) == (PetitionState.OFFERED, TAM_DI, TNMT)


def test_of_two_workers_on_one_lane_one_loses_and_writes_nothing(store: ViewStore) -> None:
    first, second = received()
    lane = first.lane
    apply_batch(store, [first])
    was = store.progress("petitions", [lane])[lane]
    apply_batch(store, [second])
    late = Progress(TOPIC, 99, 99)
    with pytest.raises(ProgressLost):
        store.apply(lane, [(PETITIONS, was, late, [second])], [])
    assert store.progress("petitions", [lane])[lane].position == second.position


def test_of_two_workers_that_begin_a_lane_one_loses(store: ViewStore) -> None:
    facts = received()
    work = [(PETITIONS, None, Progress(TOPIC, 9, 9), facts)]
    store.apply(facts[0].lane, work, [])
    with pytest.raises(ProgressLost):
        store.apply(facts[0].lane, work, [])


def test_a_topic_made_anew_is_another_progress(store: ViewStore) -> None:
    facts = received()
    lane = facts[0].lane
    apply_batch(store, facts)
    was = store.progress("petitions", [lane])[lane]
    other = Progress("topic-2", was.next_offset, was.position)
    with pytest.raises(ProgressLost):
        store.apply(lane, [(PETITIONS, other, was, [])], [])


def test_a_fact_nobody_can_fold_fails_by_name_and_writes_nothing(store: ViewStore) -> None:
    _, orphan = received()
    with pytest.raises(FoldFailed) as failure:
        apply_batch(store, [orphan])
    assert failure.value.fact == orphan
    assert dict(store.progress("petitions", [orphan.lane])) == {}


def test_a_record_of_history_is_never_written_anew(store: ViewStore) -> None:
    (history,) = [p for p in all_projections() if p.name == "case_history"]
    fact, _ = received()
    other = Fact(fact.position, fact.lane, fact.type_name, b"{}", fact.event)
    first, again, last = (Progress(TOPIC, n, fact.position) for n in (1, 2, 3))
    store.apply(fact.lane, [(history, None, first, [fact])], [])
    store.apply(fact.lane, [(history, first, again, [fact])], [])
    with pytest.raises(RecordChanged, match="history"):
        store.apply(fact.lane, [(history, again, last, [other])], [])
    assert store.progress("case_history", [fact.lane])[fact.lane] == again


def test_a_record_is_found_by_its_key_as_the_fact_makes_it(store: ViewStore) -> None:
    tale = Chronicle()
    tale.crowd(stream_of("crowd"))
    facts = [*received(), *tale.facts, nothing()]
    for some in by_lane(facts).values():
        apply_batch(store, some)
    keepers = [p for p in all_projections() if keeps_all(p)]
    made = RowBuffer({})
    fold_all(concerning((projection, facts) for projection in keepers), made)
    rows = [row for by_key in made.written.values() for row in by_key.values() if row is not None]
    assert {type(row) for row in rows} == {HistoryRow, AccessRow}
    assert [store.find(type(row), *key_of(row)) for row in rows] == rows
    assert store.find(HistoryRow, uuid4(), 1) is None


def test_saying_that_nothing_newer_is_known_moves_no_progress(store: ViewStore) -> None:
    fold_one_by_one(store, received())
    before = store.progress("petitions", range(24))
    store.confirm(["petitions"], range(24))
    assert store.progress("petitions", range(24)) == before


def test_every_kind_of_value_comes_back_as_it_was(store: ViewStore) -> None:
    tale = Chronicle(datetime(2025, 5, 5, 23, 59, 59, 999999, tzinfo=UTC))
    odd = 'ô "quoted" \\ {brace}, comma'
    tale.received(PETITION, number=odd, accused_office=None, petitioners=10_000, election=True)
    (fact,) = tale.facts
    apply_batch(store, [fact])
    row = petition_in(store)
    assert row is not None
    assert (row.number, row.petitioners, row.election) == (odd, 10_000, True)
    assert (row.recorded_at, row.received_on) == (fact.event.timestamp, date(2025, 5, 6))


def test_a_crowd_keeps_its_lists_in_order(store: ViewStore) -> None:
    tale = Chronicle()
    tale.crowd(stream_of("crowd"))
    for lane, facts in by_lane(tale.facts).items():
        apply_batch(store, facts)
        assert store.progress("gatherings", [lane])[lane].position == facts[-1].position
