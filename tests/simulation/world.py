"""The stage: a store, two topics, views, and the time that passes over them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from domain.commands.base import Command
from domain.events.base import OfficeEvent
from domain.events.registry import UnknownEventType
from domain.ports import StoreUnavailable
from domain.values import Officer
from infra.memory import MemoryFactStore
from infra.memory.broker import BrokerStream, MemoryBroker
from infra.memory.leases import LeaseTable, MemoryLeases
from infra.memory.reconciled import MemoryDigests
from infra.memory.relay_cursor import CursorRow, MemoryRelayCursor
from infra.memory.views import MemoryViewStore
from infra.serial import decode
from projections.ports import StreamUnavailable, ViewsUnavailable
from services.casework import Outcome
from services.projector.status import ProjectorStatus
from services.projector.worker import Projector
from services.relay.rounds import Relay
from tests.builders import MORNING
from tests.simulation.plan import Plan, draw, roughened
from tests.simulation.scheduler import Actor, Scheduler
from tests.simulation.seams import Seam, ViewsSeam

UNAVAILABLE: dict[str, type[Exception]] = {
    "store": StoreUnavailable, "views": ViewsUnavailable, "stream": StreamUnavailable,
}  # fmt: skip
QUIET = frozenset({"topic_id", "seek", "close"})
"""What asks nobody."""

SAYS_IT_IS_AWAY = {"stream": frozenset({"ends"})}
"""Of a carrier that is away a reader hears nothing, and is told only when it asks for the end."""


@dataclass(frozen=True)
class Made:
    """What the programs are made of; tests put a broken one in."""

    relay: type[Relay] = Relay
    cursor: type[MemoryRelayCursor] = MemoryRelayCursor
    projector: type[Projector] = Projector
    stream: type[BrokerStream] = BrokerStream
    views: type[MemoryViewStore] = MemoryViewStore
    store: type[MemoryFactStore] = MemoryFactStore


@dataclass(frozen=True)
class Ask:
    """A command as its office sends it, the first time and again."""

    command: Command
    by: Officer
    key: UUID
    request: bytes


@dataclass
class Saved:
    """A store as it stood once, with all that its database holds."""

    store: MemoryFactStore
    cursor: CursorRow
    leases: LeaseTable


@dataclass
class World:
    """Everything there is. ``owed`` are positions that the stream lost after it had them."""

    seed: int
    made: Made = field(default_factory=Made)
    rough: bool = False

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        drawn = draw(self.random)
        self.plan: Plan = roughened(drawn) if self.rough else drawn
        self.scheduler = Scheduler(self.random)
        self.store = self.made.store()
        self.views = self.made.views()
        self.broker = MemoryBroker()
        self.cursor_row = CursorRow()
        self.skew = 0.0
        self.leases_skew = 0.0
        self.lease_table = LeaseTable(self.lease_time)
        self.down: dict[str, float] = {}
        self.calm = False
        self.old_release: frozenset[str] = frozenset(self.plan.old_release)
        self.faults: Counter[str] = Counter()
        self.trace: list[tuple[float, str, str]] = []
        self.relays: list[Actor] = []
        self.projectors: list[Actor] = []
        self.offices: list[Actor] = []
        self.statuses: dict[str, ProjectorStatus] = {}
        self.acknowledged: dict[UUID, tuple[Ask, Outcome]] = {}
        self.refused: dict[UUID, Ask] = {}
        self.owed: set[int] = set()
        self.forked: list[str] = []
        self.former: MemoryFactStore | None = None

    def lease_time(self) -> float:
        """The database's clock."""
        return self.scheduler.now + self.leases_skew

    def now(self) -> datetime:
        """The clock that facts are stamped by; a fault may set it."""
        return MORNING + timedelta(hours=1, seconds=self.scheduler.now + self.skew)

    def tell(self, what: str) -> None:
        """One line for whoever reads a failing run."""
        self.trace.append((self.scheduler.now, self.scheduler.name, what))

    def struck(self, fault: str, more: str = "") -> None:
        """A fault happened."""
        self.faults[fault] += 1
        self.tell(f"!! {fault} {more}")

    def chance(self, of: float) -> bool:
        """Whether something of this chance happens now; never once all is calm."""
        return not self.calm and of > 0 and self.random.random() < of

    def crossing(self, kind: str) -> Callable[[str, str], None]:
        """What happens at each seam with this part of the world."""
        loud = SAYS_IT_IS_AWAY.get(kind)

        def cross(when: str, name: str) -> None:
            if name in QUIET:
                return
            self.tell(f"{kind}.{name} {when}")
            self.scheduler.pause()
            if loud is not None and name not in loud:
                return
            if when != "after" and self.down.get(kind, 0.0) > self.scheduler.now:
                raise UNAVAILABLE[kind](f"{kind} is down")
            if when == "before" and self.chance(self.plan.down_before):
                self.struck(f"{kind} did not do it")
                raise UNAVAILABLE[kind](f"{kind}.{name} was not done")
            if when == "after" and self.chance(self.plan.answer_lost):
                self.struck(f"{kind} did it, the answer was lost")
                raise UNAVAILABLE[kind](f"the answer to {kind}.{name} was lost")

        return cross

    def store_seam(self) -> Any:
        """The store as a program reaches it."""
        return Seam(lambda: self.store, self.crossing("store"))

    def digests_seam(self) -> Any:
        """The store's digests as a program reaches them."""
        return Seam(lambda: MemoryDigests(self.store), self.crossing("store"))

    def cursor_seam(self) -> Any:
        """The relay's cursor as a program reaches it."""
        return Seam(lambda: self.made.cursor(self.cursor_row), self.crossing("store"))

    def leases_seam(self, holder: str) -> Any:
        """The leases as one holder asks for them."""
        return Seam(lambda: MemoryLeases(self.lease_table, holder), self.crossing("store"))

    def views_seam(self) -> Any:
        """The views as one connection reaches them."""
        return ViewsSeam(lambda: self.views, self.crossing("views"))

    def stream_seam(self) -> Any:
        """The topics as one reader reaches them."""
        stream = self.made.stream(self.broker, self.scheduler.time, most=self.plan.poll_limit)
        return Seam(lambda: stream, self.crossing("stream"))

    def decode(self, type_name: str, body: bytes) -> OfficeEvent:
        """As the release that runs now reads it."""
        if type_name in self.old_release:
            raise UnknownEventType(type_name)
        return decode(type_name, body)

    @property
    def history(self) -> int:
        """Another one once the store was put back: what was under way then never arrives."""
        return 0 if self.former is None else 1

    def save(self) -> Saved:
        """The store's database as it stands."""
        row = CursorRow(self.cursor_row.epoch, self.cursor_row.stands)
        return Saved(self.store.copy(), row, self.lease_table.copy())

    def heads(self) -> tuple[int, ...]:
        """Each lane's newest position in the store."""
        return MemoryDigests(self.store).heads(self.store.head())
