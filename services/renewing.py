"""The stream sent anew from the store: both topics made anew, unless that loses something."""

from collections.abc import Callable, Mapping
from contextlib import closing

from infra.kafka.log_watch import StreamStuck
from infra.kafka.topics import TopicsUnfit
from infra.postgres.reconciled import Kind
from projections.ports import FactStream, LogTruncated
from services.reconciler.passing import Guard, Sources
from services.relay.fork import Forked, refuse_fork

ONLY_THERE = (Kind.SURPLUS, Kind.BODY, Kind.HISTORY)
"""Differences of which the topics are the only witness."""
LOOK_WITHIN = 90.0
"""Seconds that opening the stream and reading its ends may take."""


class WouldLose(Exception):
    """The topics hold, or may hold, what the store does not; the message says what."""


def renew(
    sources: Sources, guard: Guard, make_anew: Callable[[], Mapping[str, str]], *, lose: bool
) -> Mapping[str, str]:
    """Make both topics anew; their ids. The relay finds other ids, and sends all from the store.

    Raises :class:`WouldLose` unless that is what is meant, ``StreamUnavailable``,
    ``StoreUnavailable``, ``TopicsUnfit``.
    """
    found = None if lose else only_on_stream(sources, guard)
    if found is not None:
        raise WouldLose(
            f"the topics may hold what the store does not: {found}; keep a copy of them, decide "
            "(docs/decisions/one-history.md), then say --lose-what-only-they-hold"
        )
    return make_anew()


def only_on_stream(sources: Sources, guard: Guard) -> str | None:
    """What is known to stand on the topics alone, or why nobody can say; None when nothing does."""
    try:
        with guard(LOOK_WITHIN, "reading the stream's end"), closing(sources.open_stream()) as now:
            return _witnessed(sources, now)
    except TopicsUnfit:
        return None  # one is not there: what it held is lost already
    except (StreamStuck, LogTruncated) as unread:
        return f"they cannot be read to their end ({unread})"


def _witnessed(sources: Sources, stream: FactStream) -> str | None:
    for lane in sources.kept.load().values():
        found = lane.difference
        if found and found.kind in ONLY_THERE and lane.topic_id == stream.topic_id(lane.lane):
            return str(found)
    if sources.cursor is not None:
        try:
            refuse_fork(sources.rows, stream, sources.cursor.load())
        except Forked as fork:
            return str(fork)
    return None
