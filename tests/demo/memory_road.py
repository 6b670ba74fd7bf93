"""A demo that is carried on in memory: the real scheduler, the real reform, no programs around."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.days import day_of
from domain.directory import Directory
from infra.memory.agenda import MemoryAgenda
from infra.memory.law import MemoryLawFollower
from services.demo.advance import Came, Crossed
from services.demo.crossing import is_settled, settle_in
from services.law import carried_law
from services.reform import ReformOrder, preview, record_reform
from services.scheduler.steps import Scheduler, World
from tests.demo.little_stack import LittleStack

EVERYTHING = 1_000_000


@dataclass
class MemoryRoad:
    """A :class:`services.demo.advance.Road` over a little stack; ``order`` is its reform."""

    stack: LittleStack
    order: ReformOrder
    days: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        store = self.stack.store
        self.agenda = MemoryAgenda(store)
        law = MemoryLawFollower(store, carried_law())
        self.scheduler = Scheduler(
            World(store, self.agenda, law.refresh, self.stack.directory.refresh, self.stack.clock),
            epoch=1,
        )
        self.seen = store.head()

    @property
    def directory(self) -> Directory:
        """The office tree as the store has it."""
        return self.stack.directory.refresh()

    def now(self) -> datetime:
        return self.stack.clock.now()

    def go_to(self, moment: datetime) -> None:
        self.stack.clock.move_to(moment)
        self.days.append(day_of(moment))

    def due_days(self) -> Sequence[date]:
        waiting = self.agenda.waiting(EVERYTHING)
        return [day_of(each.next_at) for each in waiting if each.next_at is not None]

    def come_through(self) -> Came:
        self.scheduler.run_out()
        records = self.stack.store.read(after=self.seen, limit=EVERYTHING)
        self.seen = self.stack.store.head()
        return Came(self.now(), 0.0, Counter(record.type_name for record in records))

    def reform_is_whole(self) -> bool:
        return is_settled(self.directory)

    def record_reform(self, stopped: Callable[[], bool]) -> Crossed:
        counts = preview(self.order, self.directory).counts
        made = record_reform(
            self.order, self.stack.store, self.directory, self.stack.clock,
            lambda _done, _of: None, resume=True, stopped=stopped,
        )  # fmt: skip
        acts = settle_in(self.stack.casework, self.stack.directory.refresh) if made.finished else 0
        return Crossed(counts, made.recorded, made.known, acts, 0.0, made.finished)
