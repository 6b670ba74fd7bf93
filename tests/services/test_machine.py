"""Wrong clocks and full disks are told of, in words and in figures."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from services.machine import ClockFigures, DiskFigures, OnTime, clock_probe, disks, skew_words
from services.probing import PartDown
from services.worker_health import Condition, Status, Trouble


class Calm:
    """A worker in a given condition."""

    def __init__(self, status: Status) -> None:
        self._status = status

    def condition(self) -> Condition:
        """As told."""
        return Condition(self._status, 1.5, [Trouble("own", "mend")])

    def metrics(self) -> Sequence[Metric]:
        """One figure."""
        return [GaugeMetricFamily("own", "Own.", 1)]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, None),
        (1.9, None),
        (-2.0, None),
        (2.1, "the clock is 2.1 s ahead of the database's"),
        (-600.0, "the clock is 600.0 s behind the database's"),
    ],
)
def test_a_clock_is_told_of_when_it_is_more_than_two_seconds_off(
    seconds: float | None, words: str | None
) -> None:
    assert skew_words(seconds) == words
    ask = clock_probe(lambda: seconds)
    if words is None:
        ask()
    else:
        with pytest.raises(PartDown, match="the clock is"):
            ask()


@pytest.mark.parametrize(("own", "told"), [("ready", "degraded"), ("down", "down")])
def test_a_worker_with_a_wrong_clock_is_degraded_at_least(own: Status, told: str) -> None:
    worker = OnTime(Calm(own), lambda: 30.0)
    found = worker.condition()
    assert (found.status, found.lag, len(found.troubles)) == (told, 1.5, 2)
    assert [metric.name for metric in worker.metrics()] == ["own", "tiepdan_clock_skew_seconds"]


def test_a_worker_on_time_is_as_it_says() -> None:
    calm = Calm("ready")
    assert OnTime(calm, lambda: 0.1).condition() == calm.condition()
    assert [metric.name for metric in OnTime(calm, lambda: None).metrics()] == ["own"]
    assert list(ClockFigures(lambda: None).collect()) == []


def test_each_file_system_below_the_state_folder_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "kafka").mkdir()
    found = disks(tmp_path)
    assert list(found) == ["state"]
    assert 0 < found["state"] <= 1
    (metric,) = DiskFigures(tmp_path).collect()
    assert [sample.labels for sample in metric.samples] == [{"folder": "state"}]
    assert disks(tmp_path / "nowhere") == {}
