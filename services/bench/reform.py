"""Row ``reform``: the reform of 1/7/2025 on the real lists, with petitions open everywhere.

A process plans it, records it and takes over the open work of every abolished office, each
petition by a fact of its own. Against plain inserts of the very same facts and receipts by one
connection, a thousand a transaction: what writing them costs when nothing is decided.
"""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

from domain.directory import Directory
from infra.local.errors import LocalStackError
from infra.local.leash import leashed
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.many_facts import ManyFacts
from infra.postgres.plain_inserts import PlainInserts
from infra.units import Edition, unit_list_file
from services.bench import reforming
from services.bench.deadlines import DAYS, FIRST
from services.bench.figures import Case, Figure
from services.bench.ground import Database, undisturbed
from services.bench.material import Workshop, record
from services.bench.open_work import commune_offices, received
from services.bench.run import Run
from services.units import import_units

NAME = "reform"
AT_ONCE = 1_000
WITHIN = 1_800.0


@dataclass(frozen=True)
class Before:
    """A database on the day before: the units, and petitions open in every commune."""

    database: Database
    facts: int
    receipts: int
    open_files: int


def measure(run: Run) -> Figure:
    """The row."""
    before = _before(run, run.sized(20_000, 2_000))
    ours: list[float] = []
    plain: list[float] = []
    told: list[dict[str, Any]] = []
    repeats = run.sized(3, 1)
    for repeat in range(repeats):
        database = run.ground.database(like=before.database)
        figures = _told(database, reforming.REFORM)
        facts, seconds = _plainly(database, before)
        told.append(figures)
        ours.append(facts / (figures["record"] + figures["take_over"]))
        plain.append(facts / seconds)
        run.tell(f"{NAME}, {repeat + 1} of {repeats}: {json.dumps(figures)}")
    return run.figure(
        NAME,
        Case.of_rates("recorded and taken over", ours, plain, None, "facts/s"),
        repeats=repeats,
        open_files=before.open_files,
        **{name: round(median(each[name] for each in told), 2) for name in told[0]},
        against=f"plain inserts of the same facts and receipts, {AT_ONCE} a transaction",
    )


def _before(run: Run, files: int) -> Before:
    """Units and open petitions, and their views as a projector left them."""
    run.tell(f"{NAME}: the units, {files} open petitions")
    workshop, database = Workshop(), run.ground.database()
    store, many = PostgresFactStore.open(database.app), ManyFacts(database.admin)
    edition = Edition.THREE_TIER
    try:
        with unit_list_file(edition) as path:
            since, none = edition.valid_from, Directory.of(())
            import_units(path, since, store, none, workshop.clock, lambda _done, _of: None)
        offices = commune_offices(workshop.directory, FIRST)
        record(store, received(run.material, offices, files, FIRST, DAYS))
        _told(database, reforming.BRING_UP)
        return Before(database, store.head(), many.count("store.receipts"), files)
    finally:
        many.close()
        store.close()


def _told(database: Database, what: str) -> dict[str, Any]:
    """What a process of its own tells of having done this. Raises ``LocalStackError``."""
    argv = leashed([sys.executable, "-m", reforming.__name__, what], on_death=signal.SIGKILL)
    env = {**os.environ, **database.env()}
    done = subprocess.run(argv, env=env, stdout=subprocess.PIPE, timeout=WITHIN, check=False)
    if done.returncode:
        raise LocalStackError(f"{reforming.__name__} ended with {done.returncode}; see above")
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _plainly(database: Database, before: Before) -> tuple[int, float]:
    """How many facts the reform recorded, and how long they and their receipts take plainly."""
    many, plain = ManyFacts(database.admin), PlainInserts(database.admin, writers=1)
    try:
        facts, receipts = many.written_after(before.facts, before.receipts)
        with undisturbed():
            began = time.perf_counter()
            for at in range(0, len(facts), AT_ONCE):
                plain.insert_many(facts[at : at + AT_ONCE], receipts[at : at + AT_ONCE])
            return len(facts), time.perf_counter() - began
    finally:
        plain.close()
        many.close()
