"""How the relay is: whether rounds go out, and how long the oldest fact has waited."""

import time
from collections.abc import Callable, Sequence

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from domain.ports import Clock
from services.relay.status import RelayStatus
from services.worker_health import LATE, Condition, Trouble

STUCK_AFTER = 60.0
"""Seconds without a finished round. The watchdog ends the process later than this."""


class RelayHealth:
    """A :class:`services.worker_health.Worker`. ``clock`` is the one that facts are stamped by."""

    def __init__(
        self, status: RelayStatus, clock: Clock, beat: Callable[[], float] = time.monotonic
    ) -> None:
        self._status = status
        self._clock = clock
        self._beat = beat

    def condition(self) -> Condition:
        """A standby is ready: it takes over when the active relay lets go."""
        waited = self._status.unsent_age(self._clock.now())
        if not self._status.active:
            return Condition("ready")
        silent = self._beat() - self._status.beat
        if silent > STUCK_AFTER:
            words = f"no round was finished for {silent:.0f} s"
            return Condition("down", waited, [Trouble(words, "start Kafka, or see its log")])
        if waited > LATE:
            words = f"the oldest unsent fact has waited {waited:.0f} s"
            return Condition("degraded", waited, [Trouble(words, "wait for the backlog to go out")])
        return Condition("ready", waited)

    def metrics(self) -> Sequence[Metric]:
        """The relay's figures."""
        status = self._status
        waited = status.unsent_age(self._clock.now())
        return [
            GaugeMetricFamily("tiepdan_relay_active", "1 leads, 0 stands by.", status.active),
            GaugeMetricFamily("tiepdan_relay_epoch", "Epoch of its lease.", status.epoch),
            GaugeMetricFamily("tiepdan_relay_position", "Position sent up to.", status.position),
            CounterMetricFamily("tiepdan_relay_rounds", "Rounds sent.", value=status.rounds),
            CounterMetricFamily("tiepdan_relay_sent", "Facts sent.", value=status.sent),
            GaugeMetricFamily(
                "tiepdan_relay_oldest_unsent_seconds", "Age of the oldest unsent fact.", waited
            ),
        ]
