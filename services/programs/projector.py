"""A projector, put together."""

from infra.postgres.leases import Leases
from infra.serial import decode
from infra.settings import Settings
from services import wiring
from services.lifetime import live
from services.programs.health import telling_health
from services.projector.health import ProjectorHealth
from services.projector.lanes import Desk
from services.projector.program import ProjectorParts, run_projector
from services.projector.recorded import StoreAndRelay


def run(settings: Settings) -> None:
    """Fold until SIGTERM."""
    parts = projector_parts(settings)
    with telling_health(settings, ProjectorHealth(parts.status)):
        live(lambda stop: run_projector(parts, stop))


def projector_parts(settings: Settings) -> ProjectorParts:
    """What a projector is made of."""
    dsn = settings.secret("store_dsn")
    store = wiring.open_store(settings, pool_size=3)
    cursor = wiring.relay_cursor(settings) if settings.stream == "kafka" else None
    folding = wiring.projections(wiring.open_law(settings).current)
    return ProjectorParts(
        stream=wiring.open_stream(settings),
        desk=Desk(folding, wiring.open_view_store(settings), decode),
        leases=Leases(dsn, wiring.process_name("projector")),
        clock=settings.clock(),
        recorded=StoreAndRelay(store, cursor),
    )
