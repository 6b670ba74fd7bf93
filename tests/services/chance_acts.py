"""What offices may do next with a file of each kind, chosen by a number."""

from datetime import date, timedelta
from uuid import UUID

from domain.codes import PetitionKind
from domain.events import case, gathering, petition
from domain.events import return_mission as mission
from domain.events.base import OfficeEvent
from tests.builders import BAC_GIANG, CAM_LY, LUC_NAM, Draft, fact, unit_of

FILES = 2

Said = list[OfficeEvent]


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
        return fact(petition.PetitionReceived, CAM_LY, stream, kind=KINDS[number])
    if "petition.citizen_guided" in topics or "petition.taken_up" in topics:
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
    if verb == TAKE_UP and KINDS[number] is PetitionKind.COMPLAINT:
        return fact(petition.PetitionTakenUp, holder, stream)
    if verb % 3 == 0:
        return fact(petition.CitizenGuided, holder, stream)
    if verb % 3 == 1:
        return fact(
            petition.PetitionTransferred, holder, stream, to_office=to, to_unit=unit_of(to),
            offer=offers + 1, reply_due=today + timedelta(days=verb),
        )  # fmt: skip
    kind = KINDS[number]
    return fact(petition.PetitionClassified, holder, stream, kind=kind, competent_office=holder)


KINDS = (PetitionKind.PROPOSAL, PetitionKind.COMPLAINT)
"""Of each petition: a complaint must be accepted too."""
TAKE_UP = 6
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
