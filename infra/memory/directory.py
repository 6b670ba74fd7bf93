"""The directory as any store tells it, without a database of its own (danh bạ)."""

from itertools import chain
from threading import Lock
from typing import Final

from domain.directory import Directory
from domain.events import directory as facts
from domain.events.registry import ALL, type_name
from domain.ports import FactStore
from infra.serial import decode

TYPES: Final = frozenset(type_name(cls) for cls in ALL if cls.__module__ == facts.__name__)
READ_AT_ONCE: Final = 5_000


class MemoryDirectoryFollower:
    """The twin of the follower on Postgres: looks when told to, through the store's own log."""

    def __init__(self, store: FactStore) -> None:
        self._store = store
        self._position = 0
        self._directory = Directory.of(())
        self._turn = Lock()
        self.refresh()

    def current(self) -> Directory:
        """The directory of the last look; asks nobody."""
        return self._directory

    def refresh(self) -> Directory:
        """Look now: what was recorded since is in it."""
        with self._turn:
            batches = []
            while records := self._store.read(after=self._position, limit=READ_AT_ONCE):
                batches.append([r for r in records if r.type_name in TYPES])
                self._position = records[-1].position
            news = (decode(record.type_name, record.body) for record in chain(*batches))
            self._directory = self._directory.with_facts(news)
            return self._directory
