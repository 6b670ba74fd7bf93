"""The site's world as a demo that is carried on: projectors and the re-homing take turns.

Reminders are left to ``tests/demo/test_advance.py``.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.demo.advance import Came, Crossed
from services.demo.crossing import is_settled, settle_in
from services.reform import ReformOrder, record_reform
from services.rehoming import Rehoming
from tests.web.site_world import SiteWorld

PAGE = 100_000


@dataclass
class SiteRoad:
    """A :class:`services.demo.advance.Road` over a site's world; ``order`` is its reform."""

    world: SiteWorld
    order: ReformOrder

    def __post_init__(self) -> None:
        world = self.world
        self.policy = Rehoming(world.views, world.casework, world.follower.refresh, world.clock)
        self.seen = world.store.head()

    def now(self) -> datetime:
        return self.world.clock.now()

    def go_to(self, moment: datetime) -> None:
        self.world.clock.move_to(moment)

    def due_days(self) -> Sequence[date]:
        """Nobody is reminded here."""
        return ()

    def come_through(self) -> Came:
        self.world.fold()
        self.policy.run()
        self.world.fold()
        records = self.world.store.read(after=self.seen, limit=PAGE)
        self.seen = self.world.store.head()
        return Came(self.now(), 0.0, Counter(record.type_name for record in records))

    def reform_is_whole(self) -> bool:
        return is_settled(self.world.follower.refresh())

    def record_reform(self, stopped: Callable[[], bool]) -> Crossed:
        world, directory = self.world, self.world.follower.refresh()
        made = record_reform(
            self.order, world.store, directory, world.clock, lambda _done, _of: None,
            resume=True, stopped=stopped,
        )  # fmt: skip
        acts = settle_in(world.casework, world.follower.refresh)
        return Crossed({}, made.recorded, made.known, acts, 0.0, made.finished)
