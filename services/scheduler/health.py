"""How the scheduler is: whether it goes on, and whether anybody waits to be told."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from domain.ports import Clock
from services.scheduler.status import SchedulerStatus
from services.worker_health import LATE, Condition, Trouble

STUCK_AFTER: Final = 60.0
"""Seconds without a finished step."""


class SchedulerHealth:
    """A :class:`services.worker_health.Worker`. ``clock`` is the one reminders fall by."""

    def __init__(
        self, status: SchedulerStatus, clock: Clock, beat: Callable[[], float] = time.monotonic
    ) -> None:
        self._status = status
        self._clock = clock
        self._beat = beat

    def condition(self) -> Condition:
        """A standby is ready: it takes over when the active scheduler lets go."""
        if not self._status.active:
            return Condition("ready")
        late = self._status.late_by(self._clock.now())
        silent = self._beat() - self._status.beat
        if silent > STUCK_AFTER:
            why = self._status.away or "no step came to its end"
            words = f"nobody was reminded of anything for {silent:.0f} s: {why}"
            return Condition("down", late, [Trouble(words, "start Postgres, or see its log")])
        troubles = list(self._troubles(late))
        return Condition("degraded" if troubles else "ready", late, troubles)

    def _troubles(self, late: float) -> Iterator[Trouble]:
        figures = self._status.figures
        if figures.unreadable:
            words = f"{figures.unreadable} files cannot be read: nobody is reminded of them"
            yield Trouble(words, "run the release that wrote them, or see its log")
        if late > LATE:
            words = f"the oldest reminder has waited {late:.0f} s to be recorded"
            yield Trouble(words, "wait for the backlog; if it stays, see its log")

    def metrics(self) -> Sequence[Metric]:
        """The scheduler's figures."""
        status = self._status
        late = status.late_by(self._clock.now())
        reminded = CounterMetricFamily(
            "tiepdan_scheduler_reminders", "Reminders recorded.", labels=("kind",)
        )
        for kind, count in sorted(status.reminded.items()):
            reminded.add_metric((kind.removeprefix("reminder."),), count)
        figures = (
            ("active", "1 leads, 0 stands by.", status.active),
            ("epoch", "Epoch of its lease.", status.epoch),
            ("position", "Position followed up to.", status.position),
            ("files", "Files on the agenda.", status.figures.files),
            ("to_look_at", "Files to be looked at anew.", status.figures.to_look_at),
            ("unreadable", "Files that cannot be read.", status.figures.unreadable),
            ("oldest_due_seconds", "Age of the oldest reminder not recorded.", late),
        )
        return [
            *(
                GaugeMetricFamily(f"tiepdan_scheduler_{n}", text, value)
                for n, text, value in figures
            ),
            CounterMetricFamily(
                "tiepdan_scheduler_followed", "Facts followed.", value=status.followed
            ),
            CounterMetricFamily(
                "tiepdan_scheduler_looked", "Files looked at.", value=status.looked
            ),
            reminded,
        ]
