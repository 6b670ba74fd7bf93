"""What must be done now and then beside serving (dọn dẹp định kỳ)."""

import logging
from typing import Protocol

from domain.ports import FactStore
from infra.vault.sweep import SweepableVault, sweep
from services.beside import Beside

log = logging.getLogger(__name__)

EVERY = 600.0
"""Seconds between two sweeps of the vault; a text is swept an hour after it was written."""


class OpenVault(SweepableVault, Protocol):
    """A vault with connections of its own."""

    def close(self) -> None:
        """Let go of them."""


class Housekeeping(Beside):
    """Sweeps the vault of texts that no fact came to name."""

    def __init__(self, vault: OpenVault, store: FactStore, *, every: float = EVERY) -> None:
        super().__init__("sweep", vault.close)
        self._vault = vault
        self._store = store
        self._every = every

    def _live(self) -> None:
        while not self._over.wait(self._every):
            self._attempt(self._sweep)

    def _sweep(self) -> None:
        removed = sweep(self._vault, self._store)
        log.info("vault_swept removed=%d", removed)
