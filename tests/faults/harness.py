"""Runs rows of the fault table: work, strikes, and the oracle after every row.

The same seed makes the same plan: which acts the offices do, and whom each strike hits.
``table`` names every row; a row's strikes are in ``programs``, ``brokers``, ``views`` ..
"""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

from tests.faults.flow import FlowWatch
from tests.faults.house import House, HouseError
from tests.faults.offices import Work, offices_at_work
from tests.faults.rows import Field, Row

RATE = 100.0
CLEAN = ("lost", "doubled", "strange", "out_of_order", "unknown")
BEGUN_WITHIN = 60.0

Say = Callable[[str], None]


def say_on_stderr(words: str) -> None:
    """Progress, with the time of day."""
    print(f"{time.strftime('%H:%M:%S')}  {words}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Ask:
    """How to run: the seed of everything, acts a second, and whether it is the short pass.

    ``times``: faults of each row, where not as many as its row says.
    """

    seed: int = 1
    rate: float = RATE
    quick: bool = False
    times: int | None = None

    def times_of(self, row: Row) -> int:
        """How often a row's fault happens."""
        return self.times or (row.quick if self.quick else row.times)


@dataclass
class Outcome:
    """What became of one row (or of several under one load): faults, recoveries, verdict."""

    code: str
    name: str
    within: float
    faults: int = 0
    seconds: list[float] = field(default_factory=list)
    notes: dict[str, float] = field(default_factory=dict)
    verdict: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.wrong

    def as_data(self) -> dict[str, Any]:
        """For the record."""
        return asdict(self) | {"passed": self.passed}


def run_rows(house: House, rows: Sequence[Row], ask: Ask, say: Say) -> Sequence[Outcome]:
    """Several rows under one load, judged together."""
    seed = Random(f"{ask.seed}/{'+'.join(row.code for row in rows)}").randrange(2**31)
    rate = ask.rate * min(row.share for row in rows)
    house.until_all_up()
    with (
        FlowWatch.over(house.admin_dsn) as flow,
        offices_at_work(house, rate, seed) as work,
    ):
        began = flow.last.head
        house.until(lambda: flow.last.head > began, "work does not begin", within=BEGUN_WITHIN)
        outcomes = [struck(house, flow, row, ask, say) for row in rows]
        told = verdict(house, work, say)
    for row, outcome in zip(rows, outcomes, strict=True):
        outcome.verdict = dict(told)
        outcome.wrong += wrong_in({**told, "notes": outcome.notes}, row, alone=len(rows) == 1)
        say(summary(outcome))
    return outcomes


def struck(house: House, flow: FlowWatch, row: Row, ask: Ask, say: Say) -> Outcome:
    """One row's faults, one after the other; the first that is not mended ends the row."""
    outcome = Outcome(row.code, row.name, row.within)
    times, guests = ask.times_of(row), list[ExitStack]()
    try:
        for number in range(times):
            chance = Random(f"{ask.seed}/{row.code}/{number}")
            at = Field(house, flow, chance, number, ask.quick, guests, outcome.notes)
            seconds = row.strike(at)
            outcome.faults += 1
            outcome.seconds.append(round(seconds, 2))
            say(f"{row.code}  {number + 1} of {times}: {seconds:.1f} s")
            if seconds > row.within:
                outcome.wrong.append(f"fault {number + 1}: {seconds:.1f} s > {row.within:.0f} s")
            house.until_all_up()
            time.sleep(row.calm)
    except HouseError as reason:
        outcome.wrong.append(f"fault {outcome.faults + 1}: {reason}")
        say(f"{row.code}  {reason}")
    finally:
        while guests:
            guests.pop().close()
    return outcome


def verdict(house: House, work: Work, say: Say) -> Mapping[str, Any]:
    """The oracle's finding, once all is mended and quiet."""
    house.until_all_up()
    say("counting: store, stream, views, live boards")
    return work.judged()


def wrong_in(told: Mapping[str, Any], row: Row, *, alone: bool) -> list[str]:
    """What the verdict holds against a row."""
    wrong = [f"{name}: {told[name]}" for name in CLEAN if told[name]]
    wrong += [f"{name}: {told[name]}" for name in ("boards_equal", "live_equal") if not told[name]]
    if told["refused"]:
        wrong.append(f"refused: {told['refused']}")
    judges = [row.judge, row.judge_alone] if alone else [row.judge]
    return [*wrong, *filter(None, (judge(told) for judge in judges))]


def summary(outcome: Outcome) -> str:
    """One line a row."""
    worst = f"{max(outcome.seconds):.1f} s at most" if outcome.seconds else "no recovery"
    said = "passed" if outcome.passed else "FAILED " + "; ".join(outcome.wrong)
    count = outcome.verdict.get("acknowledged", 0)
    return f"{outcome.code}  {outcome.faults} faults, {worst}, {count} commands: {said}"
