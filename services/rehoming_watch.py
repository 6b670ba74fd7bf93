"""Work of abolished offices is taken over by itself, soon after an office has ended."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final, Protocol

from domain.days import day_of
from domain.directory import Directory
from domain.ports import Clock
from services.beside import Beside
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


class RehomingWatch(Beside):
    """Runs the policy when the office tree has changed, on a new day, and now and then.

    ``parts`` are closed at the end. Any number may run at once.
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
        super().__init__("rehoming", parts.close)
        self._policy = policy
        self._directory = directory
        self._clock = clock
        self._look_every, self._run_every = look_every, run_every

    def _live(self) -> None:
        seen: tuple[object, ...] = ()
        waited = 0.0
        while not self._over.is_set():
            now = (self._directory(), day_of(self._clock.now()))
            if now != seen or waited >= self._run_every:
                seen, waited = (now if self._attempt(self._run) else ()), 0.0
            self._over.wait(self._look_every)
            waited += self._look_every

    def _run(self) -> None:
        made = self._policy.run(lambda: not self._over.is_set())
        self.unreadable = made.unreadable
        if made.moved or made.stuck or made.unreadable:
            stuck = sum(made.stuck.values())
            words = "rehomed moved=%d busy=%d stuck=%d unreadable=%d"
            log.info(words, made.moved, made.busy, stuck, made.unreadable)
