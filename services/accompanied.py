"""Whether the work that runs beside a program's own goes on (việc chạy kèm có chạy không)."""

from collections.abc import Sequence
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from services.beside import Beside
from services.worker_health import Condition, Trouble, Worker

OLD: Final = 600.0
"""Seconds without an end of it from which on somebody should look."""


class Accompanied:
    """A worker that also tells when work beside it comes to no end any more."""

    def __init__(self, worker: Worker, *works: Beside) -> None:
        self._worker = worker
        self._works = works

    def condition(self) -> Condition:
        """The worker's own, degraded at least while work beside it stands still."""
        still = [
            Trouble(f"{work.name} has not come to its end for {work.age:.0f} s", "see its log")
            for work in self._works
            if work.age > OLD
        ]
        return self._worker.condition().with_more(still)

    def metrics(self) -> Sequence[Metric]:
        """The worker's own, and the age of each work."""
        age = GaugeMetricFamily(
            "tiepdan_beside_age_seconds",
            "Since work beside the program's own last came to its end.",
            labels=("work",),
        )
        for work in self._works:
            age.add_metric((work.name,), work.age)
        return [*self._worker.metrics(), age]
