"""Offices at work by chance, and the scheduler killed at any seam while it watches them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from domain.codes import ClosureScope
from domain.days import day_of
from domain.events import access, calendar
from domain.events.base import OfficeEvent
from domain.events.reminder import Reminder
from domain.policies.waiting import key_said
from domain.streams import access_stream, place_calendar_stream
from infra.agenda import Superseded
from infra.serial import decode
from services.scheduler.steps import Scheduler
from tests.builders import CAM_LY, MORNING, fact
from tests.services.chance_acts import ACTS, FILES, STREAMS, petition_of
from tests.services.naive_reminders import Told, should_be_told, should_stand, stands, told_by
from tests.services.reminding import NEVER_LATER, Watch


class Killed(Exception):
    """The process is gone."""


@dataclass
class Seams:
    """The agenda, with accidents at its transactions: one number is drawn for each."""

    inner: Any
    accidents: list[int] = field(default_factory=list)
    others: Callable[[], None] = lambda: None
    news: Callable[[], None] = lambda: None

    def __getattr__(self, name: str) -> Any:
        """Reading is not disturbed; moving is."""
        found = getattr(self.inner, name)
        return self._disturbed(found) if name in ("follow", "keep", "remind") else found

    def _disturbed(self, move: Callable[..., Any]) -> Callable[..., Any]:
        def moved(*told: Any) -> Any:
            accident = self.accidents.pop() if self.accidents else 0
            if accident == 1:
                raise Killed
            if accident == 2:
                move(*told)
                raise Killed
            if accident in (3, 4):
                self.news()
            if accident in (4, 5):
                self.others()
            return move(*told)

        return moved


@dataclass
class History:
    """A watch whose facts and accidents are drawn; it keeps what must have been told."""

    watch: Watch = field(default_factory=Watch)
    must: set[Told] = field(default_factory=set)
    epoch: int = 1
    busy: bool = False

    def __post_init__(self) -> None:
        self.seams = Seams(self.watch.agenda, others=self.take_over, news=self.surprise)
        self.calm, self.watch.clock.at = self.watch.world, MORNING
        self.disturbed = type(self.calm)(**{**vars(self.calm), "agenda": self.seams})
        self.scheduler = Scheduler(self.disturbed, epoch=1)
        self.surprises: list[int] = []

    def facts(self) -> Sequence[OfficeEvent]:
        """All facts, in order."""
        told = self.watch.store.read(after=0, limit=NEVER_LATER)
        return [decode(each.type_name, each.body) for each in told]

    def happen(self, what: int, number: int, verb: int) -> None:
        """Something of the field is recorded, or somebody reads, or an office closes."""
        today = day_of(self.watch.clock.now())
        if what < len(ACTS):
            said = list(self.watch.store.load(STREAMS[what](number)))
            draft = ACTS[what](said, number, verb, today)
        elif what == len(ACTS):
            stream = place_calendar_stream(ClosureScope.OFFICE, CAM_LY)
            shut = today + timedelta(days=1 + verb)
            known = {getattr(each, "first_day", None) for each in self.watch.store.load(stream)}
            draft = None
            if shut not in known:
                draft = fact(calendar.OfficeClosed, CAM_LY, stream, first_day=shut, last_day=shut)
        else:
            draft = fact(access.TextOpened, CAM_LY, access_stream(petition_of(number)))
        if draft is not None:
            self.watch.given(draft)

    def surprise(self) -> None:
        """Facts come about every file, just as the scheduler is about to move."""
        verb = self.surprises.pop() if self.surprises else 0
        for what in range(len(ACTS)):
            for number in range(FILES):
                if self.watch.store.last_version(STREAMS[what](number)):
                    self.happen(what, number, verb)

    def take_over(self) -> None:
        """Another scheduler gets the lease and works to the end, undisturbed."""
        self.epoch += 1
        Scheduler(self.calm, epoch=self.epoch).run_out()

    def work(self, accidents: list[int], surprises: list[int]) -> None:
        """A scheduler works until there is nothing to do; the killed are started again."""
        self.seams.accidents, self.surprises = list(accidents), list(surprises)
        while True:
            try:
                self.scheduler.run_out()
                break
            except (Killed, Superseded):
                self.epoch += 1
                self.scheduler = Scheduler(self.disturbed, epoch=self.epoch)
        self.must |= should_be_told(self.facts(), self.watch.clock.now())
        assert self.standing() == should_stand(self.facts(), self.watch.clock.now())

    def standing(self) -> set[Told]:
        """What the offices' lists say."""
        lists = self.watch.lists()
        return {
            stands(row.matter, row.subject, office) for office in lists for row in lists[office]
        }

    def check(self) -> None:
        """Each once, none missed, and each with its reason at the place where it stands.

        Whom it is told may have changed since: it is not told a second time to another.
        """
        said: list[Reminder] = []
        before: list[OfficeEvent] = []
        for each in self.facts():
            if isinstance(each, Reminder):
                assert told_by(each) in should_be_told(before, each.timestamp), each
                said.append(each)
            else:
                before.append(each)
        assert len({key_said(each) for each in said}) == len(said)
        assert {what(told_by(each)) for each in said} >= set(map(what, self.must))


def what(told: Told) -> Told:
    """Kind, file, and what tells it apart."""
    return told[:3]
