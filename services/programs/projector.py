"""A projector, put together."""

from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from typing import Final

from infra.postgres.law import LawFollower
from infra.postgres.leases import Leases
from infra.postgres.views.due_days import DueDays
from infra.serial import decode
from infra.settings import Settings
from services import wiring
from services.accompanied import Accompanied
from services.lifetime import live
from services.programs.health import telling_health
from services.projector.health import ProjectorHealth
from services.projector.lanes import Desk
from services.projector.program import ProjectorParts, run_projector
from services.projector.recorded import StoreAndRelay
from services.recomputing import UpToDate
from services.watch import Watch

LOOK_EVERY: Final = 0.5
"""Seconds between two looks at the law."""
ASK_EVERY: Final = 60
"""Looks after which the views are asked although the law has no news: rebuilt ones fell behind."""


def run(settings: Settings) -> None:
    """Fold until SIGTERM, and keep the due days at the newest law."""
    law = wiring.open_law(settings)
    parts = projector_parts(settings, law)
    watch = due_days_watch(settings, law)
    worker = Accompanied(ProjectorHealth(parts.status), watch)
    with watch, telling_health(settings, worker):
        live(lambda stop: run_projector(parts, stop))


def due_days_watch(settings: Settings, law: LawFollower) -> Watch:
    """Due days brought up to date after a change of law, whoever recorded it."""
    days = DueDays.at(settings.secret("projector_dsn"))
    keeper, looks = UpToDate(law, days), count()
    closing = ExitStack()
    closing.callback(days.close)

    def look(_going_on: Callable[[], bool]) -> None:
        if keeper.behind() or next(looks) % ASK_EVERY == 0:
            keeper.run()

    return Watch("due_days", look, closing, every=LOOK_EVERY)


def projector_parts(settings: Settings, law: LawFollower | None = None) -> ProjectorParts:
    """What a projector is made of."""
    dsn = settings.secret("store_dsn")
    store = wiring.open_store(settings, pool_size=3)
    cursor = wiring.relay_cursor(settings) if settings.stream == "kafka" else None
    folding = wiring.projections((law or wiring.open_law(settings)).current)
    return ProjectorParts(
        stream=wiring.open_stream(settings),
        desk=Desk(folding, wiring.open_view_store(settings), decode),
        leases=Leases(dsn, wiring.process_name("projector")),
        clock=settings.clock(),
        recorded=StoreAndRelay(store, cursor),
    )
