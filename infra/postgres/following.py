"""Something kept in memory that grows with facts of the store, and stays fresh (theo dõi)."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import psycopg

from domain.events.base import OfficeEvent
from domain.ports import StoreUnavailable
from infra.postgres.wake import Listener
from infra.serial import decode

log = logging.getLogger(__name__)

REST = 0.5
"""Seconds until the next look, whether or not a signal came."""
PAGE = 1_000
"""Facts asked for at once: a whole country's, held as rows, weigh more than what they tell."""
PAGES: Final = 10
"""Pages that are taken in together: a country in six copies instead of sixty."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Followed(Generic[T]):
    """What is followed: its name in a sentence, the signal, the facts, how they add up.

    ``query`` gives position, type name and body of the next facts after a position, at most
    so many.
    """

    name: str
    channel: str
    query: str
    begin: T
    grow: Callable[[T, Iterable[OfficeEvent]], T]


class _News:
    """So many rows after a position, page by page; ``position`` is of the last one read."""

    def __init__(self, listener: Listener, query: str, position: int) -> None:
        self._listener = listener
        self._query = query
        self.position = position

    def __iter__(self) -> Iterator[tuple[int, str, bytes]]:
        for _ in range(PAGES):
            rows = self._listener.rows(self._query, [self.position, PAGE])
            if not rows:
                return
            yield from rows
            self.position = rows[-1][0]


class Follower(Generic[T]):
    """Holds the newest; a thread of its own looks whenever facts of it come.

    A fact this release cannot read is left out and named by :attr:`fault`, as is a look that
    fails, or a fact that nothing can be grown by (``ValueError``). The first look is at
    construction. Raises :class:`domain.ports.StoreUnavailable`.
    """

    def __init__(self, dsn: str, followed: Followed[T]) -> None:
        program = f"tiepdan {followed.name}"
        self._followed = followed
        self._asking = Listener(dsn, program, followed.channel)
        self._following = Listener(dsn, program, followed.channel)
        self._turn = threading.Lock()
        self._at: tuple[T, int] = (followed.begin, 0)
        self._unread: str | None = None
        self._failed: str | None = None
        self._ended = threading.Event()
        self.refresh()
        self._thread = threading.Thread(target=self._follow, name=followed.name, daemon=True)
        self._thread.start()

    def current(self) -> T:
        """What the last look found; asks nobody."""
        return self._at[0]

    def standing(self) -> tuple[T, int]:
        """What the last look found, and the position of the newest fact in it."""
        return self._at

    @property
    def fault(self) -> str | None:
        """Why this is not all that the store has, for health pages; None when it is."""
        if not self._thread.is_alive():
            return f"the {self._followed.name} is followed no more"
        return self._failed or self._unread

    def refresh(self) -> T:
        """Look now: what this process has just recorded is in it."""
        with self._turn:
            try:
                self._look(self._asking)
            except psycopg.OperationalError as error:
                words = f"the {self._followed.name} cannot be read: {error}"
                raise StoreUnavailable(words) from error
            return self._at[0]

    def close(self) -> None:
        """End the thread and let go of every connection."""
        self._ended.set()
        self._thread.join()
        self._asking.close()
        self._following.close()

    def _look(self, listener: Listener) -> None:
        """Until nothing more comes. Grown by many pages at once: each time makes a copy."""
        before = -1
        while self._at[1] > before:
            held, before = self._at
            news = _News(listener, self._followed.query, before)
            grown = self._followed.grow(held, self._readable(news))
            self._at = (grown, news.position)

    def _readable(self, rows: Iterable[tuple[int, str, bytes]]) -> Iterator[OfficeEvent]:
        for position, name, body in rows:
            try:
                yield decode(name, bytes(body))
            except (ValueError, LookupError) as reason:
                words = f"the {self._followed.name}'s fact at {position} cannot be read"
                self._unread = f"{words}: {type(reason).__name__}"
                log.warning("%s", self._unread)

    def _follow(self) -> None:
        """While a look fails what was held stands; the next one tries again."""
        while not self._ended.is_set():
            try:
                with self._turn:
                    self._look(self._following)
            except (psycopg.Error, ValueError) as error:
                self._fail(f"the {self._followed.name} cannot be looked at: {type(error).__name__}")
                self._ended.wait(REST)
            else:
                self._failed = None
                self._following.nap(REST)

    def _fail(self, words: str) -> None:
        if words != self._failed:
            log.warning("%s", words)
        self._failed = words
