"""Row ``rebuild``: every view made anew from the store beside the live ones, and swapped.

Against the projector's own rate in the same repeat: one process folds the stream into a
copy of the store's database, then the views are rebuilt there, by this process and a
helper. Starting the helper, reading both sides for comparison and the swap are part of it.
"""

import time
from contextlib import closing

from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views.beside import Beside
from infra.postgres.views.store import PostgresViewStore
from infra.postgres.views.tables import NEXT
from infra.serial import decode
from services.bench.figures import Case, Figure
from services.bench.ground import Database, undisturbed
from services.bench.project import folded, streamed
from services.bench.run import Run
from services.collector import spare_the_collector
from services.projecting import projections
from services.rebuild import HELPERS, Rebuild, Rebuilt

NAME = "rebuild"
GOAL = 2.0


class NotEqual(RuntimeError):
    """A rebuild gave other rows than the projector: its speed is worth nothing."""


def measure(run: Run) -> Figure:
    """The row."""
    projected: list[float] = []
    rebuilt: list[float] = []
    with streamed(run, run.sized(40_000, 12_000)) as source:
        for repeat in range(run.repeats):
            database = run.ground.database(like=source.database)
            projected.append(folded(source, database, 1))
            rebuilt.append(_rebuilt(database, source.records))
            told = f"ours {rebuilt[-1]:.4g}, against {projected[-1]:.4g}"
            run.tell(f"{NAME}, {repeat + 1} of {run.repeats}: {told}")
    return run.figure(
        NAME,
        Case.of_rates("from the store", rebuilt, projected, GOAL, "events/s"),
        events_per_repeat=source.records,
        against="one projector process, Kafka to all views",
    )


def _rebuilt(database: Database, facts: int) -> float:
    """Facts a second. Refuses: :class:`NotEqual`."""
    spare_the_collector()
    with (
        closing(PostgresFactStore.open(database.app)) as store,
        Beside.at(database.projector) as beside,
        closing(PostgresViewStore.at(database.projector, schema=NEXT)) as fresh,
        undisturbed(),
    ):
        began = time.perf_counter()
        helpers = [database.env()] * HELPERS
        work = Rebuild(store, beside, fresh, projections(), decode, helpers=helpers)
        made: Rebuilt = work.run()
        seconds = time.perf_counter() - began
    if not made.equal or made.facts != facts:
        raise NotEqual(f"{made.facts} of {facts} facts, equal: {made.equal}")
    return facts / seconds
