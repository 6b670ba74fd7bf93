"""Folds what was set aside, once a release can read it or a projection was mended."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from projections.base import Fact
from projections.ports import FoldFailed, ProgressLost, RowsRefused, StreamRecord
from services.projector.batch import WAITS
from services.projector.lanes import Desk


class StillUnfit(Exception):
    """A parked record still cannot be read; its stream goes on waiting."""


def release_stream(stream: UUID, desk: Desk) -> int:
    """Fold all that waits of a stream, oldest first; how many records that was.

    What a projection folded before another, added later, refused it, it does not fold again.

    A running projector sees within a second that the stream waits no more. Raises
    :class:`StillUnfit`, ``FoldFailed``, and ``ProgressLost`` when more was set aside
    meanwhile: try again.
    """
    parked = desk.views.parked_records(stream)
    if not parked:
        return 0
    facts = [_fact(one.record, desk) for one in parked]
    work = [
        (p, [fact for one, fact in zip(parked, facts, strict=True) if one.waits_for(p.name)])
        for p in desk.projections
    ]
    desk.views.release(parked[0].record.lane, stream, work)
    return len(facts)


def release_orphans(lanes: Sequence[int], desk: Desk) -> None:
    """Fold what waits behind nothing: it came before its lane heard of a release or a skip."""
    for head in desk.views.parked_heads(lanes):
        if head.reason.endswith(WAITS):
            with suppress(StillUnfit, FoldFailed, RowsRefused, ProgressLost):
                release_stream(head.stream, desk)


def _fact(record: StreamRecord, desk: Desk) -> Fact:
    if record.fault is not None:
        raise StillUnfit(f"position {record.position}: {record.fault}")
    try:
        event = desk.decode(record.type_name, record.body)
    except (ValueError, LookupError) as reason:
        raise StillUnfit(f"position {record.position}: {reason}") from reason
    if event.originator_id != record.stream:
        raise StillUnfit(f"position {record.position} belongs to stream {event.originator_id}")
    return Fact(record.position, record.lane, record.type_name, record.body, event)
