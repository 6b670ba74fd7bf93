"""A scheduler as a process of its own. python -m tests.services.scheduler_process DSN SECONDS.

SECONDS are how far its clock is off the machine's.
"""

import sys
from datetime import timedelta
from functools import partial
from uuid import uuid4

from infra.clock import ShiftedClock
from infra.postgres.agenda import PostgresAgenda
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.law import LawFollower
from infra.postgres.leases import Leases
from infra.postgres.wake import Listener
from services.law import carried_law
from services.lifetime import live
from services.scheduler.program import SchedulerParts, run_scheduler
from services.scheduler.steps import World


def main(dsn: str, seconds: str) -> None:
    world = World(
        store=PostgresFactStore.open(dsn, durable=False, environ={}),
        agenda=PostgresAgenda(dsn),
        law=LawFollower(dsn, carried_law()).refresh,
        directory=DirectoryFollower(dsn).refresh,
        clock=ShiftedClock(timedelta(seconds=float(seconds))),
    )
    parts = SchedulerParts(
        world, Leases(dsn, f"scheduler-{uuid4()}"), Listener(dsn, "scheduler", "stored_events")
    )
    live(partial(run_scheduler, parts))


if __name__ == "__main__":
    main(*sys.argv[1:])
