"""How the reconciler is: when it last compared, how far, and what differs."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from infra.postgres.reconciled import Difference, Kind, LaneState
from services.reconciler.passing import Passed
from services.worker_health import Condition, Trouble

OLD = 600.0
"""Seconds without a finished pass from which on somebody should look. reliability.md 8."""

ONE_HISTORY = "docs/decisions/one-history.md"
MENDS = {
    Kind.MISSING: "start the relay; if it stays, `tiepdan reconcile --mend`",
    Kind.ORDER: "`tiepdan reconcile --mend`",
    Kind.SURPLUS: f"the store may be an older one than the stream: see {ONE_HISTORY}",
    Kind.BODY: f"store or stream was altered, or the store put back: see {ONE_HISTORY}",
    Kind.CHAIN: "`tiepdan topics renew --yes`: the relay sends all that the store holds",
    Kind.HISTORY: "compare with a backup: rows that were compared before have changed",
}
UNREADABLE = (
    "see the broker's log and disk; where it has no good copy: "
    f"`tiepdan topics renew`, as in {ONE_HISTORY}"
)


@dataclass
class ReconcilerStatus:
    """Written by the reconciler's thread alone, whole values at a time.

    ``stuck`` says where the stream could not be read, until a pass comes to its end.
    """

    lanes: Sequence[LaneState] = ()
    passes: int = 0
    records: int = 0
    seconds: float = 0.0
    beat: float | None = None
    away: str | None = None
    stuck: str | None = None

    def tell(self, passed: Passed, now: float) -> None:
        """Take over what a pass found."""
        self.lanes, self.seconds = passed.lanes, passed.seconds
        self.records += passed.records
        if passed.finished:
            self.passes, self.beat = self.passes + 1, now
            self.away = self.stuck = None


class ReconcilerHealth:
    """A :class:`services.worker_health.Worker`."""

    def __init__(
        self, status: ReconcilerStatus, beat: Callable[[], float] = time.monotonic
    ) -> None:
        self._status = status
        self._beat = beat
        self._began = beat()

    def condition(self) -> Condition:
        """Never down: whatever it finds, facts are recorded and shown all the same."""
        troubles = [trouble_of(lane.difference) for lane in self._status.lanes if lane.difference]
        if self._status.stuck is not None:
            troubles.append(Trouble(f"the stream cannot be read: {self._status.stuck}", UNREADABLE))
        if self._age() > OLD:
            why = self._status.away or self._status.stuck or "no pass came to its end"
            words = f"store and stream were last compared {self._age():.0f} s ago: {why}"
            troubles.append(Trouble(words, "see its log; is the relay up? is Kafka?"))
        return Condition("degraded" if troubles else "ready", 0.0, troubles)

    def metrics(self) -> Sequence[Metric]:
        """The reconciler's figures."""
        status = self._status
        position = GaugeMetricFamily(
            "tiepdan_reconcile_position", "Compared up to.", labels=("lane",)
        )
        differing = GaugeMetricFamily(
            "tiepdan_reconcile_differing", "1 while store and stream differ.", labels=("lane",)
        )
        for lane in status.lanes:
            position.add_metric((str(lane.lane),), lane.position)
            differing.add_metric((str(lane.lane),), lane.difference is not None)
        differences = sum(lane.difference is not None for lane in status.lanes)
        repeats = sum(lane.repeats for lane in status.lanes)
        return [
            position,
            differing,
            GaugeMetricFamily("tiepdan_reconcile_differences", "Lanes that differ.", differences),
            GaugeMetricFamily("tiepdan_reconcile_age_seconds", "Since the last pass.", self._age()),
            GaugeMetricFamily("tiepdan_reconcile_repeats", "Records that came again.", repeats),
            GaugeMetricFamily("tiepdan_reconcile_seconds", "The last pass took.", status.seconds),
            CounterMetricFamily("tiepdan_reconcile_passes", "Passes.", value=status.passes),
            CounterMetricFamily("tiepdan_reconcile_records", "Records read.", value=status.records),
        ]

    def _age(self) -> float:
        """Seconds since a pass came to its end; since the start before the first."""
        since = self._began if self._status.beat is None else self._status.beat
        return max(0.0, self._beat() - since)


def trouble_of(difference: Difference) -> Trouble:
    """A difference as every health page tells it."""
    return Trouble(f"store and stream differ: {difference}", MENDS[difference.kind])
