"""What a run of the fault table plays beside the table: rows that are tests, simulated worlds."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence

from infra.kafka.clients import has_librdkafka
from infra.local.leash import leashed
from tests.faults import noted
from tests.faults.harness import Ask, say_on_stderr
from tests.faults.record import Record

PYTEST = (sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider")
FOLDER = "tests/faults"
TABLE_ITSELF = f"{FOLDER}/test_signals.py"
ALONE = (
    f"{FOLDER}/test_overload.py",
    f"{FOLDER}/test_network.py::test_the_api_cut_off_from_the_store_says_so_in_time_and_nothing_is_lost",
)
"""Rows in which a second more or less counts: nothing else runs beside them."""
WORLDS = (*PYTEST, "tests/simulation")
SEEDS, SEEDS_QUICK = 10_000, 200
IN_IDLE_TIME = ("nice", "-n", "19")
ENDS_WITHIN = 120.0
NONE_LEFT = 5
"""What pytest says when every test was deselected."""


class Beside:
    """Runs them in processes of their own; what they find goes into the record."""

    def __init__(self, kept: Record, ask: Ask) -> None:
        self._kept = kept
        self._ask = ask
        self._simulating: subprocess.Popen[bytes] | None = None

    @contextlib.contextmanager
    def rows_that_wait(self) -> Iterator[None]:
        """All but the bursts, while the context is open and until they are over."""
        with running(self._tests(FOLDER, *deselected(ALONE)), self._env) as process:
            yield
            say_on_stderr("waiting for the rows of network, time, disk, locks and bad records")
            self._judge(process.wait(), "the rows beside the table")

    def rows_alone(self) -> None:
        """More than can be served, locks that stay, no store."""
        self._run(self._tests(*ALONE), "bursts, locks, the API without the store")

    def all_rows(self) -> None:
        """All of them, one after the other."""
        self._run(self._tests(FOLDER), "the rows beside the table")

    def by_other_client(self, codes: str, client: str) -> None:
        """Rows of the table once more, in a house that speaks to Kafka by another library."""
        row = f"{codes} by {client}"
        if not has_librdkafka():
            self._kept.note(row=row, name=f"left out: {client} is not installed", faults=0)
            return
        record = self._kept.notes.with_name(f"faults-{client}.json")
        more = {"CLIENT": client, "ROWS": codes, "QUICK": "1", "RECORD": str(record), "RESUME": ""}
        say_on_stderr(f"{codes} once more by {client}")
        argv = (sys.executable, "-m", "tests.faults")
        with running(argv, {**os.environ, **more, "TIEPDAN_FAULTS_STATE": ""}) as process:
            process.wait()
        self._kept.take_rows(record, suffix=f" by {client}")

    # --- the simulated worlds -----------------------------------------------------------

    @contextlib.contextmanager
    def worlds_in_idle_time(self) -> Iterator[None]:
        """Ten thousand of them whenever a core has nothing else to do."""
        if self._kept.worlds >= self._seeds:
            yield
            return
        say_on_stderr(f"{self._seeds} simulated worlds in idle time")
        with running((*IN_IDLE_TIME, *WORLDS), self._seeded) as self._simulating:
            yield

    def finish_worlds(self) -> None:
        """Wait until the last one is over."""
        if self._simulating is not None:
            say_on_stderr("waiting for the simulated worlds")
            self._told(self._simulating.wait())

    def worlds(self) -> None:
        """All of them now, on every core."""
        say_on_stderr(f"{self._seeds} simulated worlds")
        with running(WORLDS, self._seeded) as process:
            self._told(process.wait())

    @property
    def _seeds(self) -> int:
        return SEEDS_QUICK if self._ask.quick else SEEDS

    @property
    def _seeded(self) -> Mapping[str, str]:
        return {**os.environ, "TIEPDAN_SEEDS": str(self._seeds)}

    def _told(self, code: int) -> None:
        self._kept.tell(simulation={"seeds": self._seeds, "passed": code == 0})

    # --- the rows that are tests --------------------------------------------------------

    @property
    def _env(self) -> Mapping[str, str]:
        kind = {} if self._ask.quick else {"TIEPDAN_FAULTS": "full"}
        return {**os.environ, noted.REPORT: str(self._kept.notes), **kind}

    def _tests(self, *which: str) -> Sequence[str]:
        """Not those that passed before, nor the few rows of the table."""
        return (*PYTEST, *which, f"--ignore={TABLE_ITSELF}", *deselected(self._kept.shown))

    def _run(self, argv: Sequence[str], what: str) -> None:
        say_on_stderr(what)
        with running(argv, self._env) as process:
            self._judge(process.wait(), what)

    def _judge(self, code: int, what: str) -> None:
        """A test that failed has noted itself; whatever else went wrong is noted here."""
        self._kept.take_notes()
        if code not in (0, NONE_LEFT) and self._kept.passed:
            self._kept.note(row="", name=what, faults=0, passed=False, wrong=f"ended with {code}")


def deselected(tests: Sequence[str]) -> Sequence[str]:
    """Words for pytest to leave tests out."""
    return [word for test in tests for word in ("--deselect", test)]


@contextlib.contextmanager
def running(argv: Sequence[str], env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process whose words go to stderr; interrupted, as by Ctrl-C, when the context ends."""
    leash = leashed(argv, on_death=signal.SIGINT)
    with subprocess.Popen(leash, env=env, stdout=sys.stderr) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(ENDS_WITHIN)
                if process.poll() is None:
                    process.kill()
