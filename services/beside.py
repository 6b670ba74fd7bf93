"""What a program does beside its own work, in a thread of its own (việc chạy kèm)."""

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from domain.ports import StoreUnavailable
from projections.ports import ViewsUnavailable

log = logging.getLogger(__name__)

PATIENCE: Final = 15.0
"""Seconds a piece of work has to come to its end when its program ends."""


class Beside(ABC):
    """A thread that lives as long as its ``with`` block. ``name`` also begins its log lines.

    ``close`` lets go of what it stands on, once it has ended. ``unreadable`` are the files it
    left alone the last time because this release cannot read them.
    """

    def __init__(
        self, name: str, close: Callable[[], None], *, beat: Callable[[], float] = time.monotonic
    ) -> None:
        self.name = name
        self.unreadable = 0
        self._close = close
        self._beat = beat
        self._ended = beat()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name=name, daemon=True)

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
        self._thread.join(timeout=PATIENCE)
        self._close()

    @property
    def age(self) -> float:
        """Seconds since its work last came to its end; since it was made before the first."""
        return max(0.0, self._beat() - self._ended)

    @abstractmethod
    def _live(self) -> None:
        """Do it now and then, until :attr:`_over` is set."""

    def _attempt(self, work: Callable[[], None]) -> bool:
        """Whether it came to its end; what is left waits for the next time."""
        try:
            work()
        except (StoreUnavailable, ViewsUnavailable):
            log.warning("%s_put_off", self.name)
            return False
        except Exception:  # the thread's outermost edge: its end would go unseen
            log.exception("%s_failed", self.name)
            return False
        self._ended = self._beat()
        return True
