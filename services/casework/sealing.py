"""Texts sealed beside the rounds: a vault that is silent holds up nobody who needs none."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Generic, TypeVar

from domain.ports import StoreUnavailable, ToSeal, Vault
from services.casework.steps import answers

T = TypeVar("T")

SILENT_AFTER: Final = 1.0
"""Seconds without an answer after which whoever comes next is turned away at once."""

SILENT = "the vault does not answer; nothing was saved"


class Sealing(Generic[T]):
    """Takes in who has texts to seal and gives them back with their references.

    All who wait are sealed together, in a thread of its own. Once the vault was silent or
    away only one look at a time is taken whether it is back. ``tell`` is called in that
    thread when there is somebody to take :meth:`back`.
    """

    def __init__(
        self, vault: Vault, tell: Callable[[], None], *, silent_after: float = SILENT_AFTER
    ) -> None:
        self._vault = vault
        self._tell = tell
        self._silent_after = silent_after
        self._lock = threading.Lock()
        self._line: list[tuple[T, ToSeal]] = []
        self._at_vault = 0
        self._asked_at: float | None = None
        self._was_away = False
        self._answered: list[tuple[T, object]] = []
        self._threads = ThreadPoolExecutor(1, "sealing")

    @property
    def held(self) -> int:
        """How many were taken in and not yet given back."""
        with self._lock:
            return len(self._line) + self._at_vault + len(self._answered)

    @property
    def any_answered(self) -> bool:
        """Whether somebody is to be taken back."""
        return bool(self._answered)

    def take_in(self, one: T, asked: ToSeal) -> None:
        """Have it sealed, or be told at once that the vault is silent."""
        with self._lock:
            if self._is_silent():
                self._answered.append((one, StoreUnavailable(SILENT)))
                return
            self._line.append((one, asked))
            if self._asked_at is None:
                self._asked_at = time.monotonic()
                self._threads.submit(self._work)

    def back(self) -> Sequence[tuple[T, object]]:
        """Who has an answer: the references, or what it failed for."""
        with self._lock:
            answered, self._answered = self._answered, []
        return answered

    def close(self) -> None:
        """Take in nobody any more."""
        self._threads.shutdown(wait=False)

    def _is_silent(self) -> bool:
        if self._asked_at is None:
            return False
        return self._was_away or time.monotonic() - self._asked_at > self._silent_after

    def _work(self) -> None:
        """Seal what waits, as often as there is some; whatever ends it, nobody is left."""
        while asking := self._next():
            found: Sequence[object] = [StoreUnavailable(SILENT) for _ in asking]
            try:
                found = answers([asked for _, asked in asking], self._vault.seal_each)
            finally:
                self._give_back([one for one, _ in asking], found)

    def _next(self) -> Sequence[tuple[T, ToSeal]]:
        """All who wait; with nobody left the work ends."""
        with self._lock:
            asking, self._line = self._line, []
            self._at_vault = len(asking)
            self._asked_at = time.monotonic() if asking else None
        return asking

    def _give_back(self, some: Sequence[T], found: Sequence[object]) -> None:
        """With their answers; of a vault that is away those who wait hear the same."""
        with self._lock:
            self._was_away = any(isinstance(each, StoreUnavailable) for each in found)
            self._answered += zip(some, found, strict=True)
            self._at_vault, self._asked_at = 0, None
            if self._was_away:
                self._answered += [(one, StoreUnavailable(SILENT)) for one, _ in self._line]
                self._line = []
        self._tell()
