"""Whether the stream tells another history than the store (rẽ nhánh).

A store put back to an older state draws positions again that stand on the stream already.
Publishing on top would mix two histories, so the relay looks first: what the stream says
last, in every lane, must be held by the store. The store's own identity does not tell: it
is put back with the rest.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from time import monotonic
from typing import Protocol

from domain.ports import LANES
from infra.postgres.reconciled import StoredDigest
from infra.postgres.relay_cursor import Published
from projections.ports import FactStream, StreamRecord, StreamUnavailable

TAIL = 50
"""Records of each lane's end that are looked at."""
POLL_SECONDS = 0.5
PATIENCE = 15.0


class Rows(Protocol):
    """The part of :class:`infra.postgres.reconciled.StoreDigests` that is needed here."""

    def head(self) -> int:
        """The newest position, 0 when empty."""

    def at(self, lane: int, positions: Collection[int]) -> Mapping[int, StoredDigest]:
        """The rows at these positions of a lane, by position."""


class Forked(Exception):
    """The stream holds what the store does not: nothing may be published over it."""


def refuse_fork(
    rows: Rows,
    stream: FactStream,
    place: Published,
    *,
    beat: Callable[[], float] = monotonic,
) -> None:
    """Hold the ends of the stream, and the cursor, against the store.

    Raises :class:`Forked`, ``StreamUnavailable``, ``StoreUnavailable``.
    """
    head = rows.head()
    if place.position > head:
        raise Forked(f"published up to {place.position}, but the store ends at {head}")
    for lane, records in sorted(_tails(stream, beat).items()):
        _refuse_unknown(rows, head, lane, records)


def _refuse_unknown(rows: Rows, head: int, lane: int, records: Sequence[StreamRecord]) -> None:
    """Records that no relay of ours could have written are none of our history."""
    told = [record for record in records if record.position > 0 and record.fault is None]
    held = rows.at(lane, {record.position for record in told})
    for record in told:
        row = held.get(record.position)
        where = f"lane {lane}, position {record.position}, offset {record.offset}"
        if row is None:
            raise Forked(f"{where}: not in the store, which ends at {head}")
        if not row.is_told_by(record):
            raise Forked(f"{where}: the store holds another fact there")


def _tails(stream: FactStream, beat: Callable[[], float]) -> Mapping[int, Sequence[StreamRecord]]:
    ends = {lane: end for lane, end in stream.ends(range(LANES)).items() if end > 0}
    following = {lane: max(0, end - TAIL) for lane, end in ends.items()}
    if following:
        stream.seek(following)
    came: dict[int, list[StreamRecord]] = {}
    deadline = beat() + PATIENCE
    while any(following[lane] < end for lane, end in ends.items()):
        if beat() > deadline:
            raise StreamUnavailable("the ends of the stream could not be read")
        for lane, records in stream.poll(POLL_SECONDS).items():
            came.setdefault(lane, []).extend(records)
            following[lane] = records[-1].offset + 1
    return came
