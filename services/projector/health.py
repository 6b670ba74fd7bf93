"""How a projector is: which lanes stand still, have holes or parked streams, and how late."""

import time
from collections.abc import Callable, Iterator, Sequence

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from services.projector.status import LaneStatus, ProjectorStatus
from services.worker_health import LATE, Condition, Trouble

STUCK_AFTER = 30.0
"""Seconds without a finished poll. The watchdog ends the process later than this."""

REWOUND = (
    "if the store was put back to an older state, see docs/decisions/one-history.md: once it is "
    "the truth, `tiepdan topics renew`, then `tiepdan rebuild`"
)
HOLE = (
    "start the relay: it sends again what it was not told had arrived; if the hole stays, "
    "`tiepdan reconcile --mend` has it send again from there"
)
PARKED = "see `tiepdan parked list`; install the release that reads it, then `parked retry`"


class ProjectorHealth:
    """A :class:`services.worker_health.Worker`."""

    def __init__(self, status: ProjectorStatus, beat: Callable[[], float] = time.monotonic) -> None:
        self._status = status
        self._beat = beat

    def condition(self) -> Condition:
        """Down when nothing is polled or a lane of ours stands still."""
        status = self._status
        lag = max(status.lag.values(), default=0.0)
        if status.told is None:
            return Condition("down", lag, [Trouble("its lanes are not open yet", "wait")])
        silent = self._beat() - status.beat
        if silent > STUCK_AFTER:
            words = f"a poll has not come back for {silent:.0f} s"
            return Condition("down", lag, [Trouble(words, "it ends itself; see its log")])
        troubles = [*self._lanes(), *_late(lag)]
        if any(lane.stopped for lane in status.lanes):
            return Condition("down", lag, troubles)
        return Condition("degraded" if troubles else "ready", lag, troubles)

    def metrics(self) -> Sequence[Metric]:
        """The projector's figures."""
        status = self._status
        lag = GaugeMetricFamily(
            "tiepdan_projector_lag_seconds",
            "Seconds a projection is behind in this process' lanes.",
            labels=("projection",),
        )
        for projection, seconds in sorted(status.lag.items()):
            lag.add_metric((projection,), seconds)
        return [
            CounterMetricFamily("tiepdan_projector_folded", "Facts folded.", value=status.folded),
            CounterMetricFamily("tiepdan_projector_batches", "Batches.", value=status.batches),
            CounterMetricFamily(
                "tiepdan_projector_lost", "Lanes another was faster in.", value=status.lost
            ),
            lag,
            self._by_lane("lane_lag_seconds", "Seconds a lane is behind.", lambda lane: lane.lag),
            self._by_lane("position", "Position folded.", lambda lane: lane.position),
            self._by_lane("parked_streams", "Streams set aside.", lambda lane: lane.parked_streams),
            self._by_lane(
                "findings", "1 a hole or a stop, 0 none.", lambda lane: lane.finding is not None
            ),
        ]

    def _by_lane(
        self, name: str, words: str, figure: Callable[[LaneStatus], float]
    ) -> GaugeMetricFamily:
        family = GaugeMetricFamily(f"tiepdan_projector_{name}", words, labels=("lane",))
        for lane in self._status.lanes:
            family.add_metric((str(lane.lane),), figure(lane))
        return family

    def _lanes(self) -> Iterator[Trouble]:
        for lane in self._status.lanes:
            if lane.finding is not None:
                mend = REWOUND if lane.stopped else HOLE
                yield Trouble(f"lane {lane.lane}: {lane.finding}", mend)
            if lane.parked_streams:
                words = f"lane {lane.lane}: {lane.parked_streams} streams wait behind a parked fact"
                yield Trouble(words, PARKED)


def _late(lag: float) -> Iterator[Trouble]:
    if lag > LATE:
        yield Trouble(f"{lag:.0f} s behind", "wait, or start another projector")
