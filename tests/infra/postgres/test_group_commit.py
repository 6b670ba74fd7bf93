"""Leader hand-off, without a database: nobody waits for the dead, nobody is forgotten."""

import threading
from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

import pytest

from domain.ports import StoreUnavailable
from infra.local.ports import wait_until
from infra.postgres.group_commit import GroupCommit, Save
from infra.serial import EventMapper
from tests.contracts.facts import accepted, receipt

SOON = 20.0


def save(stream: UUID | None = None, version: int = 1, key: UUID | None = None) -> Save:
    row = EventMapper().to_stored_event(accepted(stream or uuid4(), version))
    return Save([row], receipt(key) if key else None, None)


class Bench:
    """A commit that waits for a signal, and the savers who queue behind it."""

    def __init__(
        self, act: Callable[[Sequence[Save]], None] | None = None, **limits: float
    ) -> None:
        self.batches: list[list[Save]] = []
        self.go_on = threading.Event()
        self.outcomes: dict[Save, object] = {}
        self._act = act or settle
        self.commits = GroupCommit(self._commit, **limits)  # type: ignore[arg-type]
        self._threads: list[threading.Thread] = []

    def _commit(self, batch: Sequence[Save]) -> None:
        self.batches.append(list(batch))
        self.go_on.wait(SOON)
        self._act(batch)

    def start(self, *saves: Save) -> None:
        """Each in a thread of its own, queued in this order."""
        for one in saves:
            thread = threading.Thread(target=self._run, args=[one])
            self._threads.append(thread)
            before = self.queued()
            led = bool(self.batches)
            thread.start()
            joined = (lambda n=before: self.queued() > n) if led else (lambda: bool(self.batches))
            assert wait_until(joined, within=SOON, every=0.001)

    def queued(self) -> int:
        return len(self.commits._queue)

    def finish(self) -> None:
        self.go_on.set()
        for thread in self._threads:
            thread.join(SOON)
            assert not thread.is_alive()

    def _run(self, one: Save) -> None:
        try:
            self.outcomes[one] = self.commits.save(one)
        except (StoreUnavailable, SystemExit, ValueError) as error:
            self.outcomes[one] = error


class LetGoTooLate:
    """A lock whose waiter loses its patience in the very moment in which it is let go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lock.acquire()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if timeout > 0:
            assert wait_until(lambda: not self._lock.locked(), within=SOON, every=0.001)
            return False
        return self._lock.acquire(blocking)

    def release(self) -> None:
        self._lock.release()


def settle(batch: Sequence[Save]) -> None:
    for one in batch:
        one.positions = [1]


def test_a_lone_saver_leads_at_once_in_its_own_thread() -> None:
    threads = []

    def commit(batch: Sequence[Save]) -> None:
        threads.append(threading.current_thread())
        settle(batch)

    assert GroupCommit(commit).save(save()) == [1]
    assert threads == [threading.current_thread()]


def test_those_who_come_during_a_commit_share_the_next_one() -> None:
    bench = Bench()
    saves = [save() for _ in range(6)]
    bench.start(*saves)
    bench.finish()
    assert bench.batches == [saves[:1], saves[1:]]
    assert set(map(str, bench.outcomes.values())) == {"[1]"}


def test_rivals_for_a_version_or_a_key_never_share_a_batch() -> None:
    stream, key = uuid4(), uuid4()
    bench = Bench()
    first, a, b, other, c, d = (
        save(),
        save(stream),
        save(stream),
        save(),
        save(key=key),
        save(key=key),
    )
    bench.start(first, a, b, other, c, d)
    bench.finish()
    assert bench.batches == [[first], [a, other, c], [b, d]]


@pytest.mark.parametrize("death", [SystemExit, ValueError])
def test_a_leader_that_dies_hangs_nobody(death: type[BaseException]) -> None:
    deaths = [death("killed")]

    def act(batch: Sequence[Save]) -> None:
        if deaths and len(batch) > 1:
            raise deaths.pop()
        settle(batch)

    bench = Bench(act)
    stream = uuid4()
    first, leader, fellow, rival = save(), save(stream), save(), save(stream)
    bench.start(first, leader, fellow, rival)
    bench.finish()
    assert bench.batches == [[first], [leader, fellow], [rival]]
    assert isinstance(bench.outcomes[leader], death)
    assert isinstance(bench.outcomes[fellow], StoreUnavailable)
    assert "could not be learned" in str(bench.outcomes[fellow])
    assert bench.outcomes[rival] == [1]


def test_a_saver_named_leader_in_the_moment_its_patience_ends_leads_and_hangs_nobody() -> None:
    bench = Bench()
    first, leader, fellow = save(), save(), save()
    leader.wake = LetGoTooLate()  # type: ignore[assignment]
    bench.start(first, leader, fellow)
    bench.finish()
    assert set(map(str, bench.outcomes.values())) == {"[1]"}
    assert len(bench.outcomes) == 3
    assert bench.commits.save(save()) == [1]


def test_too_many_waiting_are_turned_away_at_once() -> None:
    bench = Bench(max_waiting=2)
    bench.start(save(), save(), save())
    with pytest.raises(StoreUnavailable, match="waiting already"):
        bench.commits.save(save())
    bench.finish()
    assert len(bench.outcomes) == 3


def test_a_saver_whose_patience_ends_in_the_queue_has_saved_nothing() -> None:
    bench = Bench(patience=0.05)
    bench.start(save())
    late = save()
    with pytest.raises(StoreUnavailable, match="nothing was saved"):
        bench.commits.save(late)
    bench.finish()
    assert len(bench.batches) == 1
    assert bench.commits.save(save()) == [1]


def test_a_saver_whose_patience_ends_during_its_commit_does_not_know() -> None:
    bench = Bench(patience=0.3)
    first, leader, fellow = save(), save(), save()
    bench.start(first, leader, fellow)
    first_batch_done = threading.Event()

    def act(batch: Sequence[Save]) -> None:
        if first in batch:
            first_batch_done.set()
        else:
            assert wait_until(lambda: fellow in bench.outcomes, within=SOON)
        settle(batch)

    bench._act = act
    bench.finish()
    assert first_batch_done.is_set()
    assert isinstance(bench.outcomes[fellow], StoreUnavailable)
    assert "could not be learned" in str(bench.outcomes[fellow])
    assert bench.outcomes[leader] == [1]
