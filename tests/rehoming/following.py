"""The views, which follow the store as far as a test lets them."""

from domain.ports import FactStore
from infra.serial import decode
from projections.base import Fact
from projections.ports import ViewStore
from tests.projections.folding import apply_batch, by_lane


class Following:
    """A projector that goes on when it is told to."""

    def __init__(self, store: FactStore, views: ViewStore) -> None:
        self.store, self.views, self.reached = store, views, 0

    def follow(self, some: int) -> int:
        """Fold so many more facts; how many there were."""
        stored = self.store.read(after=self.reached, limit=some)
        if not stored:
            return 0
        facts = [
            Fact(f.position, f.lane, f.type_name, f.body, decode(f.type_name, f.body))
            for f in stored
        ]
        for batch in by_lane(facts).values():
            apply_batch(self.views, batch)
        self.reached = stored[-1].position
        return len(stored)

    def catch_up(self, at_once: int = 4_000) -> None:
        """Fold all there is."""
        while self.follow(at_once):
            pass
