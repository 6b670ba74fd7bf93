"""Row ``replay``: the history and state of a file of 1,000 facts, at any position.

Against reading the same bytes plainly and decoding them with orjson.
"""

import time
from collections.abc import Callable
from uuid import UUID

import orjson

from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.plain_inserts import PlainInserts
from infra.serial import decode
from services.bench.figures import Case, Figure
from services.bench.ground import undisturbed
from services.bench.material import Workshop, record, spread
from services.bench.run import Run
from services.demo.clock import TODAY
from services.telling import read_until, tell

NAME = "replay"
GOAL = 20.0
FACTS = 1_000
POSITIONS = (1, 250, 500, 1_000)
TIMES = 20


def measure(run: Run) -> Figure:
    """The row."""
    workshop = Workshop()
    _, office = next(spread(workshop.directory, TODAY))
    events = [decode(name, body) for name, body in workshop.crowd(office, FACTS)]
    subject, database = events[0].originator_id, run.ground.database()
    store, plain = PostgresFactStore.open(database.app), PlainInserts(database.admin, writers=1)
    try:
        record(store, run.material.events(run.sized(40_000, 8_000)))
        record(store, iter(events))
        found = run.in_turn(
            f"{NAME}, ms",
            {
                **{str(n): _replay(store, subject, n) for n in POSITIONS},
                "plain": lambda _: _milliseconds(lambda: _plainly(plain, subject)),
            },
        )
    finally:
        plain.close()
        store.close()
    plainly = sorted(found["plain"])[run.repeats // 2]
    return run.figure(
        NAME,
        *(Case.of_milliseconds(f"as of fact {n}", found[str(n)], GOAL, plainly) for n in POSITIONS),
        facts=FACTS,
        against=f"select of all {FACTS} bodies, orjson.loads of each",
    )


def _replay(store: PostgresFactStore, subject: UUID, number: int) -> Callable[[int], float]:
    at = str(store.read_stream(subject)[number - 1].position)

    def told() -> object:
        facts, until = read_until(store, subject, at)
        return tell(subject, facts, until=until).as_json()

    return lambda _repeat: _milliseconds(told)


def _plainly(plain: PlainInserts, subject: UUID) -> object:
    return [orjson.loads(state) for state in plain.states(subject)]


def _milliseconds(work: Callable[[], object]) -> float:
    """What one call takes, the mean of some."""
    with undisturbed():
        began = time.perf_counter()
        for _ in range(TIMES):
            work()
        return (time.perf_counter() - began) * 1000 / TIMES
