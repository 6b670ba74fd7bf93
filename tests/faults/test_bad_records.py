"""Records that come again, late, or are no facts at all (reliability.md 4: F15, F16, F17)."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import MessageSizeTooLargeError

from domain.ports import EVENTS_TOPIC, PARTITIONS
from domain.streams import lane_of
from infra.local.ports import wait_until
from tests.doors import SHOWN_WITHIN
from tests.faults.lined_house import LinedHouse
from tests.faults.noted import FULL, note, times
from tests.faults.test_network import seconds_until_shown
from tests.faults.work import at_work, desk_of, lasting
from tests.stories.test_single_petitioner import COMPLAINT, sorted_complaint

TIMES = times(30)
COPIES = 3
EVERY = 10
PARKED_WITHIN = 30.0
HOUR = 3600.0
"""By the projector's clock, so late come the lanes that were held back; by the wall seconds."""
MEGABYTE = 1024 * 1024
TYPE = "petition.received"
FIRST_FACT = """
SELECT topic, state FROM store.stored_events
WHERE originator_id = %s::uuid AND originator_version = 1
"""
RECORD_FACT = """
INSERT INTO store.stored_events (originator_id, originator_version, topic, state, lane)
VALUES (%s, 1, %s, %s, %s) RETURNING notification_id
"""
PARKED = "SELECT position, record_offset, lane, reason FROM views.parked"
TAKE_LANES = """
UPDATE store.leases SET holder = %s, epoch = epoch + 1,
       expires_at = clock_timestamp() + interval '1 hour' WHERE name = ANY (%s)
"""
LET_GO = "UPDATE store.leases SET expires_at = clock_timestamp() WHERE holder = %s"


@dataclass(frozen=True)
class Raw:
    """A record as it lies in a partition."""

    partition: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


@pytest.mark.slow
def test_a_tenth_of_the_records_three_times_more_changes_nothing(house: LinedHouse) -> None:
    again, until = 0, dict[int, int]()
    with at_work(house) as work:
        for _ in range(TIMES):
            time.sleep(lasting(1, 3))
            records = read_since(house, until)[::EVERY]
            send(house, [record for record in records for _ in range(COPIES)])
            until = ends_of(house)
            again += len(records) * COPIES
    assert again
    note(
        "F15",
        "a tenth of the records three times more",
        faults=TIMES,
        commands=work.commands,
        verdict=work.verdict,
        records_again=again,
    )


@pytest.mark.slow
def test_lanes_that_come_much_later_than_others_end_in_the_same_views(house: LinedHouse) -> None:
    caught_up = list[float]()
    with at_work(house) as work, desk_of(house) as desk:
        for turn in range(TIMES):
            late = [lane for lane in range(PARTITIONS) if (lane + turn) % 2]
            with an_hour_later(house) as an_hour_passes:
                with held_back(house, late):
                    time.sleep(lasting(2, 30 if turn == 0 else 2))
                    receipts = [desk.act("/petitions", COMPLAINT) for _ in range(PARTITIONS)]
                    an_hour_passes()
                caught_up.append(max(seconds_until_shown(desk, each) for each in receipts))
    note(
        "F16",
        "half of the lanes held back",
        faults=TIMES,
        commands=work.commands,
        verdict=work.verdict,
        within=SHOWN_WITHIN,
        recovery_seconds=caught_up,
        late_by_its_clock=HOUR if house.weather else 0.0,
    )


@contextmanager
def an_hour_later(house: LinedHouse) -> Iterator[Callable[[], None]]:
    """Lets an hour pass for the projector, where a clock can be moved; afterwards it is now."""

    def passes(seconds: float = HOUR) -> None:
        if house.weather:
            house.weather["projector"].become(clock_ahead=seconds)

    try:
        yield passes
    finally:
        passes(0.0)


def lost_of(facts: Sequence[int], house: LinedHouse) -> Sequence[int]:
    """The poisoned positions that are not set aside."""
    return sorted(set(facts) - {row[0] for row in parked(house)})


def test_poison_is_set_aside_with_a_reason_and_other_cases_go_on(house: LinedHouse) -> None:
    with desk_of(house) as desk:
        like = desk.act("/petitions", COMPLAINT).id
        began, before = time.monotonic(), parked(house)
        facts = [place for _ in range(TIMES) for place in poison_in_the_store(house, like)]
        strays = [place for _ in range(TIMES) for place in poison_on_the_topic(house)]
        lags = [seconds_until_shown(desk, sorted_complaint(desk)) for _ in range(3)]
        wanted = len(before) + len(facts) + len(strays)
        in_time = wait_until(lambda: len(parked(house)) >= wanted, within=PARKED_WITHIN)
        assert in_time, f"{len(parked(house))} of {wanted} set aside: {lost_of(facts, house)}"
        found = parked(house)[len(before) :]
        took = time.monotonic() - began
    assert {row[0] for row in found if row[0]} == set(facts)
    assert {(row[2], row[1]) for row in found if not row[0]} == set(strays)
    assert all(row[3] for row in found), "something is set aside without a reason"
    told = json.loads(house.run("doctor", "--json").stdout)
    assert any((one["what"], one["grade"]) == ("parked", "warn") for one in told), told
    assert max(lags) < 5.0 or not FULL
    note(
        "F17",
        "poison in the store and on the stream",
        within=PARKED_WITHIN,
        faults=len(facts) + len(strays),
        commands=len(lags) * 2,
        recovery_seconds=[took],
        lag_of_others=max(lags),
        reasons=sorted({str(row[3])[:60] for row in found}),
    )


def test_ten_megabytes_get_in_nowhere(house: LinedHouse) -> None:
    heavy = b"x" * (10 * MEGABYTE)
    with desk_of(house) as desk:
        body = {**COMPLAINT, "texts": {"summary": heavy.decode()}}
        answer = desk.send("/petitions", body)
        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
        receipt = sorted_complaint(desk)
    with pytest.raises(psycopg.errors.CheckViolation):
        in_store(house, "petition.received/1", heavy)
    producer = KafkaProducer(bootstrap_servers=house.plan.bootstrap, max_request_size=2**25)
    with pytest.raises(MessageSizeTooLargeError):
        producer.send(EVENTS_TOPIC, heavy, partition=0).get(10)
    producer._sender.force_close()
    with desk_of(house) as desk:
        assert seconds_until_shown(desk, receipt) >= 0
    note("F17", "10 MB at the door, the store and the brokers", faults=3, commands=1)


# --- what is done to the stream ---------------------------------------------------------


PLACES = [TopicPartition(EVENTS_TOPIC, number) for number in range(PARTITIONS)]


@contextmanager
def reader(house: LinedHouse) -> Iterator[Any]:
    """A consumer of no group."""
    consumer = KafkaConsumer(bootstrap_servers=house.plan.bootstrap, enable_auto_commit=False)
    try:
        yield consumer
    finally:
        consumer.close()


def ends_of(house: LinedHouse) -> dict[int, int]:
    """Where each partition of the topic of facts ends now."""
    with reader(house) as consumer:
        return {place.partition: end for place, end in consumer.end_offsets(PLACES).items()}


def read_since(house: LinedHouse, begins: Mapping[int, int]) -> Sequence[Raw]:
    """Every record of the topic of facts from these offsets on."""
    with reader(house) as consumer:
        ends = {
            place: end
            for place, end in consumer.end_offsets(PLACES).items()
            if end > begins.get(place.partition, 0)
        }
        consumer.assign(list(ends))
        for place in ends:
            consumer.seek(place, begins.get(place.partition, 0))
        return list(until_ends(consumer, ends))


def until_ends(consumer: Any, ends: dict[TopicPartition, int]) -> Iterator[Raw]:
    """The records up to these ends."""
    left = set(ends)
    while left:
        for place, records in consumer.poll(timeout_ms=1_000).items():
            for one in records:
                yield Raw(place.partition, one.key, one.value, one.headers)
            if records[-1].offset >= ends[place] - 1:
                left.discard(place)


def send(house: LinedHouse, records: Sequence[Raw]) -> list[tuple[int, int]]:
    """Append records as a stranger would; partition and offset of each."""
    producer = KafkaProducer(bootstrap_servers=house.plan.bootstrap, linger_ms=5)
    try:
        reports = [
            producer.send(
                EVENTS_TOPIC,
                key=one.key,
                value=one.value,
                headers=list(one.headers),
                partition=one.partition,
            )
            for one in records
        ]
        producer.flush(timeout=20)
        return [(report.value.partition, report.value.offset) for report in reports]
    finally:
        producer.close(timeout=5)


@contextmanager
def held_back(house: LinedHouse, lanes: Sequence[int]) -> Iterator[None]:
    """Nobody folds these lanes: their leases are ours meanwhile."""
    me, names = f"test-{uuid4()}", [f"projector/live/lane/{lane}" for lane in lanes]
    with psycopg.connect(house.admin_dsn, autocommit=True) as connection:
        connection.execute(TAKE_LANES, [me, names])
        try:
            yield
        finally:
            connection.execute(LET_GO, [me])


# --- poison -----------------------------------------------------------------------------


def poison_in_the_store(house: LinedHouse, like: str) -> Sequence[int]:
    """Facts that the relay will publish and nobody can fold; their positions.

    Bad JSON; a version of tomorrow; a body that belongs to another stream, as one with a
    wrong hash would; bytes that no key opens; a type nobody knows.
    """
    known, body = asked(house, FIRST_FACT, [like])[0]
    return [
        in_store(house, known, b'{"office": '),
        in_store(house, f"{TYPE}/999", bytes(body)),
        in_store(house, known, bytes(body)),
        in_store(house, known, bytes(range(256)) * 8),
        in_store(house, "petition.enchanted/1", json.dumps({"office": "none"}).encode()),
    ]


def poison_on_the_topic(house: LinedHouse) -> Sequence[tuple[int, int]]:
    """Records of a stranger without a place in the chain; lane and offset of each."""
    key = str(uuid4()).encode()
    strange = [("ce_position", b"12x"), ("ce_prev", b"-1")]
    return send(
        house,
        [
            Raw(0, key, b"{not json", ()),
            Raw(1, key, b"{}", strange),
            Raw(2, key, None, ()),
            Raw(3, b"no uuid \xff", b"\x00\xff" * 400_000, strange),
            Raw(4, key, b"[]", [("ce_position", b"5"), ("ce_prev", b"9")]),
        ],
    )


def in_store(house: LinedHouse, type_name: str, body: bytes) -> int:
    """A fact of a stream of its own, past every check of ours; its position."""
    stream = uuid4()
    lane = lane_of(stream, type_name.partition("/")[0])
    with psycopg.connect(house.admin_dsn) as connection:
        connection.execute("LOCK TABLE store.stored_events IN EXCLUSIVE MODE")
        row = connection.execute(RECORD_FACT, [stream, type_name, body, lane]).fetchone()
    assert row is not None
    return int(row[0])


def parked(house: LinedHouse) -> Sequence[tuple[Any, ...]]:
    """What is set aside, in the order it was."""
    return asked(house, f"{PARKED} ORDER BY parked_at, lane, position, record_offset")


def asked(house: LinedHouse, query: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of the house's database."""
    with psycopg.connect(house.admin_dsn) as connection:
        return connection.execute(query.encode(), arguments).fetchall()
