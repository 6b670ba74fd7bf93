"""The projector's life: take lanes, fold, share with the others, end with a telling code."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from domain.ports import Clock, StoreUnavailable
from infra.kafka.log_watch import StreamStuck
from infra.kafka.topics import KafkaUnavailable, TopicsUnfit
from infra.kafka.watchdog import Watchdog
from infra.postgres.leases import Leases
from projections.ports import FactStream, StreamUnavailable, ViewsUnavailable
from services.collector import spare_the_collector
from services.lifetime import Exit, leave
from services.logs import why
from services.projector.lanes import Desk
from services.projector.recorded import Recorded
from services.projector.shares import LaneShares
from services.projector.status import ProjectorStatus
from services.projector.worker import Projector

log = logging.getLogger(__name__)

POLL_SECONDS = 0.25
LIVE = "live"
PATIENCE = 45.0
"""Seconds a poll with its folds may take before the watchdog ends the process."""


class NoLongerSharing(Exception):
    """The thread that keeps our leases has died: others will take the lanes."""


ENDS: dict[type[Exception], Exit] = {
    NoLongerSharing: Exit.LEASE_LOST,
    StreamStuck: Exit.STUCK,
    TopicsUnfit: Exit.TOPICS_CHANGED,
    StreamUnavailable: Exit.UNAVAILABLE,
    StoreUnavailable: Exit.UNAVAILABLE,
    ViewsUnavailable: Exit.UNAVAILABLE,
}

IN_WORDS = (NoLongerSharing, StreamStuck, TopicsUnfit, KafkaUnavailable)
"""Told in their own words; those of the others are a database's, which may quote a row."""


@dataclass(frozen=True)
class ProjectorParts:
    """What a projector is made of.

    ``group`` names the set of projections whose lanes are shared out together. ``end`` is
    called with an exit code when only ending the process helps.
    """

    stream: FactStream
    desk: Desk
    leases: Leases
    clock: Clock
    recorded: Recorded
    group: str = LIVE
    status: ProjectorStatus = field(default_factory=ProjectorStatus)
    patience: float = PATIENCE
    end: Callable[[int], None] = leave


def run_projector(parts: ProjectorParts, stop: threading.Event) -> Exit:
    """Fold until told to stop, then leave the lanes to the others."""
    shares = LaneShares(parts.leases, parts.group)
    spare_the_collector()
    try:
        shares.tend()
        _fold_until(parts, shares, stop)
        shares.leave()
    except tuple(ENDS) as reason:
        code = next(code for kind, code in ENDS.items() if isinstance(reason, kind))
        log.critical("projector ends (%s): %s", code.name, why(reason, *IN_WORDS))
        return code
    finally:
        parts.stream.close()
    return Exit.CLEAN


def _fold_until(parts: ProjectorParts, shares: LaneShares, stop: threading.Event) -> None:
    """Fold in this thread; the lanes are shared out in another, for a fold may take long."""
    projector = Projector(parts.stream, parts.desk, parts.clock, parts.recorded, parts.status)
    watchdog = Watchdog(partial(_give_up, parts))
    over = threading.Event()
    tender = threading.Thread(target=shares.tend_until, args=(over,), name="shares", daemon=True)
    tender.start()
    try:
        while not stop.is_set():
            if not tender.is_alive():
                raise NoLongerSharing("its thread died; see the error above")
            with watchdog.within(parts.patience, "poll"):
                projector.follow(shares.lanes)
                projector.step(POLL_SECONDS)
        projector.finish()
    finally:
        watchdog.stop()
        over.set()
        tender.join()


def _give_up(parts: ProjectorParts, what: str) -> None:
    log.critical("projector ends (%s): %s", Exit.STUCK.name, what)
    parts.end(Exit.STUCK)
