"""How a lane is taken up: where its projections stand, and what waits in it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from projections.ports import FactStream, Progress
from services.projector.lanes import Desk, Lane, Place


def open_lanes(numbers: Collection[int], stream: FactStream, desk: Desk) -> dict[int, Lane]:
    """The lanes as the rows' database has them. A new topic is read from its beginning."""
    wanted = sorted(numbers)
    if not wanted:
        return {}
    stored = {p.name: desk.views.progress(p.name, wanted) for p in desk.projections}
    waiting, skipped = waiting_streams(wanted, desk), desk.views.skipped(wanted)
    return {
        lane: Lane(
            lane,
            topic_id := stream.topic_id(lane),
            {name: place_of(found.get(lane), topic_id) for name, found in stored.items()},
            waiting.get(lane, {}),
            skipped,
        )
        for lane in wanted
    }


def place_of(stored: Progress | None, topic_id: str) -> Place:
    """Offset and position to go on from. Another topic id voids the offset, never the position."""
    if stored is None:
        return Place(None, 0, 0)
    offset = stored.next_offset if stored.topic_id == topic_id else 0
    return Place(stored, offset, stored.position)


def waiting_streams(lanes: Collection[int], desk: Desk) -> Mapping[int, Mapping[UUID, int]]:
    """By lane and stream, the position from which facts are set aside."""
    waiting: dict[int, dict[UUID, int]] = {}
    for head in desk.views.parked_heads(sorted(lanes)):
        waiting.setdefault(head.lane, {})[head.stream] = head.position
    return waiting
