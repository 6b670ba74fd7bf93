"""Every fact of the store is on the stream, chained, whatever happens to the relays."""

import signal
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pytest

from domain.ports import LANES, FactStore
from infra.kafka.clients import open_kafka_stream, open_publisher
from infra.kafka.messages import Message
from infra.kafka.publishing import PublisherDead, RoundPublisher, send
from infra.kafka.settings import KafkaSettings, Library
from infra.kafka.topics import topic_ids
from infra.local.kafka import Broker, Distribution
from infra.local.ports import free_port, wait_until
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.outbox import PostgresOutbox
from infra.postgres.relay_cursor import CursorFenced, RelayCursor
from projections.chain import sift
from projections.ports import StreamRecord
from services.lifetime import Exit
from services.relay.rounds import ROUND, Relay
from services.relay.status import RelayStatus
from tests.contracts.facts import a_petition
from tests.kafka_topics import recreate_topics, settings_for
from tests.services.conftest import Program
from tests.stores import Addresses

pytestmark = pytest.mark.kafka

RELAY = "tests.services.relay_process"
PATIENT = "20"


class Stage:
    """A store, its cursor and the stream it is published to, with the real ones of each."""

    def __init__(self, store: PostgresFactStore, dsn: str, kafka: KafkaSettings) -> None:
        self.store = store
        self.dsn = dsn
        self.kafka = kafka
        self.cursor, self.outbox = RelayCursor(dsn), PostgresOutbox(dsn)

    def close(self) -> None:
        """Let go of every connection."""
        self.cursor.close()
        self.outbox.close()

    def record(self, petitions: int) -> None:
        """Three facts of each of so many new petitions."""
        self.store.append([fact for _ in range(petitions) for fact in a_petition()])

    def relay(self, publisher: RoundPublisher, epoch: int) -> Relay:
        ids = topic_ids(self.kafka)
        return Relay(
            self.outbox, self.cursor, publisher, epoch=epoch, topic_ids=ids, status=RelayStatus()
        )

    def published(self) -> int:
        """The cursor's position."""
        return self.cursor.load().position

    def caught_up(self) -> bool:
        return self.published() == self.store.head()

    def on_stream(self) -> dict[int, list[StreamRecord]]:
        """All that stands on the topics, by lane."""
        stream = open_kafka_stream(self.kafka)
        ends = stream.ends(range(LANES))
        stream.seek(dict.fromkeys(range(LANES), 0))
        came: dict[int, list[StreamRecord]] = {}
        while sum(map(len, came.values())) < sum(ends.values()):
            for lane, records in stream.poll(10).items():
                came.setdefault(lane, []).extend(records)
        stream.close()
        return came


@pytest.fixture
def stage(
    postgres_store: PostgresFactStore, addresses: Addresses, kafka: KafkaSettings
) -> Iterator[Stage]:
    stage = Stage(postgres_store, addresses.app, kafka)
    yield stage
    stage.close()


def assert_folded_once_and_whole(store: FactStore, lanes: dict[int, list[StreamRecord]]) -> None:
    """A reader of the stream folds exactly what the store holds, and is left with no hole."""
    facts = sorted(store.read(after=0, limit=100_000), key=lambda fact: fact.lane)
    for lane, stored in groupby(facts, key=lambda fact: fact.lane):
        sifted = sift(lanes[lane], last=0)
        assert [(r.position, r.body) for r in sifted.fold] == [(f.position, f.body) for f in stored]
        assert (sifted.hole, sifted.rewound, sifted.strays) == (None, None, ())


def count(lanes: dict[int, list[StreamRecord]]) -> int:
    return sum(map(len, lanes.values()))


class Losing:
    """A publisher whose first round reaches the stream in part and is then reported failed."""

    def __init__(self, producer: RoundPublisher) -> None:
        self._producer = producer

    def begin(self, messages: Sequence[Message]) -> None:
        send(self._producer, messages[len(messages) // 2 :])

    def finish(self) -> None:
        raise PublisherDead("half of the round was lost")

    def rest(self) -> None:
        self._producer.rest()

    def abandon(self) -> None:
        self._producer.abandon()


def test_every_fact_is_on_the_stream_once_in_the_order_of_the_store(
    stage: Stage, producer: RoundPublisher
) -> None:
    stage.record(1_500)
    relay = stage.relay(producer, epoch=1)
    rest = 4_500 - ROUND
    assert [relay.send_round(), relay.send_round(), relay.send_round()] == [ROUND, rest, 0]
    stage.record(5)
    assert relay.send_round() == 15
    lanes = stage.on_stream()
    assert count(lanes) == 4_515
    assert_folded_once_and_whole(stage.store, lanes)


def test_a_round_that_failed_is_sent_again_and_the_hole_it_left_heals(
    stage: Stage, producer: RoundPublisher
) -> None:
    stage.record(40)
    relay = stage.relay(Losing(producer), epoch=1)
    with pytest.raises(PublisherDead):
        relay.send_round()
    assert stage.published() == 0
    assert any(sift(records, last=0).hole for records in stage.on_stream().values())
    assert stage.relay(producer, epoch=2).send_round() == 120
    lanes = stage.on_stream()
    assert count(lanes) == 180
    assert_folded_once_and_whole(stage.store, lanes)


class Overtaken:
    """A publisher whose relay is overtaken after it has read its round, before it sends it."""

    def __init__(self, producer: RoundPublisher, meanwhile: Callable[[], object]) -> None:
        self._producer = producer
        self._meanwhile = meanwhile

    def begin(self, messages: Sequence[Message]) -> None:
        self._meanwhile()
        self._producer.begin(messages)

    def finish(self) -> None:
        self._producer.finish()

    def rest(self) -> None:
        self._producer.rest()

    def abandon(self) -> None:
        self._producer.abandon()


def test_a_relay_that_was_overtaken_is_fenced_and_what_it_sent_late_changes_nothing(
    stage: Stage, producer: RoundPublisher
) -> None:
    stage.record(30)
    zombie = stage.relay(Overtaken(producer, lambda: successor.send_round()), epoch=1)
    successor = stage.relay(producer, epoch=2)
    with pytest.raises(CursorFenced):
        zombie.send_round()
    stage.record(10)
    successor.send_round()
    assert stage.caught_up()
    with pytest.raises(CursorFenced):
        stage.relay(producer, epoch=1)
    lanes = stage.on_stream()
    assert count(lanes) == 120 + 90
    assert_folded_once_and_whole(stage.store, lanes)


@pytest.mark.parametrize("how", ["overtaken", "put back"])
def test_a_relay_that_finds_the_cursor_elsewhere_sends_nothing_any_more(
    stage: Stage, producer: RoundPublisher, how: str
) -> None:
    stage.record(10)
    relay = stage.relay(producer, epoch=1)
    before = stage.cursor.load()
    relay.send_round()
    if how == "put back":  # as a store is that somebody restores under a running relay
        stage.cursor.put_back(before, was=stage.cursor.load())
    else:
        stage.record(10)
        stage.relay(producer, epoch=2).send_round()
    sent = count(stage.on_stream())
    stage.record(10)
    with pytest.raises(CursorFenced):
        relay.send_round()
    assert count(stage.on_stream()) == sent


def test_topics_made_anew_are_filled_from_the_beginning(
    stage: Stage, producer: RoundPublisher
) -> None:
    stage.record(20)
    stage.relay(producer, epoch=1).send_round()
    recreate_topics(stage.kafka)
    refill = open_publisher(stage.kafka)
    assert stage.relay(refill, epoch=2).send_round() == 60
    refill.abandon()
    lanes = stage.on_stream()
    assert count(lanes) == 60
    assert_folded_once_and_whole(stage.store, lanes)


def test_the_relay_tells_how_long_the_oldest_unsent_fact_waits(
    stage: Stage, producer: RoundPublisher
) -> None:
    stage.record(1)
    status = RelayStatus()
    relay = Relay(
        stage.outbox,
        stage.cursor,
        Losing(producer),
        epoch=1,
        topic_ids=topic_ids(stage.kafka),
        status=status,
    )
    with pytest.raises(PublisherDead):
        relay.send_round()
    recorded = stage.store.load(stage.store.read(after=0, limit=1)[0].stream)[0].timestamp
    assert status.oldest_unsent == recorded
    assert status.unsent_age(recorded) == 0.0


def test_a_relay_killed_in_the_middle_loses_nothing(
    stage: Stage, start: Callable[..., Program]
) -> None:
    stage.record(15_000)
    first = start(RELAY, stage.dsn, stage.kafka.bootstrap, PATIENT, stage.kafka.library)
    assert wait_until(lambda: stage.published() > 0, within=20)
    first.kill()
    first.wait()
    assert 0 < stage.published() < stage.store.head()
    start(RELAY, stage.dsn, stage.kafka.bootstrap, PATIENT, stage.kafka.library)
    assert wait_until(stage.caught_up, within=90)
    assert_folded_once_and_whole(stage.store, stage.on_stream())


def test_a_relay_that_slept_through_a_takeover_ends_when_it_wakes(
    stage: Stage, start: Callable[..., Program]
) -> None:
    stage.record(10)
    sleeper = start(RELAY, stage.dsn, stage.kafka.bootstrap, PATIENT, stage.kafka.library)
    assert wait_until(stage.caught_up, within=20)
    sleeper.send_signal(signal.SIGSTOP)
    stage.record(10)
    standby = start(RELAY, stage.dsn, stage.kafka.bootstrap, PATIENT, stage.kafka.library)
    assert wait_until(stage.caught_up, within=20)
    sleeper.send_signal(signal.SIGCONT)
    assert sleeper.wait(timeout=10) == Exit.LEASE_LOST
    stage.record(10)
    assert wait_until(stage.caught_up, within=10)
    standby.send_signal(signal.SIGTERM)
    assert standby.wait(timeout=20) == Exit.CLEAN
    assert_folded_once_and_whole(stage.store, stage.on_stream())


def test_a_frozen_broker_ends_the_relay_and_the_next_one_goes_on(
    postgres_store: PostgresFactStore,
    addresses: Addresses,
    tmp_path: Path,
    kafka_distribution: Distribution,
    start: Callable[..., Program],
    library: Library,
) -> None:
    """The wedge of kafka.md 2: after one expired batch the old producer hangs for ever."""
    with Broker(tmp_path / "kafka", free_port(), kafka_distribution) as broker:
        stage = Stage(
            postgres_store, addresses.app, settings_for(broker.bootstrap, library=library)
        )
        relay = start(RELAY, stage.dsn, broker.bootstrap, "3", library)
        stage.record(10)
        assert wait_until(stage.caught_up, within=20)
        broker.pause()
        stage.record(10)
        assert relay.wait(timeout=20) == Exit.PUBLISHER_DEAD
        assert not stage.caught_up()
        broker.resume()
        start(RELAY, stage.dsn, broker.bootstrap, PATIENT, library)
        assert wait_until(stage.caught_up, within=90)
        assert_folded_once_and_whole(stage.store, stage.on_stream())
        stage.close()
