"""The directory as the store tells it, kept up to date (danh bạ hiện hành)."""

from itertools import chain
from threading import Lock
from typing import Final

from domain.directory import Directory
from domain.events.directory import OfficeEstablished, UnitEstablished
from domain.events.registry import type_name
from domain.ports import FactStore
from infra.serial import decode

TYPES: Final = frozenset(map(type_name, (UnitEstablished, OfficeEstablished)))
READ_AT_ONCE: Final = 5_000


class LiveDirectory:
    """Answers from memory; reads on only when asked to. Safe for several threads.

    Calling it costs nothing and returns the directory of the last :meth:`catch_up`.
    """

    def __init__(self, store: FactStore) -> None:
        self._store = store
        self._position = 0
        self._directory = Directory.of(())
        self._reading = Lock()

    def __call__(self) -> Directory:
        """The directory as of the last reading."""
        return self._directory

    def catch_up(self) -> Directory:
        """Read what was recorded since, and answer with it."""
        with self._reading:
            batches = []
            while records := self._store.read(after=self._position, limit=READ_AT_ONCE):
                batches.append([r for r in records if r.type_name in TYPES])
                self._position = records[-1].position
            news = (decode(record.type_name, record.body) for record in chain(*batches))
            self._directory = self._directory.with_facts(news)
            return self._directory
