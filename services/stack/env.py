"""The settings each program of the stack is given: only the secrets it needs."""

import os
from collections.abc import Mapping

from infra.local.postgres import Postgres
from infra.postgres.migrate import APP, PROJECTOR, VAULT, as_role
from services.stack.plan import Plan

DATABASE = "tiepdan"


def server_of(plan: Plan) -> Postgres:
    """The stack's Postgres."""
    return Postgres(plan.state / "postgres", plan.postgres_port)


def dsn_of(plan: Plan, role: str) -> str:
    """The stack's database through one role."""
    return as_role(server_of(plan).dsn(DATABASE), role, plan.password(role))


def relay_env(plan: Plan, name: str = "relay") -> Mapping[str, str]:
    """The relay reads the store."""
    return _common(plan) | {
        "TIEPDAN_STORE_DSN": dsn_of(plan, APP),
        "TIEPDAN_WORKER_METRICS_PORT": str(plan.port_of(name)),
    }


def reconciler_env(plan: Plan) -> Mapping[str, str]:
    """The reconciler reads the store, and keeps there how far it is."""
    return relay_env(plan, "reconciler")


def scheduler_env(plan: Plan) -> Mapping[str, str]:
    """The scheduler follows the store, and records reminders there."""
    return relay_env(plan, "scheduler")


def projector_env(plan: Plan, name: str = "projector") -> Mapping[str, str]:
    """A projector writes the views, and reads the store where that is the stream."""
    return _common(plan) | {
        "TIEPDAN_STORE_DSN": dsn_of(plan, APP),
        "TIEPDAN_PROJECTOR_DSN": dsn_of(plan, PROJECTOR),
        "TIEPDAN_WORKER_METRICS_PORT": str(plan.port_of(name)),
    }


def api_env(plan: Plan, name: str = "api") -> Mapping[str, str]:
    """The doors decide, seal texts and read the views."""
    demo = {"TIEPDAN_JWT_PRIVATE_KEY_FILE": str(plan.signing_key_file())} if plan.demo else {}
    return (
        _common(plan)
        | demo
        | {
            "TIEPDAN_STORE_DSN": dsn_of(plan, APP),
            "TIEPDAN_VAULT_DSN": dsn_of(plan, VAULT),
            "TIEPDAN_VAULT_KEY_FILE": str(plan.vault_key_file()),
            "TIEPDAN_JWT_ISSUER": plan.issuer,
            "TIEPDAN_JWT_PUBLIC_KEYS_FILE": str(plan.public_keys_file()),
            "TIEPDAN_API_PORT": str(plan.port_of(name)),
            "TIEPDAN_METRICS_PORT": str(plan.port_of(f"{name}/metrics")),
        }
    )


def operator_env(plan: Plan) -> Mapping[str, str]:
    """Whoever runs commands on this machine owns the state folder, and so every secret."""
    admin = {"TIEPDAN_ADMIN_DSN": server_of(plan).dsn(DATABASE)}
    return dict(projector_env(plan)) | dict(api_env(plan)) | admin


def chosen_client(environ: Mapping[str, str] = os.environ) -> Mapping[str, str]:
    """The Kafka library that whoever starts the stack asked for; its programs inherit it."""
    name = "TIEPDAN_KAFKA_CLIENT"
    return {name: environ[name]} if environ.get(name) else {}


def _common(plan: Plan) -> dict[str, str]:
    """What no program does without."""
    kafka = {} if plan.bootstrap is None else {"TIEPDAN_KAFKA_BOOTSTRAP": plan.bootstrap}
    if plan.has_own_broker:
        kafka["TIEPDAN_KAFKA_REPLICATION"] = str(plan.replication)
    moved = {"TIEPDAN_CLOCK_FILE": str(plan.clock_file)} if plan.demo else {}
    return (
        kafka
        | moved
        | {
            "TIEPDAN_STATE_DIR": str(plan.state),
            "TIEPDAN_STREAM": plan.stream,
            "TIEPDAN_DEMO": str(plan.demo).lower(),
            "TIEPDAN_CLOCK_OFFSET_SECONDS": str(plan.clock_offset_seconds),
        }
    )
