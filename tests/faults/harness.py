"""Runs shifts of the fault table: work, strikes, and the oracle after every shift.

The same seed makes the same plan: which acts the offices do, and whom each strike hits.
``table`` names every row; a row's strikes are in ``programs``, ``brokers``, ``views`` ..
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

from tests.faults.flow import FlowWatch
from tests.faults.house import House
from tests.faults.offices import offices_at_work
from tests.faults.rows import Field, Row
from tests.faults.table import Shift, Team

RATE = 80.0
KAFKA_PYTHON = "kafka-python"
JUDGED_IN = 20.0
"""Seconds a shift usually takes beside its faults."""
CLEAN = ("lost", "doubled", "strange", "out_of_order", "unknown")
BEGUN_WITHIN = 60.0

Say = Callable[[str], None]


def say_on_stderr(words: str) -> None:
    """Progress, with the time of day."""
    print(f"{time.strftime('%H:%M:%S')}  {words}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Ask:
    """How to run: the seed of everything, acts a second, and whether it is the short pass.

    ``times``: faults of each row, where not as many as its row says. ``client``: the library
    by which the house's programs speak to Kafka.
    """

    seed: int = 1
    rate: float = RATE
    quick: bool = False
    times: int | None = None
    client: str = KAFKA_PYTHON

    def times_of(self, row: Row) -> int:
        """How often a row's fault happens."""
        return self.times or (row.quick if self.quick else row.times)

    def minutes_of(self, shifts: Sequence[Shift]) -> float:
        """How long shifts usually take."""
        longest = [
            max(sum(self.times_of(row) * row.takes for row in team) for team in shift)
            for shift in shifts
        ]
        return sum(seconds + JUDGED_IN for seconds in longest) / 60


@dataclass
class Outcome:
    """What became of one row: faults, recoveries, verdict. Rows of one ``load`` share that."""

    code: str
    name: str
    within: float
    load: str
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


def run_shift(house: House, shift: Shift, ask: Ask, say: Say) -> Sequence[Outcome]:
    """Rows under one load, judged together; whatever goes wrong is in the outcomes."""
    rows = [row for team in shift for row in team]
    load = "+".join(row.code for row in rows)
    outcomes = {row.code: Outcome(row.code, row.name, row.within, load) for row in rows}
    seed = Random(f"{ask.seed}/{load}").randrange(2**31)
    try:
        told = struck_at_work(house, shift, outcomes, ask, seed, say)
    except Exception as reason:  # noqa: BLE001 - the next rows are to run all the same
        wrong = f"{type(reason).__name__}: {reason}"
        for outcome in outcomes.values():
            outcome.wrong.append(wrong)
    else:
        for row in rows:
            outcome = outcomes[row.code]
            outcome.verdict = dict(told)
            outcome.wrong += wrong_in({**told, "notes": outcome.notes}, row, alone=len(rows) == 1)
    for outcome in outcomes.values():
        say(summary(outcome))
    return list(outcomes.values())


def struck_at_work(
    house: House, shift: Shift, outcomes: Mapping[str, Outcome], ask: Ask, seed: int, say: Say
) -> Mapping[str, Any]:
    """Every team strikes while the offices work; what the oracle says afterwards."""
    rate = ask.rate * min(row.share for team in shift for row in team)
    house.until_all_up()
    with (
        FlowWatch.over(house.admin_dsn) as flow,
        offices_at_work(house, rate, seed) as work,
    ):
        house.until(lambda: flow.last.at > 0, "the store tells nothing", within=BEGUN_WITHIN)
        began = flow.last.head
        house.until(lambda: flow.last.head > began, "work does not begin", within=BEGUN_WITHIN)

        def play(team: Team) -> None:
            for row in team:
                if not house.given_up.is_set():
                    strike_times(house, flow, row, outcomes[row.code], ask, say)

        with ThreadPoolExecutor(len(shift)) as teams, stopping(house):
            list(teams.map(play, shift))
        house.until_all_up()
        say("counting: store, stream, views, live boards")
        return work.judged()


@contextmanager
def stopping(house: House) -> Iterator[None]:
    """Interrupted, nobody waits for anything of the house any longer."""
    try:
        yield
    except BaseException:
        house.given_up.set()
        raise


def strike_times(
    house: House, flow: FlowWatch, row: Row, outcome: Outcome, ask: Ask, say: Say
) -> None:
    """One row's faults, one after the other; the first that is not mended ends the row."""
    times, guests = ask.times_of(row), list[ExitStack]()
    try:
        for number in range(times):
            chance = Random(f"{ask.seed}/{row.code}/{number}")
            at = Field(house, flow, chance, number, ask.quick, guests, outcome.notes)
            seconds = row.strike(at)
            outcome.faults += 1
            outcome.seconds.append(round(seconds, 2))
            say(f"{row.code}  {number + 1} of {times}: {seconds:.1f} s")
            if seconds > row.within and not ask.quick:  # a short pass shares its machine
                outcome.wrong.append(f"fault {number + 1}: {seconds:.1f} s > {row.within:.0f} s")
            house.until_all_up(row.kinds)
            time.sleep(row.calm)
    except Exception as reason:  # noqa: BLE001 - the oracle counts what came of it
        outcome.wrong.append(f"fault {outcome.faults + 1}: {type(reason).__name__}: {reason}")
        say(f"{row.code}  {reason}")
    finally:
        while guests:
            guests.pop().close()


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
