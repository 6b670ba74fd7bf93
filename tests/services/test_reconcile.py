"""Store and stream compared on the real ones: what is missing is named, mended and folded."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from domain.ports import LANES
from infra.kafka.clients import open_kafka_stream, open_publisher
from infra.kafka.publishing import send
from infra.kafka.settings import KafkaSettings, Library
from infra.kafka.topics import topic_ids
from infra.kafka.watchdog import Watchdog
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.outbox import PostgresOutbox
from infra.postgres.reconciled import Kind, LaneState, ReconciledLanes, StoreDigests
from infra.postgres.relay_cursor import CursorFenced, Published, RelayCursor
from projections.chain import sift
from services.cli import app
from services.lifetime import Exit
from services.reconciler.health import ReconcilerHealth, ReconcilerStatus
from services.reconciler.mend import CannotMend, send_again
from services.reconciler.passing import Passed, Reconciliation, Sources
from services.reconciler.program import ReconcilerParts, run_reconciler
from services.relay.rounds import Relay
from services.relay.status import RelayStatus
from services.replay import read_lane
from tests.contracts.facts import opened
from tests.kafka_topics import messages_of, recreate_topics
from tests.stores import Addresses

pytestmark = pytest.mark.kafka


@pytest.fixture
def library() -> Library:
    """What is compared does not depend on the client."""
    return "kafka-python"


class Scales:
    """A store and the topics it is published to, and who compares them."""

    def __init__(self, store: PostgresFactStore, dsn: str, kafka: KafkaSettings) -> None:
        self.store, self.kafka = store, kafka
        self.cursor, self.outbox = RelayCursor(dsn), PostgresOutbox(dsn)
        self.rows, self.kept = StoreDigests(dsn), ReconciledLanes(dsn)
        self.sources = Sources(
            lambda: open_kafka_stream(self.kafka), self.rows, self.kept, self.cursor
        )
        self.watchdog = Watchdog(lambda _: None)
        self.epoch = 0

    def record(self, facts: int) -> Sequence[int]:
        return self.store.append([opened(uuid4()) for _ in range(facts)])

    def relay(self) -> Relay:
        self.epoch += 1
        self.publisher = open_publisher(self.kafka)
        ids, status = topic_ids(self.kafka), RelayStatus()
        return Relay(
            self.outbox, self.cursor, self.publisher,
            epoch=self.epoch, topic_ids=ids, status=status,
        )  # fmt: skip

    def publish(self) -> None:
        """A relay comes, publishes all there is, and goes."""
        relay = self.relay()
        while relay.send_round():
            pass
        self.publisher.abandon()

    def publish_without(self, *left_out: int) -> None:
        """As a relay whose cursor went past records that never reached the stream."""
        messages = messages_of(self.store)
        lost = {str(position).encode() for position in left_out}
        publisher = open_publisher(self.kafka)
        send(publisher, [m for m in messages if dict(m.headers)["ce_position"] not in lost])
        publisher.abandon()
        head = self.store.head()
        self.epoch += 1
        begun = self.cursor.take_over(self.epoch)
        there = Published(head, self.rows.heads(head), topic_ids(self.kafka))
        self.cursor.move(there, was=begun, epoch=self.epoch)

    def compare(self, *, full: bool = False, begin: int | None = None) -> Passed:
        work = Reconciliation(self.sources, guard=self.watchdog.within, full=full, begin=begin)
        return work.run(Event())

    def in_lane(self, lane: int) -> int:
        return len(self.store.read(after=0, limit=1_000, lanes=[lane]))

    def folded(self, lane: int) -> int:
        """How many facts of a lane a new reader folds."""
        stream = open_kafka_stream(self.kafka)
        records = [record for page in read_lane(stream, lane) for record in page]
        stream.close()
        return len(sift(records, last=0).fold)

    def close(self) -> None:
        self.watchdog.stop()
        self.sources.close()
        self.outbox.close()


@pytest.fixture
def scales(
    postgres_store: PostgresFactStore, addresses: Addresses, kafka: KafkaSettings
) -> Iterator[Scales]:
    scales = Scales(postgres_store, addresses.app, kafka)
    yield scales
    scales.close()


def test_equal_ones_are_told_equal_and_only_what_is_new_is_read_again(scales: Scales) -> None:
    scales.record(60)
    scales.publish()
    first = scales.compare()
    assert (first.differences, first.records, first.finished) == ([], 60, True)
    scales.record(5)
    assert scales.compare().records == 0, "what the relay has not passed is not missing"
    scales.publish()
    again = scales.compare()
    assert (again.differences, again.records) == ([], 5)
    assert sum(lane.compared for lane in again.lanes) == 65
    full = scales.compare(full=True)
    assert full.records == 65
    assert {lane.lane: lane.digest for lane in full.lanes} == {
        lane.lane: lane.digest for lane in again.lanes
    }


def test_a_part_is_compared_without_keeping_anything(scales: Scales) -> None:
    middle = scales.record(20)[9]
    scales.publish()
    part = scales.compare(begin=middle)
    assert (part.differences, sum(lane.compared for lane in part.lanes)) == ([], 10)
    assert scales.kept.load() == {}


def test_a_hole_is_named_then_mended_then_folded(scales: Scales) -> None:
    positions = scales.record(40)
    lost = positions[17]
    scales.publish_without(lost)
    (stored,) = [f for f in scales.store.read(after=0, limit=100) if f.position == lost]
    (found,) = scales.compare().differences
    assert (found.kind, found.lane, found.position) == (Kind.MISSING, stored.lane, lost)
    assert (found.stream, found.version) == (stored.stream, stored.version)
    assert scales.folded(stored.lane) < scales.in_lane(stored.lane)
    idle = scales.relay()
    assert idle.send_round() == 0
    assert send_again(scales.cursor, scales.rows, scales.compare().lanes) == lost
    with pytest.raises(CursorFenced):
        idle.send_round()
    scales.publisher.abandon()
    scales.publish()
    mended = scales.compare()
    assert mended.differences == []
    assert sum(lane.repeats for lane in mended.lanes) > 0
    assert send_again(scales.cursor, scales.rows, mended.lanes) is None
    assert scales.folded(stored.lane) == scales.in_lane(stored.lane)


def test_what_only_the_stream_has_is_not_mended_by_sending_again(scales: Scales) -> None:
    scales.record(10)
    scales.publish()
    *_, last = messages_of(scales.store)
    headers = [(n, b"11" if n == "ce_position" else v) for n, v in last.headers]
    publisher = open_publisher(scales.kafka)
    send(publisher, [last._replace(headers=headers)])
    publisher.abandon()
    passed = scales.compare()
    assert [found.kind for found in passed.differences] == [Kind.SURPLUS]
    assert [found.kind for found in scales.compare().differences] == [Kind.SURPLUS]
    with pytest.raises(CannotMend):
        send_again(scales.cursor, scales.rows, passed.lanes)


def test_topics_made_anew_are_compared_from_the_beginning(scales: Scales) -> None:
    scales.record(30)
    scales.publish()
    before = scales.compare()
    recreate_topics(scales.kafka)
    assert scales.compare().differences == [], "the relay has not begun on these topics"
    scales.publish()
    after = scales.compare()
    assert (after.differences, after.records) == ([], 30)
    assert [lane.digest for lane in after.lanes] == [lane.digest for lane in before.lanes]


def test_the_program_tells_a_difference_at_its_door_and_keeps_it(scales: Scales) -> None:
    lost = scales.record(10)[4]
    scales.publish_without(lost)
    parts = ReconcilerParts(scales.sources, every=0)
    stop = StopAfter(parts.status, 2)
    assert run_reconciler(parts, stop) is Exit.CLEAN
    health = ReconcilerHealth(parts.status)
    told = health.condition()
    assert (told.status, len(told.troubles)) == ("degraded", 1)
    assert f"position {lost}" in told.troubles[0].words
    figures = {family.name: family.samples for family in health.metrics()}
    assert figures["tiepdan_reconcile_differences"][0].value == 1
    assert len(figures["tiepdan_reconcile_position"]) == LANES
    kept = [lane.difference for lane in scales.kept.load().values() if lane.difference]
    assert [found.position for found in kept] == [lost]


class StopAfter(Event):
    """Set once so many passes are done."""

    def __init__(self, status: ReconcilerStatus, passes: int) -> None:
        super().__init__()
        self._status, self._passes = status, passes

    def wait(self, timeout: float | None = None) -> bool:
        if self._status.passes >= self._passes:
            self.set()
        return super().wait(timeout)


def test_what_is_kept_of_a_lane_comes_back_as_it_was(addresses: Addresses) -> None:
    kept = ReconciledLanes(addresses.app)
    state = LaneState(3, "topic", 7, 9, b"\1" * 32, 5, 2)
    kept.save([state])
    (found,) = kept.load().values()
    assert (found.next_offset, found.position, found.digest, found.repeats) == (7, 9, b"\1" * 32, 2)
    assert found.looked_at is not None
    kept.close()


def test_the_command_tells_one_object_and_its_exit_code_the_verdict(
    scales: Scales, addresses: Addresses, tmp_path: Path
) -> None:
    lost = scales.record(12)[7]
    scales.publish_without(lost)
    env = {
        "TIEPDAN_STORE_DSN": addresses.app,
        "TIEPDAN_STREAM": "kafka",
        "TIEPDAN_KAFKA_BOOTSTRAP": scales.kafka.bootstrap,
    }

    def run(*words: str) -> Result:
        argv = ["reconcile", *words, "--json", "--state", str(tmp_path)]
        return CliRunner().invoke(app, argv, env=env)

    found = run()
    told = json.loads(found.stdout)
    assert (found.exit_code, told["equal"], told["finished"]) == (3, False, True)
    (difference,) = told["differences"]
    assert (difference["kind"], difference["position"]) == ("missing", lost)
    mended = run("--mend")
    assert (mended.exit_code, json.loads(mended.stdout)["sent_again_from"]) == (0, lost)
    scales.publish()
    assert (run().exit_code, run("--full").exit_code, run("--from", "3").exit_code) == (0, 0, 0)
    assert run("--from", "3", "--full").exit_code == 2


def test_a_cursor_put_back_by_an_operator_is_not_moved_on_by_the_relay(
    addresses: Addresses,
) -> None:
    cursor = RelayCursor(addresses.app)
    begun, ids = cursor.take_over(1), {"tiepdan.events.v1": "1", "tiepdan.access.v1": "2"}
    there, back = Published(7, (7, *(0,) * 23), ids), Published(3, (3, *(0,) * 23), ids)
    cursor.move(there, was=begun, epoch=1)
    cursor.put_back(back, was=there)
    with pytest.raises(CursorFenced):
        cursor.move(Published(9, (9, *(0,) * 23), ids), was=there, epoch=1)
    with pytest.raises(CursorFenced):
        cursor.put_back(begun, was=there)
    assert cursor.load() == back
    cursor.close()
