"""What is done now and then goes on being done."""

import threading
from collections.abc import Sequence
from uuid import uuid4

from infra.local.ports import wait_until
from infra.memory import MemoryFactStore, MemoryVault
from infra.vault.entries import Entry
from services.housekeeping import Housekeeping


class Stumbling(MemoryVault):
    """A vault that fails once in a way nobody foresaw."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Semaphore(0)
        self.stumbles = 1

    def unconfirmed(self, *, older_than: float, limit: int) -> Sequence[Entry]:
        self.asked.release()
        if self.stumbles:
            self.stumbles -= 1
            raise RuntimeError("no such table")
        return super().unconfirmed(older_than=older_than, limit=limit)

    def close(self) -> None:
        """Nothing to let go of."""


def test_sweeping_goes_on_after_a_sweep_that_failed_in_a_way_nobody_foresaw() -> None:
    vault = Stumbling()
    vault.seal(uuid4(), {"story": "Đất"}, sealed=False)
    with Housekeeping(vault, MemoryFactStore(), every=0.01):
        for _ in range(3):
            assert vault.asked.acquire(timeout=10)


def test_it_ends_when_its_process_does() -> None:
    vault = Stumbling()
    before = threading.active_count()
    with Housekeeping(vault, MemoryFactStore(), every=60):
        assert threading.active_count() == before + 1
    assert wait_until(lambda: threading.active_count() == before, within=5)
