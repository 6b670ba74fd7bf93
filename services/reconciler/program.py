"""The reconciler's life: a pass every minute, until told to stop."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from domain.ports import StoreUnavailable
from infra.kafka.log_watch import StreamStuck
from infra.kafka.topics import KafkaUnavailable, TopicsUnfit
from infra.kafka.watchdog import Watchdog
from projections.ports import StreamUnavailable
from services.lifetime import Exit, leave
from services.logs import why
from services.reconciler.health import ReconcilerStatus
from services.reconciler.passing import Passed, Reconciliation, Sources

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two passes."""
IN_WORDS = (TopicsUnfit, KafkaUnavailable)
"""Told in their own words; those of the others are a database's, which may quote a row."""


@dataclass(frozen=True)
class ReconcilerParts:
    """What a reconciler is made of. ``end`` is called when only ending the process helps."""

    sources: Sources
    status: ReconcilerStatus = field(default_factory=ReconcilerStatus)
    every: float = EVERY
    end: Callable[[int], None] = leave


def run_reconciler(parts: ReconcilerParts, stop: threading.Event) -> Exit:
    """Compare what is new, tell, wait, again. Parts that are away are tried again."""
    watchdog = Watchdog(partial(_give_up, parts))
    told: set[str] = set()
    try:
        while not stop.is_set():
            try:
                passed = Reconciliation(parts.sources, guard=watchdog.within).run(stop)
            except (StoreUnavailable, StreamUnavailable, TopicsUnfit) as away:
                parts.status.away = why(away, *IN_WORDS)
                log.warning("not compared: %s", parts.status.away)
            except StreamStuck as stuck:
                parts.status.stuck = str(stuck)
                log.critical("the stream cannot be read: %s", stuck)
            else:
                parts.status.tell(passed, time.monotonic())
                _say_new(passed, told)
            stop.wait(parts.every)
    finally:
        watchdog.stop()
    return Exit.CLEAN


def _say_new(passed: Passed, told: set[str]) -> None:
    """Each difference is said once as long as it stands."""
    found = {str(difference) for difference in passed.differences}
    for words in sorted(found - told):
        log.critical("store and stream differ: %s", words)
    told.clear()
    told.update(found)


def _give_up(parts: ReconcilerParts, what: str) -> None:
    log.critical("reconciler ends (%s): %s", Exit.STUCK.name, what)
    parts.end(Exit.STUCK)
