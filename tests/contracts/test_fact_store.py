"""One suite for every fact store: what the port promises, on memory and on Postgres."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from domain.events.base import OfficeEvent
from domain.ports import FactStore, KeyTaken, Receipt, StoredFact, VersionTaken
from domain.streams import lane_of
from infra.memory import MemoryFactStore
from infra.serial import decode
from tests.contracts.facts import a_petition, accepted, office, opened, receipt, unit


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> FactStore:
    if request.param == "memory":
        return MemoryFactStore()
    real: FactStore = request.getfixturevalue("postgres_store")
    return real


def whole_log(store: FactStore, page: int = 100) -> list[StoredFact]:
    """The log as a tailing reader collects it, page by page."""
    log: list[StoredFact] = []
    while came := store.read(after=log[-1].position if log else 0, limit=page):
        log.extend(came)
    return log


def chained(log: list[StoredFact]) -> bool:
    """Whether every record names the one before it in its lane."""
    heads: dict[int, int] = {}
    for fact in log:
        if fact.prev != heads.get(fact.lane, 0):
            return False
        heads[fact.lane] = fact.position
    return True


def test_an_unknown_stream_has_no_facts(store: FactStore) -> None:
    stream = uuid4()
    assert (list(store.load(stream)), store.last_version(stream)) == ([], 0)
    assert list(store.read_stream(stream)) == []


def test_what_was_recorded_comes_back_as_it_was(store: FactStore) -> None:
    facts = a_petition()
    store.append(facts)
    assert list(store.load(facts[0].originator_id)) == facts
    assert store.last_version(facts[0].originator_id) == 3


def test_a_stream_can_be_loaded_up_to_a_version(store: FactStore) -> None:
    facts = a_petition()
    store.append(facts)
    assert list(store.load(facts[0].originator_id, up_to_version=2)) == facts[:2]


def test_positions_rise_in_the_order_of_the_facts(store: FactStore) -> None:
    first = store.append(a_petition())
    second = store.append([*a_petition(), *a_petition()])
    positions = [*first, *second]
    assert positions == sorted(set(positions))
    assert store.head() == positions[-1]


def test_an_empty_store_has_head_zero(store: FactStore) -> None:
    assert (store.head(), list(store.read(after=0, limit=10))) == (0, [])


def test_a_stored_version_cannot_be_recorded_again(store: FactStore) -> None:
    facts = a_petition()
    store.append(facts)
    with pytest.raises(VersionTaken) as refused:
        store.append([accepted(facts[0].originator_id, 3, offer=9)])
    assert refused.value.stream == facts[0].originator_id
    assert list(store.load(facts[0].originator_id)) == facts


def test_a_save_over_two_streams_is_whole_or_nothing(store: FactStore) -> None:
    known, fresh = a_petition(), uuid4()
    store.append(known)
    key = uuid4()
    with pytest.raises(VersionTaken) as refused:
        store.append(
            [accepted(fresh, 1), accepted(known[0].originator_id, 2)], receipt=receipt(key)
        )
    assert refused.value.stream == known[0].originator_id
    assert (list(store.load(fresh)), store.find_receipt(key)) == ([], None)


def test_a_save_that_names_one_version_twice_is_refused_whole(store: FactStore) -> None:
    stream = uuid4()
    with pytest.raises(VersionTaken):
        store.append([accepted(stream, 1), accepted(stream, 1, offer=2)])
    assert list(store.load(stream)) == []


def test_a_receipt_is_stored_with_the_facts(store: FactStore) -> None:
    kept = receipt()
    store.append(a_petition(), receipt=kept)
    assert store.find_receipt(kept.key) == kept
    assert store.find_receipt(uuid4()) is None


def test_a_receipt_can_stand_alone(store: FactStore) -> None:
    kept = receipt()
    assert list(store.append([], receipt=kept)) == []
    assert store.find_receipt(kept.key) == kept


def test_a_used_key_refuses_other_facts(store: FactStore) -> None:
    kept = receipt()
    store.append(a_petition(), receipt=kept)
    other = a_petition()
    with pytest.raises(KeyTaken):
        store.append(other, receipt=Receipt(kept.key, b"other", b"other"))
    assert list(store.load(other[0].originator_id)) == []
    assert store.find_receipt(kept.key) == kept


def test_a_repeated_command_is_told_its_key_is_taken_not_its_version(store: FactStore) -> None:
    facts, kept = a_petition(), receipt()
    store.append(facts, receipt=kept)
    with pytest.raises(KeyTaken):
        store.append(facts, receipt=kept)


def test_the_log_names_lane_type_bytes_and_trace(store: FactStore) -> None:
    facts: list[OfficeEvent] = [*a_petition(), opened(uuid4())]
    positions = store.append(facts, traceparent="00-ab-cd-01")
    log = store.read(after=0, limit=10)
    assert [fact.position for fact in log] == list(positions)
    assert [decode(fact.type_name, fact.body) for fact in log] == facts
    assert [fact.lane for fact in log] == [lane_of(f.originator_id, f.TOPIC) for f in facts]
    assert {fact.traceparent for fact in log} == {"00-ab-cd-01"}
    assert [(f.stream, f.version) for f in log] == [
        (f.originator_id, f.originator_version) for f in facts
    ]


def test_facts_about_reading_have_lanes_of_their_own(store: FactStore) -> None:
    store.append([opened(uuid4()), *a_petition()])
    lanes = [fact.lane for fact in store.read(after=0, limit=10)]
    assert [lane >= 12 for lane in lanes] == [True, False, False, False]


def test_each_record_names_the_one_before_it_in_its_lane(store: FactStore) -> None:
    for _ in range(30):
        store.append(a_petition())
    log = whole_log(store, page=7)
    assert len(log) == 90
    assert chained(log)


def test_the_first_record_of_a_page_names_its_predecessor_too(store: FactStore) -> None:
    for _ in range(30):
        store.append(a_petition())
    log = whole_log(store)
    for start in (0, 1, 5, 44, 88):
        after = log[start].position
        assert list(store.read(after=after, limit=9)) == log[start + 1 : start + 10]


def test_gaps_after_refused_saves_do_not_break_the_chain(store: FactStore) -> None:
    facts = a_petition()
    for _ in range(10):
        store.append(a_petition())
        with pytest.raises(VersionTaken):
            store.append([*a_petition(), *facts, *facts])
    log = whole_log(store, page=4)
    assert chained(log)
    assert log[-1].position > len(log)


def test_a_reader_of_some_lanes_sees_those_lanes_chained(store: FactStore) -> None:
    for _ in range(20):
        store.append([*a_petition(), opened(uuid4())])
    log = whole_log(store)
    wanted = [log[0].lane, log[5].lane, 20]
    seen = list(store.read(after=0, limit=100, lanes=wanted))
    assert seen == [fact for fact in log if fact.lane in wanted]
    later = list(store.read(after=seen[3].position, limit=4, lanes=wanted))
    assert later == seen[4:8]


def test_a_lane_named_twice_is_read_once(store: FactStore) -> None:
    store.append(a_petition())
    lane = whole_log(store)[0].lane
    assert list(store.read(after=0, limit=100, lanes=[lane, lane])) == whole_log(store)


def test_a_streams_records_can_be_read_up_to_a_position(store: FactStore) -> None:
    facts = a_petition()
    store.append(a_petition())
    positions = store.append(facts)
    stream = facts[0].originator_id
    records = store.read_stream(stream)
    assert list(records) == [fact for fact in whole_log(store) if fact.stream == stream]
    assert list(store.read_stream(stream, up_to_position=positions[1])) == list(records[:2])


def test_directory_facts_are_facts_like_any_other(store: FactStore) -> None:
    facts = [unit("24"), office("24")]
    store.append(facts)
    assert [decode(f.type_name, f.body) for f in store.read(after=0, limit=5)] == facts


def test_of_many_savers_of_one_version_exactly_one_wins(store: FactStore) -> None:
    stream = uuid4()

    def save(offer: int) -> bool:
        try:
            store.append([accepted(stream, 1, offer=offer)], receipt=receipt())
        except VersionTaken:
            return False
        return True

    with ThreadPoolExecutor(16) as savers:
        won = list(savers.map(save, range(50)))
    assert won.count(True) == 1
    stored = store.load(stream)
    assert stored == [accepted(stream, 1, offer=won.index(True))]


def test_of_many_savers_with_one_key_exactly_one_wins(store: FactStore) -> None:
    key = uuid4()

    def save(_: int) -> UUID | None:
        facts = a_petition()
        try:
            store.append(facts, receipt=receipt(key))
        except KeyTaken:
            return None
        return facts[0].originator_id

    with ThreadPoolExecutor(16) as savers:
        won = [stream for stream in savers.map(save, range(50)) if stream is not None]
    assert len(won) == 1
    assert [fact.stream for fact in whole_log(store)] == won * 3
