"""A file as the reminders look at it: who answers for it, and the days of its clocks.

Made from the facts of its own stream alone: nothing that is read, opened or commented on
lies there, so nothing of that kind can move a clock. The days of its clocks are those that
"vì sao?" tells (:mod:`domain.law.happened`): what is explained and what is reminded of agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.case import Case
from domain.events import case as of_case
from domain.events import petition as of_petition
from domain.events import return_mission as of_mission
from domain.events.base import OfficeEvent
from domain.events.gathering import GatheringReported
from domain.gathering import Gathering
from domain.homes import OfficesOn
from domain.law.happened import all_happened
from domain.law.timeline import Timeline
from domain.petition import Petition
from domain.return_mission import ReturnMission


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
        case of_petition.PetitionReceived() as received:
            petition = Petition.replay(stream, facts)
            petition.seen_on(offices)
            return None if petition.ended else _petition_file(petition, received, facts[1:])
        case of_case.CaseOpened() as opened:
            case = Case.replay(stream, facts)
            case.seen_on(offices)
            return None if case.closed else _case_file(case, opened, facts[1:], offices)
        case GatheringReported():
            crowd = Gathering.replay(stream, facts)
            crowd.seen_on(offices)
            return None if crowd.over or crowd.received else CrowdFile(crowd, facts[0])
        case of_mission.ReturnRequested():
            mission = ReturnMission.replay(stream, facts)
            mission.seen_on(offices)
            return _mission_file(mission, facts)
    return None


def _petition_file(
    petition: Petition, received: of_petition.PetitionReceived, more: Sequence[OfficeEvent]
) -> PetitionFile:
    held: OfficeEvent = received
    offered: of_petition.PetitionTransferred | None = None
    for fact in more:
        match fact:
            case of_petition.PetitionAccepted() | of_petition.CompetenceDecided():
                held = fact
            case of_petition.PetitionTransferred():
                offered = fact
    waits = offered if petition.offer is not None else None
    timeline = all_happened(received, more).timeline
    return PetitionFile(petition, timeline, received, held, waits)


def _case_file(
    case: Case, opened: of_case.CaseOpened, facts: Sequence[OfficeEvent], offices: OfficesOn
) -> CaseFile:
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
    timeline = all_happened(opened, facts).timeline
    return CaseFile(case, timeline, opened, assigned, unknown, waiting)


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
