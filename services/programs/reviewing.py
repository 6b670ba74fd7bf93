"""The looking again at ended files, put together."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from infra.postgres.reconciled import StoreDigests
from infra.settings import Settings
from services import wiring
from services.casework import Casework
from services.no_vault import NoVault
from services.reviewing import Reviewing
from services.watch import Watch

LOOK_EVERY: Final = 2.0
"""Seconds between two looks at the law, the day and how far the views are."""


def review_watch(settings: Settings) -> Watch:
    """The policy as a thread of a program. It needs no vault: its commands carry no texts."""
    with ExitStack() as opening:
        store = wiring.open_store(settings, pool_size=2)
        opening.callback(store.close)
        views = wiring.open_views(settings, pool_size=2)
        opening.callback(views.close)
        lanes = StoreDigests(settings.secret("store_dsn"))
        opening.callback(lanes.close)
        law, directory = wiring.open_law(settings), wiring.open_directory(settings)
        opening.callback(law.close)
        opening.callback(directory.close)
        clock = settings.clock()
        casework = Casework(store, NoVault(), directory.current, clock, law.current)
        policy = Reviewing(views, casework, law.current, lanes, clock)

        def look(going_on: Callable[[], bool]) -> None:
            policy.run(going_on)
            watch.unreadable = policy.unreadable

        watch = Watch("reviewing", look, opening.pop_all(), every=LOOK_EVERY)
        return watch
