"""The scheduler's agenda in memory, over a store in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from threading import RLock
from uuid import UUID

from domain.ports import Draft
from infra.agenda import (
    TO_LOOK_AT,
    Entry,
    Figures,
    Looked,
    News,
    NewsCame,
    Overtaken,
    Place,
    Superseded,
)
from infra.memory.fact_store import MemoryFactStore

WORLD = ("calendar.", "rulebook.", "unit.", "office.")


class MemoryAgenda:
    """The twin of :class:`infra.postgres.agenda.PostgresAgenda`. Schedulers may share it."""

    def __init__(self, store: MemoryFactStore) -> None:
        self._store = store
        self._turn = RLock()
        self._place = Place(0, 0, 0, 0)
        self._edition = 0
        self._entries: dict[UUID, tuple[int, Entry]] = {}

    def load(self) -> Place:
        return self._place

    def take_over(self, epoch: int, edition: int) -> Place:
        with self._turn:
            if epoch < self._place.epoch:
                raise Superseded(f"epoch {epoch} is over")
            for subject, (_, entry) in self._entries.items():
                if not entry.office:
                    self._entries[subject] = TO_LOOK_AT, entry
            again = edition != self._edition
            self._edition = edition
            return self._step(
                self._place,
                epoch=epoch,
                position=0 if again else self._place.position,
                generation=self._place.generation + again,
            )

    def follow(self, was: Place, news: News) -> Place:
        with self._turn:
            self._must_stand(was)
            for subject in news.subjects:
                _, entry = self._entries.get(subject, (0, Entry(subject, "")))
                self._entries[subject] = TO_LOOK_AT, entry
            for subject, (_, entry) in self._entries.items():
                if entry.office in news.offices:
                    self._entries[subject] = TO_LOOK_AT, entry
            generation = was.generation + news.everything
            return self._step(was, position=news.position, generation=generation)

    def to_look_at(self, was: Place, limit: int) -> Sequence[UUID]:
        with self._turn:
            old = ((g, s) for s, (g, _) in self._entries.items() if g < was.generation)
            return [subject for _, subject in sorted(old)[:limit]]

    def keep(self, was: Place, looked: Looked) -> Place:
        with self._turn:
            self._must_stand(was)
            self._write(was, looked)
            return self._step(was)

    def due(self, now: datetime, limit: int) -> Sequence[tuple[datetime, UUID]]:
        with self._turn:
            entries = [entry for _, entry in self._entries.values()]
            found = [(e.next_at, e.subject) for e in entries if e.next_at and e.next_at <= now]
            return sorted(found)[:limit]

    def remind(self, was: Place, drafts: Sequence[Draft], looked: Looked) -> Place:
        with self._turn:
            self._must_stand(was)
            subjects = {*looked.over, *(entry.subject for entry in looked.entries)}
            for record in self._store.read(after=was.position, limit=1_000_000):
                if record.stream in subjects or record.type_name.startswith(WORLD):
                    raise NewsCame(f"at {record.position}")
            self._must_be_new(drafts)
            for draft in drafts:
                self._store.append(draft.facts, receipt=draft.receipt)
            self._write(was, looked)
            return self._step(was)

    def figures(self) -> Figures:
        with self._turn:
            entries = self._entries.values()
            due = [entry.next_at for _, entry in entries if entry.next_at is not None]
            old = sum(generation < self._place.generation for generation, _ in entries)
            blind = sum(not entry.office and g > TO_LOOK_AT for g, entry in entries)
            return Figures(len(entries), old, blind, min(due, default=None))

    def waiting(self, limit: int) -> Sequence[Entry]:
        with self._turn:
            found = [entry for _, entry in self._entries.values() if entry.next_at is not None]
            return sorted(found, key=lambda each: (str(each.next_at), each.subject))[:limit]

    def close(self) -> None:
        """Nothing is held."""

    def _must_stand(self, was: Place) -> None:
        if (was.epoch, was.moves) != (self._place.epoch, self._place.moves):
            raise Overtaken(f"left at move {was.moves}, found at {self._place.moves}")

    def _must_be_new(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            if draft.receipt is not None and self._store.find_receipt(draft.receipt.key):
                raise Overtaken(str(draft.receipt.key))

    def _write(self, was: Place, looked: Looked) -> None:
        for entry in looked.entries:
            self._entries[entry.subject] = was.generation, entry
        for subject in looked.over:
            self._entries.pop(subject, None)

    def _step(self, was: Place, **changes: int) -> Place:
        self._place = replace(was, moves=self._place.moves + 1, **changes)
        return self._place
