"""Work of abolished offices is taken over by itself, soon after an office has ended."""

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Final, Protocol, Self

from domain.days import day_of
from domain.directory import Directory
from domain.ports import Clock, StoreUnavailable
from projections.ports import ViewsUnavailable
from services.rehoming import Rehomed

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 2.0
"""Seconds between two looks at the office tree and the day."""

RUN_EVERY: Final = 120.0
"""Seconds between two runs although neither has changed: views may have been behind."""


class Takes(Protocol):
    """The policy; :class:`services.rehoming.Rehoming` is one."""

    def run(self, going_on: Callable[[], bool] = ...) -> Rehomed:
        """Take over what there is."""


class RehomingWatch:
    """Runs the policy when the office tree has changed, on a new day, and now and then.

    In a thread of its own; ``parts`` are closed at the end. Any number may run at once.
    """

    def __init__(
        self,
        policy: Takes,
        directory: Callable[[], Directory],
        clock: Clock,
        parts: ExitStack,
        *,
        look_every: float = LOOK_EVERY,
        run_every: float = RUN_EVERY,
    ) -> None:
        self._policy = policy
        self._directory = directory
        self._clock = clock
        self._parts = parts
        self._look_every, self._run_every = look_every, run_every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="rehoming", daemon=True)

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
        self._thread.join(timeout=15)
        self._parts.close()

    def _watch(self) -> None:
        seen: tuple[object, ...] = ()
        waited = 0.0
        while not self._over.is_set():
            now = (self._directory(), day_of(self._clock.now()))
            if now != seen or waited >= self._run_every:
                seen, waited = (now if self._run() else ()), 0.0
            self._over.wait(self._look_every)
            waited += self._look_every

    def _run(self) -> bool:
        """Whether it came to an end; what was done is done, the rest waits for the next run."""
        try:
            made = self._policy.run(lambda: not self._over.is_set())
        except (StoreUnavailable, ViewsUnavailable):
            log.warning("rehoming_put_off")
            return False
        except Exception:  # the thread's outermost edge: its end would go unseen
            log.exception("rehoming_failed")
            return False
        if made.moved or made.stuck:
            stuck = sum(made.stuck.values())
            log.info("rehomed moved=%d busy=%d stuck=%d", made.moved, made.busy, stuck)
        return True
