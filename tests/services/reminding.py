"""Facts, a moment, reminders: the policies through the real scheduler, on the twins in memory.

``given(facts).at(moment).then(reminders)``. Law and office tree come from the store's own
facts, as in the program; the clock is set by hand and time only passes when a test says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from domain.days import VIETNAM
from domain.events.reminder import Reminder
from infra.memory import FixedClock, MemoryFactStore
from infra.memory.agenda import MemoryAgenda
from infra.memory.directory import MemoryDirectoryFollower
from infra.memory.law import MemoryLawFollower
from infra.serial import decode
from projections.base import Fact
from projections.lane_rows import LaneRows
from projections.reminders import ReminderRow, Reminders
from services.law import carried_law
from services.scheduler.steps import Scheduler, World
from tests.builders import MORNING, Draft, fact
from tests.domain.directory_facts import FACTS

NEVER_LATER = 100_000


def moment(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """A moment in Vietnam."""
    return datetime.combine(day, time(hour, minute), VIETNAM).astimezone(UTC)


@dataclass
class Watch:
    """A little world with a scheduler, and what it has recorded."""

    store: MemoryFactStore = field(default_factory=MemoryFactStore)
    clock: FixedClock = field(default_factory=lambda: FixedClock(MORNING))
    versions: dict[UUID, int] = field(default_factory=dict)
    seen: int = 0

    def __post_init__(self) -> None:
        self.store.append(FACTS)
        self.agenda = MemoryAgenda(self.store)
        directory = MemoryDirectoryFollower(self.store)
        law = MemoryLawFollower(self.store, carried_law())
        self.world = World(self.store, self.agenda, law.refresh, directory.refresh, self.clock)
        self.scheduler = Scheduler(self.world, epoch=1)

    def given(self, *drafts: Draft) -> "Watch":
        """These facts are recorded one after another, at the clock's time or their own."""
        for draft in drafts:
            version = self.store.last_version(draft.stream) + 1
            self.store.append([draft.recorded(version, self.clock.now())])
        return self

    def at(self, when: datetime | date) -> "Watch":
        """Time passes to a moment, or to the morning of a day; then the scheduler works."""
        self.clock.at = when if isinstance(when, datetime) else moment(when)
        self.scheduler.run_out()
        return self

    def reminders(self) -> Sequence[Reminder]:
        """All that was recorded of this kind, in order."""
        told = self.store.read(after=0, limit=NEVER_LATER)
        of_this_kind = (each for each in told if each.type_name.startswith("reminder."))
        facts = [decode(each.type_name, each.body) for each in of_this_kind]
        return [each for each in facts if isinstance(each, Reminder)]

    def lists(self) -> Mapping[str, Sequence[ReminderRow]]:
        """What stands on the list of each office, as the views show it."""
        told = self.store.read(after=0, limit=NEVER_LATER)
        facts = (
            Fact(
                each.position,
                each.lane,
                each.type_name,
                each.body,
                decode(each.type_name, each.body),
            )
            for each in told
        )
        rows, found = LaneRows(), dict[str, list[ReminderRow]]()
        rows.fold(tuple(facts), (Reminders(),))
        for _, values in rows.tables():
            for row in values:
                if isinstance(row, ReminderRow) and row.settled_at is None:
                    found.setdefault(row.to_office, []).append(row)
        return found

    def on_lists(self) -> dict[str, list[str]]:
        """The same by what each line is about."""
        return {office: sorted(row.matter for row in rows) for office, rows in self.lists().items()}

    def then(self, *expected: Draft) -> "Watch":
        """Exactly these reminders came since the last look, in this order."""
        fresh = self.reminders()[self.seen :]
        self.seen += len(fresh)
        assert [type(each) for each in fresh] == [draft.event for draft in expected], fresh
        for draft, told in zip(expected, fresh, strict=True):
            said = {"office": draft.office, **draft.facts}
            found = {name: getattr(told, name) for name in said}
            assert found == said, f"\n{found}\nis not\n{said}"
        return self


def given(*drafts: Draft) -> Watch:
    """A world in which these facts were recorded this morning."""
    return Watch().given(*drafts)


def reminded(event: type[Reminder], office: str, **facts: Any) -> Draft:
    """A reminder about the work of an office."""
    return fact(event, office, **facts)
