"""The running demo as ``tiepdan demo advance`` sees it: its clock, its store, who is behind."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from domain.days import day_of
from domain.homes import OfficesOn
from domain.ports import PARTITIONS, Clock
from infra.agenda import Agenda
from infra.clock import SystemClock, write_offset
from infra.local.state import is_owned, read_status
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.reconciled import StoreDigests
from infra.postgres.views.queries import PostgresViews
from infra.settings import Settings
from projections.resting import Work
from services import wiring
from services.casework import Casework
from services.demo.advance import Came, CannotAdvance, Crossed
from services.demo.crossing import BASIS, is_settled, settle_in
from services.no_vault import NoVault
from services.reform import ReformSummary, carried_order, preview, record_reform
from services.reform.open_work import touched
from services.reform.preview import ReformPreview, ending
from services.reform.recording import OtherReform
from services.rehoming import to_be_asked
from services.stack.plan import find_plan

PATIENCE: Final = 180.0
"""Seconds for all that a step brings; the reform's own day is the longest."""
LOOK_EVERY: Final = 0.1
A_SECOND: Final = timedelta(seconds=1)
PAGE: Final = 2_000
WAITING: Final = 200
"""Files asked of the agenda for the days on which something falls."""

AFTERWARDS: Final = ("reminder.passed_on", "reminder.settled")
"""What becomes of reminders that stand already."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Parts:
    """What the demo is asked through."""

    store: PostgresFactStore
    views: PostgresViews
    lanes: StoreDigests
    agenda: Agenda
    directory: DirectoryFollower
    casework: Casework
    clock: Clock


@dataclass
class RunningDemo:
    """A :class:`services.demo.advance.Road` over a stack that runs on this machine."""

    parts: Parts
    clock_file: Path
    stopped: Callable[[], bool]
    progress: Progress
    seen: int = 0

    def __post_init__(self) -> None:
        self.seen = self.parts.store.head()

    def now(self) -> datetime:
        """By the clock that every program of the stack looks at."""
        return self.parts.clock.now()

    def go_to(self, moment: datetime) -> None:
        """Every program of the stack sees it at its next look; offsets are whole seconds."""
        write_offset(self.clock_file, moment - SystemClock().now() + A_SECOND)

    def due_days(self) -> Sequence[date]:
        """As the scheduler has them in its agenda."""
        waiting = self.parts.agenda.waiting(WAITING)
        return [day_of(each.next_at) for each in waiting if each.next_at is not None]

    def come_through(self) -> Came:
        """Until the scheduler waits, nothing rests on an ended office, the views have it all."""
        begun = time.monotonic()
        left = list(self._behind())
        while left and time.monotonic() - begun < PATIENCE and not self.stopped():
            time.sleep(LOOK_EVERY)
            left = list(self._behind())
        return Came(self.now(), time.monotonic() - begun, self._facts(), left)

    def _behind(self) -> Iterator[str]:
        """Who has not come through, by what he does. Whoever acts meanwhile is not waited for."""
        parts, figures = self.parts, self.parts.agenda.figures()
        if figures.to_look_at or (figures.first_due and figures.first_due <= self.now()):
            yield "reminders"
        if self._adrift():
            yield "work of ended offices"
        head = parts.store.head()
        if parts.agenda.load().position < head:
            yield "news for the reminders"
        if not self._shown(head):
            yield "views"

    def _shown(self, head: int) -> bool:
        """Whether the views show every fact up to here."""
        heads = self.parts.lanes.heads(head)[:PARTITIONS]
        return all(
            self.parts.views.wait_for(lane, position, timeout=LOOK_EVERY)
            for lane, position in enumerate(heads)
        )

    def _adrift(self) -> bool:
        """Whether anything rests on an ended office that somebody else is to take over."""
        today = day_of(self.now())
        tree, views = OfficesOn(self.parts.directory.current(), today), self.parts.views
        at_work = views.offices_at_work()
        gone = [each for each in at_work if not tree.stands(each) and tree.home_of(each)]
        return bool(gone) and any(self._leaves(work, gone, tree) for work in Work)

    def _leaves(self, work: Work, gone: Sequence[str], tree: OfficesOn) -> bool:
        """Whether a piece of this sort is to leave one of these offices. An office only
        complained of keeps its name in the file.
        """
        after: str | None = None
        while True:
            page = self.parts.views.resting_on(work, gone, after=after)
            if any(ask.office in gone for rests in page.items for ask in to_be_asked(rests, tree)):
                return True
            after = page.next
            if after is None:
                return False

    def _facts(self) -> Mapping[str, int]:
        """What was recorded since the last look, by its kind."""
        kinds = Counter[str]()
        while records := self.parts.store.read(after=self.seen, limit=PAGE):
            kinds.update(kind_of(record.type_name) for record in records)
            self.seen = records[-1].position
        return kinds

    def reform_is_whole(self) -> bool:
        """Whether the office tree has it, with all that the demo adds."""
        return is_settled(self.parts.directory.refresh())

    def record_reform(self, stopped: Callable[[], bool]) -> Crossed:
        """What is missing of it, looked at beforehand. Refuses: ``ReformContradicts``."""
        begun, parts = time.monotonic(), self.parts
        seen = self._previewed()
        try:
            made = self._recorded(BASIS, stopped)
        except OtherReform:  # begun by `tiepdan units reform`, which names no basis by itself
            made = self._recorded("", stopped)
        acts = settle_in(parts.casework, parts.directory.refresh) if made.finished else 0
        self.seen = parts.store.head()
        return Crossed(
            seen.counts, made.recorded, made.known, acts, time.monotonic() - begun, made.finished
        )

    def _recorded(self, basis: str, stopped: Callable[[], bool]) -> ReformSummary:
        parts = self.parts
        return record_reform(
            carried_order(basis), parts.store, parts.directory.refresh(), parts.clock,
            self.progress, resume=True, stopped=stopped,
        )  # fmt: skip

    def _previewed(self) -> ReformPreview:
        order, directory = carried_order(BASIS), self.parts.directory.refresh()
        area = ending(order, directory)
        return preview(order, directory, touched(self.parts.views, area, day_of(self.now())))


def kind_of(type_name: str) -> str:
    """What a fact is, for whoever watches."""
    name = type_name.partition("/")[0]
    if name.startswith("reminder.") and name not in AFTERWARDS:
        return "reminders"
    return "taken_over" if name.endswith(".rehomed") else "others"


@contextmanager
def running_demo(
    state: Path, settings: Settings, stopped: Callable[[], bool], progress: Progress
) -> Iterator[RunningDemo]:
    """The demo that runs in a folder. Refuses: :class:`services.demo.advance.CannotAdvance`."""
    clock_file = must_run(state)
    with ExitStack() as opened:
        store = wiring.open_store(settings, pool_size=2)
        opened.callback(store.close)
        views = wiring.open_views(settings, pool_size=2)
        opened.callback(views.close)
        lanes = StoreDigests(settings.secret("store_dsn"))
        opened.callback(lanes.close)
        agenda = wiring.open_agenda(settings)
        opened.callback(agenda.close)
        directory = wiring.open_directory(settings)
        opened.callback(directory.close)
        law = wiring.open_law(settings)
        opened.callback(law.close)
        clock = settings.clock()
        casework = Casework(store, NoVault(), directory.current, clock, law.current)
        parts = Parts(store, views, lanes, agenda, directory, casework, clock)
        yield RunningDemo(parts, clock_file, stopped, progress)


def must_run(state: Path) -> Path:
    """The clock file of a demo that runs. Refuses: ``CannotAdvance``, saying what to do."""
    plan = find_plan(state)
    if plan is None:
        raise CannotAdvance(f"{state} holds no stack: start one with `tiepdan up --demo`")
    if not plan.demo:
        raise CannotAdvance(
            f"{state} holds a real stack: only a demo's clock is moved (`tiepdan up --demo` in "
            "another --state)"
        )
    status = read_status(state) or {}
    if not is_owned(state) or status.get("state") != "up":
        raise CannotAdvance(
            f"the demo in {state} is not running: start it with `tiepdan up --demo --state {state}`"
        )
    return plan.clock_file
