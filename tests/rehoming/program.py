"""One run of the policy on the day after the reform; its figures on stdout, if it gets so far."""

import json
import resource
import sys
import time

from infra.memory import FixedClock, MemoryVault
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views.queries import PostgresViews
from services.casework import Casework
from services.rehoming import Rehoming
from tests.rehoming.filling import AFTER


def main(dsn: str) -> None:
    """Take over what is left."""
    store, views = PostgresFactStore.open(dsn, environ={}), PostgresViews.open(dsn, [])
    follower, clock = DirectoryFollower(dsn), FixedClock(AFTER)
    casework = Casework(store, MemoryVault(), follower.current, clock)
    begun = time.monotonic()
    made = Rehoming(views, casework, follower.current, clock).run()
    figures = {
        "moved": made.moved, "known": made.known, "busy": made.busy,
        "stuck": sum(made.stuck.values()), "seconds": round(time.monotonic() - begun, 2),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
    print(json.dumps(figures))
    for part in (follower, views, store):
        part.close()


if __name__ == "__main__":
    main(sys.argv[1])
