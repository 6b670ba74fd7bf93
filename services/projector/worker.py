"""Polls the stream for the lanes that are ours and folds what comes."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

from domain.ports import Clock
from projections.ports import (
    FactStream,
    LogTruncated,
    ProgressLost,
    RecordChanged,
    StreamRecord,
)
from services.projector.around import COMPARE_EVERY, LookAround
from services.projector.lanes import Desk, Folding, Lane
from services.projector.opening import open_lanes
from services.projector.recorded import Recorded
from services.projector.status import ProjectorStatus

log = logging.getLogger(__name__)

BATCH = 2_000
BACKLOG = 500
"""Records at once from which there is more to come: the next are read while these are written."""

TICK = 1.0


class Projector:
    """Folds the lanes it is told to follow; for one thread.

    ``recorded`` says how far the stream is behind the store: only at the end of both may a
    lane be called current. It also says whether the store still holds what was folded.
    """

    looks: ClassVar[type[LookAround]] = LookAround

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
        self._beat = beat
        self._status = status
        self._lanes: dict[int, Lane] = {}
        self._around = self.looks(
            self._lanes, stream, desk, clock, recorded, status,
            compare_every=compare_every, beat=beat,
        )  # fmt: skip
        self._ticked = 0.0
        self._asked: Folding | None = None
        self._sent: Folding | None = None

    def follow(self, lanes: frozenset[int]) -> None:
        """Follow exactly these; one that was lost to another projector is opened afresh."""
        if lanes == self._lanes.keys():
            return
        self.finish()
        new = lanes - self._lanes.keys()
        opened = open_lanes(new, self._stream, self._desk)
        for number in self._lanes.keys() - lanes:
            del self._lanes[number]
        self._lanes |= opened
        self._around.take(new)
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
            self.finish()
        self._write()
        if self._beat() - self._ticked >= TICK:
            self.look_around()
        self._status.beat = self._beat()
        return many

    def _fold(self, number: int, records: Sequence[StreamRecord]) -> None:
        """Three lanes at a time: one is opened and asked for, one folded, one written."""
        under_way = (folding.lane.number for folding in (self._asked, self._sent) if folding)
        if number in under_way:
            self.finish()
        lane = self._lanes.get(number)
        if lane is None or lane.stopped is not None:
            return
        asked: Folding | None = None
        with self._guarded(lane):
            asked = lane.begin(records, self._desk)
        self._write()
        self._asked = asked

    def finish(self) -> None:
        """Have everything written and wait for it."""
        self._write()
        before, self._sent = self._sent, None
        self._settle(before)

    def _write(self) -> None:
        """Have the run written that was asked for: none is left open for long."""
        asked, self._asked = self._asked, None
        if asked is None:
            return
        before, self._sent = self._sent, None
        with self._guarded(asked.lane):
            asked.write()
            self._sent = asked
        self._settle(before)

    def _settle(self, folding: Folding | None) -> None:
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
        self.finish()
        log.error("the log is not the one we read: %s", reason)
        before = dict(self._lanes)
        known = {number: lane.topic_id for number, lane in before.items()}
        self._lanes |= open_lanes(known, self._stream, self._desk)
        for number, lane in self._lanes.items():
            if lane.is_where(before[number]):
                lane.stopped = before[number].stopped
        ends = self._stream.ends(sorted(self._lanes))
        anew = [n for n, lane in self._lanes.items() if lane.topic_id != known[n]]
        beyond = [n for n, lane in self._lanes.items() if lane.offset > ends[n]]
        for number in beyond if anew or beyond else self._lanes:
            self._lanes[number].read_again()
        self._around.stop_rewound(self._lanes.keys())
        self._seek()

    def _seek(self) -> None:
        followed = {n: lane.offset for n, lane in self._lanes.items() if lane.stopped is None}
        self._stream.seek(followed)

    def look_around(self) -> None:
        """Once a second: who is at the end, what is missing, what was released."""
        self.finish()
        self._ticked = self._beat()
        if self._around.look():
            self._seek()
