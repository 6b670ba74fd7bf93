"""Row ``relay``: store to Kafka in wholly acknowledged rounds, by the relay's own code.

Against the best plain idempotent producer of the same bytes, which is handed records made
before and waits once at the end. With either client of the relay: a row each.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from domain.ports import LANES, StoredFact
from infra.kafka.clients import open_publisher
from infra.kafka.messages import Message
from infra.kafka.plain_clients import BATCHES, PlainProducer
from infra.kafka.settings import KafkaSettings, Library
from infra.kafka.topics import topic_ids
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.outbox import PostgresOutbox
from infra.postgres.relay_cursor import RelayCursor
from infra.unsent import Unsent
from services.bench.figures import Case, Figure
from services.bench.ground import Database, undisturbed
from services.bench.material import record
from services.bench.run import Run, Side
from services.relay.rounds import ROUND, Relay, chain
from services.relay.status import RelayStatus

ROWS: Mapping[str, Library] = {"relay": "kafka-python", "relay-librdkafka": "librdkafka"}
GOALS: Mapping[Library, float] = {"kafka-python": 0.9, "librdkafka": 3.0}
EPOCH = 1


@dataclass(frozen=True)
class Sending:
    """A relay at its store, about to send."""

    store: PostgresFactStore
    relay: Relay

    def facts(self, wanted: int) -> int:
        """Send so many facts, or what there is; how many."""
        sent = 0
        while sent < wanted and (more := self.relay.send_round()):
            sent += more
        return sent


def measure(run: Run, name: str) -> Figure:
    """The row of this name."""
    library = ROWS[name]
    database, each = run.ground.database(), run.sized(20_000, 8_000)
    kafka = run.ground.emptied_kafka()
    with sending(database, replace(kafka, library=library)) as relay:
        run.tell(f"{name}: recording {each * run.repeats} facts")
        record(relay.store, run.material.events(ROUND))
        relay.facts(ROUND)  # connections are made and the broker is warm
        record(relay.store, run.material.events(each * run.repeats))
        found = run.in_turn(name, {"ours": _ours(relay, each), **_plain(relay, kafka, each)})
    best = max(BATCHES, key=lambda batches: sum(found[batches]))
    return run.figure(
        name,
        Case.of_rates(library, found["ours"], found[best], GOALS[library], "events/s"),
        events_per_repeat=each,
        against=f"kafka-python, idempotent, linger 10 ms, {best}, records made before",
    )


@contextmanager
def sending(database: Database, kafka: KafkaSettings) -> Iterator[Sending]:
    """The relay's own parts on this database and broker."""
    store, cursor = PostgresFactStore.open(database.app, pool_size=3), RelayCursor(database.app)
    outbox, producer = PostgresOutbox(database.app), open_publisher(kafka)
    try:
        relay = Relay(
            outbox, cursor, producer, epoch=EPOCH, topic_ids=topic_ids(kafka), status=RelayStatus()
        )
        yield Sending(store, relay)
    finally:
        producer.abandon()
        outbox.close()
        cursor.close()
        store.close()


def _ours(relay: Sending, each: int) -> Side:
    def side(_repeat: int) -> float:
        with undisturbed():
            began = time.perf_counter()
            sent = relay.facts(each)
            return sent / (time.perf_counter() - began)

    return side


def _plain(relay: Sending, kafka: KafkaSettings, each: int) -> Mapping[str, Side]:
    """A plain producer of each kind on the records of the first repeat."""
    messages = messages_of(relay.store.read(after=0, limit=each))
    producers = {
        batches: PlainProducer(kafka, batch_bytes=size) for batches, size in BATCHES.items()
    }
    for producer in producers.values():
        producer.send(messages[:ROUND])

    def side_of(producer: PlainProducer) -> Side:
        def side(_repeat: int) -> float:
            with undisturbed():
                began = time.perf_counter()
                producer.send(messages)
                return len(messages) / (time.perf_counter() - began)

        return side

    return {batches: side_of(producer) for batches, producer in producers.items()}


def messages_of(facts: Sequence[StoredFact]) -> Sequence[Message]:
    """The very records the relay would send."""
    return chain([Unsent.of(fact) for fact in facts], (0,) * LANES, EPOCH)[0]
