"""What the machine tells of itself: disks that fill up, clocks that are off (máy chủ)."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from services.probing import PartDown
from services.worker_health import Condition, Trouble, Worker

FULL = 0.8
"""Share of a disk from which on somebody should make room. reliability.md 4, F13."""
SKEWED = 2.0
"""Seconds between a program's clock and the database's. reliability.md 4, F14."""
STATE = "state"
SET_THE_CLOCK = "let both machines follow the same time server (NTP)"

Skew = Callable[[], float | None]
"""Seconds a clock is ahead of the database's; None when nobody could tell."""


def disks(state: Path) -> Mapping[str, float]:
    """How full each file system below a state folder is, by the first folder that lies on it."""
    folders = [state, *sorted(each for each in state.glob("*") if each.is_dir())]
    found: dict[int, tuple[str, float]] = {}
    for folder in folders:
        try:
            device, space = folder.stat().st_dev, shutil.disk_usage(folder)
        except OSError:
            continue
        name = STATE if folder == state else folder.name
        found.setdefault(device, (name, space.used / max(1, space.used + space.free)))
    return dict(found.values())


class DiskFigures(Collector):
    """The fill of the data folders this process can see."""

    def __init__(self, state: Path) -> None:
        self._state = state

    def collect(self) -> Iterable[Metric]:
        """One gauge per file system."""
        used = GaugeMetricFamily(
            "tiepdan_disk_used_ratio", "Used share of a data folder's disk.", labels=("folder",)
        )
        for name, share in disks(self._state).items():
            used.add_metric((name,), share)
        yield used

    def describe(self) -> Iterable[Metric]:
        """Nothing is looked at when the collector is registered."""
        return ()


class ClockFigures(Collector):
    """How far this process' clock is off."""

    def __init__(self, skew: Skew) -> None:
        self._skew = skew

    def collect(self) -> Iterable[Metric]:
        """The gauge, when the database could be asked."""
        yield from skew_metric(self._skew())

    def describe(self) -> Iterable[Metric]:
        """Nothing is asked when the collector is registered."""
        return ()


def skew_metric(seconds: float | None) -> Iterator[Metric]:
    """The gauge of one measurement."""
    if seconds is not None:
        words = "Seconds this process' clock is ahead of the database's."
        yield GaugeMetricFamily("tiepdan_clock_skew_seconds", words, seconds)


def skew_words(seconds: float | None) -> str | None:
    """What is wrong with a clock, in words; None when nothing is or nobody could tell."""
    if seconds is None or abs(seconds) <= SKEWED:
        return None
    where = "ahead of" if seconds > 0 else "behind"
    return f"the clock is {abs(seconds):.1f} s {where} the database's"


def clock_probe(skew: Skew) -> Callable[[], None]:
    """The question of a health page: right, or :class:`PartDown`."""

    def ask() -> None:
        words = skew_words(skew())
        if words is not None:
            raise PartDown(words)

    return ask


class OnTime:
    """A worker that also tells when its clock is off. Order never depends on clocks; dates do."""

    def __init__(self, worker: Worker, skew: Skew) -> None:
        self._worker = worker
        self._skew = skew

    def condition(self) -> Condition:
        """The worker's own, degraded at least while the clock is off."""
        words = skew_words(self._skew())
        troubles = [] if words is None else [Trouble(words, SET_THE_CLOCK)]
        return self._worker.condition().with_more(troubles)

    def metrics(self) -> Sequence[Metric]:
        """The worker's own and the clock's."""
        return [*self._worker.metrics(), *skew_metric(self._skew())]
