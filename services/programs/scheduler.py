"""The scheduler, put together."""

from infra.postgres.leases import Leases
from infra.postgres.wake import Listener
from infra.settings import Settings
from services import wiring
from services.accompanied import Accompanied
from services.lifetime import live
from services.programs.health import telling_health
from services.programs.rehoming import rehoming_watch
from services.programs.reviewing import review_watch
from services.scheduler.health import SchedulerHealth
from services.scheduler.program import SchedulerParts, run_scheduler
from services.scheduler.steps import World

STORE_CHANNEL = "stored_events"


def run(settings: Settings) -> None:
    """Remind, take over abolished offices' work, have results looked at, until SIGTERM."""
    parts = scheduler_parts(settings)
    own = SchedulerHealth(parts.status, settings.clock())
    rehoming, reviewing = rehoming_watch(settings), review_watch(settings)
    health = telling_health(settings, Accompanied(own, rehoming, reviewing))
    with rehoming, reviewing, health:
        live(lambda stop: run_scheduler(parts, stop))


def scheduler_parts(settings: Settings) -> SchedulerParts:
    """What a scheduler is made of."""
    dsn = settings.secret("store_dsn")
    world = World(
        store=wiring.open_store(settings, pool_size=3),
        agenda=wiring.open_agenda(settings),
        law=wiring.open_law(settings).refresh,
        directory=wiring.open_directory(settings).refresh,
        clock=settings.clock(),
    )
    return SchedulerParts(
        world=world,
        leases=Leases(dsn, wiring.process_name("scheduler")),
        news=Listener(dsn, "tiepdan scheduler", STORE_CHANNEL),
    )
