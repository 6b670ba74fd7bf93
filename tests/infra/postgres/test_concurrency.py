"""Several processes save at once while a reader tails the log."""

import json
import subprocess
import sys
import threading
from collections import Counter
from typing import Any

import pytest

from domain.ports import StoredFact
from infra.postgres.fact_store import PostgresFactStore
from infra.serial import decode
from tests.stores import Addresses

PROCESSES, THREADS, SAVES = 3, 8, 25


class Tail:
    """A reader that follows the log while it grows."""

    def __init__(self, store: PostgresFactStore) -> None:
        self.seen: list[StoredFact] = []
        self._store = store
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _follow(self) -> None:
        last_look = False
        while not last_look:
            last_look = self._ended.is_set()
            while came := self._store.read(after=self._position(), limit=37):
                self.seen += came

    def _position(self) -> int:
        return self.seen[-1].position if self.seen else 0


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_misreported(
    addresses: Addresses, postgres_store: PostgresFactStore
) -> None:
    tail = Tail(postgres_store)
    answers = run_savers(addresses)
    tail.end()
    assert len(answers) == PROCESSES * THREADS * SAVES
    log = tail.seen
    assert log == read_anew(postgres_store)

    stored = {(str(fact.stream), fact.version): fact for fact in log}
    makers = {place: decode(f.type_name, f.body).from_office for place, f in stored.items()}  # type: ignore[attr-defined]
    for answer in answers:
        places = [(stream, version) for stream, version in answer["tried"]]
        mine = [makers.get(place) == answer["name"] for place in places]
        if isinstance(answer["answer"], list):
            assert all(mine), answer
            assert [stored[place].position for place in places] == answer["answer"]
        else:
            assert not any(mine), answer
            assert is_justified(answer, makers, postgres_store), answer

    won = Counter(type(answer["answer"]).__name__ for answer in answers)
    assert won["list"] > 50
    assert won["str"] > 50
    assert sum(len(a["answer"]) for a in answers if isinstance(a["answer"], list)) == len(log)
    assert is_gapless(log)
    assert is_chained(log)


def run_savers(addresses: Addresses) -> list[dict[str, Any]]:
    """What each save of each process was answered."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.infra.postgres.savers", str(n), str(THREADS), str(SAVES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(PROCESSES)
    ]
    readers = [
        threading.Thread(target=lambda p=process: printed.append(p.communicate(addresses.app)[0]))
        for process in processes
    ]
    printed: list[str] = []
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert [process.returncode for process in processes] == [0] * PROCESSES
    return [json.loads(line) for text in printed for line in text.splitlines()]


def read_anew(store: PostgresFactStore) -> list[StoredFact]:
    return list(store.read(after=0, limit=1_000_000))


def is_justified(
    answer: dict[str, Any], makers: dict[tuple[str, int], str], store: PostgresFactStore
) -> bool:
    """Whether another really stands in its place."""
    if answer["answer"] == "version":
        return any((stream, version) in makers for stream, version in answer["tried"])
    kept = store.find_receipt(answer["key"])
    return kept is not None and kept.response.decode() != answer["name"]


def is_gapless(log: list[StoredFact]) -> bool:
    """Whether every stream counts 1, 2, 3 in position order."""
    versions: Counter[str] = Counter()
    for fact in log:
        versions[str(fact.stream)] += 1
        if fact.version != versions[str(fact.stream)]:
            return False
    return True


def is_chained(log: list[StoredFact]) -> bool:
    heads: dict[int, int] = {}
    for fact in log:
        if fact.prev != heads.get(fact.lane, 0):
            return False
        heads[fact.lane] = fact.position
    return True
