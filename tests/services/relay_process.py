"""A relay as a process of its own.

python -m tests.services.relay_process DSN BOOTSTRAP SECONDS [LIBRARY].
"""

import sys
from functools import partial
from uuid import uuid4

from infra.postgres.leases import Leases
from infra.postgres.outbox import PostgresOutbox
from infra.postgres.reconciled import StoreDigests
from infra.postgres.relay_cursor import RelayCursor
from infra.postgres.wake import Listener
from services.lifetime import live
from services.relay.program import RelayParts, run_relay
from tests.kafka_topics import library_named, settings_for


def main(dsn: str, bootstrap: str, delivery_timeout: str, library: str = "kafka-python") -> None:
    parts = RelayParts(
        outbox=PostgresOutbox(dsn),
        cursor=RelayCursor(dsn),
        digests=StoreDigests(dsn),
        leases=Leases(dsn, f"relay-{uuid4()}"),
        news=Listener(dsn, "tiepdan relay", "stored_events"),
        kafka=settings_for(
            bootstrap,
            delivery_timeout=float(delivery_timeout),
            library=library_named(library),
        ),
    )
    live(partial(run_relay, parts))


if __name__ == "__main__":
    main(*sys.argv[1:])
