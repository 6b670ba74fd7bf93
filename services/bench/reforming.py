"""A process that carries the reform out: ``python -m services.bench.reforming reform``.

It plans and records the carried reform, then lets the policy take over the open work of every
abolished office, page by page; the views are brought up now and then. It tells the seconds of
each and the most memory it held. ``bring-up`` does no more than the views. Settings
as for a projector.
"""

import json
import resource
import sys
import time
from datetime import datetime
from typing import Any, Final

from domain.days import VIETNAM
from domain.ports import LANES
from infra.memory import FixedClock, MemoryVault
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views.queries import PostgresViews
from infra.settings import Settings
from services.casework import Casework
from services.programs.projector import projector_parts
from services.projector.worker import Projector
from services.reform import carried_order, record_reform
from services.rehoming import Rehomed, Rehoming

AFTER: Final = datetime(2025, 7, 2, 8, 0, tzinfo=VIETNAM)
POLL: Final = 0.05
BEHIND: Final = 1_000
"""Petitions taken over that the views have not seen."""
REFORM, BRING_UP = "reform", "bring-up"


class Views:
    """The views, brought up whenever asked; ``seconds`` is what that took."""

    def __init__(self, settings: Settings) -> None:
        parts = projector_parts(settings)
        self._projector = Projector(
            parts.stream, parts.desk, parts.clock, parts.recorded, parts.status
        )
        self._projector.follow(frozenset(parts.stream.ends(range(LANES))))
        self.seconds = 0.0
        self._seen = 0

    def bring_up_now_and_then(self, done: Rehomed) -> None:
        """As projectors do meanwhile, a little behind."""
        if done.moved - self._seen >= BEHIND:
            self._seen = done.moved
            self.bring_up()

    def bring_up(self) -> None:
        """Fold until nothing comes."""
        began = time.perf_counter()
        while self._projector.step(POLL):
            pass
        self._projector.finish()
        self.seconds += time.perf_counter() - began


def main(what: str) -> None:
    """Work and tell."""
    settings = Settings.read()
    views = Views(settings)
    views.bring_up()
    told = carried_out(settings, views) if what == REFORM else {"views": views.seconds}
    print(json.dumps(told), flush=True)


def carried_out(settings: Settings, folding: Views) -> dict[str, Any]:
    """Plan, record, take over; seconds of each, and the most memory held."""
    dsn, clock = settings.secret("store_dsn"), FixedClock(AFTER)
    store, views = PostgresFactStore.open(dsn), PostgresViews.open(dsn, [])
    follower = DirectoryFollower(dsn)
    try:
        order, before = carried_order(), follower.current()
        began = time.perf_counter()
        order.planned(before)
        planned = time.perf_counter()
        record_reform(order, store, before, clock, lambda _done, _of: None)
        recorded = time.perf_counter()
        follower.refresh()
        folding.seconds = 0.0
        folding.bring_up()
        aside, begun = folding.seconds, time.perf_counter()
        casework = Casework(store, MemoryVault(), follower.current, clock)
        policy = Rehoming(views, casework, follower.current, clock, folding.bring_up_now_and_then)
        made = policy.run()
        taken_over = time.perf_counter() - begun - (folding.seconds - aside)
    finally:
        follower.close()
        views.close()
        store.close()
    return {
        "plan": planned - began, "record": recorded - planned, "take_over": taken_over,
        "views": folding.seconds, "moved": made.moved, "left": made.busy,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
