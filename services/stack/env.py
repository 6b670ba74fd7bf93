"""The settings each program of the stack is given: only the secrets it needs."""

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


def relay_env(plan: Plan) -> Mapping[str, str]:
    """The relay reads the store."""
    return _common(plan) | {
        "TIEPDAN_STORE_DSN": dsn_of(plan, APP),
        "TIEPDAN_WORKER_METRICS_PORT": str(plan.relay_port),
    }


def projector_env(plan: Plan) -> Mapping[str, str]:
    """A projector writes the views, and reads the store where that is the stream."""
    return _common(plan) | {
        "TIEPDAN_STORE_DSN": dsn_of(plan, APP),
        "TIEPDAN_PROJECTOR_DSN": dsn_of(plan, PROJECTOR),
        "TIEPDAN_WORKER_METRICS_PORT": str(plan.projector_port),
    }


def api_env(plan: Plan) -> Mapping[str, str]:
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
            "TIEPDAN_API_PORT": str(plan.api_port),
            "TIEPDAN_METRICS_PORT": str(plan.metrics_port),
        }
    )


def operator_env(plan: Plan) -> Mapping[str, str]:
    """Whoever runs commands on this machine owns the state folder, and so every secret."""
    admin = {"TIEPDAN_ADMIN_DSN": server_of(plan).dsn(DATABASE)}
    return dict(projector_env(plan)) | dict(api_env(plan)) | admin


def _common(plan: Plan) -> dict[str, str]:
    """What no program does without."""
    kafka = {} if plan.bootstrap is None else {"TIEPDAN_KAFKA_BOOTSTRAP": plan.bootstrap}
    return kafka | {
        "TIEPDAN_STATE_DIR": str(plan.state),
        "TIEPDAN_STREAM": plan.stream,
        "TIEPDAN_DEMO": str(plan.demo).lower(),
        "TIEPDAN_CLOCK_OFFSET_SECONDS": str(plan.clock_offset_seconds),
    }
