"""The law as any store tells it, without a database of its own (pháp luật, lịch)."""

from threading import Lock
from typing import Final

from domain.law.law import Law
from domain.ports import FactStore
from infra.serial import decode

TOPICS: Final = ("calendar.", "rulebook.")
READ_AT_ONCE: Final = 5_000


class MemoryLawFollower:
    """The twin of the follower on Postgres: looks when told to, through the store's own log."""

    def __init__(self, store: FactStore, carried: Law) -> None:
        self._store = store
        self._position = 0
        self._law = carried
        self._turn = Lock()
        self.refresh()

    def current(self) -> Law:
        """The law of the last look; asks nobody."""
        return self._law

    def refresh(self) -> Law:
        """Look now: what was recorded since is in it."""
        with self._turn:
            while records := self._store.read(after=self._position, limit=READ_AT_ONCE):
                told = [each for each in records if each.type_name.startswith(TOPICS)]
                news = [decode(each.type_name, each.body) for each in told]
                self._law = self._law.with_facts(news)
                self._position = records[-1].position
            return self._law
