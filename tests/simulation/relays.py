"""Relays that stand by, lead, are frozen or killed, and begin again."""

from collections.abc import Sequence

from domain.ports import StoreUnavailable
from infra.kafka.messages import Message
from infra.kafka.publishing import PublisherDead
from infra.kafka.settings import CHECK_EVERY
from infra.kafka.topics import lane_at
from infra.memory import MemoryFactStore
from infra.postgres.leases import Lease, LeaseLost
from infra.postgres.relay_cursor import CursorFenced
from infra.unsent import Unsent
from projections.ports import LogTruncated, StreamUnavailable
from services.relay.fork import Forked, refuse_fork
from services.relay.lease import LEASE_SECONDS, RENEW_EVERY
from services.relay.program import IDLE_WAIT, LEASE_NAME, TopicsChanged
from services.relay.status import RelayStatus
from tests.simulation.scheduler import Killed
from tests.simulation.world import World

ENDS = (
    PublisherDead, CursorFenced, TopicsChanged, LeaseLost, LogTruncated, StoreUnavailable,
    StreamUnavailable, Killed,
)  # fmt: skip


class Outbox:
    """The store's log in rounds as large as the world wants them."""

    def __init__(self, world: World) -> None:
        self._store: MemoryFactStore = world.store_seam()
        self._cursor = world.cursor_seam()
        self._most = world.plan.round_limit

    def read(self, *, after: int, cursor_at: int, limit: int) -> Sequence[Unsent]:
        if self._cursor.load().position != cursor_at:
            return ()
        return list(map(Unsent.of, self._store.read(after=after, limit=min(limit, self._most))))


class Carrier:
    """A producer whose round goes out partition by partition, if it goes out at all."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._round: Sequence[Message] = ()

    def begin(self, messages: Sequence[Message]) -> None:
        self._round = messages
        self._world.scheduler.pause()

    def finish(self) -> None:
        world, batches = self._world, self._batches()
        fails = world.chance(world.plan.round_fails)
        for batch in batches:
            world.scheduler.pause()
            fails = not self._deliver(batch, fails) or fails
        world.scheduler.pause()
        if fails:
            world.struck("a round failed")
            raise PublisherDead("not all was acknowledged")

    def rest(self) -> None:
        self._world.scheduler.pause()

    def abandon(self) -> None:
        self._round = ()

    def _batches(self) -> list[list[Message]]:
        by_lane: dict[int, list[Message]] = {}
        for message in self._round:
            by_lane.setdefault(lane_at(message.topic, message.partition), []).append(message)
        batches = list(by_lane.values())
        self._world.random.shuffle(batches)
        return batches

    def _deliver(self, batch: list[Message], fails: bool) -> bool:
        """One partition's batch: written, lost, late, twice, or in another order.

        Whether the carrier reports it delivered.
        """
        world, plan = self._world, self._world.plan
        if world.down.get("stream", 0.0) > world.scheduler.now:
            return False
        if fails and world.random.random() < 0.5:
            world.struck("a batch was lost, and said so")
            if world.chance(plan.late_batch):
                self._later(batch)
            return False
        if world.chance(plan.lost_though_acknowledged):
            world.struck("a batch was lost though acknowledged")
            world.owed |= {position_of(message) for message in batch}
            return True
        if len(batch) > 1 and world.chance(plan.shuffled):
            world.struck("records of a batch changed places")
            batch = world.random.sample(batch, len(batch))
        world.broker.write(batch)
        world.tell(f"on the stream: {[position_of(message) for message in batch]}")
        if world.chance(plan.twice):
            world.struck("a batch arrived twice")
            self._later(batch)
        return True

    def _later(self, batch: list[Message]) -> None:
        """It arrives all the same, behind whatever was sent meanwhile."""
        world = self._world
        sent_in = world.broker.ids, world.history
        delay = world.random.uniform(0.1, 10.0)

        def arrive() -> None:
            world.scheduler.sleep(delay)
            if (world.broker.ids, world.history) == sent_in:
                world.struck("a batch arrived late")
                world.broker.write(batch)

        world.scheduler.spawn("the network", arrive)


def position_of(message: Message) -> int:
    """The position a record tells."""
    return int(dict(message.headers)["ce_position"])


class RelayLife:
    """One relay process after another under one supervisor."""

    def __init__(self, world: World, name: str) -> None:
        self._world = world
        self._name = name
        self._lives = 0

    def live(self) -> None:
        """Begin again whatever happens."""
        world = self._world
        while True:
            try:
                self._lives += 1
                self._lead(self._stand_by())
            except Forked as reason:
                world.forked.append(str(reason))
                world.tell(f"forked: {reason}")
            except ENDS as reason:
                world.tell(f"relay ended: {type(reason).__name__} {reason}")
            rest(world, 0.5, 2.0)

    def _stand_by(self) -> Lease:
        world = self._world
        self._leases = world.leases_seam(f"{self._name}/{self._lives}")
        while True:
            lease: Lease | None = self._leases.acquire(LEASE_NAME, LEASE_SECONDS)
            if lease is not None:
                return lease
            world.scheduler.sleep(RENEW_EVERY)

    def _lead(self, lease: Lease) -> None:
        world = self._world
        cursor, topics = world.cursor_seam(), world.broker.ids
        refuse_fork(
            world.digests_seam(), world.stream_seam(), cursor.load(), beat=world.scheduler.time
        )
        relay = world.made.relay(
            Outbox(world), cursor, Carrier(world), epoch=lease.epoch, topic_ids=topics,
            status=RelayStatus(),
        )  # fmt: skip
        checked = renewed = world.scheduler.now
        while True:
            now = world.scheduler.now
            if now - renewed >= RENEW_EVERY:
                lease, renewed = self._renewed(lease), now
            if not relay.send_round():
                world.scheduler.sleep(world.random.uniform(IDLE_WAIT, 4 * IDLE_WAIT))
            if now - checked >= CHECK_EVERY:
                if world.broker.ids != topics:
                    raise TopicsChanged("made anew")
                checked = now

    def _renewed(self, lease: Lease) -> Lease:
        """A database that does not answer is not a loss."""
        try:
            renewed: Lease = self._leases.renew(lease, LEASE_SECONDS)
        except StoreUnavailable:
            return lease
        return renewed


def rest(world: World, least: float, most: float) -> None:
    """Until the supervisor starts it again; a killed process can be killed no more."""
    try:
        world.scheduler.sleep(world.random.uniform(least, most))
    except Killed:
        return
