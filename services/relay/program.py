"""The relay's life: stand by, take over, send rounds, drain, and end with a telling code."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from domain.ports import StoreUnavailable
from infra.kafka.clients import open_kafka_stream, open_publisher
from infra.kafka.log_watch import StreamStuck
from infra.kafka.publishing import PublisherDead, RoundPublisher
from infra.kafka.settings import KafkaSettings
from infra.kafka.topics import KafkaUnavailable, TopicsUnfit, ensure_topics, topic_ids
from infra.kafka.watchdog import Watchdog
from infra.postgres.leases import Lease, Leases
from infra.postgres.reconciled import StoreDigests
from infra.postgres.relay_cursor import CursorFenced, RelayCursor
from infra.postgres.wake import Listener
from projections.ports import LogTruncated, StreamUnavailable
from services.lifetime import Exit, leave
from services.logs import tell, why
from services.relay.fork import Forked, refuse_fork
from services.relay.lease import KeptLease, wait_for_lease
from services.relay.rounds import Outbox, Relay
from services.relay.status import RelayStatus

log = logging.getLogger(__name__)

LEASE_NAME = "relay"
IDLE_WAIT = 0.5
"""Seconds until an idle relay looks again although nobody notified it."""
OPENING_LIMIT = 180.0
"""Seconds that topics, the look at the stream's end and the producer may take together."""
ROUND_MARGIN = 20.0
"""Seconds a round may take beyond the delivery time-out before the watchdog ends the process."""


class TopicsChanged(Exception):
    """A topic was made anew while we were sending: begin again from the start."""


ENDS: dict[type[Exception], Exit] = {
    PublisherDead: Exit.PUBLISHER_DEAD,
    CursorFenced: Exit.LEASE_LOST,
    TopicsChanged: Exit.TOPICS_CHANGED,
    Forked: Exit.FORKED,
    StreamStuck: Exit.STUCK,
    TopicsUnfit: Exit.TOPICS_CHANGED,
    StoreUnavailable: Exit.UNAVAILABLE,
    StreamUnavailable: Exit.UNAVAILABLE,
}

IN_WORDS = (*(set(ENDS) - {StoreUnavailable, StreamUnavailable}), KafkaUnavailable)
"""Told in their own words; those of the others are a database's, which may quote a row."""


@dataclass(frozen=True)
class RelayParts:
    """What a relay is made of. ``news`` listens where facts are announced.

    ``end`` is called with an exit code when only ending the process helps.
    """

    outbox: Outbox
    cursor: RelayCursor
    digests: StoreDigests
    leases: Leases
    news: Listener
    kafka: KafkaSettings
    status: RelayStatus = field(default_factory=RelayStatus)
    end: Callable[[int], None] = leave


def run_relay(parts: RelayParts, stop: threading.Event) -> Exit:
    """Be the relay until told to stop; stand by as long as another one is."""
    try:
        lease = wait_for_lease(parts.leases, LEASE_NAME, stop)
        if lease is not None:
            _lead(parts, lease, stop)
    except tuple(ENDS) as reason:
        code = ending(reason)
        log.critical("relay ends (%s): %s", code.name, why(reason, *IN_WORDS))
        return code
    return Exit.CLEAN


def ending(reason: Exception) -> Exit:
    """The code that tells why a relay ended."""
    return next(code for kind, code in ENDS.items() if isinstance(reason, kind))


def _lead(parts: RelayParts, lease: Lease, stop: threading.Event) -> None:
    parts.status.beat = time.monotonic()
    parts.status.active, parts.status.epoch = True, lease.epoch
    lost = partial(_give_up, parts, Exit.LEASE_LOST, "the lease is another's")
    kept = KeptLease(parts.leases, lease, lost)
    try:
        _send_until(parts, lease.epoch, stop)
    finally:
        kept.release()


def _send_until(parts: RelayParts, epoch: int, stop: threading.Event) -> None:
    watchdog = Watchdog(partial(_give_up, parts, Exit.STUCK))
    try:
        with watchdog.within(OPENING_LIMIT, "opening"):
            ids = ensure_topics(parts.kafka)
            _refuse_fork(parts)
            producer = open_publisher(parts.kafka)
        try:
            _send_rounds(parts, producer, epoch, ids, watchdog, stop)
        finally:
            producer.abandon()
    finally:
        watchdog.stop()


def _send_rounds(
    parts: RelayParts,
    producer: RoundPublisher,
    epoch: int,
    ids: Mapping[str, str],
    watchdog: Watchdog,
    stop: threading.Event,
) -> None:
    relay = Relay(
        parts.outbox, parts.cursor, producer, epoch=epoch, topic_ids=ids, status=parts.status
    )
    place = {"position": parts.status.position, "from_the_beginning": parts.status.restarted}
    tell(log, logging.INFO, "relay leads", epoch=epoch, **place)
    checked = time.monotonic()
    while not stop.is_set():
        with watchdog.within(parts.kafka.delivery_timeout + ROUND_MARGIN, "round"):
            sent = relay.send_round()
        parts.status.beat = time.monotonic()
        if not sent:
            parts.news.nap(IDLE_WAIT)
        if time.monotonic() - checked >= parts.kafka.check_every:
            with watchdog.within(OPENING_LIMIT, "comparing the topics"):
                _compare_topics(parts.kafka, ids)
            checked = time.monotonic()


def _refuse_fork(parts: RelayParts) -> None:
    """Look at what is on the stream before anything is published over it."""
    stream = open_kafka_stream(parts.kafka)
    try:
        refuse_fork(parts.digests, stream, parts.cursor.load())
    except LogTruncated as reason:
        raise TopicsChanged(str(reason)) from reason
    finally:
        stream.close()


def _give_up(parts: RelayParts, code: Exit, what: str) -> None:
    log.critical("relay ends (%s): %s", code.name, what)
    parts.end(code)


def _compare_topics(kafka: KafkaSettings, ids: Mapping[str, str]) -> None:
    """Brokers that are down are no finding; the round in hand waits for them anyway."""
    try:
        found = topic_ids(replace(kafka, bootstrap_timeout=kafka.request_timeout))
    except KafkaUnavailable:
        return
    except TopicsUnfit as reason:
        raise TopicsChanged(str(reason)) from reason
    if found != ids:
        raise TopicsChanged(f"sent to {dict(ids)}, now {dict(found)}")
