"""Commands handled together: those that wait at the same time share their round trips.

One thread takes whatever waits and walks it on: one look at the store for all, each decided
by itself, one commit for all. Under load a command costs a share of two round trips; alone
it costs the same two. The thread is there while there is work. Texts are sealed beside it
(:mod:`services.casework.sealing`): the vault is another house, and may be silent.
"""

import threading
import time
from collections import deque
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from domain.ports import StoreUnavailable
from services.casework.casework import Casework
from services.casework.sealing import Sealing
from services.casework.steps import advance
from services.casework.waiting import Tell, Waiting

AT_ONCE: Final = 64
"""Commands under way at a time."""

MOST_WAITING: Final = 512
"""Commands that wait to get under way or for the vault; more are turned away at once."""

PATIENCE: Final = 10.0
"""Seconds until a command that waits, or whose rivals are always first, is given up unsaved."""

IDLE: Final = 5.0
"""Seconds without work after which the thread ends; the next command starts another."""

ENDED = "the thread that handled it ended; ask again by its key"


class Overloaded(Exception):
    """Too much waits already: this command was not taken in. Try again in a moment."""


class Rounds:
    """Takes commands in and handles them in the order they came.

    Every command taken in is told of once, whatever happens to it or to the thread.
    """

    def __init__(
        self,
        casework: Casework,
        *,
        at_once: int = AT_ONCE,
        most_waiting: int = MOST_WAITING,
        patience: float = PATIENCE,
        idle: float = IDLE,
    ) -> None:
        self._casework = casework
        self._at_once = at_once
        self._most_waiting = most_waiting
        self._patience = patience
        self._idle = idle
        self._waiting: deque[Waiting] = deque()
        self._news = threading.Condition()
        self._sealing = Sealing[Waiting](casework.vault, self._wake)
        self._thread: threading.Thread | None = None
        self._closed = False

    def take_in(self, waiting: Waiting) -> None:
        """Handle it with whatever else waits. Refuses: :class:`Overloaded`.

        Raises ``StoreUnavailable`` once closed.
        """
        with self._news:
            if self._closed:
                raise StoreUnavailable("this process is about to end; nothing was saved")
            if len(self._waiting) + self._sealing.held >= self._most_waiting:
                raise Overloaded(f"{self._most_waiting} commands are waiting already")
            self._waiting.append(waiting)
            if self._thread is None:
                self._start()
            else:
                self._news.notify()

    @property
    def waiting(self) -> int:
        """How many commands wait to get under way."""
        return len(self._waiting)

    @property
    def sealing(self) -> int:
        """How many commands have texts at the vault."""
        return self._sealing.held

    def close(self, within: float = PATIENCE) -> None:
        """Take nothing in any more; wait until what was taken in has ended."""
        with self._news:
            self._closed = True
            thread = self._thread
            self._news.notify()
        if thread is not None:
            thread.join(within)
        self._sealing.close()

    def _wake(self) -> None:
        with self._news:
            self._news.notify()

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="rounds", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        """Rounds while there is work. Whatever ends the thread, nobody is left waiting."""
        under_way: list[Waiting] = []
        try:
            while self._take_on(under_way):
                self._round(under_way)
        finally:
            for each in under_way:
                each.failure = StoreUnavailable(ENDED)
            _tell(under_way)
            with self._news:
                self._thread = None
                if self._waiting or self._sealing.held:
                    self._start()

    def _take_on(self, under_way: list[Waiting]) -> bool:
        """Take on as many as there is room for; False when there is nothing left to do."""
        with self._news:
            work_at_hand = under_way or self._waiting or self._sealing.any_answered
            if not work_at_hand and (not self._closed or self._sealing.held):
                self._news.wait(self._idle)
            came = min(len(self._waiting), max(0, self._at_once - len(under_way)))
            under_way += [self._waiting.popleft() for _ in range(came)]
        for each, answer in self._sealing.back():
            each.sealed(answer)
            under_way.append(each)
        return bool(under_way) or self._sealing.held > 0

    def _round(self, under_way: list[Waiting]) -> None:
        """Begin what is new, give rivals their turn, take all of it on, tell what ended."""
        self._set_going(under_way)
        walking = {each.progress: each for each in under_way if each.progress and not each.parked}
        for progress, stream in advance(tuple(walking), self._casework.store):
            walking[progress].park(stream)
        ended = [each for each in under_way if each.done]
        to_seal = [(each, texts) for each in under_way if (texts := each.to_seal)]
        away = {*ended, *(each for each, _ in to_seal)}
        under_way[:] = [each for each in under_way if each not in away]
        _tell(ended)
        for each, texts in to_seal:
            self._sealing.take_in(each, texts)

    def _set_going(self, under_way: Sequence[Waiting]) -> None:
        """Of the rivals for one stream one at a time: the others would only lose again.

        All at once, though, who will be refused anyway.
        """
        oldest, contested = time.monotonic() - self._patience, set[UUID | None]()
        for each in under_way:
            if each.since < oldest:
                each.give_up()
            elif each.progress is None:
                each.begin(self._casework)
            elif each.parked and each.lost_for_good:
                each.take_turn()
            elif each.parked and each.rival_for not in contested:
                contested.add(each.rival_for)
                each.take_turn()


def _tell(ended: Sequence[Waiting]) -> None:
    """Each teller hears of all its commands at once."""
    by_teller: dict[Tell, list[Waiting]] = {}
    for each in ended:
        by_teller.setdefault(each.tell, []).append(each)
    for tell, its in by_teller.items():
        tell(its)
