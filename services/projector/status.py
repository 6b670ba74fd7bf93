"""What a projector tells about itself. Plain data; whoever exposes it reads it."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class LaneStatus:
    """A lane as it stands. ``finding`` says in words what is wrong with it, if anything.

    ``stopped``: it stands still and never goes on by itself.

    ``lag`` is the age in seconds of the newest fact folded while the lane is behind, 0 at
    its end; counted from when the lane was taken as long as nothing was folded.
    """

    lane: int
    position: int
    next_offset: int
    lag: float
    parked_streams: int
    finding: str | None
    stopped: bool = False


@dataclass
class ProjectorStatus:
    """Written by the projector's thread alone, whole values at a time.

    ``beat`` is when it last came back from polling and folding, in seconds of the
    machine's monotonic clock.
    """

    folded: int = 0
    batches: int = 0
    lost: int = 0
    lanes: tuple[LaneStatus, ...] = ()
    lag: dict[str, float] = field(default_factory=dict)
    told: datetime | None = None
    beat: float = 0.0

    @property
    def findings(self) -> tuple[str, ...]:
        """What every health page must show."""
        return tuple(lane.finding for lane in self.lanes if lane.finding)

    @property
    def parked_streams(self) -> int:
        """Streams that wait behind a record nobody could fold."""
        return sum(lane.parked_streams for lane in self.lanes)
