"""Row ``deadlines``: due days of open petitions worked out again after the calendar changed.

A day off is announced and taken back in turn, within the ten working days of every file, so
that each due day moves in each repeat: read, worked out, written under the lock of its lane
with the sums of its office. Against one plain ``UPDATE`` that moves as many days and nothing
else. Both in one process and its server process.
"""

import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from typing import Any, Final

from domain.codes import DayOffKind, Holiday, Role
from domain.days import VIETNAM
from domain.events.base import envelope
from domain.events.calendar import DayOffAnnounced
from domain.law.law import Law
from domain.law.public_holidays import facts_of
from domain.streams import calendar_stream
from domain.values import Officer, Signature
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.many_facts import ManyFacts
from infra.postgres.views.beside import Beside
from infra.postgres.views.due_days import DueDays
from infra.postgres.views.store import PostgresViewStore
from infra.postgres.views.tables import NEXT
from infra.serial import decode
from services.bench.figures import Case, Figure
from services.bench.ground import Database, undisturbed
from services.bench.material import Workshop, record
from services.bench.open_work import commune_offices, received
from services.bench.run import Run
from services.law import carried_law
from services.projecting import projections
from services.rebuild import Rebuild
from services.recomputing import changed_span, recompute

NAME = "deadlines"
FIRST: Final = datetime(2025, 6, 2, 9, 0, tzinfo=VIETNAM)
"""A Monday; petitions come until Friday."""
DAYS: Final = 5
OFF: Final = date(2025, 6, 11)


class NotAllMoved(RuntimeError):
    """Some due day stood still: the speed of the rest is worth nothing."""


@dataclass
class Sides:
    """Ours and the plain update on the same rows; ``spent`` is ours by CPU, each repeat."""

    days: DueDays
    many: ManyFacts
    files: int
    laws: tuple[Law, Law]
    spent: list[float] = field(default_factory=list)

    def ours(self, _repeat: int) -> float:
        """Due days a second."""
        self.many.settle()
        now, new = self.laws
        self.laws = new, now
        span = changed_span(now, new)
        if span is None:
            raise NotAllMoved("the two calendars are alike")
        with undisturbed():
            began, worked = time.perf_counter(), time.process_time()
            passed = recompute(new, self.days, lambda _moved: None, span)
            seconds = time.perf_counter() - began
        self.spent.append(time.process_time() - worked)
        if passed.moved < self.files:
            raise NotAllMoved(f"{passed.moved} of {self.files}")
        return self.files / seconds

    def plain(self, _repeat: int) -> float:
        """Due days a second; they are put back outside the measure."""
        self.many.settle()
        began = time.perf_counter()
        moved = self.many.shift_due_days(1)
        seconds = time.perf_counter() - began
        self.many.shift_due_days(-1)
        return moved / seconds


def measure(run: Run) -> Figure:
    """The row."""
    files = run.sized(100_000, 20_000)
    database = run.ground.database()
    _fill(run, database, files)
    days, many = DueDays.at(database.projector), ManyFacts(database.admin)
    sides = Sides(days, many, files, calendars())
    try:
        found = run.in_turn(f"{NAME}, a second", {"ours": sides.ours, "plain": sides.plain})
    finally:
        many.close()
        days.close()
    seconds = files / median(found["ours"])
    return run.figure(
        NAME,
        Case.of_rates("after a day off", found["ours"], found["plain"], None, "due days/s"),
        open_files=files,
        seconds=round(seconds, 2),
        cpu_seconds=round(median(sides.spent), 2),
        against="one UPDATE of as many due days, without the offices' sums",
    )


def calendars() -> tuple[Law, Law]:
    """The law as a new stack knows it, and with a day off more."""
    by = Signature(Officer("system", "system", Role.SYSTEM), "", FIRST, FIRST, NAME)
    known = tuple(facts_of(OFF.year, by))
    now = carried_law().with_facts(known)
    said: dict[str, Any] = {
        "basis": "12/TB-BNV", "day": OFF, "holiday": Holiday.OTHER, "kind": DayOffKind.HOLIDAY,
        "worked_on": None, "verified": True,
    }  # fmt: skip
    place = envelope(calendar_stream(OFF.year), len(known) + 1, by)
    return now, now.with_facts([DayOffAnnounced(**place, **said)])


def _fill(run: Run, database: Database, files: int) -> None:
    """Open petitions in every commune, and their views."""
    run.tell(f"{NAME}: {files} open petitions")
    offices = commune_offices(Workshop().directory, FIRST)
    law = calendars()[0]
    with (
        closing(PostgresFactStore.open(database.app)) as store,
        Beside.at(database.projector) as beside,
        closing(PostgresViewStore.at(database.projector, schema=NEXT)) as fresh,
    ):
        record(store, received(run.material, offices, files, FIRST, DAYS))
        Rebuild(store, beside, fresh, projections(lambda: law), decode).run()
