"""The directory as the store has it, kept fresh (danh bạ)."""

import threading
from collections.abc import Sequence

import psycopg

from domain.directory import Directory
from domain.events.base import OfficeEvent
from domain.ports import StoreUnavailable
from infra.postgres.wake import Listener
from infra.serial import decode

# The same words as the partial index: without them each look would read the whole log.
DIRECTORY_FACTS = """
SELECT notification_id, topic, state FROM store.stored_events
WHERE (topic LIKE 'unit.%%' OR topic LIKE 'office.%%') AND notification_id > %s
ORDER BY notification_id
"""


class DirectoryFollower:
    """Holds the newest directory; a thread of its own looks whenever facts of it come.

    The first look is at construction. Raises :class:`domain.ports.StoreUnavailable`.
    """

    def __init__(self, dsn: str) -> None:
        self._asking = Listener(dsn, "tiepdan directory", "directory_facts")
        self._following = Listener(dsn, "tiepdan directory", "directory_facts")
        self._turn = threading.Lock()
        self._directory = Directory.of(())
        self._position = 0
        self._ended = threading.Event()
        self.refresh()
        self._thread = threading.Thread(target=self._follow, name="directory", daemon=True)
        self._thread.start()

    def current(self) -> Directory:
        """The directory of the last look; asks nobody."""
        return self._directory

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
        rows = listener.rows(DIRECTORY_FACTS, [self._position])
        if rows:
            self._directory = self._directory.with_facts(_facts(rows))
            self._position = rows[-1][0]

    def _follow(self) -> None:
        """While the database is away the last directory stands; the next look tries again."""
        while not self._ended.is_set():
            try:
                with self._turn:
                    self._look(self._following)
            except psycopg.OperationalError:
                self._ended.wait(0.5)
            else:
                self._following.nap(0.5)


def _facts(rows: Sequence[tuple[int, str, bytes]]) -> Sequence[OfficeEvent]:
    return [decode(name, bytes(body)) for _, name, body in rows]
