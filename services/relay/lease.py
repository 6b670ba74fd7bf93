"""A lease kept alive by a thread of its own while the work may block."""

import threading
from collections.abc import Callable
from contextlib import suppress

from domain.ports import StoreUnavailable
from infra.postgres.leases import Lease, LeaseLost, Leases

LEASE_SECONDS = 5.0
RENEW_EVERY = 1.0


def wait_for_lease(leases: Leases, name: str, stop: threading.Event) -> Lease | None:
    """Stand by until the lease is ours; None when told to stop before."""
    while not stop.is_set():
        lease = leases.acquire(name, LEASE_SECONDS)
        if lease is not None:
            return lease
        stop.wait(RENEW_EVERY)
    return None


class KeptLease:
    """A lease renewed each second. ``on_lost`` is called from the thread, once.

    A database that does not answer is not a loss: whoever takes over meanwhile is told
    apart by the epoch when the cursor is moved.
    """

    def __init__(self, leases: Leases, lease: Lease, on_lost: Callable[[], None]) -> None:
        self._leases = leases
        self._lease = lease
        self._on_lost = on_lost
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"lease {lease.name}", daemon=True)
        self._thread.start()

    def release(self) -> None:
        """Renew no more and let another take it at once."""
        self._stopping.set()
        self._thread.join()
        with suppress(StoreUnavailable):
            self._leases.release(self._lease)

    def _keep(self) -> None:
        while not self._stopping.wait(RENEW_EVERY):
            try:
                self._lease = self._leases.renew(self._lease, LEASE_SECONDS)
            except StoreUnavailable:
                continue
            except LeaseLost:
                self._on_lost()
                return
