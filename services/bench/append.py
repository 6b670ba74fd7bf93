"""Row ``append``: saves of one event with its receipt, by 1, 8 and 64 threads.

Against a plain insert of the same two rows in a transaction block, with equal writers. One
writer alone must not wait longer than the library's own recorder lets it.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.plain_inserts import LibraryAppends, PlainInserts, PlainRow, stored_event
from services.bench.figures import Case, Figure, percentile
from services.bench.ground import undisturbed
from services.bench.material import receipt_of
from services.bench.run import Run

NAME = "append"
GOALS = {8: 1.2, 64: 2.5}
MOST_WRITERS = 64
T = TypeVar("T")


@dataclass(frozen=True)
class Saves:
    """How long each save of a repeat took, in seconds, and all of them together."""

    each: Sequence[float]
    whole: float

    @property
    def rate(self) -> float:
        """Saves a second."""
        return len(self.each) / self.whole


def measure(run: Run) -> Figure:
    """The row."""
    database = run.ground.database()
    ours = PostgresFactStore.open(database.app)
    plain = PlainInserts(database.admin, writers=MOST_WRITERS)
    library = LibraryAppends(database.admin, writers=MOST_WRITERS)
    try:
        sides = Sides(run, ours, plain, library)
        return run.figure(
            NAME,
            *(sides.rates(writers, goal) for writers, goal in GOALS.items()),
            *sides.alone(),
            bytes_per_event=sides.mean_bytes,
            against="insert of event and receipt, one statement in `with connection.transaction()`",
            library="PostgresApplicationRecorder.insert_events, no receipt",
        )
    finally:
        ours.close()
        plain.close()
        library.close()


class Sides:
    """Ours, the plain insert and the library on the same kind of rows."""

    def __init__(
        self, run: Run, ours: PostgresFactStore, plain: PlainInserts, library: LibraryAppends
    ) -> None:
        self._run = run
        self._ours = ours
        self._plain = plain
        self._library = library
        sample = [stored_event(event).state for event in run.material.events(1_000)]
        self.mean_bytes = round(sum(map(len, sample)) / len(sample))

    def rates(self, writers: int, goal: float) -> Case:
        """Saves a second by so many writers."""
        found = self._run.in_turn(
            f"{NAME}, {writers} writers",
            {
                "ours": lambda _: self._ours_saves(writers).rate,
                "against": lambda _: self._plain_saves(writers).rate,
            },
        )
        what = f"{writers} writers"
        return Case.of_rates(what, found["ours"], found["against"], goal, "saves/s")

    def alone(self) -> tuple[Case, Case]:
        """One writer's median wait: against the library's, and for the record the insert's."""
        found = self._run.in_turn(
            f"{NAME}, one writer's p50 in ms",
            {
                "ours": lambda _: _p50(self._ours_saves(1)),
                "library": lambda _: _p50(self._library_saves(1)),
                "plain": lambda _: _p50(self._plain_saves(1)),
            },
        )
        ours, library, plain = found["ours"], found["library"], found["plain"]
        return (
            Case.of_times("one writer's p50, library", ours, library, 1.0, "ms"),
            Case.of_times("one writer's p50, plain insert", ours, plain, None, "ms"),
        )

    def _wanted(self, writers: int) -> int:
        each = self._run.sized(1_500, 400) if writers == 1 else self._run.sized(6_000, 2_000)
        return each // writers * writers

    def _ours_saves(self, writers: int) -> Saves:
        events = list(self._run.material.events(self._wanted(writers)))
        rows = [(event, receipt_of(event)) for event in events]
        return timed(rows, writers, lambda row: self._ours.append([row[0]], receipt=row[1]))

    def _plain_saves(self, writers: int) -> Saves:
        events = self._run.material.events(self._wanted(writers))
        rows = [PlainRow.of(event, receipt_of(event)) for event in events]
        return timed(rows, writers, self._plain.insert)

    def _library_saves(self, writers: int) -> Saves:
        events = self._run.material.events(self._wanted(writers))
        rows = [stored_event(event) for event in events]
        return timed(rows, writers, self._library.append)


def timed(rows: Sequence[T], writers: int, save: Callable[[T], object]) -> Saves:
    """Share the rows out among so many threads, all of which begin at once."""
    gate = threading.Barrier(writers + 1)

    def work(mine: Sequence[T]) -> list[float]:
        took: list[float] = []
        gate.wait()
        for row in mine:
            began = time.perf_counter()
            save(row)
            took.append(time.perf_counter() - began)
        return took

    with undisturbed(), ThreadPoolExecutor(writers) as threads:
        working = [threads.submit(work, rows[n::writers]) for n in range(writers)]
        gate.wait()
        began = time.perf_counter()
        each = [took for one in working for took in one.result()]
        return Saves(each, time.perf_counter() - began)


def _p50(saves: Saves) -> float:
    return percentile(saves.each, 0.5) * 1000
