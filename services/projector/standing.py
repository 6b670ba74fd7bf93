"""How a lane stands, told from the lane itself."""

from collections.abc import Mapping

from services.projector.lanes import Lane
from services.projector.status import LaneStatus


def is_current(lane: Lane, offset: int, ends: Mapping[int, int]) -> bool:
    """Whether a reader at this offset has nothing left to fold, and the lane no finding."""
    at_end = lane.number in ends and offset >= ends[lane.number]
    return at_end and lane.hole is None and lane.stopped is None


def finding(lane: Lane) -> str | None:
    """What is wrong with a lane, in words."""
    if lane.stopped is not None:
        return lane.stopped
    if lane.hole is not None:
        return f"a hole after position {lane.hole.after}, before {lane.hole.before}"
    return None


def status_of(lane: Lane, lag: float) -> LaneStatus:
    """The lane as it is told."""
    return LaneStatus(
        lane=lane.number,
        position=lane.position,
        next_offset=lane.offset,
        lag=lag,
        parked_streams=len(lane.waiting),
        finding=finding(lane),
        stopped=lane.stopped is not None,
    )
