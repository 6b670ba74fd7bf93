"""What must be done now and then beside serving (dọn dẹp định kỳ)."""

import logging
import threading
from types import TracebackType
from typing import Protocol, Self

from domain.ports import FactStore, StoreUnavailable
from infra.vault.sweep import SweepableVault, sweep

log = logging.getLogger(__name__)

EVERY = 600.0
"""Seconds between two sweeps of the vault; a text is swept an hour after it was written."""


class OpenVault(SweepableVault, Protocol):
    """A vault with connections of its own."""

    def close(self) -> None:
        """Let go of them."""


class Housekeeping:
    """Sweeps the vault of texts that no fact came to name, in a thread of its own."""

    def __init__(self, vault: OpenVault, store: FactStore, *, every: float = EVERY) -> None:
        self._vault = vault
        self._store = store
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join(timeout=5)
        self._vault.close()

    def _run(self) -> None:
        while not self._over.wait(self._every):
            try:
                removed = sweep(self._vault, self._store)
            except StoreUnavailable:
                log.warning("sweep_put_off")
            except Exception:  # the thread's outermost edge: its end would go unseen
                log.exception("sweep_failed")
            else:
                log.info("vault_swept removed=%d", removed)
