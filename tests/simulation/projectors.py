"""Projectors that share the lanes, are frozen or killed, and begin again."""

from domain.ports import StoreUnavailable
from projections.ports import StreamUnavailable, ViewsUnavailable
from services.projector.lanes import Desk
from services.projector.recorded import StoreAndRelay
from services.projector.shares import LaneShares
from services.projector.status import ProjectorStatus
from services.projector.worker import Projector
from tests.projections.chronicle import all_projections
from tests.simulation.offices import WorldClock
from tests.simulation.relays import rest
from tests.simulation.scheduler import Killed
from tests.simulation.world import World

ENDS = (StoreUnavailable, StreamUnavailable, ViewsUnavailable, Killed)
TEND_EVERY = 1.0
PROJECTIONS = all_projections()


class ProjectorLife:
    """One projector process after another under one supervisor."""

    def __init__(self, world: World, name: str) -> None:
        self._world = world
        self._name = name
        self._lives = 0

    def live(self) -> None:
        """Begin again whatever happens."""
        world = self._world
        while True:
            self._lives += 1
            try:
                self._follow()
            except ENDS as reason:
                world.tell(f"projector ended: {type(reason).__name__} {reason}")
            world.statuses.pop(self._name, None)
            rest(world, 0.2, 2.0)

    def _follow(self) -> None:
        world = self._world
        shares = LaneShares(world.leases_seam(f"{self._name}/{self._lives}"), "live")
        shares.tend()
        projector = self._made()
        tended = world.scheduler.now
        while True:
            projector.follow(shares.lanes)
            if not projector.step(0.0):
                world.scheduler.sleep(world.random.uniform(0.3, 2.5))
            if world.scheduler.now - tended >= TEND_EVERY:
                tended = world.scheduler.now
                self._tend(shares)

    def _made(self) -> Projector:
        world = self._world
        status = ProjectorStatus()
        recorded = StoreAndRelay(world.store_seam(), world.cursor_seam())
        world.statuses[self._name] = status
        return world.made.projector(
            world.stream_seam(),
            Desk(PROJECTIONS, world.views_seam(), world.decode),
            WorldClock(world),
            recorded,
            status,
            beat=world.scheduler.time,
        )

    def _tend(self, shares: LaneShares) -> None:
        """As its thread does: a database that does not answer is asked again."""
        try:
            shares.tend()
        except StoreUnavailable:
            return
