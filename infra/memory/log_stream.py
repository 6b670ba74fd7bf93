"""The shared stream in memory: follows a fact store's own log."""

import time
from collections.abc import Mapping, Sequence
from uuid import uuid4

from domain.ports import FactStore
from projections.ports import LogTruncated, StreamRecord

PAGE = 500


class MemoryLogStream:
    """A :class:`projections.ports.FactStream` over any fact store. Offset = position."""

    def __init__(self, store: FactStore, topic_id: str | None = None) -> None:
        self._store = store
        self._topic_id = topic_id or str(uuid4())
        self._next: dict[int, int] = {}

    def topic_id(self, lane: int) -> str:
        return f"{self._topic_id}/{lane}"

    def seek(self, offsets: Mapping[int, int]) -> None:
        self._next = dict(offsets)

    def poll(self, timeout: float) -> Mapping[int, Sequence[StreamRecord]]:
        came = self._read()
        deadline = time.monotonic() + timeout
        while not came and self._next and time.monotonic() < deadline:
            time.sleep(0.01)
            came = self._read()
        return came

    def _read(self) -> dict[int, list[StreamRecord]]:
        came: dict[int, list[StreamRecord]] = {}
        for lane, following in self._next.items():
            facts = self._store.read(after=following - 1, limit=PAGE, lanes=[lane])
            if facts:
                came[lane] = [
                    StreamRecord(
                        lane=lane,
                        offset=fact.position,
                        position=fact.position,
                        prev=fact.prev,
                        stream=fact.stream,
                        type_name=fact.type_name,
                        body=fact.body,
                    )
                    for fact in facts
                ]
            elif following > self.ends([lane])[lane]:
                raise LogTruncated(f"lane {lane}: offset {following} is beyond the log's end")
        self._next |= {lane: records[-1].offset + 1 for lane, records in came.items()}
        return came

    def ends(self, lanes: Sequence[int]) -> Mapping[int, int]:
        log = self._store.read(after=0, limit=self._store.head(), lanes=list(lanes))
        last = {fact.lane: fact.position for fact in log}
        return {lane: last.get(lane, 0) + 1 for lane in lanes}

    def close(self) -> None:
        self._next = {}
