"""Folds what was set aside, once a release can read it or a projection was mended."""

from uuid import UUID

from projections.base import Fact
from projections.ports import StreamRecord
from services.projector.lanes import Desk


class StillUnfit(Exception):
    """A parked record still cannot be read; its stream goes on waiting."""


def release_stream(stream: UUID, desk: Desk) -> int:
    """Fold all that waits of a stream, oldest first; how many records that was.

    A running projector sees within a second that the stream waits no more. Raises
    :class:`StillUnfit`, ``FoldFailed``, and ``ProgressLost`` when more was set aside
    meanwhile: try again.
    """
    records = [parked.record for parked in desk.views.parked_records(stream)]
    if not records:
        return 0
    facts = [_fact(record, desk) for record in records]
    desk.views.release(records[0].lane, stream, [(p, facts) for p in desk.projections])
    return len(facts)


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
