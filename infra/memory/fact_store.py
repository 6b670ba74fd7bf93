"""The fact store in memory."""

import threading
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from domain.events.base import OfficeEvent
from domain.events.registry import type_name
from domain.ports import (
    AtHand,
    Draft,
    KeyTaken,
    Receipt,
    StoredFact,
    StoreUnavailable,
    Told,
    VersionTaken,
    Wanted,
)
from domain.streams import lane_of
from infra.serial import decode, encode


class MemoryFactStore:
    """A :class:`domain.ports.FactStore` that forgets with the process.

    Like the real one it goes through the stored bytes, serialises appends, and leaves
    gaps in the positions after a rejected append.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._log: list[StoredFact] = []
        self._streams: dict[UUID, dict[int, StoredFact]] = defaultdict(dict)
        self._heads: dict[int, int] = defaultdict(int)
        self._receipts: dict[UUID, Receipt] = {}
        self._position = 0

    def copy(self) -> "MemoryFactStore":
        """The same store as it stands, to be put back later."""
        other = type(self)()
        with self._lock:
            other._log = list(self._log)
            other._streams |= {stream: dict(facts) for stream, facts in self._streams.items()}
            other._heads |= self._heads
            other._receipts = dict(self._receipts)
            other._position = self._position
        return other

    def load(self, stream: UUID, *, up_to_version: int | None = None) -> Sequence[OfficeEvent]:
        with self._lock:
            records = list(self._streams.get(stream, {}).values())
        return [
            decode(record.type_name, record.body)
            for record in sorted(records, key=lambda record: record.version)
            if up_to_version is None or record.version <= up_to_version
        ]

    def last_version(self, stream: UUID) -> int:
        with self._lock:
            return max(self._streams.get(stream, ()), default=0)

    def append(
        self,
        facts: Sequence[OfficeEvent],
        *,
        receipt: Receipt | None = None,
        traceparent: str | None = None,
    ) -> Sequence[int]:
        drafts = [(fact, type_name(type(fact)), encode(fact)) for fact in facts]
        with self._lock:
            self._refuse_taken(facts, receipt)
            if receipt is not None:
                self._receipts[receipt.key] = receipt
            return [self._record(*draft, traceparent) for draft in drafts]

    def append_each(self, drafts: Sequence[Draft]) -> Sequence[Sequence[int] | Exception]:
        return [self._append(draft) for draft in drafts]

    def _append(self, draft: Draft) -> Sequence[int] | Exception:
        try:
            return self.append(draft.facts, receipt=draft.receipt, traceparent=draft.traceparent)
        except (KeyTaken, VersionTaken, StoreUnavailable) as refusal:
            return refusal

    def at_hand(self, wanted: Wanted) -> AtHand:
        with self._lock:
            receipts = (self.find_receipt(key) for key in wanted.keys)
            return AtHand(
                {receipt.key: receipt for receipt in receipts if receipt is not None},
                {stream: self._told(stream) for stream in wanted.streams},
                {stream: self.last_version(stream) for stream in wanted.counters},
            )

    def _told(self, stream: UUID) -> Sequence[Told]:
        lying = self.read_stream(stream)
        return [Told(record.position, record.type_name, record.body) for record in lying]

    def _refuse_taken(self, facts: Sequence[OfficeEvent], receipt: Receipt | None) -> None:
        first = self._position
        self._position += len(facts)
        if receipt is not None and receipt.key in self._receipts:
            raise KeyTaken(str(receipt.key))
        seen = set()
        for fact in facts:
            place = fact.originator_id, fact.originator_version
            if place in seen or place[1] in self._streams.get(place[0], ()):
                raise VersionTaken(fact.originator_id)
            seen.add(place)
        self._position = first

    def _record(self, fact: OfficeEvent, name: str, body: bytes, traceparent: str | None) -> int:
        self._position += 1
        lane = lane_of(fact.originator_id, name)
        record = StoredFact(
            position=self._position,
            lane=lane,
            prev=self._heads[lane],
            stream=fact.originator_id,
            version=fact.originator_version,
            type_name=name,
            body=body,
            traceparent=traceparent,
        )
        self._heads[lane] = record.position
        self._log.append(record)
        self._streams[record.stream][record.version] = record
        return record.position

    def find_receipt(self, key: UUID) -> Receipt | None:
        with self._lock:
            return self._receipts.get(key)

    def read(
        self, *, after: int, limit: int, lanes: Sequence[int] | None = None
    ) -> Sequence[StoredFact]:
        with self._lock:
            log = list(self._log)
        wanted = (
            record
            for record in log
            if record.position > after and (lanes is None or record.lane in lanes)
        )
        return [record for record, _ in zip(wanted, range(limit), strict=False)]

    def read_stream(
        self, stream: UUID, *, up_to_position: int | None = None
    ) -> Sequence[StoredFact]:
        with self._lock:
            records = list(self._streams.get(stream, {}).values())
        return [
            record
            for record in sorted(records, key=lambda record: record.version)
            if up_to_position is None or record.position <= up_to_position
        ]

    def head(self) -> int:
        with self._lock:
            return self._log[-1].position if self._log else 0
