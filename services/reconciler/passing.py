"""Once over everything new on the stream: interruptible, resumed where it stopped."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Event

from domain.ports import LANES
from infra.kafka.topics import topic_of
from infra.postgres.reconciled import Difference, LaneState, ReconciledLanes, StoreDigests
from infra.postgres.relay_cursor import Published, RelayCursor
from projections.ports import FactStream, LogTruncated, StreamUnavailable
from services.reconciler.lane import LaneCheck

ALL = range(LANES)
POLL_SECONDS = 1.0
PATIENCE = 10.0
"""Seconds the carrier may give nothing although there is more to read."""
SAVE_EVERY = 2.0
TRIES = 3
"""How often a pass begins again because the topics changed under it."""

Guard = Callable[[float, str], AbstractContextManager[None]]
"""A watchdog's ``within``: the carrier's library may never come back."""


@dataclass(frozen=True)
class Advance:
    """How far a pass is: records read of those there were, and how fast."""

    records: int
    of: int
    rate: float


@dataclass(frozen=True)
class Passed:
    """What a pass found. Facts that the relay has yet to publish are no difference."""

    lanes: Sequence[LaneState]
    records: int
    seconds: float
    finished: bool

    @property
    def differences(self) -> Sequence[Difference]:
        """The first of each lane."""
        return [lane.difference for lane in self.lanes if lane.difference is not None]


@dataclass(frozen=True)
class Sources:
    """What is compared. ``cursor`` is None where the stream is the store's own log."""

    open_stream: Callable[[], FactStream]
    rows: StoreDigests
    kept: ReconciledLanes
    cursor: RelayCursor | None

    def close(self) -> None:
        """Let go of every connection."""
        self.rows.close()
        self.kept.close()
        if self.cursor is not None:
            self.cursor.close()


class Reconciliation:
    """One pass. ``begin`` compares only what follows a position and keeps no state; ``full``
    begins anew, and holds what it finds against the digests of before.
    """

    def __init__(
        self,
        sources: Sources,
        *,
        guard: Guard,
        begin: int | None = None,
        full: bool = False,
        tell: Callable[[Advance], None] = lambda _: None,
    ) -> None:
        self._sources = sources
        self._guard = guard
        self._begin = begin
        self._full = full
        self._tell = tell

    def run(self, stop: Event) -> Passed:
        """Compare until the present end. Raises ``StreamUnavailable``, ``StoreUnavailable``."""
        for _ in range(TRIES - 1):
            try:
                return self._once(stop)
            except LogTruncated:
                continue
        try:
            return self._once(stop)
        except LogTruncated as changed:
            raise StreamUnavailable(f"the topics keep changing: {changed}") from changed

    def _once(self, stop: Event) -> Passed:
        with self._guard(PATIENCE * 4, "opening the stream"):
            stream = self._sources.open_stream()
        try:
            return self._compare(stream, stop)
        finally:
            stream.close()

    def _compare(self, stream: FactStream, stop: Event) -> Passed:
        """Asks first how far the relay is: what it passed then is on the stream by now."""
        began = time.monotonic()
        place = None if self._sources.cursor is None else self._sources.cursor.load()
        ends = stream.ends(ALL)
        checks = self._checks(stream, ends)
        records = self._follow(stream, checks, ends, stop)
        finished = not stop.is_set()
        if finished:
            for lane, check in checks.items():
                check.close(_published(place, stream, lane))
        self._save(checks)
        states = [check.state for check in checks.values()]
        return Passed(states, records, time.monotonic() - began, finished)

    def _checks(self, stream: FactStream, ends: Mapping[int, int]) -> dict[int, LaneCheck]:
        rows, kept = self._sources.rows, self._sources.kept.load()
        if self._begin is not None:
            begins, heads = self._begin, rows.heads(self._begin)
            return {
                lane: LaneCheck(
                    LaneState(lane, stream.topic_id(lane), position=heads[lane]), rows, begin=begins
                )
                for lane in ALL
            }
        checks: dict[int, LaneCheck] = {}
        for lane in ALL:
            was, topic_id = kept.get(lane), stream.topic_id(lane)
            fits = was and was.topic_id == topic_id and was.next_offset <= ends[lane]
            if was is not None and fits and not self._full:
                checks[lane] = LaneCheck(was, rows)
            else:
                checks[lane] = LaneCheck(LaneState(lane, topic_id), rows, was=_sound(was))
        return checks

    def _follow(
        self,
        stream: FactStream,
        checks: Mapping[int, LaneCheck],
        ends: Mapping[int, int],
        stop: Event,
    ) -> int:
        """Read what is new of every lane; how many records that was."""
        behind = {n: c.state.next_offset for n, c in checks.items() if _is_behind(c, ends)}
        total, seen = sum(ends[n] - offset for n, offset in behind.items()), 0
        began = saved = heard = time.monotonic()
        if behind:
            stream.seek(behind)
        while any(_is_behind(checks[n], ends) for n in behind) and not stop.is_set():
            with self._guard(PATIENCE * 4, "reading the stream"):
                came = stream.poll(POLL_SECONDS)
            for lane, records in came.items():
                checks[lane].take(records)
                seen += len(records)
            now = time.monotonic()
            heard = now if came else heard
            if now - heard > PATIENCE:
                raise StreamUnavailable(f"no record came for {PATIENCE:.0f} s, {total} were due")
            if now - saved > SAVE_EVERY:
                self._save(checks)
                saved = now
                self._tell(Advance(seen, total, seen / (now - began)))
        return seen

    def _save(self, checks: Mapping[int, LaneCheck]) -> None:
        if self._begin is None:
            self._sources.kept.save(check.state for check in checks.values())


def _is_behind(check: LaneCheck, ends: Mapping[int, int]) -> bool:
    return check.state.next_offset < ends[check.state.lane]


def _sound(was: LaneState | None) -> LaneState | None:
    """An earlier state to hold a new one against; one with differences proves nothing."""
    return was if was is not None and was.differences == 0 else None


def _published(place: Published | None, stream: FactStream, lane: int) -> int:
    """Up to where a lane must be on the stream; 0 as long as the relay knows another topic."""
    if place is None:
        return 0
    same = place.topic_ids.get(topic_of(lane)[0]) == stream.topic_id(lane)
    return place.heads[lane] if same else 0
