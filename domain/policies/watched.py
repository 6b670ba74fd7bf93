"""A file as the reminders look at it: who answers for it, and the days of its clocks.

Made from the facts of its own stream alone: nothing that is read, opened or commented on
lies there, so nothing of that kind can move a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from domain.case import Case
from domain.codes import PetitionKind
from domain.days import day_of
from domain.events import case as of_case
from domain.events import filing
from domain.events import petition as of_petition
from domain.events import return_mission as of_mission
from domain.events.base import OfficeEvent
from domain.events.gathering import GatheringReported
from domain.gathering import Gathering
from domain.homes import OfficesOn
from domain.law.happened import filing_days
from domain.law.timeline import Timeline
from domain.petition import Petition
from domain.return_mission import ReturnMission

SETTLED: Final = frozenset({PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION})
"""Kinds of which taking up tells the citizen what becomes of it. Law 42/2013 art. 28.1."""

TOUCHES: Final = (
    of_petition.PetitionClassified,
    of_petition.PetitionTransferred,
    of_petition.PetitionAccepted,
    of_petition.PetitionReturned,
    of_petition.CompetenceDecided,
    of_petition.CitizenGuided,
    of_petition.PetitionTakenUp,
    filing.CheckWidened,
    filing.FurtherDenounced,
    filing.FilingDated,
)
"""Acts of an office on a petition. Coming from an abolished office is none."""


@dataclass(frozen=True, slots=True)
class PetitionFile:
    """A petition: ``received`` and ``held`` are the facts that began its two clocks."""

    petition: Petition
    timeline: Timeline
    received: OfficeEvent
    held: OfficeEvent
    offered: of_petition.PetitionTransferred | None

    @property
    def dossier(self) -> Petition:
        """The petition."""
        return self.petition

    @property
    def office(self) -> str:
        """Who must act on it now."""
        return self.petition.in_charge


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case: ``assigned`` is how it came to its handler.

    ``reports`` are those that nobody has confirmed, the newest to each office; ``directions``
    those that were not answered by a decision, nor by a report to who gave them.
    """

    case: Case
    timeline: Timeline
    opened: OfficeEvent
    assigned: OfficeEvent | None
    reports: tuple[tuple[str, OfficeEvent], ...]
    directions: tuple[of_case.DirectionIssued, ...]

    @property
    def dossier(self) -> Case:
        """The case."""
        return self.case

    @property
    def office(self) -> str:
        """Who must act on it now."""
        return self.case.handling


@dataclass(frozen=True, slots=True)
class CrowdFile:
    """A gathering and the report of it."""

    gathering: Gathering
    reported: OfficeEvent

    @property
    def office(self) -> str:
        """Who must receive it."""
        return self.gathering.must_receive


@dataclass(frozen=True, slots=True)
class MissionFile:
    """A return mission, and how the reception at home got the day that still waits."""

    mission: ReturnMission
    scheduled: of_mission.ReturnFollowUpScheduled | None

    @property
    def office(self) -> str:
        """Who holds that reception; before one has a day, the home office."""
        return self.mission.host or self.mission.home_office


File = PetitionFile | CaseFile | CrowdFile | MissionFile


def file_of(stream: UUID, facts: Sequence[OfficeEvent], offices: OfficesOn) -> File | None:
    """What the facts of a stream add up to; None when there is nothing to wait for any more."""
    if not facts:
        return None
    match facts[0]:
        case of_petition.PetitionReceived():
            petition = Petition.replay(stream, facts)
            petition.seen_on(offices)
            return None if petition.ended else _petition_file(petition, facts)
        case of_case.CaseOpened():
            case = Case.replay(stream, facts)
            case.seen_on(offices)
            return None if case.closed else _case_file(case, facts, offices)
        case GatheringReported():
            crowd = Gathering.replay(stream, facts)
            crowd.seen_on(offices)
            return None if crowd.over or crowd.received else CrowdFile(crowd, facts[0])
        case of_mission.ReturnRequested():
            mission = ReturnMission.replay(stream, facts)
            mission.seen_on(offices)
            return _mission_file(mission, facts)
    return None


def _petition_file(petition: Petition, facts: Sequence[OfficeEvent]) -> PetitionFile:
    held, offered = facts[0], None
    timeline = Timeline(kind=petition.kind)
    for fact in facts:
        timeline = _petition_moved(timeline, fact)
        match fact:
            case of_petition.PetitionAccepted() | of_petition.CompetenceDecided():
                held = fact
            case of_petition.PetitionTransferred():
                offered = fact
    waits = offered if petition.offer is not None else None
    return PetitionFile(petition, timeline, facts[0], held, waits)


def _petition_moved(timeline: Timeline, fact: OfficeEvent) -> Timeline:
    """The days of a petition after one more fact."""
    on = day_of(fact.occurred_at)
    if isinstance(fact, TOUCHES) and timeline.touched_on is None:
        timeline = replace(timeline, touched_on=on)
    match fact:
        case of_petition.PetitionReceived():
            return replace(timeline, received_on=on, held_since=on)
        case of_petition.PetitionClassified(competent_office=competent, office=office):
            return replace(timeline, misdirected_on=None if competent == office else on)
        case of_petition.PetitionTransferred():
            return replace(timeline, offered_on=on)
        case of_petition.PetitionReturned() | of_petition.PetitionRecalled():
            return replace(timeline, offered_on=None)
        case of_petition.PetitionAccepted() | of_petition.CompetenceDecided():
            return replace(
                timeline, offered_on=None, held_since=on, misdirected_on=None, several_places=False
            )
        case filing.CheckWidened() | filing.FurtherDenounced() | filing.FilingDated():
            return replace(timeline, **filing_days(fact))
        case of_petition.PetitionTakenUp():
            told = on if timeline.kind in SETTLED else timeline.answered_on
            return replace(timeline, taken_up_on=on, answered_on=timeline.answered_on or told)
    return timeline


def _case_file(case: Case, facts: Sequence[OfficeEvent], offices: OfficesOn) -> CaseFile:
    assigned: OfficeEvent | None = None
    reports: dict[str, OfficeEvent] = {}
    for fact in facts:
        match fact:
            case of_case.HandlerAssigned() | of_case.CaseRehomed():
                assigned = fact
            case of_case.CaseReportedUpward(to_office=superior):
                reports[superior] = fact
            case of_case.CaseEscalated(to_office=superior):
                reports[superior] = fact
    for moved in facts:
        if isinstance(moved, of_case.CaseRehomed) and moved.from_office in reports:
            reports.setdefault(moved.to_office, reports[moved.from_office])
    unknown = tuple((at, reports[at]) for at in sorted(case.unconfirmed) if at in reports)
    waiting = () if case.decided_on is not None else _unanswered(facts, offices)
    return CaseFile(case, case.timeline, facts[0], assigned, unknown, waiting)


def _unanswered(
    facts: Sequence[OfficeEvent], offices: OfficesOn
) -> tuple[of_case.DirectionIssued, ...]:
    """Directions since which nobody reported to who gave them.

    Where that office stands no longer, a report to any superior answers them.
    """
    waiting: list[of_case.DirectionIssued] = []
    for fact in facts:
        match fact:
            case of_case.DirectionIssued():
                waiting.append(fact)
            case of_case.CaseReportedUpward(to_office=told) | of_case.CaseEscalated(to_office=told):
                waiting = [
                    each for each in waiting if each.office != told and offices.stands(each.office)
                ]
    return tuple(waiting)


def _mission_file(mission: ReturnMission, facts: Sequence[OfficeEvent]) -> MissionFile | None:
    scheduled: of_mission.ReturnFollowUpScheduled | None = None
    for fact in facts:
        match fact:
            case of_mission.ReturnFollowUpScheduled():
                scheduled = fact
            case of_mission.ReturnFollowUpHeld():
                scheduled = None
    if mission.closed and scheduled is None:
        return None
    return MissionFile(mission, scheduled)
