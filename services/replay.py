"""One stream's facts read back from the shared stream, to hold against the store's.

Whoever doubts the store, or has lost it, replays a case from the topic: the same bytes lie
there. The lane is read whole and sifted by the chain, so repeats and late records of the
relay never show, and a hole in the lane is said instead of a shortened history.
"""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from uuid import UUID

from domain.ports import StoredFact
from domain.streams import lane_of
from projections.chain import sift
from projections.ports import FactStream, LogTruncated, StreamRecord, StreamUnavailable
from services.reconciler.passing import Guard

PATIENCE = 10.0
"""Seconds a carrier may give nothing although there is more to read."""


class StreamBroken(Exception):
    """The stream does not tell what the store does: a hole, a rewound store, another fact."""


def unguarded(_seconds: float, _what: str) -> nullcontext[None]:
    """For a carrier that always comes back."""
    return nullcontext()


def same_on_stream(
    stored: Sequence[StoredFact], carrier: FactStream, stream: UUID, *, guard: Guard = unguarded
) -> Sequence[StoredFact]:
    """These facts of a stream as they stand on the carrier, byte for byte the same.

    Raises :class:`StreamBroken` when they are not, ``StreamUnavailable``.
    """
    wanted = {fact.position for fact in stored}
    told = facts_on_stream(carrier, stream, guard=guard)
    streamed = [fact for fact in told if fact.position in wanted]
    unlike = differences(stored, streamed)
    if unlike:
        raise StreamBroken("store and stream differ: " + "; ".join(unlike))
    return streamed


def facts_on_stream(
    carrier: FactStream, stream: UUID, *, topic: str = "", guard: Guard = unguarded
) -> Sequence[StoredFact]:
    """A stream's facts as they stand on the carrier, oldest first; none for an unknown stream.

    ``topic`` is that of any of its facts: facts about reading have lanes of their own.
    ``traceparent`` is None, it is no part of a fact. A body that nobody can read is told as
    it is. Raises :class:`StreamBroken`, ``StreamUnavailable``.
    """
    chained = _chained(carrier, lane_of(stream, topic), guard)
    ours = (record for record in chained if record.stream == stream)
    return [_fact(record, version) for version, record in enumerate(ours, 1)]


def differences(stored: Sequence[StoredFact], streamed: Sequence[StoredFact]) -> Sequence[str]:
    """What the two sources do not agree on, in words; nothing when they are equal."""
    ours, theirs = ({fact.position: _compared(fact) for fact in s} for s in (stored, streamed))
    return [
        *(f"position {at} is not on the stream" for at in sorted(ours.keys() - theirs.keys())),
        *(f"position {at} is not in the store" for at in sorted(theirs.keys() - ours.keys())),
        *(
            f"position {at} differs"
            for at in sorted(ours.keys() & theirs.keys())
            if ours[at] != theirs[at]
        ),
    ]


def _chained(carrier: FactStream, lane: int, guard: Guard) -> Iterator[StreamRecord]:
    """The lane's records to its present end, each once, in the order of the store."""
    last, hole = 0, None
    for records in read_lane(carrier, lane, guard):
        sifted = sift(records, last)
        if sifted.rewound is not None:
            raise StreamBroken(f"lane {lane}: the store was rewound at {sifted.rewound.position}")
        hole = sifted.hole if sifted.hole or sifted.fold else hole
        last = sifted.last
        yield from sifted.fold
    if hole is not None:
        raise StreamBroken(f"lane {lane}: a hole after {hole.after}, before {hole.before}")


def read_lane(
    carrier: FactStream, lane: int, guard: Guard = unguarded
) -> Iterator[Sequence[StreamRecord]]:
    """A lane's records from its beginning to its present end. Raises ``StreamUnavailable``."""
    end, following = carrier.ends([lane])[lane], 0
    carrier.seek({lane: 0})
    while following < end:
        try:
            with guard(PATIENCE * 4, "reading the stream"):
                records = carrier.poll(PATIENCE).get(lane)
        except LogTruncated as changed:
            raise StreamUnavailable(
                f"lane {lane} changed while it was read: {changed}"
            ) from changed
        if not records:
            raise StreamUnavailable(f"lane {lane} gave nothing after offset {following}")
        yield records
        following = records[-1].offset + 1


def _fact(record: StreamRecord, version: int) -> StoredFact:
    """Each record of a stream, in the order of the store, is its next version."""
    if record.fault is not None:
        raise StreamBroken(f"position {record.position}: {record.fault}")
    return StoredFact(
        position=record.position,
        lane=record.lane,
        prev=record.prev,
        stream=record.stream,
        version=version,
        type_name=record.type_name,
        body=record.body,
        traceparent=None,
    )


def _compared(fact: StoredFact) -> tuple[object, ...]:
    """What makes two facts the same, wherever they were read."""
    return fact.lane, fact.prev, fact.stream, fact.version, fact.type_name, fact.body
