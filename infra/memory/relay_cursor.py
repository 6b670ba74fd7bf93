"""The relay's cursor in memory."""

from dataclasses import dataclass, field

from domain.ports import LANES
from infra.postgres.relay_cursor import CursorFenced, Published

NOTHING_SENT = Published(0, (0,) * LANES, {})


@dataclass
class CursorRow:
    """The one row that all relays share."""

    epoch: int = 0
    stands: Published = field(default=NOTHING_SENT)


class MemoryRelayCursor:
    """The twin of :class:`infra.postgres.relay_cursor.RelayCursor`."""

    def __init__(self, row: CursorRow) -> None:
        self._row = row

    def load(self) -> Published:
        return self._row.stands

    def take_over(self, epoch: int) -> Published:
        if epoch < self._row.epoch:
            raise CursorFenced(f"epoch {epoch} is over")
        self._row.epoch = epoch
        return self._row.stands

    def move(self, to: Published, *, was: Published, epoch: int) -> None:
        if epoch != self._row.epoch or was.position != self._row.stands.position:
            raise CursorFenced(f"epoch {epoch} is over, or it no longer stands at {was.position}")
        self._row.stands = to

    def put_back(self, to: Published, *, was: Published) -> None:
        if was != self._row.stands:
            raise CursorFenced(f"it no longer stands at {was.position}")
        self._row.stands = Published(to.position, to.heads, was.topic_ids)

    def close(self) -> None:
        """There is nothing to let go of."""
