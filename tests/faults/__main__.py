"""``make faults``: the fault table on a house of its own, the rows beside it, the simulation.

The last line of stdout is the verdict, PASSED or FAILED and what did; so is the exit code.

From the environment: SEED, QUICK, ROWS (codes of the table; only those then), TIMES (faults
of each row), RATE (acts a second), CLIENT (``librdkafka``: the other Kafka library in every
program), RESUME (keep what passed of the same commit, seed and kind; ``any``: of whatever
commit, each row says which), RECORD (the JSON file),
TIEPDAN_FAULTS_STATE (the folder of a house that runs already).

A full run has three parts. First what mostly waits: brokers that start again, beside them the
lined house's rows and, in the time nobody wants, the simulated worlds. Then the rows in which
seconds count, alone. Last bursts, locks and the API without its store, alone too.
"""

import contextlib
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

from tests.faults import record
from tests.faults.beside import Beside
from tests.faults.harness import KAFKA_PYTHON, RATE, Ask, run_shift, say_on_stderr
from tests.faults.house import House, house_at
from tests.faults.record import Record
from tests.faults.report import table_of, verdict_of
from tests.faults.table import HURRIED, UNHURRIED, Shift, alone, chosen, shift_of, together

RUNNING = "TIEPDAN_FAULTS_STATE"
LIBRARY = "TIEPDAN_KAFKA_CLIENT"
FAILED, INTERRUPTED = 1, 130
ANY_COMMIT = "any"
OTHER_CLIENT = "librdkafka"
BY_OTHER_CLIENT = "F02"
"""The row of a short pass that runs once more with the other library."""


def main(env: Mapping[str, str]) -> int:
    """Run what was asked for; the table on stdout. 1 when anything failed, 130 when interrupted."""
    ask = Ask(
        seed=int(env.get("SEED") or 1),
        rate=float(env.get("RATE") or RATE),
        quick=bool(env.get("QUICK")),
        times=int(env.get("TIMES") or 0) or None,
        client=env.get("CLIENT") or KAFKA_PYTHON,
    )
    path = Path(env.get("RECORD") or (record.QUICK if ask.quick else record.DEFAULT))
    resume = env.get("RESUME") or ""
    kept = Record(path, ask, resume=bool(resume), any_commit=resume == ANY_COMMIT)
    if ask.client != KAFKA_PYTHON:
        os.environ[LIBRARY] = ask.client
    codes, at_hand = env.get("ROWS") or "", env.get(RUNNING)
    try:
        if codes:
            play(kept, ask, [*shifts_of(ask, codes)], at_hand)
        elif ask.quick:
            short_pass(kept, ask, at_hand)
        else:
            full_run(kept, ask, at_hand)
    except KeyboardInterrupt:
        say_on_stderr("interrupted; RESUME=1 goes on from here")
        return INTERRUPTED
    finally:
        kept.take_notes()
    print(table_of(path), verdict_of(path), sep="\n\n")
    return 0 if kept.passed else FAILED


def full_run(kept: Record, ask: Ask, at_hand: str | None) -> None:
    """Three parts, as the module says."""
    unhurried, hurried = alone(chosen(",".join(UNHURRIED))), [shift_of(words) for words in HURRIED]
    say_length(kept, ask, [*unhurried, *hurried])
    beside, shifts = Beside(kept, ask), [*unhurried, *hurried]
    with beside.worlds_in_idle_time(), a_house_for(shifts, kept, at_hand) as house:
        with beside.rows_that_wait():
            play_in(house, kept, ask, unhurried)
        beside.finish_worlds()
        play_in(house, kept, ask, hurried)
    beside.rows_alone()


def short_pass(kept: Record, ask: Ask, at_hand: str | None) -> None:
    """Every row once or so under one load, one row with the other library, the other rows."""
    play(kept, ask, [*shifts_of(ask, "")], at_hand)
    beside = Beside(kept, ask)
    beside.by_other_client(BY_OTHER_CLIENT, OTHER_CLIENT)
    beside.all_rows()
    beside.worlds()


def shifts_of(ask: Ask, codes: str) -> list[Shift]:
    """The rows of codes: in a short pass under one load, else each under its own.

    ``F02 F10 | F03 F11``: two teams that strike at once.
    """
    if "|" in codes:
        return [shift_of(codes)]
    wanted = [row for row in chosen(codes) if ask.times_of(row)]
    return together(wanted) if ask.quick else alone(wanted)


def play(kept: Record, ask: Ask, shifts: list[Shift], at_hand: str | None) -> None:
    """Shifts in the house at hand, or in a new one."""
    say_length(kept, ask, shifts)
    with a_house_for(shifts, kept, at_hand) as house:
        play_in(house, kept, ask, shifts)


def play_in(house: House | None, kept: Record, ask: Ask, shifts: list[Shift]) -> None:
    """The shifts that were not passed yet."""
    wanted = [shift for shift in shifts if not kept.has(shift)]
    for number, shift in enumerate(wanted):
        minutes = ask.minutes_of(wanted[number:])
        assert house is not None
        say_on_stderr(f"shift {number + 1} of {len(wanted)}, {minutes:.0f} min for what is left")
        kept.add(run_shift(house, shift, ask, say_on_stderr))


def say_length(kept: Record, ask: Ask, shifts: list[Shift]) -> None:
    """What is going to happen, and how long it takes."""
    wanted = [shift for shift in shifts if not kept.has(shift)]
    say_on_stderr(
        f"seed {ask.seed}, {ask.rate:.0f} acts a second, {ask.client}: {len(wanted)} shifts,"
        f" about {ask.minutes_of(wanted):.0f} min; what passed is kept: RESUME=1 goes on"
    )


@contextlib.contextmanager
def a_house_for(shifts: list[Shift], kept: Record, at_hand: str | None) -> Iterator[House | None]:
    """The house at hand, or a new one in a folder that is gone afterwards; none for nothing."""
    if at_hand:
        yield House(Path(at_hand).resolve())
        return
    if all(map(kept.has, shifts)):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="tiepdan-faults-") as folder:
        say_on_stderr("starting three brokers and two of each program")
        with house_at(Path(folder) / "house") as house:
            yield house


def stopped(_signal: int, _frame: FrameType | None) -> None:
    """SIGTERM ends it as Ctrl-C does: everything that was started is stopped."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stopped)
    # Named, or a background job of a shell, and whatever it starts, would ignore it.
    signal.signal(signal.SIGINT, stopped)
    sys.exit(main(os.environ))
