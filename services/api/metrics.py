"""What a Prometheus server may scrape, on an internal port (số đo vận hành).

No label names a person, a petition or an office: routes are templates.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from domain.ports import StoreUnavailable
from services.api.admission import Gate

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True)
class FlowHealth:
    """How far the stream and the views are behind the store (độ trễ).

    ``outbox_age``: seconds since the oldest fact not yet published was recorded, 0 when
    none waits. ``lag``: the same per projection. ``parked``: records set aside. Neither is
    known while the views do not answer.
    """

    outbox_age: float
    lag: Mapping[str, float] = field(default_factory=dict)
    parked: int = 0
    views_up: bool = True


class Metrics:
    """Counters of one process, with a registry of its own."""

    def __init__(self, flow: Callable[[], FlowHealth]) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "tiepdan_http_requests",
            "Requests answered, by route template and status.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "tiepdan_http_seconds",
            "Seconds from request to the end of the answer, streams left out.",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.streams = Gauge(
            "tiepdan_sse_clients", "Open live streams of this process.", registry=self.registry
        )
        self.commands = Gauge(
            "tiepdan_commands_waiting",
            "Commands that wait to get under way.",
            registry=self.registry,
        )
        self.registry.register(FlowCollector(flow))
        self._counters: dict[tuple[str, str, int], Counter] = {}
        self._timers: dict[str, Histogram] = {}

    def answered(self, method: str, route: str, status: int, seconds: float | None) -> None:
        """Count a request; ``seconds`` is None for a stream."""
        counter = self._counters.get((method, route, status))
        if counter is None:
            counter = self.requests.labels(method, route, str(status))
            self._counters[method, route, status] = counter
        counter.inc()
        if seconds is not None:
            timer = self._timers.get(route)
            if timer is None:
                timer = self._timers[route] = self.seconds.labels(route)
            timer.observe(seconds)

    def watch_lines(self, lines: Mapping[str, Callable[[], float]]) -> None:
        """Tell how many wait in each."""
        self.registry.register(LineCollector(lines))

    def watch_gate(self, gate: Gate) -> None:
        """Tell how full the process is, and how many it sent away."""
        self.registry.register(GateCollector(gate))


class LineCollector(Collector):
    """How many wait in each of some lines at the moment of a scrape."""

    def __init__(self, lines: Mapping[str, Callable[[], float]]) -> None:
        self._lines = lines

    def collect(self) -> Iterable[Metric]:
        """One gauge, a label per line."""
        waiting = GaugeMetricFamily(
            "tiepdan_waiting", "How many wait in a line inside the process.", labels=("line",)
        )
        for name, count in self._lines.items():
            waiting.add_metric((name,), count())
        yield waiting

    def describe(self) -> Iterable[Metric]:
        """Nothing is asked when the collector is registered."""
        return ()


class GateCollector(Collector):
    """The lines of requests at the moment of a scrape."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def collect(self) -> Iterable[Metric]:
        """In work, waiting, sent away."""
        in_work = GaugeMetricFamily("tiepdan_http_in_work", "In work.", labels=("line",))
        waiting = GaugeMetricFamily("tiepdan_http_waiting", "In the line.", labels=("line",))
        away = CounterMetricFamily("tiepdan_http_turned_away", "Sent away.", labels=("line",))
        for line in self._gate.lines:
            in_work.add_metric((line.name,), line.in_work)
            waiting.add_metric((line.name,), line.waiting)
            away.add_metric((line.name,), line.turned_away)
        away.add_metric(("caller",), self._gate.callers.turned_away)
        return in_work, waiting, away

    def describe(self) -> Iterable[Metric]:
        """Nothing is asked when the collector is registered."""
        return ()


class FlowCollector(Collector):
    """Asks the store how far behind everything is, when somebody scrapes."""

    def __init__(self, flow: Callable[[], FlowHealth]) -> None:
        self._flow = flow

    def collect(self) -> Iterable[Metric]:
        """The gauges; only ``tiepdan_store_up`` 0 when the store does not answer."""
        try:
            flow = self._flow()
        except StoreUnavailable:
            yield GaugeMetricFamily("tiepdan_store_up", "Whether the store answers.", 0)
            return
        yield GaugeMetricFamily("tiepdan_store_up", "Whether the store answers.", 1)
        yield GaugeMetricFamily("tiepdan_views_up", "Whether the views answer.", flow.views_up)
        yield GaugeMetricFamily(
            "tiepdan_outbox_age_seconds", "Age of the oldest unpublished fact.", flow.outbox_age
        )
        if flow.views_up:
            yield from self._of_views(flow)

    def _of_views(self, flow: FlowHealth) -> Iterator[Metric]:
        yield GaugeMetricFamily("tiepdan_parked", "Records set aside by projectors.", flow.parked)
        lag = GaugeMetricFamily(
            "tiepdan_projection_lag_seconds",
            "Age of the oldest fact a projection has not folded.",
            labels=("projection",),
        )
        for projection, seconds in sorted(flow.lag.items()):
            lag.add_metric((projection,), seconds)
        yield lag

    def describe(self) -> Iterable[Metric]:
        """Nothing is asked of the store when the collector is registered."""
        return ()
