"""A look around the lanes: who is at the end, what is missing, what was put back (nhìn quanh)."""

import logging
import math
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial

from domain.ports import Clock
from projections.chain import Hole
from projections.ports import FactStream, StreamUnavailable
from services.projector.lanes import Desk, Lane
from services.projector.likeness import is_folded
from services.projector.opening import waiting_streams
from services.projector.recorded import Recorded
from services.projector.release import release_orphans
from services.projector.standing import finding, is_current, status_of
from services.projector.status import LaneStatus, ProjectorStatus

log = logging.getLogger(__name__)

REREAD_AFTER = 60.0
"""Seconds a hole may stay open before the lane is read once more from its beginning."""

COMPARE_EVERY = 60.0
"""Seconds between two looks whether the store still holds what was folded last."""


class LookAround:
    """Looks at a projector's lanes while nothing is under way; for its one thread.

    ``lanes`` are the projector's own: one whose rows were put back is taken from them.
    """

    def __init__(
        self,
        lanes: dict[int, Lane],
        stream: FactStream,
        desk: Desk,
        clock: Clock,
        recorded: Recorded,
        status: ProjectorStatus,
        *,
        compare_every: float,
        beat: Callable[[], float],
    ) -> None:
        self._lanes = lanes
        self._stream = stream
        self._desk = desk
        self._clock = clock
        self._recorded = recorded
        self._compare_every = compare_every
        self._beat = beat
        self._compared = 0.0
        self._status = status
        self._taken: dict[int, datetime] = {}
        self._holes: dict[tuple[int, int], float] = {}

    def look(self) -> bool:
        """Look once; whether the stream must be sought anew."""
        published, ends = self._recorded.published(), self._ends()
        self._find_missing(published or {}, ends)
        current = [n for n, lane in self._lanes.items() if is_current(lane, lane.offset, ends)]
        if published is not None and current:
            self._desk.views.confirm([p.name for p in self._desk.projections], current)
        stopped = self._compare_with_store()
        self._forget_released()
        read_again = self._read_old_holes_again()
        self._tell(ends)
        return stopped or read_again

    def take(self, numbers: Collection[int]) -> bool:
        """Note when these lanes were taken up; whether one of them had to be stopped."""
        now = self._clock.now()
        self._taken = {n: self._taken[n] for n in self._lanes if n in self._taken}
        self._taken |= dict.fromkeys(numbers, now)
        return self.stop_rewound(numbers)

    def stop_rewound(self, numbers: Collection[int]) -> bool:
        """Stop each lane whose last fact the store holds no more; whether there was one.

        Such a store was put back to an older state: its new facts have positions that were
        folded before, so they would pass for repeats.
        """
        found = [number for number in numbers if self._is_rewound(self._lanes[number])]
        for number in found:
            lane = self._lanes[number]
            lane.stopped = f"the store was rewound: {lane.position} was folded and is not in it"
            log.critical("lane %d stands still: %s", number, lane.stopped)
        return bool(found)

    def _find_missing(self, published: Mapping[int, int], ends: Mapping[int, int]) -> None:
        """A lane read to its end without what was published there has a hole.

        Whoever opened it behind the hole has not seen it, and a lost tail nobody sees.
        """
        for number, lane in self._lanes.items():
            head = published.get(number, 0)
            if is_current(lane, lane.offset, ends) and lane.position < head:
                lane.hole = Hole(after=lane.position, before=head + 1)

    def _compare_with_store(self) -> bool:
        now = self._beat()
        if now - self._compared < self._compare_every:
            return False
        self._compared = now
        self._drop_moved()
        return self.stop_rewound(self._lanes.keys())

    def _drop_moved(self) -> None:
        """Let go of lanes whose rows were put back to an older state: they are opened afresh.

        A lane that has new facts is found out by its compare-and-set; an idle one never.
        """
        lanes = sorted(self._lanes)
        for projection in self._desk.projections:
            found = self._desk.views.progress(projection.name, lanes)
            for number in lanes:
                lane = self._lanes.get(number)
                if lane and lane.places[projection.name].stored != found.get(number):
                    log.warning("lane %d: its rows were put back or moved on", number)
                    del self._lanes[number]

    def _is_rewound(self, lane: Lane) -> bool:
        if lane.stopped is not None:
            return False
        folded = {place.position for place in lane.places.values()} - {0}
        is_it = partial(is_folded, lane=lane, desk=self._desk)
        return not all(self._recorded.holds(lane.number, p, is_it) for p in folded)

    def _ends(self) -> Mapping[int, int]:
        """The lanes' ends; none while the carrier is away, and then no lane is current."""
        try:
            return self._stream.ends(sorted(self._lanes))
        except StreamUnavailable:
            return {}

    def _forget_released(self) -> None:
        held = [number for number, lane in self._lanes.items() if lane.waiting]
        if held:
            release_orphans(held, self._desk)
            waiting = waiting_streams(held, self._desk)
            skipped = self._desk.views.skipped(held)
            for number in held:
                self._lanes[number].waiting = dict(waiting.get(number, {}))
                self._lanes[number].skipped = skipped

    def _read_old_holes_again(self) -> bool:
        """A hole that no re-sending heals may be records we sought past: look once more."""
        again = False
        now = self._beat()
        before, self._holes = self._holes, {}
        for number, lane in self._lanes.items():
            if lane.hole is None:
                continue
            since = before.get((number, lane.hole.after), now)
            if now - since > REREAD_AFTER:
                log.error("lane %d: %s; reading it from the beginning", number, finding(lane))
                lane.read_again()
                again, since = True, math.inf
            self._holes[number, lane.hole.after] = since
        return again

    def _tell(self, ends: Mapping[int, int]) -> None:
        """Write down how lanes and projections stand, for whoever asks this process."""
        now = self._clock.now()
        lag: dict[str, float] = {}
        lanes: list[LaneStatus] = []
        for number, lane in sorted(self._lanes.items()):
            newest = lane.newest or self._taken[number]
            age = max(0.0, (now - newest).total_seconds())
            for name, place in lane.places.items():
                behind = 0.0 if is_current(lane, place.offset, ends) else age
                lag[name] = max(behind, lag.get(name, 0.0))
            lanes.append(status_of(lane, 0.0 if is_current(lane, lane.offset, ends) else age))
        self._status.lag, self._status.lanes, self._status.told = lag, tuple(lanes), now
