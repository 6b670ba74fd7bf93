"""Polls the stream for the lanes that are ours and folds what comes."""

import logging
import math
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from domain.ports import Clock
from projections.chain import Hole
from projections.ports import (
    FactStream,
    LogTruncated,
    ProgressLost,
    RecordChanged,
    StreamRecord,
    StreamUnavailable,
)
from services.projector.lanes import Desk, Folding, Lane
from services.projector.likeness import is_folded
from services.projector.opening import open_lanes, waiting_streams
from services.projector.recorded import Recorded
from services.projector.release import release_orphans
from services.projector.standing import finding, is_current, status_of
from services.projector.status import LaneStatus, ProjectorStatus

log = logging.getLogger(__name__)

BATCH = 2_000
BACKLOG = 500
"""Records at once from which there is more to come: the next are read while these are written."""

TICK = 1.0
REREAD_AFTER = 60.0
"""Seconds a hole may stay open before the lane is read once more from its beginning."""

COMPARE_EVERY = 60.0
"""Seconds between two looks whether the store still holds what was folded last."""


class Projector:
    """Folds the lanes it is told to follow; for one thread.

    ``recorded`` says how far the stream is behind the store: only at the end of both may a
    lane be called current. It also says whether the store still holds what was folded.
    """

    def __init__(
        self,
        stream: FactStream,
        desk: Desk,
        clock: Clock,
        recorded: Recorded,
        status: ProjectorStatus,
        *,
        compare_every: float = COMPARE_EVERY,
        beat: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream
        self._desk = desk
        self._clock = clock
        self._recorded = recorded
        self._compare_every = compare_every
        self._beat = beat
        self._compared = 0.0
        self._status = status
        self._lanes: dict[int, Lane] = {}
        self._taken: dict[int, datetime] = {}
        self._holes: dict[tuple[int, int], float] = {}
        self._ticked = 0.0
        self._folding: Folding | None = None

    def follow(self, lanes: frozenset[int]) -> None:
        """Follow exactly these; one that was lost to another projector is opened afresh."""
        if lanes == self._lanes.keys():
            return
        self._finish()
        now = self._clock.now()
        new = lanes - self._lanes.keys()
        kept = {number: lane for number, lane in self._lanes.items() if number in lanes}
        self._lanes = kept | open_lanes(new, self._stream, self._desk)
        self._taken = {n: self._taken.get(n, now) for n in kept} | dict.fromkeys(new, now)
        self._stop_rewound(new)
        self._seek()

    def step(self, timeout: float) -> int:
        """Poll once and fold; how many records came. Each second also look around.

        Raises ``StreamUnavailable``, ``StoreUnavailable``.
        """
        try:
            came = self._stream.poll(timeout)
        except LogTruncated as reason:
            self._begin_again(reason)
            return 0
        for number, records in came.items():
            for start in range(0, len(records), BATCH):
                self._fold(number, records[start : start + BATCH])
        many = sum(map(len, came.values()))
        if many < BACKLOG:
            self._finish()
        if self._beat() - self._ticked >= TICK:
            self.look_around()
        self._status.beat = self._beat()
        return many

    def _fold(self, number: int, records: Sequence[StreamRecord]) -> None:
        """Have a run written while the next is read: one is under way at a time."""
        if self._folding is not None and self._folding.lane.number == number:
            self._finish()
        lane = self._lanes.get(number)
        if lane is None or lane.stopped is not None:
            return
        with self._guarded(lane):
            self._folding = lane.begin(records, self._desk, self._finish)

    def _finish(self) -> None:
        """Wait for the run that is under way, if there is one."""
        folding, self._folding = self._folding, None
        if folding is not None:
            with self._guarded(folding.lane):
                self._status.folded += folding.finish()
                self._status.batches += 1

    @contextmanager
    def _guarded(self, lane: Lane) -> Iterator[None]:
        """What the views may say of a lane's run."""
        try:
            yield
        except ProgressLost:
            log.warning("lane %d is another projector's now", lane.number)
            self._status.lost += 1
            del self._lanes[lane.number]
        except RecordChanged as reason:
            lane.stopped = str(reason)
        if lane.stopped is not None:
            log.critical("lane %d stands still: %s", lane.number, lane.stopped)
            self._seek()

    def _begin_again(self, reason: LogTruncated) -> None:
        """Open every lane afresh; what lies beyond its log's end is read from the beginning.

        When none does, a tail was lost and has grown again, nobody knows in which lane: all
        are read again. The chain takes what was folded for repeats.
        """
        self._finish()
        log.error("the log is not the one we read: %s", reason)
        known = {number: lane.topic_id for number, lane in self._lanes.items()}
        standing = {number: lane.stopped for number, lane in self._lanes.items()}
        self._lanes = open_lanes(known, self._stream, self._desk)
        for number, lane in self._lanes.items():
            lane.stopped = standing[number]
        ends = self._stream.ends(sorted(self._lanes))
        anew = [n for n, lane in self._lanes.items() if lane.topic_id != known[n]]
        beyond = [n for n, lane in self._lanes.items() if lane.offset > ends[n]]
        for number in beyond if anew or beyond else self._lanes:
            self._lanes[number].read_again()
        self._stop_rewound(self._lanes.keys())
        self._seek()

    def _seek(self) -> None:
        followed = {n: lane.offset for n, lane in self._lanes.items() if lane.stopped is None}
        self._stream.seek(followed)

    def look_around(self) -> None:
        """Once a second: who is at the end, what is missing, what was released."""
        self._finish()
        self._ticked = self._beat()
        published, ends = self._recorded.published(), self._ends()
        self._find_missing(published or {}, ends)
        current = [n for n, lane in self._lanes.items() if is_current(lane, lane.offset, ends)]
        if published is not None and current:
            self._desk.views.confirm([p.name for p in self._desk.projections], current)
        self._compare_with_store()
        self._forget_released()
        self._read_old_holes_again()
        self._tell(ends)

    def _find_missing(self, published: Mapping[int, int], ends: Mapping[int, int]) -> None:
        """A lane read to its end without what was published there has a hole.

        Whoever opened it behind the hole has not seen it, and a lost tail nobody sees.
        """
        for number, lane in self._lanes.items():
            head = published.get(number, 0)
            if is_current(lane, lane.offset, ends) and lane.position < head:
                lane.hole = Hole(after=lane.position, before=head + 1)

    def _compare_with_store(self) -> None:
        now = self._beat()
        if now - self._compared >= self._compare_every:
            self._compared = now
            self._drop_moved()
            if self._stop_rewound(self._lanes.keys()):
                self._seek()

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

    def _stop_rewound(self, numbers: Collection[int]) -> bool:
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
            streams = [stream for number in held for stream in self._lanes[number].waiting]
            release_orphans(streams, self._desk)
            waiting = waiting_streams(held, self._desk)
            skipped = self._desk.views.skipped(held)
            for number in held:
                self._lanes[number].waiting = dict(waiting.get(number, {}))
                self._lanes[number].skipped = skipped

    def _read_old_holes_again(self) -> None:
        """A hole that no re-sending heals may be records we sought past: look once more."""
        now = self._beat()
        before, self._holes = self._holes, {}
        for number, lane in self._lanes.items():
            if lane.hole is None:
                continue
            since = before.get((number, lane.hole.after), now)
            if now - since > REREAD_AFTER:
                log.error("lane %d: %s; reading it from the beginning", number, finding(lane))
                lane.read_again()
                self._seek()
                since = math.inf
            self._holes[number, lane.hole.after] = since

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
