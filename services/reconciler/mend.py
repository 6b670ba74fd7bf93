"""A hole that no re-sending heals: the relay's cursor is put back before it (vá khoảng trống)."""

from collections.abc import Iterable
from dataclasses import replace

from infra.postgres.reconciled import Kind, LaneState, StoreDigests
from infra.postgres.relay_cursor import RelayCursor
from services.reconciler.lane import HEALING


class CannotMend(Exception):
    """What differs is not mended by sending again; the message says what and how to go on."""


def send_again(cursor: RelayCursor, rows: StoreDigests, lanes: Iterable[LaneState]) -> int | None:
    """Have the relay send again from the first position that is missing; None when none is.

    The relay sees that its cursor was moved, ends, and goes on from there when it is
    started again. Readers take what they have for repeats. Raises :class:`CannotMend`,
    ``CursorFenced`` when the relay moved its cursor meanwhile: try again.
    """
    found = [lane.difference for lane in lanes if lane.difference is not None]
    other = [difference for difference in found if difference.kind not in HEALING]
    if any(difference.kind is Kind.SURPLUS for difference in other):
        raise CannotMend(
            "the stream holds facts that the store does not: sending again would mix two "
            f"histories; see docs/decisions/one-history.md ({other[0]})"
        )
    if other:
        raise CannotMend(
            f"only topics made anew mend this: stop the programs, delete both topics ({other[0]})"
        )
    missing = [difference.position for difference in found]
    if not missing:
        return None
    first = min(missing)
    place = cursor.load()
    back = replace(place, position=first - 1, heads=rows.heads(first - 1))
    cursor.put_back(back, was=place)
    return first
