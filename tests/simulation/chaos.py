"""Blow after blow, as the seed has it."""

from collections.abc import Sequence
from dataclasses import replace

from domain.ports import LANES
from infra.kafka.messages import Headers
from infra.memory.broker import Written
from infra.memory.reconciled import MemoryDigests
from infra.memory.views import MemoryViewStore
from infra.postgres.relay_cursor import CursorFenced, Published
from tests.simulation.oracle import missing
from tests.simulation.plan import REWIND
from tests.simulation.scheduler import Actor
from tests.simulation.world import Saved, World

JUNK: Sequence[tuple[bytes | None, bytes | None, Headers]] = (
    (None, None, []),
    (b"key", b"{", [("ce_position", b"first")]),
    (b"00000000-0000-0000-0000-000000000001", b"{}", [("ce_position", b"7"), ("ce_prev", b"9")]),
    (b"\xff", b"\0", [("ce_specversion", b"1.0"), ("ce_position", b"-3"), ("ce_prev", b"0")]),
)


class Chaos:
    """Strikes until all is calm."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._saved: list[Saved] = []
        self._views: list[MemoryViewStore] = []

    def strike(self) -> None:
        """Its life."""
        world = self._world
        while True:
            world.scheduler.sleep(world.random.expovariate(1 / world.plan.chaos))
            if world.calm or not world.plan.blows:
                return
            blow = world.random.choice(world.plan.blows)
            self._keep()
            getattr(self, BLOWS[blow])(blow)

    def _keep(self) -> None:
        """Back-ups are taken now and then."""
        if self._world.random.random() < 0.4:
            self._views.append(self._world.views.copy())
        if REWIND in self._world.plan.blows and self._world.random.random() < 0.4:
            self._saved.append(self._world.save())

    def _group(self, blow: str) -> Actor:
        world = self._world
        groups = {"relay": world.relays, "projector": world.projectors, "office": world.offices}
        return world.random.choice(groups[blow.split()[-1]])

    def freeze(self, blow: str) -> None:
        """As by SIGSTOP; longer than a lease at times."""
        actor, seconds = self._group(blow), self._world.random.uniform(1.0, 25.0)
        self._world.struck(blow, f"{actor.name} for {seconds:.1f} s")
        self._world.scheduler.freeze(actor, seconds)

    def kill(self, blow: str) -> None:
        """As by SIGKILL."""
        actor = self._group(blow)
        self._world.struck(blow, actor.name)
        self._world.scheduler.kill(actor)

    def down(self, blow: str) -> None:
        """A database or all brokers are away for a while."""
        world, seconds = self._world, self._world.random.uniform(0.5, 8.0)
        world.struck(blow, f"for {seconds:.1f} s")
        world.down[blow.split()[0]] = world.scheduler.now + seconds

    def make_anew(self, blow: str) -> None:
        """Both topics are deleted and made again: all is to be sent once more."""
        self._world.struck(blow)
        self._world.broker.make_anew()
        self._world.owed.clear()

    def truncate(self, blow: str) -> None:
        """A partition loses its tail."""
        world = self._world
        filled = [lane for lane in range(LANES) if world.broker.lanes[lane]]
        if filled:
            lane = world.random.choice(filled)
            before = world.broker.records(lane)
            keep = world.random.randrange(len(before))
            world.broker.truncate(lane, keep)
            lost = {record.position for record in before[keep:]} - {0}
            lost -= {record.position for record in before[:keep]}
            world.owed |= lost
            world.struck(blow, f"of lane {lane}: {sorted(lost)}")

    def garbage(self, blow: str) -> None:
        """Somebody writes what is no record of ours."""
        world = self._world
        world.struck(blow)
        junk = Written(*world.random.choice(JUNK))
        world.broker.lanes[world.random.randrange(LANES)].append(junk)

    def put_views_back(self, blow: str) -> None:
        """The views' database is restored from a back-up."""
        if self._views:
            self._world.struck(blow)
            self._world.views = self._world.random.choice(self._views).copy()

    def set_clock(self, blow: str) -> None:
        """The machine's clock is set, ahead or back."""
        by = self._world.random.choice((-3_600.0, -600.0, -5.0, 600.0, 86_400.0))
        self._world.struck(blow, f"by {by:.0f} s")
        self._world.skew += by

    def set_leases_clock(self, blow: str) -> None:
        """The database's clock is set."""
        by = self._world.random.uniform(-6.0, 6.0)
        self._world.struck(blow, f"by {by:.1f} s")
        self._world.leases_skew += by

    def put_cursor_back(self, blow: str) -> None:
        """An operator has what follows a position sent again."""
        stands = self._world.cursor_row.stands
        if stands.position and send_again(
            self._world, self._world.random.randrange(stands.position)
        ):
            self._world.struck(blow)

    def put_store_back(self, blow: str) -> None:
        """The store's database is restored: all connections end, and what came later is gone."""
        world = self._world
        if not self._saved or world.former is not None:
            return
        saved = world.random.choice(self._saved)
        head = saved.store.head()
        world.struck(blow, f"from {world.store.head()} to {head}")
        for actor in (*world.relays, *world.projectors, *world.offices):
            world.scheduler.kill(actor)
        world.former, world.store = world.store, saved.store.copy()
        world.cursor_row = replace(saved.cursor)
        world.lease_table = saved.leases.copy()
        world.forked.clear()
        sent = world.cursor_row.stands.position
        world.owed = {position for position in missing(world) if position <= sent}
        for key, (_, outcome) in list(world.acknowledged.items()):
            if outcome.position > head:
                del world.acknowledged[key]


BLOWS: dict[str, str] = {
    "freeze a relay": "freeze", "freeze a projector": "freeze", "freeze an office": "freeze",
    "kill a relay": "kill", "kill a projector": "kill", "kill an office": "kill",
    "store down": "down", "views down": "down", "stream down": "down",
    "topics made anew": "make_anew", "lost tail": "truncate", "garbage": "garbage",
    "views put back": "put_views_back", "clock jumps": "set_clock",
    "leases' clock jumps": "set_leases_clock", "cursor put back": "put_cursor_back",
    REWIND: "put_store_back",
}  # fmt: skip


def send_again(world: World, after: int) -> bool:
    """Put the cursor back, as the reconciler does; whether nobody was faster."""
    cursor, stands = world.made.cursor(world.cursor_row), world.cursor_row.stands
    try:
        cursor.put_back(
            Published(after, MemoryDigests(world.store).heads(after), stands.topic_ids), was=stands
        )
    except CursorFenced:
        return False
    world.owed -= {position for position in world.owed if after < position <= stands.position}
    world.tell(f"cursor put back from {stands.position} to {after}")
    return True
