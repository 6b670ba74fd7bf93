"""Takes the work of abolished offices to their heirs until there is none, or it is killed."""

import sys

from infra.memory import FixedClock, MemoryVault
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views.queries import PostgresViews
from services.casework import Casework
from services.rehoming import Rehomed, Rehoming
from tests.domain.after_the_reform import AUGUST_MORNING, REFORMED


def run(dsn: str) -> Rehomed:
    """One run of the policy over a real store and real views."""
    store = PostgresFactStore.open(dsn, durable=False, environ={})
    views = PostgresViews.open(dsn, [])
    clock = FixedClock(AUGUST_MORNING)
    casework = Casework(store, MemoryVault(), lambda: REFORMED, clock)
    try:
        return Rehoming(views, casework, lambda: REFORMED, clock).run()
    finally:
        views.close()
        store.close()


if __name__ == "__main__":
    run(sys.argv[1])
