"""A projector as a process of its own, folding the access log from Kafka.

python -m tests.services.projector_process DSN BOOTSTRAP LIBRARY, with the projector's own role.
"""

import sys
from functools import partial
from uuid import uuid4

from infra.clock import SystemClock
from infra.kafka.clients import open_kafka_stream
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.leases import Leases
from infra.postgres.relay_cursor import RelayCursor
from infra.postgres.views.store import PostgresViewStore
from infra.serial import decode
from projections.access_log import AccessLog
from services.lifetime import live
from services.projector.lanes import Desk
from services.projector.program import ProjectorParts, run_projector
from services.projector.recorded import StoreAndRelay
from tests.kafka_topics import library_named, settings_for


def main(dsn: str, bootstrap: str, library: str) -> None:
    store = PostgresFactStore.open(dsn, durable=False, environ={})
    parts = ProjectorParts(
        stream=open_kafka_stream(settings_for(bootstrap, library=library_named(library))),
        desk=Desk((AccessLog(),), PostgresViewStore.at(dsn), decode),
        leases=Leases(dsn, f"projector-{uuid4()}"),
        clock=SystemClock(),
        recorded=StoreAndRelay(store, RelayCursor(dsn)),
    )
    live(partial(run_projector, parts))


if __name__ == "__main__":
    main(*sys.argv[1:])
