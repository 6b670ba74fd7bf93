"""Row ``project``: Kafka to all views by the projector's own code, in one process and in two.

With either client, a row each. Against one process that consumes the same records with
kafka-python and decodes them with orjson. Every repeat folds them into a fresh database.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from domain.ports import LANES
from infra.kafka.settings import KafkaSettings, Library
from infra.local.errors import LocalStackError
from infra.local.leash import leashed
from services.bench import folding
from services.bench.figures import Case, Figure
from services.bench.ground import Database
from services.bench.material import record
from services.bench.relay import sending
from services.bench.run import Run

NAME = "project"
ROWS: Mapping[str, Library] = {NAME: "kafka-python", "project-librdkafka": "librdkafka"}
GOALS: Mapping[Library, Mapping[int, float]] = {
    "kafka-python": {1: 0.4, 2: 0.6},
    "librdkafka": {1: 0.5},
}
WORDS = {1: "one process", 2: "two processes"}
WITHIN = 600.0


@dataclass(frozen=True)
class Streamed:
    """Records on a broker, and the database whose store they come from."""

    kafka: KafkaSettings
    database: Database
    records: int

    def env(self, database: Database, library: Library = "kafka-python") -> Mapping[str, str]:
        """A projector's settings that reads them into this database."""
        return {
            **database.env(),
            "TIEPDAN_STREAM": "kafka",
            "TIEPDAN_KAFKA_BOOTSTRAP": self.kafka.bootstrap,
            "TIEPDAN_KAFKA_CLIENT": library,
        }


def measure(run: Run, name: str) -> Figure:
    """The row of this name."""
    library = ROWS[name]
    goals = GOALS[library]
    with streamed(run, run.sized(40_000, 12_000)) as source:

        def ours(processes: int) -> Callable[[int], float]:
            def side(_repeat: int) -> float:
                into = run.ground.database(like=source.database)
                return folded(source, into, processes, library)

            return side

        sides = {WORDS[processes]: ours(processes) for processes in goals}
        found = run.in_turn(name, {**sides, "against": lambda _: consumed(source)})
    return run.figure(
        name,
        *(
            Case.of_rates(what, found[what], found["against"], goals[processes], "events/s")
            for processes, what in WORDS.items()
            if processes in goals
        ),
        client=library,
        events_per_repeat=source.records,
        against="one process: kafka-python poll, orjson.loads of every value",
    )


@contextmanager
def streamed(run: Run, wanted: int) -> Iterator[Streamed]:
    """So many facts in a store and, by the relay, on a broker."""
    database, kafka = run.ground.database(), run.ground.emptied_kafka()
    with sending(database, kafka) as relay:
        run.tell(f"{NAME}: recording and sending {wanted} facts")
        record(relay.store, run.material.events(wanted))
        relay.facts(wanted)
    yield Streamed(kafka, database, wanted)


def folded(
    source: Streamed, into: Database, processes: int, library: Library = "kafka-python"
) -> float:
    """Events a second by so many projectors, from the word to the last of them."""
    shares = [[str(lane) for lane in range(LANES)][n::processes] for n in range(processes)]
    return source.records / _seconds(source, shares, source.env(into, library))


def consumed(source: Streamed) -> float:
    """Events a second of plain consuming."""
    return source.records / _seconds(source, [[folding.PLAIN]], source.env(source.database))


def _seconds(source: Streamed, shares: Sequence[Sequence[str]], env: Mapping[str, str]) -> float:
    with ExitStack() as held:
        workers = [held.enter_context(_worker(share, env)) for share in shares]
        for worker in workers:
            _line(worker)
        began = time.perf_counter()
        for worker in workers:
            _tell(worker)
        done = sum(json.loads(_line(worker))["records"] for worker in workers)
        seconds = time.perf_counter() - began
    if done != source.records:
        raise LocalStackError(f"{done} records were read, there are {source.records}")
    return seconds


@contextmanager
def _worker(share: Sequence[str], env: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    argv = leashed([sys.executable, "-m", folding.__name__, *share], on_death=signal.SIGKILL)
    process = subprocess.Popen(
        argv, env={**os.environ, **env}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=WITHIN)


def _tell(worker: subprocess.Popen[str]) -> None:
    if worker.stdin is not None:
        worker.stdin.write("go\n")
        worker.stdin.flush()


def _line(worker: subprocess.Popen[str]) -> str:
    """The next line; a worker that ended gives none."""
    line = worker.stdout.readline() if worker.stdout is not None else ""
    if not line:
        raise LocalStackError("a process of the measurement ended early; see above")
    return line
