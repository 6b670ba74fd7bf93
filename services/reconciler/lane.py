"""One lane of the store against its records on the stream, by position and hash."""

import hashlib
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol
from uuid import UUID

from infra.postgres.reconciled import Difference, Kind, LaneState, StoredDigest
from projections.ports import StreamRecord

MOST_EARLY = 10_000
"""Records ahead of a missing one that are remembered, to tell disorder from loss."""

HEALING = (Kind.MISSING, Kind.ORDER)
"""What the relay mends by sending again."""


class Rows(Protocol):
    """The part of :class:`infra.postgres.reconciled.StoreDigests` that is needed here."""

    def after(self, lane: int, position: int, limit: int) -> Sequence[StoredDigest]:
        """A lane's next rows, in order."""

    def at(self, lane: int, positions: Collection[int]) -> Mapping[int, StoredDigest]:
        """The rows at these positions of a lane, by position."""


class LaneCheck:
    """Follows one lane. A repeat is allowed and counted, but must be the same fact.

    ``begin`` leaves out what lies at or before a position. ``was`` is an earlier
    comparison of this lane: where this one passes its position, the digests must agree.
    """

    def __init__(
        self, state: LaneState, rows: Rows, *, begin: int = 0, was: LaneState | None = None
    ) -> None:
        self.state = state
        self._rows = rows
        self._begin = begin
        self._was = was
        self._early: dict[int, int] = {}

    def take(self, records: Sequence[StreamRecord]) -> None:
        """Compare the lane's next records, in the order of the carrier."""
        lane, last = self.state.lane, self.state.position
        known = self._rows.at(lane, {record.position for record in records} - {0})
        ahead = deque(self._rows.after(lane, last, len(records)))
        for record in records:
            if record.position == 0 or record.position > self._begin:
                self._judge(record, known.get(record.position), ahead)
        self.state = replace(self.state, next_offset=records[-1].offset + 1)

    def close(self, published: int) -> None:
        """All was read: what was published up to this position must have come."""
        gap = self._gap(published)
        standing = self.state.difference
        if standing is None or standing.kind in HEALING:
            self.state = replace(self.state, difference=gap)

    def _judge(
        self, record: StreamRecord, row: StoredDigest | None, ahead: deque[StoredDigest]
    ) -> None:
        if row is None or record.fault is not None:
            self._differ(Kind.SURPLUS if row is None else Kind.BODY, record, row)
        elif not row.is_told_by(record):
            self._differ(Kind.BODY, record, row)
        if row is None:
            return
        if record.position <= self.state.position:
            self.state = replace(self.state, repeats=self.state.repeats + 1)
        elif ahead and ahead[0].position == record.position:
            self._advance(record, ahead.popleft())
        elif len(self._early) < MOST_EARLY:
            self._early[record.position] = record.offset

    def _advance(self, record: StreamRecord, row: StoredDigest) -> None:
        if record.prev != self.state.position:
            self._differ(Kind.CHAIN, record, row)
        self._early.pop(row.position, None)
        self.state = replace(
            self.state,
            position=row.position,
            digest=chained(self.state.digest, row),
            compared=self.state.compared + 1,
        )
        was = self._was
        if was is not None and was.position == row.position and was.digest != self.state.digest:
            self._differ(Kind.HISTORY, record, row)

    def _gap(self, published: int) -> Difference | None:
        found = self._rows.after(self.state.lane, self.state.position, 1)
        if not found or found[0].position > published:
            return None
        row = found[0]
        offset = self._early.get(row.position)
        kind = Kind.MISSING if offset is None else Kind.ORDER
        return Difference(kind, self.state.lane, row.position, offset, row.stream, row.version)

    def _differ(self, kind: Kind, record: StreamRecord, row: StoredDigest | None) -> None:
        stream: UUID | None = row.stream if row else record.stream
        version = None if row is None else row.version
        found = Difference(kind, self.state.lane, record.position, record.offset, stream, version)
        first = self.state.difference
        if first is None or first.kind in HEALING:
            first = found
        count = self.state.differences + 1
        self.state = replace(self.state, difference=first, differences=count)


def chained(digest: bytes, row: StoredDigest) -> bytes:
    """The digest of a lane that has one more fact."""
    place = f"{row.position}/{row.stream}/{row.version}/{row.type_name}/".encode()
    return hashlib.sha256(digest + place + row.sha256).digest()
