"""The scheduler's life: stand by, take over, work through what there is, wait, drain."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from domain.law.editions import UnreadableEdition
from domain.ports import StoreUnavailable
from infra.agenda import Superseded
from infra.postgres.leases import Lease, Leases
from infra.postgres.wake import Listener
from services.lifetime import Exit, leave
from services.logs import why
from services.relay.lease import KeptLease, wait_for_lease
from services.scheduler.status import SchedulerStatus
from services.scheduler.steps import Scheduler, World

log = logging.getLogger(__name__)

LEASE_NAME: Final = "scheduler"
IDLE_WAIT: Final = 0.5
"""Seconds until an idle scheduler looks again although nobody notified it."""
TOGETHER: Final = 0.2
"""Seconds in which facts may gather once one was announced: reminders count in days, and one by
one eighty acts a second cost a sixth of a core."""
AWAY_WAIT: Final = 1.0
COUNT_EVERY: Final = 5.0
"""Seconds between two counts of the agenda, for health and figures."""
IN_WORDS: Final = (Superseded, UnreadableEdition)
"""Told in their own words; a database's may quote a row."""


@dataclass(frozen=True)
class SchedulerParts:
    """What a scheduler is made of. ``news`` listens where facts are announced.

    ``end`` is called with an exit code when only ending the process helps.
    """

    world: World
    leases: Leases
    news: Listener
    status: SchedulerStatus = field(default_factory=SchedulerStatus)
    end: Callable[[int], None] = leave


def run_scheduler(parts: SchedulerParts, stop: threading.Event) -> Exit:
    """Remind until told to stop; stand by as long as another one does."""
    try:
        lease = wait_for_lease(parts.leases, LEASE_NAME, stop)
        if lease is not None:
            _lead(parts, lease, stop)
    except Superseded as reason:
        log.critical("scheduler ends (%s): %s", Exit.LEASE_LOST.name, why(reason, *IN_WORDS))
        return Exit.LEASE_LOST
    except StoreUnavailable as reason:
        log.critical("scheduler ends (%s): %s", Exit.UNAVAILABLE.name, why(reason, *IN_WORDS))
        return Exit.UNAVAILABLE
    return Exit.CLEAN


def _lead(parts: SchedulerParts, lease: Lease, stop: threading.Event) -> None:
    status = parts.status
    status.beat = time.monotonic()
    status.active, status.epoch = True, lease.epoch
    log.info("reminding under epoch %d", lease.epoch)
    kept = KeptLease(parts.leases, lease, partial(_give_up, parts))
    try:
        _work(parts, Scheduler(parts.world, lease.epoch, status), stop)
    finally:
        status.active = False
        kept.release()


def _work(parts: SchedulerParts, scheduler: Scheduler, stop: threading.Event) -> None:
    """Step by step; every one ends by itself, so a signal waits for one at most."""
    counted = float("-inf")
    while not stop.is_set():
        try:
            done = scheduler.step()
            if time.monotonic() - counted >= COUNT_EVERY:
                parts.status.figures = parts.world.agenda.figures()
                counted = time.monotonic()
        except (StoreUnavailable, UnreadableEdition) as away:
            say_away(parts.status, away)
            stop.wait(AWAY_WAIT)
            continue
        parts.status.beat, parts.status.away = time.monotonic(), None
        if not done:
            parts.news.nap(IDLE_WAIT)
            stop.wait(TOGETHER)


def say_away(status: SchedulerStatus, away: Exception) -> None:
    """Once, until it is something else."""
    words = why(away, *IN_WORDS)
    if status.away != words:
        log.warning("nobody is reminded for now: %s", words)
    status.away = words


def _give_up(parts: SchedulerParts) -> None:
    log.critical("scheduler ends (%s): the lease is another's", Exit.LEASE_LOST.name)
    parts.end(Exit.LEASE_LOST)
