"""The programs of one stack, in the order they start."""

import sys
from collections.abc import Callable, Sequence
from functools import partial

import psycopg
from psycopg import sql

from infra.local.child import Child, answers
from infra.local.kafka.broker import Broker
from infra.local.kafka.distribution import find_distribution
from infra.local.servers import kafka_child, postgres_child
from infra.postgres.migrate import migrate
from services.stack.env import DATABASE, api_env, projector_env, relay_env, server_of
from services.stack.plan import Plan


def children_of(plan: Plan, seed: Callable[[], None]) -> Sequence[Child]:
    """Postgres, the broker if it is ours, then our programs. Postgres must be prepared.

    ``seed`` fills the stack once everything it needs is up, before the doors open; it runs
    before every start of the API and must find out quickly that nothing is left to do.
    """
    children = [postgres_child(server_of(plan))]
    if plan.has_own_broker:
        broker = Broker(plan.state / "kafka", plan.kafka_port, find_distribution())
        children.append(kafka_child(broker))
    ready_database = partial(prepare_database, plan)
    if plan.stream == "kafka":
        children.append(
            Child("relay", program("relay"), env=relay_env(plan), prepare=ready_database)
        )
    children.append(
        Child("projector", program("projector"), env=projector_env(plan), prepare=ready_database)
    )
    api_is_up = answers(plan.api_port)
    children.append(
        Child("api", program("api"), api_env(plan), api_is_up, prepare=seed, ready_within=900)
    )
    return children


def program(name: str) -> list[str]:
    """The command line of one of our programs."""
    return [sys.executable, "-m", "services.cli", "serve", name]


def prepare_database(plan: Plan) -> None:
    """Bring the stack's database to this release; the first time, make it."""
    server = server_of(plan)
    with psycopg.connect(server.dsn(), autocommit=True) as admin:
        known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if known is None:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    migrate(server.dsn(DATABASE), plan.passwords())
