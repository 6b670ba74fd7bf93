"""The embedded stream, on the store's own log and in memory."""

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
from psycopg.conninfo import make_conninfo

from domain.ports import LANES, FactStore
from infra.local.ports import free_port
from infra.memory import MemoryFactStore, MemoryLogStream
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.log_stream import PostgresLogStream
from projections.ports import FactStream, LogTruncated, StreamRecord, StreamUnavailable
from tests.contracts.facts import a_petition, opened
from tests.stores import Addresses

ALL = dict.fromkeys(range(LANES), 0)
PATIENCE = 20.0


@pytest.fixture(params=["memory", "postgres"])
def pair(request: pytest.FixtureRequest) -> Iterator[tuple[FactStore, FactStream]]:
    """A store and the stream that follows it."""
    if request.param == "memory":
        store = MemoryFactStore()
        yield store, MemoryLogStream(store)
        return
    real: PostgresFactStore = request.getfixturevalue("postgres_store")
    addresses: Addresses = request.getfixturevalue("addresses")
    stream = PostgresLogStream(addresses.projector)
    yield real, stream
    stream.close()


def drain(stream: FactStream) -> list[StreamRecord]:
    """Everything there is now, by position."""
    records = []
    while came := stream.poll(0):
        records += [record for lane in came.values() for record in lane]
    return sorted(records, key=lambda record: record.position)


def test_the_stream_is_the_log_lane_by_lane(pair: tuple[FactStore, FactStream]) -> None:
    store, stream = pair
    for _ in range(20):
        store.append([*a_petition(), opened(uuid4())])
    stream.seek(ALL)
    facts = store.read(after=0, limit=1000)
    assert [(r.lane, r.position, r.prev, r.stream, r.body) for r in drain(stream)] == [
        (f.lane, f.position, f.prev, f.stream, f.body) for f in facts
    ]


def test_only_the_lanes_sought_come_each_from_its_offset(
    pair: tuple[FactStore, FactStream],
) -> None:
    store, stream = pair
    for _ in range(20):
        store.append(a_petition())
    facts = store.read(after=0, limit=1000)
    lane = facts[0].lane
    mine = [fact for fact in facts if fact.lane == lane]
    stream.seek({lane: mine[2].position})
    came = drain(stream)
    assert [record.position for record in came] == [fact.position for fact in mine[2:]]
    assert came[0].prev == mine[1].position


def test_a_lane_ends_behind_its_newest_record(pair: tuple[FactStore, FactStream]) -> None:
    store, stream = pair
    positions = store.append(a_petition())
    lane = store.read(after=0, limit=1)[0].lane
    empty = next(other for other in range(LANES) if other != lane)
    assert dict(stream.ends([lane, empty])) == {lane: positions[-1] + 1, empty: 1}
    stream.seek({lane: positions[-1] + 1})
    assert dict(stream.poll(0)) == {}


def test_an_offset_beyond_the_end_means_a_lost_tail(pair: tuple[FactStore, FactStream]) -> None:
    store, stream = pair
    positions = store.append(a_petition())
    lane = store.read(after=0, limit=1)[0].lane
    stream.seek({lane: positions[-1] + 2})
    with pytest.raises(LogTruncated):
        stream.poll(0)


def test_a_store_made_anew_is_another_topic(pair: tuple[FactStore, FactStream]) -> None:
    _, stream = pair
    assert stream.topic_id(0) == stream.topic_id(0)
    assert stream.topic_id(0) != stream.topic_id(13)
    assert stream.topic_id(0) != MemoryLogStream(MemoryFactStore()).topic_id(0)


def test_a_waiting_reader_is_woken_by_the_append(pair: tuple[FactStore, FactStream]) -> None:
    store, stream = pair
    stream.seek(ALL)
    assert dict(stream.poll(0)) == {}
    came: list[StreamRecord] = []
    reader = threading.Thread(
        target=lambda: came.extend(r for lane in stream.poll(PATIENCE).values() for r in lane)
    )
    reader.start()
    positions = store.append(a_petition())
    reader.join(PATIENCE)
    assert [record.position for record in came] == list(positions)


def test_nothing_falls_between_the_first_look_and_the_listening(
    postgres_store: PostgresFactStore, addresses: Addresses
) -> None:
    """The library looks first and listens then: a fact in between came with the next one."""
    for _ in range(15):
        stream = PostgresLogStream(addresses.projector)
        stream.seek(stream.ends(range(LANES)))
        writer = threading.Thread(target=postgres_store.append, args=[a_petition()])
        writer.start()
        came = stream.poll(PATIENCE)
        writer.join()
        assert sum(len(records) for records in came.values()) == 3
        stream.close()


def test_a_reader_whose_connection_is_killed_goes_on(
    postgres_store: PostgresFactStore, addresses: Addresses
) -> None:
    """The library's own follower ends for good when its LISTEN backend dies."""
    stream = PostgresLogStream(addresses.projector)
    stream.seek(ALL)
    stream.poll(0)
    came: list[StreamRecord] = []
    reader = threading.Thread(
        target=lambda: came.extend(r for lane in stream.poll(PATIENCE).values() for r in lane)
    )
    reader.start()
    kill_reader(addresses)
    postgres_store.append(a_petition())
    reader.join(PATIENCE)
    assert len(came) == 3
    stream.close()


def test_a_reader_whose_connection_was_killed_between_two_looks_goes_on(
    postgres_store: PostgresFactStore, addresses: Addresses
) -> None:
    stream = PostgresLogStream(addresses.projector)
    stream.seek(ALL)
    kill_reader(addresses)
    postgres_store.append(a_petition())
    assert len(drain(stream)) == 3
    stream.close()


def kill_reader(addresses: Addresses) -> None:
    killed = addresses.run(
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity "
        "WHERE application_name = 'tiepdan log stream' AND datname = current_database()"
    )
    assert killed == [(1,)]


def test_a_store_out_of_reach_is_said_so(addresses: Addresses) -> None:
    stream = PostgresLogStream(make_conninfo(addresses.projector, port=free_port()))
    with pytest.raises(StreamUnavailable):
        stream.topic_id(0)
