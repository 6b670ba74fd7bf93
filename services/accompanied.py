"""Whether the work that runs beside a program's own goes on (việc chạy kèm có chạy không)."""

from collections.abc import Iterator, Sequence
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from services.beside import Beside
from services.worker_health import Condition, Trouble, Worker

OLD: Final = 600.0
"""Seconds without an end of it from which on somebody should look."""


class Accompanied:
    """A worker that also tells when work beside it comes to no end, or leaves files alone."""

    def __init__(self, worker: Worker, *works: Beside) -> None:
        self._worker = worker
        self._works = works

    def condition(self) -> Condition:
        """The worker's own, degraded at least while there is something to say of the others."""
        troubles = [trouble for work in self._works for trouble in _troubles(work)]
        return self._worker.condition().with_more(troubles)

    def metrics(self) -> Sequence[Metric]:
        """The worker's own, the age of each work and how many files it left alone."""
        age = GaugeMetricFamily(
            "tiepdan_beside_age_seconds",
            "Since work beside the program's own last came to its end.",
            labels=("work",),
        )
        unreadable = GaugeMetricFamily(
            "tiepdan_beside_unreadable",
            "Files left alone the last time because they cannot be read.",
            labels=("work",),
        )
        for work in self._works:
            age.add_metric((work.name,), work.age)
            unreadable.add_metric((work.name,), work.unreadable)
        return [*self._worker.metrics(), age, unreadable]


def _troubles(work: Beside) -> Iterator[Trouble]:
    if work.age > OLD:
        yield Trouble(f"{work.name} has not come to its end for {work.age:.0f} s", "see its log")
    if work.unreadable:
        words = f"{work.name} leaves {work.unreadable} files alone: they cannot be read"
        yield Trouble(words, "run the release that wrote them, or see its log")
