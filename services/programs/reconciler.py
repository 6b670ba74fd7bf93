"""The reconciler, put together."""

from infra.settings import Settings
from services import wiring
from services.lifetime import live
from services.programs.health import telling_health
from services.reconciler.health import ReconcilerHealth
from services.reconciler.program import ReconcilerParts, run_reconciler


def run(settings: Settings) -> None:
    """Compare until SIGTERM."""
    parts = ReconcilerParts(wiring.reconciler_sources(settings))
    with telling_health(settings, ReconcilerHealth(parts.status)):
        live(lambda stop: run_reconciler(parts, stop))
