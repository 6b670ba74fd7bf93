"""Postgres and Kafka as children of the supervisor."""

from pathlib import Path

from infra.local import kafka, postgres
from infra.local.accounts import server_account
from infra.local.child import Child, nothing
from infra.local.kafka import broker as kafka_broker


def postgres_child(server: postgres.Postgres, *, name: str = "postgres") -> Child:
    """The child that serves this Postgres."""
    return Child(
        name=name,
        argv=server.plain_command(),
        ready=server.is_ready,
        prepare=server.prepare,
        calm=nothing,
        stop_within=6,
        stop_signal=postgres.STOP_SIGNAL,
        on_death=postgres.STOP_SIGNAL,
        user=server_account(),
        cwd=Path("/"),
    )


def kafka_child(broker: kafka.Broker, *, name: str = "kafka") -> Child:
    """The child that is this broker."""
    return Child(
        name=name,
        argv=broker.plain_command(),
        ready=broker.is_ready,
        prepare=broker.prepare,
        calm=nothing,
        ready_within=90,
        stop_signal=kafka_broker.STOP_SIGNAL,
        on_death=kafka_broker.DEATH_SIGNAL,
    )
