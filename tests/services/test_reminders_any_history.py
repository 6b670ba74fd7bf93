"""Whatever happens, whoever dies: each reminder is recorded once, none is missed, none too many.

Random histories and random passing of time, against a slow oracle that looks at the whole
history day by day. A scheduler may be killed before or after any of its transactions, another
may take over in the middle, and facts may be recorded under its hands.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.codes import ClosureScope, PetitionKind
from domain.days import day_of
from domain.events import access, calendar, case, gathering, petition
from domain.events import return_mission as mission
from domain.events.base import OfficeEvent
from domain.events.reminder import Reminder
from domain.policies.waiting import key_said
from domain.streams import access_stream, place_calendar_stream
from infra.agenda import Superseded
from infra.serial import decode
from services.scheduler.steps import Scheduler
from tests.builders import BAC_GIANG, CAM_LY, LUC_NAM, MORNING, Draft, fact, unit_of
from tests.services.naive_reminders import Told, should_be_told, should_stand, stands, told_by
from tests.services.reminding import NEVER_LATER, Watch

FILES = 2
Said = list[OfficeEvent]


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


def petition_of(number: int) -> UUID:
    """One of a few petitions."""
    return UUID(int=100 + number)


def case_of(number: int) -> UUID:
    """One of a few cases."""
    return UUID(int=200 + number)


def crowd_of(number: int) -> UUID:
    """One of a few crowds."""
    return UUID(int=300 + number)


def mission_of(number: int) -> UUID:
    """One of a few return missions."""
    return UUID(int=400 + number)


def on_petition(said: Said, number: int, verb: int, today: date) -> Draft | None:
    """What may happen next to a petition; None where nothing of the kind may."""
    stream, topics = petition_of(number), [each.TOPIC for each in said]
    if not said:
        return fact(petition.PetitionReceived, CAM_LY, stream, kind=PetitionKind.PROPOSAL)
    if "petition.citizen_guided" in topics:
        return None
    holder = next((e.office for e in reversed(said) if e.TOPIC == "petition.accepted"), CAM_LY)
    moves = [each for each in said if each.TOPIC in ANSWERS or each.TOPIC == OFFERED]
    if moves and moves[-1].TOPIC == OFFERED:
        to = getattr(moves[-1], "to_office", "")
        return [
            fact(petition.PetitionAccepted, to, stream, from_office=holder),
            fact(petition.PetitionReturned, to, stream, from_office=holder),
            fact(petition.PetitionRecalled, holder, stream),
        ][verb % 3]
    to = LUC_NAM if holder == CAM_LY else CAM_LY
    offers = sum(topic == OFFERED for topic in topics)
    if verb % 3 == 0:
        return fact(petition.CitizenGuided, holder, stream)
    if verb % 3 == 1:
        return fact(
            petition.PetitionTransferred, holder, stream, to_office=to, to_unit=unit_of(to),
            offer=offers + 1, reply_due=today + timedelta(days=verb),
        )  # fmt: skip
    kind = PetitionKind.PROPOSAL
    return fact(petition.PetitionClassified, holder, stream, kind=kind, competent_office=holder)


OFFERED = "petition.transferred"
ANSWERS = ("petition.accepted", "petition.returned", "petition.recalled")


def on_case(said: Said, number: int, verb: int, today: date) -> Draft | None:
    """What may happen next to a case."""
    stream, topics = case_of(number), [each.TOPIC for each in said]
    if not said:
        return fact(case.CaseOpened, CAM_LY, stream)
    if "case.closed" in topics:
        return None
    superior = (LUC_NAM, BAC_GIANG)[verb % 2]
    told = [each for each in said if each.TOPIC in ("case.reported_upward", "case.acknowledged")]
    waits = [getattr(e, "to_office", e.office) for e in told][-1:] if told else []
    if verb in (5, 7):
        due = today + timedelta(days=verb)
        return fact(case.DirectionIssued, superior, stream, due=due)
    match verb % 4:
        case 0:
            return fact(case.CaseReportedUpward, CAM_LY, stream, to_office=superior)
        case 1 if told and told[-1].TOPIC == "case.reported_upward":
            return fact(case.CaseAcknowledged, waits[0], stream)
        case 2 if "case.decision_issued" not in topics:
            return fact(case.DecisionIssued, CAM_LY, stream, decided_on=today)
        case 3 if "case.decision_issued" in topics:
            return fact(case.CaseClosed, CAM_LY, stream, noticed_on=today, petitions=())
    return fact(case.HandlerAssigned, CAM_LY, stream)


def on_mission(said: Said, number: int, verb: int, today: date) -> Draft | None:
    """What may happen next to a return mission."""
    stream = mission_of(number)
    if not said:
        return fact(mission.ReturnRequested, LUC_NAM, stream)
    if any(each.TOPIC == "return_mission.closed" for each in said) and verb % 4 != 2:
        return None
    return [
        fact(mission.ReturnFollowUpScheduled, CAM_LY, stream, on=today + timedelta(days=verb)),
        fact(mission.ReturnArrivedHome, CAM_LY, stream),
        fact(mission.ReturnFollowUpHeld, CAM_LY, stream, held_on=today),
        fact(mission.ReturnMissionClosed, CAM_LY, stream),
    ][verb % 4]


def on_crowd(said: Said, number: int, verb: int, today: date) -> Draft | None:
    """What may happen next to a crowd."""
    del today
    stream, topics = crowd_of(number), [each.TOPIC for each in said]
    if not said:
        return fact(gathering.GatheringReported, LUC_NAM, stream)
    if "gathering.dispersed" in topics or "gathering.crowd_received" in topics:
        return None
    return [
        fact(gathering.CrowdReceived, LUC_NAM, stream),
        fact(gathering.GatheringDispersed, LUC_NAM, stream),
        fact(gathering.GatheringCountRevised, LUC_NAM, stream),
    ][verb % 3]


STREAMS = (petition_of, case_of, crowd_of, mission_of)
ACTS = (on_petition, on_case, on_crowd, on_mission)


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


HAPPENING = st.tuples(st.integers(0, len(ACTS) + 1), st.integers(0, FILES - 1), st.integers(0, 7))
HOURS = st.sampled_from([1, 24, 72, 24 * 7, 24 * 15])
ACCIDENTS = st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5]), min_size=3, max_size=6)
TURN = st.tuples(
    st.lists(HAPPENING, min_size=1, max_size=5),
    HOURS,
    st.one_of(ACCIDENTS, ACCIDENTS, st.none()),
    st.lists(st.sampled_from([0, 1, 2, 5]), max_size=2),
)


@pytest.mark.parametrize("accident", range(6))
@pytest.mark.parametrize("seam", range(5))
@pytest.mark.parametrize("verb", [0, 1])
def test_an_accident_at_any_seam_leaves_nothing_out_and_says_nothing_twice(
    accident: int, seam: int, verb: int
) -> None:
    """Each accident at each transaction, while some files wait to be told of and others come.

    By verb 0 every file ends in that moment, by verb 1 every petition is offered on.
    """
    history = History()
    for days, first in ((8, 0), (7, 1)):
        for what in range(len(ACTS)):
            history.happen(what, first, 0)
        history.watch.clock.advance(timedelta(days=days))
        accidents = [accident if place == seam else 0 for place in range(seam + 1)]
        history.work(accidents[::-1], [verb])
    for _ in range(6):
        history.watch.clock.advance(timedelta(days=1))
        history.work([], [])
    history.check()


@settings(max_examples=100, deadline=None)
@given(st.lists(TURN, min_size=3, max_size=8))
def test_each_reminder_once_none_missed_none_too_many(turns: list[Any]) -> None:
    history = History()
    last = datetime(2025, 10, 15, tzinfo=MORNING.tzinfo)
    for happenings, hours, accidents, surprises in turns:
        for what in happenings:
            history.happen(*what)
        history.watch.clock.at = min(history.watch.clock.at + timedelta(hours=hours), last)
        if accidents is not None:
            history.work(accidents, surprises)
    history.work([], [])
    history.check()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.lists(HAPPENING, max_size=4), HOURS), min_size=1, max_size=6))
def test_what_fell_during_an_absence_is_recorded_in_the_order_in_which_it_fell(
    turns: list[Any],
) -> None:
    history = History()
    for happenings, hours in turns:
        for what in happenings:
            history.happen(*what)
        history.watch.clock.advance(timedelta(hours=hours))
    history.work([], [])
    fell = [each.occurred_at for each in history.watch.reminders()]
    assert fell == sorted(fell)
    history.check()
