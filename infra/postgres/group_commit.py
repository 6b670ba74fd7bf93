"""Many savers, one commit: the first to find nobody leading commits for all who wait.

There is no thread of its own. A saver either leads one batch at once or waits until a
leader has settled its save or has named it the next leader; one saver alone pays no
thread switch. Knows nothing of SQL.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from eventsourcing.persistence import StoredEvent

from domain.ports import Receipt, StoreUnavailable

MAX_SAVES = 512
MAX_EVENTS = 4096
MAX_WAITING = 4096
PATIENCE = 30.0
"""Seconds a saver waits: longer than a leader can take, for its own waits end sooner."""

UNKNOWN = "the outcome of the save could not be learned; ask again by its key"


def _held_lock() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(eq=False, slots=True)
class Save:
    """What one caller wants saved whole or not at all, and what became of it."""

    events: Sequence[StoredEvent]
    receipt: Receipt | None
    traceparent: str | None
    positions: Sequence[int] | None = None
    refusal: Exception | None = None
    leads: bool = False
    wake: threading.Lock = field(default_factory=_held_lock)

    @property
    def settled(self) -> bool:
        return self.positions is not None or self.refusal is not None

    def claims(self) -> set[Hashable]:
        """What no other save of the same batch may claim: stream versions, the key."""
        taken: set[Hashable] = {(e.originator_id, e.originator_version) for e in self.events}
        if self.receipt is not None:
            taken.add(self.receipt.key)
        return taken


class GroupCommit:
    """Collects saves into batches. ``commit`` settles each save of the batch it is given."""

    def __init__(
        self,
        commit: Callable[[Sequence[Save]], None],
        *,
        max_waiting: int = MAX_WAITING,
        patience: float = PATIENCE,
    ) -> None:
        self._commit = commit
        self._max_waiting = max_waiting
        self._patience = patience
        self._mutex = threading.Lock()
        self._queue: deque[Save] = deque()
        self._led = False

    @property
    def waiting(self) -> int:
        """How many saves wait for a batch."""
        return len(self._queue)

    def save(self, save: Save) -> Sequence[int]:
        """Save it with whatever else waits; its positions, or its refusal is raised.

        Raises :class:`StoreUnavailable` when too many wait already or nobody answers.
        """
        self.save_each([save])
        if save.refusal is not None:
            raise save.refusal
        if save.positions is None:
            raise StoreUnavailable(UNKNOWN)
        return save.positions

    def save_each(self, saves: Sequence[Save]) -> None:
        """Save each of one caller's saves with whatever else waits; all are settled then.

        Raises :class:`StoreUnavailable` when too many wait already: none was saved.
        """
        if self._join(saves):
            self._lead()
        for save in saves:
            try:
                if self._wait(save):
                    self._lead(named=True)
            except StoreUnavailable as gave_up:
                save.refusal = gave_up

    def _join(self, saves: Sequence[Save]) -> bool:
        """Queue up; whether the saver must lead."""
        with self._mutex:
            if len(self._queue) + len(saves) > self._max_waiting:
                raise StoreUnavailable(f"{len(self._queue)} saves are waiting already")
            self._queue.extend(saves)
            if self._led or not saves:
                return False
            self._led = True
            return True

    def _wait(self, save: Save) -> bool:
        """Wait to be settled or to be named leader; which of the two."""
        if save.wake.acquire(timeout=self._patience):
            return save.leads
        with self._mutex:
            if save.leads or save.settled:
                save.wake.acquire(blocking=False)  # let go in the moment the patience ended
                return save.leads
            if save in self._queue:
                self._queue.remove(save)
                raise StoreUnavailable("the store is busy; nothing was saved")
        raise StoreUnavailable(UNKNOWN)

    def _lead(self, *, named: bool = False) -> None:
        """Commit one batch, then answer and hand over, whatever happened."""
        batch: Sequence[Save] = ()
        try:
            if named:
                time.sleep(0)  # those just answered come along: 6.6 of 8 savers, not 4.5
            with self._mutex:
                batch = self._next_batch()
            self._commit(batch)
        finally:
            self._hand_over(batch)

    def _next_batch(self) -> Sequence[Save]:
        """The saves from the head of the queue that claim nothing twice; others stay."""
        batch: list[Save] = []
        later: list[Save] = []
        claimed: set[Hashable] = set()
        events = 0
        while self._queue and len(batch) < MAX_SAVES and events < MAX_EVENTS:
            save = self._queue.popleft()
            claims = save.claims()
            if claimed.isdisjoint(claims):
                claimed |= claims
                events += len(save.events)
                batch.append(save)
            else:
                later.append(save)
        self._queue.extendleft(reversed(later))
        return batch

    def _hand_over(self, batch: Sequence[Save]) -> None:
        try:
            for save in batch:
                if not save.settled:
                    save.refusal = StoreUnavailable(UNKNOWN)
                save.wake.release()
        finally:
            with self._mutex:
                self._led = bool(self._queue)
                if self._queue:
                    self._queue[0].leads = True
                    self._queue[0].wake.release()
