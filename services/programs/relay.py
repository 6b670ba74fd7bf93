"""The relay, put together."""

from infra.postgres.leases import Leases
from infra.postgres.outbox import PostgresOutbox
from infra.postgres.reconciled import StoreDigests
from infra.postgres.wake import Listener
from infra.settings import Settings
from services import wiring
from services.lifetime import live
from services.programs.health import telling_health
from services.relay.health import RelayHealth
from services.relay.program import RelayParts, run_relay

STORE_CHANNEL = "stored_events"


def run(settings: Settings) -> None:
    """Send until SIGTERM."""
    parts = relay_parts(settings)
    with telling_health(settings, RelayHealth(parts.status, settings.clock())):
        live(lambda stop: run_relay(parts, stop))


def relay_parts(settings: Settings) -> RelayParts:
    """What a relay is made of."""
    dsn = settings.secret("store_dsn")
    return RelayParts(
        outbox=PostgresOutbox(dsn),
        cursor=wiring.relay_cursor(settings),
        digests=StoreDigests(dsn),
        leases=Leases(dsn, wiring.process_name("relay")),
        news=Listener(dsn, "tiepdan relay", STORE_CHANNEL),
        kafka=wiring.kafka_settings(settings),
    )
