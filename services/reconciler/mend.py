"""A hole that no re-sending heals: the relay's cursor is put back before it (vá khoảng trống)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from infra.postgres.reconciled import Difference, Kind, LaneState
from infra.postgres.relay_cursor import CursorFenced, Published
from services.reconciler.lane import HEALING

TRIES = 50
"""Under load the relay moves its cursor many times a second, so also between two questions."""
RENEW = "`tiepdan topics renew --yes`"


class Cursor(Protocol):
    """The part of :class:`infra.postgres.relay_cursor.RelayCursor` that is needed here."""

    def load(self) -> Published:
        """Where it stands, whoever moved it."""

    def put_back(self, to: Published, *, was: Published) -> None:
        """Have what follows sent again. Raises ``CursorFenced``."""


class Rows(Protocol):
    """The part of :class:`infra.postgres.reconciled.StoreDigests` that is needed here."""

    def heads(self, at: int) -> tuple[int, ...]:
        """The newest position of each lane at or before one, 0 for none."""


class CannotMend(Exception):
    """What differs is not mended by sending again; the message says what and how to go on."""


def send_again(cursor: Cursor, rows: Rows, lanes: Iterable[LaneState]) -> int | None:
    """Have the relay send again from before the first position that is missing.

    From where it goes on; None when nothing is missing. The relay sees that its cursor was
    moved, ends, and goes on from there when it is started again. Readers take what they have
    for repeats. A cursor that stands before it already, as of a relay that has begun anew on
    other topics, is left alone: it sends it anyway. Raises :class:`CannotMend`.
    """
    found = [lane.difference for lane in lanes if lane.difference is not None]
    _refuse_other(found)
    if not found:
        return None
    first = min(difference.position for difference in found)
    heads = rows.heads(first - 1)
    for _ in range(TRIES):
        place = cursor.load()
        if place.position < first:
            return place.position + 1
        try:
            cursor.put_back(replace(place, position=first - 1, heads=heads), was=place)
        except CursorFenced:
            continue
        return first
    raise CannotMend("the relay moves its cursor: try again")


def _refuse_other(found: Sequence[Difference]) -> None:
    """What sending again would not mend."""
    other = [difference for difference in found if difference.kind not in HEALING]
    if any(difference.kind is Kind.SURPLUS for difference in other):
        raise CannotMend(
            "the stream holds facts that the store does not: sending again would mix two "
            f"histories; see docs/decisions/one-history.md ({other[0]})"
        )
    if other:
        raise CannotMend(f"only topics made anew mend this: {RENEW} ({other[0]})")
