"""One suite for every place of the views: what the port promises, in memory and on Postgres."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest

from infra.memory.views import MemoryViewStore
from infra.postgres.views import PostgresViewStore
from projections.access_log import AccessRow
from projections.base import Fact
from projections.batch import RowBuffer, fold_all, key_of
from projections.case_history import HistoryRow
from projections.petition_row import PetitionRow, PetitionState
from projections.ports import (
    FoldFailed,
    Parked,
    ParkedHead,
    Progress,
    ProgressLost,
    RecordChanged,
    StreamRecord,
    ViewStore,
)
from services.projector.likeness import keeps_all
from tests.projections.chronicle import TAM_DI, TNMT, Chronicle, all_projections, stream_of
from tests.projections.folding import TOPIC, apply_batch, by_lane, fold_one_by_one
from tests.stores import Addresses

PETITION = stream_of("petition")
(PETITIONS,) = [p for p in all_projections() if p.name == "petitions"]


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[ViewStore]:
    if request.param == "memory":
        yield MemoryViewStore()
        return
    addresses: Addresses = request.getfixturevalue("addresses")
    real = PostgresViewStore.at(addresses.projector)
    yield real
    real.close()


def petition_in(store: ViewStore, stream: UUID = PETITION) -> PetitionRow | None:
    """The row as a fold would find it."""
    finder = Finder(stream)
    store.apply(0, [(finder, None, Progress(TOPIC, 0, 0), [nothing()])], [])
    return finder.found


@dataclass
class Finder:
    """A projection that only looks. It begins under a name of its own each time."""

    stream: UUID
    found: PetitionRow | None = None
    tables: ClassVar[tuple[type[PetitionRow]]] = (PetitionRow,)

    def __post_init__(self) -> None:
        self.name = f"finder {uuid4()}"

    def reads(self, fact: Fact) -> Any:
        return [(PetitionRow, (self.stream,))]

    def fold(self, fact: Fact, rows: Any) -> None:
        self.found = rows.find(PetitionRow, self.stream)


def nothing() -> Fact:
    """A fact that says nothing to anybody."""
    return Chronicle().opened_text(PETITION)


def a_reception(lane: int) -> Fact:
    """A petition received, as if it stood in this lane."""
    tale = Chronicle()
    tale.received(uuid4())
    return replace(tale.facts[0], lane=lane)


def received() -> Sequence[Fact]:
    """A petition received and passed on."""
    tale = Chronicle()
    tale.received(PETITION)
    tale.transferred(PETITION, TAM_DI, TNMT, offer=1, due=date(2025, 5, 8))
    return tale.facts


def record_of(fact: Fact) -> StreamRecord:
    """A fact as it came by."""
    stream = fact.event.originator_id
    return StreamRecord(
        fact.lane, fact.position, fact.position, 0, stream, fact.type_name, fact.body
    )


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
    fold_all([(projection, facts) for projection in keepers], made)
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
