"""The programs of one stack, in the order they start."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Event, Lock

from domain.ports import StoreUnavailable
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import KafkaUnavailable, TopicsUnfit, ensure_topics
from infra.local.child import Child, answers
from infra.local.errors import LocalStackError
from infra.local.kafka import find_distribution
from infra.local.kafka.broker import Broker
from infra.local.servers import kafka_child, postgres_child
from infra.postgres.migrate import ensure_database, migrate
from services.stack.calm import Calm
from services.stack.crew import named
from services.stack.env import (
    DATABASE,
    api_env,
    projector_env,
    reconciler_env,
    relay_env,
    scheduler_env,
    server_of,
)
from services.stack.plan import Plan

WORKER_WITHIN = 20.0
"""Seconds that the stack waits for a worker before it says that all is up."""
CLUSTER_STOPS_WITHIN = 3.0
BROKER_WITHIN = 3.0
"""Seconds in which a broker must answer who prepares; then it is asked again a little later."""


@dataclass(frozen=True)
class Ground:
    """What programs find when they start: each makes it what it should be, whoever comes first."""

    database: Callable[[], None]
    topics: Callable[[], None]

    @classmethod
    def of(cls, plan: Plan) -> "Ground":
        """That of a stack."""
        return cls(partial(prepare_database, plan), partial(prepare_topics, plan))


def children_of(
    plan: Plan, seed: Callable[[], None], ground: Ground | None = None
) -> Sequence[Child]:
    """Postgres, the broker if it is ours, then our programs. Postgres must be prepared.

    ``seed`` fills the stack once everything it needs is up, before the doors open; done once,
    no later start of an API process waits for it.
    """
    return [*servers_of(plan), *programs_of(plan, seed, ground or Ground.of(plan))]


def servers_of(plan: Plan) -> Iterator[Child]:
    """Postgres, and the broker if it is ours."""
    yield postgres_child(server_of(plan))
    if plan.has_own_broker:
        yield from brokers(plan)


def programs_of(plan: Plan, seed: Callable[[], None], ground: Ground) -> Iterator[Child]:
    """Our programs. Only who reads or writes the stream waits for its topics."""
    one_at_a_time, seed_once = Lock(), once(seed)

    def prepare_follower() -> None:
        with one_at_a_time:
            ground.database()

    def prepare_worker() -> None:
        prepare_follower()
        ground.topics()

    def prepare_doors() -> None:
        prepare_follower()
        seed_once()

    on_kafka, ready = plan.stream == "kafka", may_fail(prepare_worker)
    for name in named("relay", plan.crew.relays) if on_kafka else ():
        yield worker("relay", relay_env(plan, name), plan, name, ready)
    for name in named("projector", plan.crew.projectors):
        yield worker("projector", projector_env(plan, name), plan, name, ready)
    if on_kafka:
        yield worker("reconciler", reconciler_env(plan), plan, "reconciler", ready)
    for name in named("api", plan.crew.apis):
        yield doors(plan, name, may_fail(prepare_doors))
    # Behind the doors: of a history half filled in it would remind of what is answered later.
    yield worker("scheduler", scheduler_env(plan), plan, "scheduler", may_fail(prepare_follower))


def brokers(plan: Plan) -> Iterator[Child]:
    """One broker, or a cluster: no node of that is ready before most are there.

    So only the last is waited for. Nothing acknowledged is in one node alone: a last one
    that waits for a majority in vain is not given long.
    """
    names, java = named("kafka", plan.crew.brokers), find_distribution()
    if len(names) == 1:
        yield kafka_child(Broker(plan.state / "kafka", plan.kafka_port, java))
        return
    for name, node in zip(names, plan.nodes, strict=True):
        broker = Broker(
            plan.state / name, node.port, java, nodes=plan.nodes, cluster_id=plan.cluster_id
        )
        child = kafka_child(broker, name=name)
        yield replace(child, needed=name == names[-1], stop_within=CLUSTER_STOPS_WITHIN)


def worker(
    kind: str, env: Mapping[str, str], plan: Plan, name: str, prepare: Callable[[], None]
) -> Child:
    """The relay or a projector: without it facts are recorded all the same."""
    return Child(
        name,
        program(kind),
        env=env,
        ready=answers(plan.port_of(name)),
        alive=answers(plan.port_of(name), "/livez"),
        prepare=prepare,
        calm=Calm(),
        needed=False,
        ready_within=WORKER_WITHIN,
    )


def doors(plan: Plan, name: str, prepare: Callable[[], None]) -> Child:
    """An API process. The first start of a demo fills it."""
    return Child(
        name,
        program("api"),
        env=api_env(plan, name),
        ready=answers(plan.port_of(name)),
        alive=answers(plan.port_of(name), "/livez"),
        prepare=prepare,
        calm=Calm(),
        ready_within=900,
    )


def prepare_database(plan: Plan) -> None:
    """Make the stack's database on first use, bring it to this release."""
    server = server_of(plan)
    ensure_database(server.dsn(), DATABASE)
    migrate(server.dsn(DATABASE), plan.passwords())


def prepare_topics(plan: Plan) -> None:
    """Make the topics on first use, where Kafka is the stream."""
    if plan.bootstrap is not None:
        copies = plan.replication if plan.has_own_broker else 1
        asked = KafkaSettings(plan.bootstrap, copies, bootstrap_timeout=BROKER_WITHIN)
        ensure_topics(asked)


def once(do: Callable[[], None]) -> Callable[[], None]:
    """The same, until it has succeeded; from then on nothing. Two at a time wait for one."""
    one_at_a_time, done = Lock(), Event()

    def do_once() -> None:
        with one_at_a_time:
            if not done.is_set():
                do()
                done.set()

    return do_once


def may_fail(prepare: Callable[[], None]) -> Callable[[], None]:
    """A preparation that may find a server away: the supervisor tries again later."""

    def prepared() -> None:
        try:
            prepare()
        except (StoreUnavailable, KafkaUnavailable, TopicsUnfit) as away:
            raise LocalStackError(str(away).strip()) from away

    return prepared


def program(name: str) -> list[str]:
    """The command line of one of our programs."""
    return [sys.executable, "-m", "services.cli", "serve", name]
