"""Whether store, stream and views tell one history: what the doctor asks of them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from domain.ports import StoreUnavailable
from infra.kafka.log_watch import StreamStuck
from infra.postgres.reconciled import LaneState
from infra.settings import Settings, SettingsError
from projections.ports import LogTruncated, StreamUnavailable
from services import wiring
from services.findings import Finding, Grade, graded
from services.reconciler.health import OLD, UNREADABLE, trouble_of
from services.reconciler.passing import Guard, Sources
from services.relay.fork import Forked, refuse_fork

ONE_HISTORY = (
    "a store put back to an older state: the relay publishes nothing over it; see "
    "docs/decisions/one-history.md"
)

LOOK_WITHIN = 90.0
"""Seconds that opening the stream and reading its ends may take."""


def one_stream(settings: Settings, guard: Guard) -> Iterator[Finding]:
    """Whether the stream tells the store's history, and what comparing them found last."""
    if settings.stream != "kafka":
        return
    sources = wiring.reconciler_sources(settings)
    try:
        yield graded("history", lambda: one_history(sources, guard), ONE_HISTORY)
        yield from compared(sources.kept.load().values())
    except StoreUnavailable as down:
        yield Finding(Grade.BAD, "reconciler", str(down), "tiepdan migrate")
    finally:
        sources.close()


def one_history(sources: Sources, guard: Guard) -> str:
    """That the stream ends as the store does. Raises what a finding is made of."""
    try:
        with guard(LOOK_WITHIN, "reading the stream's end"):
            look_at_the_end(sources)
    except StreamStuck as stuck:
        raise SettingsError(f"{stuck}: {UNREADABLE}") from stuck
    except (Forked, StreamUnavailable, LogTruncated) as reason:
        raise SettingsError(str(reason)) from reason
    return "the stream's end is the store's"


def look_at_the_end(sources: Sources) -> None:
    """Hold the end of each lane against the store.

    Raises ``Forked``, ``StreamStuck``, ``StreamUnavailable``, ``LogTruncated``.
    """
    stream = sources.open_stream()
    try:
        if sources.cursor is not None:
            refuse_fork(sources.rows, stream, sources.cursor.load())
    finally:
        stream.close()


def compared(lanes: Iterable[LaneState], now: datetime | None = None) -> Iterator[Finding]:
    """What the reconciler kept: the first difference of each lane, or how long ago it looked."""
    found = list(lanes)
    for lane in found:
        if lane.difference is not None:
            trouble = trouble_of(lane.difference)
            yield Finding(Grade.BAD, "reconciler", trouble.words, trouble.mend)
    looked = [lane.looked_at for lane in found if lane.looked_at is not None]
    if not looked:
        mend = "tiepdan reconcile; is the reconciler up?"
        yield Finding(Grade.WARN, "reconciler", "store and stream were never compared", mend)
        return
    age = ((now or datetime.now(UTC)) - max(looked)).total_seconds()
    grade = Grade.OK if age < OLD else Grade.WARN
    words = f"{sum(lane.compared for lane in found)} facts compared, last {age:.0f} s ago"
    yield Finding(grade, "reconciler", words, "" if grade is Grade.OK else "is it up?")


def skipped_in(settings: Settings) -> Iterator[Finding]:
    """An operator's decisions stay visible as long as the views go on without these records."""
    if settings.find_secret("projector_dsn") is None:
        return
    parking = wiring.open_parking(settings)
    count = parking.skipped_count()
    parking.close()
    if count:
        words = f"the views go on without {count} records"
        yield Finding(Grade.WARN, "skipped", words, "see `tiepdan parked skipped`")
