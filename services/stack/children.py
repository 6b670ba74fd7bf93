"""The programs of one stack, in the order they start."""

import sys
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from domain.ports import StoreUnavailable
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import KafkaUnavailable, TopicsUnfit, ensure_topics
from infra.local.child import Child, answers
from infra.local.errors import LocalStackError
from infra.local.kafka.broker import Broker
from infra.local.kafka.distribution import find_distribution
from infra.local.servers import kafka_child, postgres_child
from infra.postgres.migrate import ensure_database, migrate
from services.stack.calm import Calm
from services.stack.env import DATABASE, api_env, projector_env, relay_env, server_of
from services.stack.plan import Plan

WORKER_WITHIN = 20.0
"""Seconds that the stack waits for a worker before it says that all is up."""


def children_of(plan: Plan, seed: Callable[[], None]) -> Sequence[Child]:
    """Postgres, the broker if it is ours, then our programs. Postgres must be prepared.

    ``seed`` fills the stack once everything it needs is up, before the doors open; it runs
    before every start of the API and must find out quickly that nothing is left to do.
    """
    children = [postgres_child(server_of(plan))]
    if plan.has_own_broker:
        broker = Broker(plan.state / "kafka", plan.kafka_port, find_distribution())
        children.append(kafka_child(broker))
    one_at_a_time = Lock()

    def prepare_worker() -> None:
        with one_at_a_time:
            prepare_database(plan)
            prepare_topics(plan)

    def prepare_doors() -> None:
        prepare_database(plan)
        seed()

    ready_worker = may_fail(prepare_worker)
    if plan.stream == "kafka":
        children.append(worker("relay", relay_env(plan), plan.relay_port, ready_worker))
    children.append(worker("projector", projector_env(plan), plan.projector_port, ready_worker))
    children.append(
        Child(
            "api",
            program("api"),
            env=api_env(plan),
            ready=answers(plan.api_port),
            prepare=may_fail(prepare_doors),
            calm=Calm(),
            ready_within=900,
        )
    )
    return children


def worker(name: str, env: Mapping[str, str], port: int, prepare: Callable[[], None]) -> Child:
    """The relay or a projector: without it facts are recorded all the same."""
    return Child(
        name,
        program(name),
        env=env,
        ready=answers(port),
        prepare=prepare,
        calm=Calm(),
        needed=False,
        ready_within=WORKER_WITHIN,
    )


def prepare_database(plan: Plan) -> None:
    """Make the stack's database on first use, bring it to this release."""
    server = server_of(plan)
    ensure_database(server.dsn(), DATABASE)
    migrate(server.dsn(DATABASE), plan.passwords())


def prepare_topics(plan: Plan) -> None:
    """Make the topics on first use, where Kafka is the stream."""
    if plan.bootstrap is not None:
        ensure_topics(KafkaSettings(plan.bootstrap))


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
