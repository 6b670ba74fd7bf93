"""The directory as the store has it, kept fresh (danh bạ)."""

import logging
import threading
from collections.abc import Iterator, Sequence

import psycopg

from domain.directory import Directory
from domain.events.base import OfficeEvent
from domain.ports import StoreUnavailable
from infra.postgres.wake import Listener
from infra.serial import decode

log = logging.getLogger(__name__)

REST = 0.5
"""Seconds until the next look, whether or not a signal came."""

# The same words as the partial index: without them each look would read the whole log.
DIRECTORY_FACTS = """
SELECT notification_id, topic, state FROM store.stored_events
WHERE (topic LIKE 'unit.%%' OR topic LIKE 'office.%%') AND notification_id > %s
ORDER BY notification_id LIMIT %s
"""
PAGE = 1_000
"""Facts asked for at once: the whole country's, held as rows, weigh more than what they tell."""


class DirectoryFollower:
    """Holds the newest directory; a thread of its own looks whenever facts of it come.

    A fact this release cannot read hides its own unit or office and is named by :attr:`fault`,
    as is a look that fails. The first look is at construction. Raises
    :class:`domain.ports.StoreUnavailable`.
    """

    def __init__(self, dsn: str) -> None:
        self._asking = Listener(dsn, "tiepdan directory", "directory_facts")
        self._following = Listener(dsn, "tiepdan directory", "directory_facts")
        self._turn = threading.Lock()
        self._directory = Directory.of(())
        self._position = 0
        self._unread: str | None = None
        self._failed: str | None = None
        self._ended = threading.Event()
        self.refresh()
        self._thread = threading.Thread(target=self._follow, name="directory", daemon=True)
        self._thread.start()

    def current(self) -> Directory:
        """The directory of the last look; asks nobody."""
        return self._directory

    @property
    def fault(self) -> str | None:
        """Why this is not all that the store has, for health pages; None when it is."""
        if not self._thread.is_alive():
            return "the directory is followed no more"
        return self._failed or self._unread

    def refresh(self) -> Directory:
        """Look now: what this process has just imported is in it."""
        with self._turn:
            try:
                self._look(self._asking)
            except psycopg.OperationalError as error:
                raise StoreUnavailable(f"the directory cannot be read: {error}") from error
            return self._directory

    def close(self) -> None:
        """End the thread and let go of every connection."""
        self._ended.set()
        self._thread.join()
        self._asking.close()
        self._following.close()

    def _look(self, listener: Listener) -> None:
        while rows := listener.rows(DIRECTORY_FACTS, [self._position, PAGE]):
            self._directory = self._directory.with_facts(self._readable(rows))
            self._position = rows[-1][0]

    def _readable(self, rows: Sequence[tuple[int, str, bytes]]) -> Iterator[OfficeEvent]:
        for position, name, body in rows:
            try:
                yield decode(name, bytes(body))
            except (ValueError, LookupError) as reason:
                words = f"the directory's fact at {position} cannot be read"
                self._unread = f"{words}: {type(reason).__name__}"
                log.warning("%s", self._unread)

    def _follow(self) -> None:
        """While a look fails the last directory stands; the next one tries again."""
        while not self._ended.is_set():
            try:
                with self._turn:
                    self._look(self._following)
            except psycopg.Error as error:
                self._fail(f"the directory cannot be looked at: {type(error).__name__}")
                self._ended.wait(REST)
            else:
                self._failed = None
                self._following.nap(REST)

    def _fail(self, words: str) -> None:
        if words != self._failed:
            log.warning("%s", words)
        self._failed = words
