"""``make faults``: the fault table on a house of its own, then the other rows, then the simulation.

From the environment: SEED, QUICK, ROWS (codes of the table; only those then), TIMES (faults
of each row), RATE (acts a second), RESUME (keep the passed rows of the same commit and seed),
RECORD (the JSON file), TIEPDAN_FAULTS_STATE (the folder of a house that runs already).
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

from tests.faults import noted, record
from tests.faults.harness import RATE, Ask, run_rows, say_on_stderr
from tests.faults.house import House, house_at
from tests.faults.record import Record
from tests.faults.report import table_of
from tests.faults.table import chosen

RUNNING = "TIEPDAN_FAULTS_STATE"
FAILED = 1
PYTEST = (sys.executable, "-m", "pytest", "-q")
OTHER_ROWS = (*PYTEST, "tests/faults", "--ignore=tests/faults/test_signals.py")
SIMULATION = (*PYTEST, "tests/simulation")
SEEDS, SEEDS_QUICK = "10000", "200"


def main(env: Mapping[str, str]) -> int:
    """Run what was asked for; the table on stdout. 1 when anything failed."""
    ask = Ask(
        seed=int(env.get("SEED") or 1),
        rate=float(env.get("RATE") or RATE),
        quick=bool(env.get("QUICK")),
        times=int(env.get("TIMES") or 0) or None,
    )
    path = Path(env.get("RECORD") or (record.QUICK if ask.quick else record.DEFAULT))
    kept = Record(path, ask, resume=bool(env.get("RESUME")))
    codes = env.get("ROWS") or ""
    passed = run_table(kept, ask, codes, env.get(RUNNING))
    if not codes:
        passed = run_pytest(kept, ask) and passed
    print(table_of(path))
    return 0 if passed else FAILED


def run_table(kept: Record, ask: Ask, codes: str, at_hand: str | None) -> bool:
    """The rows of the table: in a short pass under one load, else each under its own."""
    wanted = [row for row in chosen(codes) if ask.times_of(row) and not kept.has(row.code)]
    say_on_stderr(f"seed {ask.seed}, {ask.rate:.0f} acts a second, {len(wanted)} rows")
    if not wanted:
        return True
    with a_house(at_hand) as house:
        for group in [wanted] if ask.quick else [[row] for row in wanted]:
            kept.add(run_rows(house, group, ask, say_on_stderr))
    return kept.passed


@contextlib.contextmanager
def a_house(at_hand: str | None) -> Iterator[House]:
    """The house at hand, or a new one in a folder that is gone afterwards."""
    if at_hand:
        yield House(Path(at_hand).resolve())
        return
    with tempfile.TemporaryDirectory(prefix="tiepdan-faults-") as folder:
        say_on_stderr("starting three brokers and two of each program")
        with house_at(Path(folder) / "house") as house:
            yield house


def run_pytest(kept: Record, ask: Ask) -> bool:
    """The rows that are tests of their own, and the simulated worlds."""
    notes = kept.notes
    notes.unlink(missing_ok=True)
    kind = {} if ask.quick else {"TIEPDAN_FAULTS": "full"}
    say_on_stderr("network, time, disk, overload, bad records")
    rows = _run(OTHER_ROWS, {noted.REPORT: str(notes.resolve()), **kind})
    kept.take_notes()
    seeds = SEEDS_QUICK if ask.quick else SEEDS
    say_on_stderr(f"{seeds} simulated worlds")
    worlds = _run(SIMULATION, {"TIEPDAN_SEEDS": seeds})
    kept.tell(simulation={"seeds": int(seeds), "passed": worlds})
    return rows and worlds


def _run(argv: tuple[str, ...], env: Mapping[str, str]) -> bool:
    done = subprocess.run(argv, env={**os.environ, **env}, stdout=sys.stderr, check=False)
    return done.returncode == 0


def stopped(_signal: int, _frame: FrameType | None) -> None:
    """SIGTERM ends it as Ctrl-C does: everything that was started is stopped."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stopped)
    sys.exit(main(os.environ))
