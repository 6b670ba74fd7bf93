"""The views of a store in memory: rows folded when a test says so."""

from collections.abc import Sequence
from datetime import timedelta

from domain.ports import FactStore
from infra.serial import decode
from projections.answers import Freshness, LaneAge
from projections.base import Fact, R
from projections.lane_rows import LaneRows
from services.projecting import projections

ALL = 1_000_000


class Folded:
    """What the projections make of a store, and how far they are."""

    def __init__(self, store: FactStore) -> None:
        self._store = store
        self._rows = LaneRows()
        self._folding = projections()
        self._at = 0
        self._lanes: dict[int, int] = {}

    def follow(self, facts: int = ALL) -> None:
        """Fold what came since, or so many facts of it."""
        stored = self._store.read(after=self._at, limit=facts)
        news = [
            Fact(each.position, each.lane, each.type_name, each.body,
                 decode(each.type_name, each.body))
            for each in stored
        ]  # fmt: skip
        self._rows.fold(news, self._folding)
        for each in stored:
            self._at = self._lanes[each.lane] = each.position

    def of(self, row: type[R]) -> Sequence[R]:
        """The rows of a table."""
        found = dict(self._rows.tables()).get(row, ())
        return [each for each in found if isinstance(each, row)]

    def freshness(self) -> Freshness:
        """Where every projection stands in the lanes it has heard of."""
        ages = (
            LaneAge(each.name, lane, position, None, timedelta())
            for each in self._folding
            for lane, position in self._lanes.items()
        )
        return Freshness(tuple(ages))
