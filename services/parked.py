"""What an operator decides about records set aside: try again, or go on without (gác lại)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from infra.postgres.views.parking import Parking, SetAside
from projections.ports import FoldFailed, ProgressLost, RowsRefused
from services.projector.batch import NO_STREAM, storable
from services.projector.lanes import Desk
from services.projector.release import StillUnfit, release_stream

TRIES = 5
MOST_STRAYS = 500
"""Records without a place that one skip takes away."""


class NothingParked(Exception):
    """No record of this stream is set aside."""


class StillParked(Exception):
    """The stream's first record can still not be folded; the message says why."""


@dataclass(frozen=True)
class WentOn:
    """What a skip did: what was left out, how much was folded, and why no more."""

    skipped: Sequence[SetAside]
    folded: int
    still: str | None = None


def retry(stream: UUID, desk: Desk, parking: Parking) -> int:
    """Fold all that waits of a stream; how many records. The try is counted when it fails.

    Raises :class:`NothingParked`, :class:`StillParked`.
    """
    first = _first(stream, parking)
    try:
        return _released(stream, desk)
    except (StillUnfit, FoldFailed, RowsRefused) as reason:
        words = storable(str(reason))
        parking.tried(first.spot, words)
        raise StillParked(words) from reason


def skip(stream: UUID, desk: Desk, parking: Parking, *, reason: str, by: str) -> WentOn:
    """Let the views go on without a stream's first record, then fold what waits behind it.

    Of records that name no stream, all. Raises :class:`NothingParked`.
    """
    _first(stream, parking)
    limit = MOST_STRAYS if stream == NO_STREAM else 1
    found = parking.of_stream(stream, limit=limit)
    gone = [one for one in found if parking.skip(one, reason=reason, by=by)]
    if not gone:
        raise NothingParked(f"another was faster: nothing of {stream} is set aside any more")
    if not parking.of_stream(stream, limit=1):
        return WentOn(gone, 0)
    try:
        return WentOn(gone, retry(stream, desk, parking))
    except StillParked as still:
        return WentOn(gone, 0, str(still))


def _first(stream: UUID, parking: Parking) -> SetAside:
    found = parking.of_stream(stream, limit=1)
    if not found:
        raise NothingParked(f"nothing of stream {stream} is set aside")
    return found[0]


def _released(stream: UUID, desk: Desk) -> int:
    """Tried again when the projector sets more of the stream aside meanwhile."""
    for _ in range(TRIES - 1):
        try:
            return release_stream(stream, desk)
        except ProgressLost:
            continue
    try:
        return release_stream(stream, desk)
    except ProgressLost as busy:
        raise StillUnfit(str(busy)) from busy
