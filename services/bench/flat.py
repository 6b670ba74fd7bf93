"""Row ``flat``: a save and the province's board at 10 million facts, against at 10 thousand.

The large database is the small one told again a thousand times under other ids: facts by
COPY, receipts and rows of finished work beside them, dated back over five years; what is
open is the same in both, for it depends on the work in hand and not on history. The board
is every question that the page asks of the views.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.many_facts import ManyFacts
from infra.postgres.views.beside import Beside
from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore
from infra.postgres.views.tables import NEXT
from infra.serial import decode
from projections.asks import Area, CrowdState, GatheringFilter
from services import wiring
from services.areas import area_of
from services.bench.append import timed
from services.bench.copies import Tale
from services.bench.figures import Case, Figure
from services.bench.ground import Database, undisturbed
from services.bench.material import Workshop, receipt_of, record, spread
from services.bench.run import Run, Side
from services.demo.clock import NOW, TODAY
from services.rebuild import Rebuild

NAME = "flat"
GOAL = 1.1
SMALL = 10_000
WRITERS = 8
BOARDS = 30
SPAN_DAYS, SPANS = 42, 43
AT_ONCE = 50
MEGA = 1_000_000
SOON = timedelta(days=5)


@dataclass(frozen=True)
class Filled:
    """A database of so many facts, open for saves and for its boards."""

    store: PostgresFactStore
    views: PostgresViews

    @classmethod
    def at(cls, database: Database) -> "Filled":
        names = wiring.projection_names()
        return cls(PostgresFactStore.open(database.app), PostgresViews.open(database.app, names))

    def close(self) -> None:
        """Let go of every connection."""
        self.views.close()
        self.store.close()


def measure(run: Run) -> Figure:
    """The row."""
    small = run.ground.database()
    _record(run, small)
    large = run.ground.database(like=small)
    facts, gigabytes = _fill(run, large, run.sized(1_000, 100))
    sizes = {"small": Filled.at(small), "large": Filled.at(large)}
    try:
        saves = run.in_turn(f"{NAME}, ms a save", _sides(sizes, lambda one: _save(run, one)))
        area = _province(run)
        reads = run.in_turn(
            f"{NAME}, ms a board", _sides(sizes, lambda one: _read_boards(one.views, area))
        )
    finally:
        for one in sizes.values():
            one.close()
    return run.figure(
        NAME,
        Case.of_growth(f"a save, {WRITERS} writers", saves["large"], saves["small"], GOAL, "ms"),
        Case.of_growth("the province's board", reads["large"], reads["small"], GOAL, "ms"),
        facts=facts,
        gigabytes=gigabytes,
        against=f"the same at {SMALL} facts",
        filled="COPY of retold facts; finished work multiplied in the views, open work the same",
    )


def _record(run: Run, database: Database) -> None:
    """The small store and its views."""
    with (
        closing(PostgresFactStore.open(database.app)) as store,
        Beside.at(database.projector) as beside,
        closing(PostgresViewStore.at(database.projector, schema=NEXT)) as fresh,
        closing(ManyFacts(database.admin)) as many,
    ):
        record(store, run.material.events(SMALL))
        Rebuild(store, beside, fresh, wiring.projections(), decode).run()
        many.fill_receipts(SMALL)
        many.settle()


def _fill(run: Run, database: Database, times: int) -> tuple[int, float]:
    """Told again so often; how many facts there are, and gigabytes."""
    many = ManyFacts(database.admin)
    try:
        tale = Tale(many.facts())
        told = 0

        def pieces() -> Iterator[bytes]:
            nonlocal told
            for piece in tale.retold(times):
                yield piece
                told += tale.facts
                if told % (AT_ONCE * tale.facts) == 0:
                    run.tell(f"{NAME}: {told / MEGA:.1f} of {times * tale.facts / MEGA:g} M facts")

        many.copy_facts(pieces())
        run.tell(f"{NAME}: receipts")
        many.fill_receipts(times * tale.facts)
        many.multiply_views(
            times, days=SPAN_DAYS, spans=SPANS, tell=lambda what: run.tell(f"{NAME}: {what}")
        )
        run.tell(f"{NAME}: vacuum and analyze")
        many.settle()
        return told + tale.facts, round(many.bytes_on_disk() / 2**30, 1)
    finally:
        many.close()


def _sides(sizes: Mapping[str, Filled], side: Callable[[Filled], float]) -> Mapping[str, Side]:
    def measuring(one: Filled) -> Side:
        return lambda _repeat: side(one)

    return {name: measuring(one) for name, one in sizes.items()}


def _save(run: Run, filled: Filled) -> float:
    """Milliseconds a save takes all writers together."""
    events = list(run.material.events(run.sized(1_600, 800)))
    rows = [(event, receipt_of(event)) for event in events]
    saves = timed(rows, WRITERS, lambda row: filled.store.append([row[0]], receipt=row[1]))
    return 1000 / saves.rate


def _province(run: Run) -> Area:
    """The busiest province of the demo."""
    workshop = Workshop()
    offices = [event.office for event in run.material.events(1_000)]
    directory = workshop.directory
    provinces = [province.unit_id for province, _ in spread(directory, TODAY)]
    areas = [area_of(province, directory, TODAY) for province in provinces]
    return max(areas, key=lambda area: sum(office in area.offices for office in offices))


def _read_boards(views: PostgresViews, area: Area) -> float:
    """Milliseconds for all that a province's board asks."""
    with undisturbed():
        began = time.perf_counter()
        for _ in range(BOARDS):
            _read_board(views, area)
        return (time.perf_counter() - began) * 1000 / BOARDS


def _read_board(views: PostgresViews, area: Area) -> None:
    """As services.api.routes.boards asks, one question after the other."""
    now, on = NOW, TODAY
    soon, month = on + SOON, on.replace(day=1)
    views.office_sums(area.offices, today=on, soon_until=soon, received_since=month)
    views.gatherings(GatheringFilter(area=area, state=CrowdState.GOING_ON), limit=200)
    views.awaiting_decision(area.offices[:1])
    views.recent_changes(area, since=now - timedelta(hours=1))
    views.province_figures(area, today=on, now=now)
    views.freshness()
