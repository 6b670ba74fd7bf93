"""The views, which follow the store as far as a test lets them."""

from collections import defaultdict

from domain.ports import LANES, FactStore
from infra.serial import decode
from projections.base import Fact
from projections.ports import Progress, ViewStore
from tests.projections.chronicle import all_projections
from tests.projections.folding import TOPIC


class Following:
    """A projector that goes on when it is told to, from where the views stand."""

    def __init__(self, store: FactStore, views: ViewStore) -> None:
        self.store, self.views, self.reached = store, views, 0
        self._projections = all_projections()
        self._standing = dict(views.progress(self._projections[0].name, range(LANES)))

    def follow(self, some: int) -> int:
        """Fold so many more facts; how many there were."""
        stored = self.store.read(after=self.reached, limit=some)
        lanes: defaultdict[int, list[Fact]] = defaultdict(list)
        for each in stored:
            standing = self._standing.get(each.lane)
            if standing is None or each.position > standing.position:
                event = decode(each.type_name, each.body)
                fact = Fact(each.position, each.lane, each.type_name, each.body, event)
                lanes[each.lane].append(fact)
        for lane, facts in lanes.items():
            self._fold(lane, facts)
        if stored:
            self.reached = stored[-1].position
        return len(stored)

    def catch_up(self, at_once: int = 4_000) -> None:
        """Fold all there is."""
        while self.follow(at_once):
            pass

    def _fold(self, lane: int, facts: list[Fact]) -> None:
        was = self._standing.get(lane)
        now = Progress(TOPIC, facts[-1].position + 1, facts[-1].position)
        self.views.apply(lane, [(each, was, now, facts) for each in self._projections], [])
        self._standing[lane] = now
