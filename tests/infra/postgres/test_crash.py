"""Postgres is killed under load: what was acknowledged stands, what was not resolves by key."""

import secrets
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from domain.ports import KeyTaken, StoreUnavailable
from infra.local.ports import free_port, wait_until
from infra.local.postgres import Postgres, RunningPostgres
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.migrate import APP, as_role, migrate
from tests.contracts.facts import a_petition, receipt

OFFICERS, CRASHES = 8, 2
PATIENCE = 60.0


@pytest.fixture
def server() -> Iterator[RunningPostgres]:
    """A server of our own that does wait for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="tiepdan-crash-"))
    running = RunningPostgres(Postgres(folder, free_port()))
    running.start()
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


class Officer:
    """Saves one petition after the other, and asks again by key when the answer is lost."""

    def __init__(self, store: PostgresFactStore, ended: threading.Event) -> None:
        self.acknowledged: dict[object, list[int] | None] = {}
        self.lost = 0
        self._store = store
        self._ended = ended
        self.thread = threading.Thread(target=self._work)
        self.thread.start()

    def _work(self) -> None:
        while not self._ended.is_set():
            facts, kept = a_petition(), receipt()
            positions: list[int] | None = None
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline:
                try:
                    positions = list(self._store.append(facts, receipt=kept))
                except StoreUnavailable:
                    self.lost += 1
                    self._ended.wait(0.05)
                    continue
                except KeyTaken:
                    pass
                self.acknowledged[facts[0].originator_id] = positions
                break


@pytest.mark.slow
def test_a_killed_server_loses_nothing_it_acknowledged(server: RunningPostgres) -> None:
    password = secrets.token_urlsafe(16)
    migrate(server.postgres.dsn(), {APP: password})
    store = PostgresFactStore.open(as_role(server.postgres.dsn(), APP, password), environ={})
    ended = threading.Event()
    officers = [Officer(store, ended) for _ in range(OFFICERS)]
    for crash in range(1, CRASHES + 1):
        assert wait_until(lambda n=crash: saved(officers) > 100 * n, within=PATIENCE)  # type: ignore[misc]
        server.kill()
        server.start()
        before = saved(officers)
        assert wait_until(lambda n=before: saved(officers) > n, within=PATIENCE)  # type: ignore[misc]
    ended.set()
    for officer in officers:
        officer.thread.join(PATIENCE)

    log = store.read(after=0, limit=1_000_000)
    counts = Counter(fact.stream for fact in log)
    acknowledged = {s: p for officer in officers for s, p in officer.acknowledged.items()}
    assert dict.fromkeys(acknowledged, 3) == dict(counts)
    stored: dict[object, list[int]] = {}
    for fact in log:
        stored.setdefault(fact.stream, []).append(fact.position)
    told = {stream: positions for stream, positions in acknowledged.items() if positions}
    assert {stream: stored[stream] for stream in told} == told
    assert sum(officer.lost for officer in officers) > 0
    assert len(store.append([*a_petition()], receipt=receipt(uuid4()))) == 3
    store.close()


def saved(officers: list[Officer]) -> int:
    return sum(len(officer.acknowledged) for officer in officers)
