"""One stream's facts read back from the shared stream, to hold against the store's.

Whoever doubts the store, or has lost it, replays a case from the topic: the same bytes lie
there. The lane is read whole and sifted by the chain, so repeats and late records of the
relay never show, and a hole in the lane is said instead of a shortened history.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from domain.ports import StoredFact
from domain.streams import lane_of
from infra.serial import decode
from projections.chain import sift
from projections.ports import FactStream, StreamRecord, StreamUnavailable

PATIENCE = 10.0
"""Seconds a carrier may give nothing although there is more to read."""


class StreamBroken(Exception):
    """The lane cannot be replayed: a hole, a rewound store, or a record nobody can read."""


def facts_on_stream(carrier: FactStream, stream: UUID, *, topic: str = "") -> Sequence[StoredFact]:
    """A stream's facts as they stand on the carrier, oldest first; none for an unknown stream.

    ``topic`` is that of any of its facts: facts about reading have lanes of their own.
    ``traceparent`` is None, it is no part of a fact. Raises :class:`StreamBroken`,
    ``StreamUnavailable``.
    """
    lane = lane_of(stream, topic)
    return [_fact(record) for record in _chained(carrier, lane) if record.stream == stream]


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


def _chained(carrier: FactStream, lane: int) -> Iterator[StreamRecord]:
    """The lane's records to its present end, each once, in the order of the store."""
    last, hole = 0, None
    for records in read_lane(carrier, lane):
        sifted = sift(records, last)
        if sifted.rewound is not None:
            raise StreamBroken(f"lane {lane}: the store was rewound at {sifted.rewound.position}")
        hole = sifted.hole if sifted.hole or sifted.fold else hole
        last = sifted.last
        yield from sifted.fold
    if hole is not None:
        raise StreamBroken(f"lane {lane}: a hole after {hole.after}, before {hole.before}")


def read_lane(carrier: FactStream, lane: int) -> Iterator[Sequence[StreamRecord]]:
    end, following = carrier.ends([lane])[lane], 0
    carrier.seek({lane: 0})
    while following < end:
        records = carrier.poll(PATIENCE).get(lane)
        if not records:
            raise StreamUnavailable(f"lane {lane} gave nothing after offset {following}")
        yield records
        following = records[-1].offset + 1


def _fact(record: StreamRecord) -> StoredFact:
    if record.fault is not None:
        raise StreamBroken(f"position {record.position}: {record.fault}")
    try:
        version = decode(record.type_name, record.body).originator_version
    except (ValueError, LookupError) as reason:
        raise StreamBroken(f"position {record.position}: {reason}") from reason
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
