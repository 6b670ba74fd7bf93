"""Help to go home: offered, free to decline, received at home."""

from datetime import date
from typing import Any

import pytest

from domain.bounds import NoAccount, OutOfRange
from domain.commands.return_mission import (
    ArriveHome,
    CloseReturnMission,
    DepartForHome,
    DispatchReturnOfficer,
    HandOver,
    NameReturnLead,
    OfferReturn,
    RecordConsent,
    RecordDecline,
    RequestReturn,
    ScheduleFollowUp,
)
from domain.errors import NotFound
from domain.events.case import CaseOpened
from domain.events.gathering import GatheringReported
from domain.events.return_mission import (
    ReturnArrivedHome,
    ReturnConsented,
    ReturnDeclined,
    ReturnDeparted,
    ReturnFollowUpScheduled,
    ReturnHandedOver,
    ReturnLeadNamed,
    ReturnMissionClosed,
    ReturnOffered,
    ReturnOfficerDispatched,
    ReturnRequested,
)
from domain.refusals.return_mission import (
    NoHelpSent,
    NoLeadYet,
    NotTheReturnOffice,
    ReturnAlreadyRequested,
    TooManyPeople,
)
from domain.values import CountRange
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    CASE,
    GATHERING,
    HANOI,
    LUC_NAM,
    MISSION,
    NGHIA_PHUONG,
    VOI,
    fact,
    head,
)
from tests.scenario import given

HOME = head(CAM_LY)
CROWD = fact(GatheringReported, LUC_NAM, case_id=CASE, count=CountRange(16, 16))
REQUESTED = (fact(CaseOpened, CAM_LY), CROWD, fact(ReturnRequested, LUC_NAM))
LED = (*REQUESTED, fact(ReturnLeadNamed, CAM_LY))
OFFERED = (*LED, fact(ReturnOffered, CAM_LY))
ANSWERED = (*OFFERED, fact(ReturnConsented, CAM_LY), fact(ReturnDeclined, CAM_LY))
LEFT = (*ANSWERED, fact(ReturnDeparted, CAM_LY))
ARRIVED = (*LEFT, fact(ReturnArrivedHome, CAM_LY))
HANDED_OVER = (*ARRIVED, fact(ReturnHandedOver, CAM_LY))
FOLLOWED_UP = (*HANDED_OVER, fact(ReturnFollowUpScheduled, CAM_LY))
CLOSED = (*FOLLOWED_UP, fact(ReturnMissionClosed, CAM_LY))

NAME_LEAD = NameReturnLead(mission_id=MISSION, lead="lead.07519")
DISPATCH = DispatchReturnOfficer(mission_id=MISSION, officers=2, vehicles=1)
HAND_OVER = HandOver(mission_id=MISSION, receiving_officer="clerk.07519")
FOLLOW_UP = ScheduleFollowUp(mission_id=MISSION, on=date(2025, 5, 12))
CLOSE = CloseReturnMission(mission_id=MISSION)


def request(people: int = 16) -> RequestReturn:
    return RequestReturn(mission_id=MISSION, gathering_id=GATHERING, people=people)


def offer(people: int) -> OfferReturn:
    return OfferReturn(mission_id=MISSION, people=people)


def consent(people: int) -> RecordConsent:
    return RecordConsent(mission_id=MISSION, people=people)


def decline(people: int) -> RecordDecline:
    return RecordDecline(mission_id=MISSION, people=people)


def depart(people: int) -> DepartForHome:
    return DepartForHome(mission_id=MISSION, people=people)


def arrive(people: int) -> ArriveHome:
    return ArriveHome(mission_id=MISSION, people=people, needs_care=True)


def test_an_office_that_knows_of_the_crowd_asks_its_home_unit_for_help() -> None:
    given(CROWD).when(request(), by=head(LUC_NAM)).then(
        fact(ReturnRequested, LUC_NAM, home_office=CAM_LY, home="07519-20250101", people=16)
    )


def test_help_is_asked_for_one_citizen_too() -> None:
    given(CROWD).when(request(1), by=head(BAC_GIANG)).then(fact(ReturnRequested, BAC_GIANG))


def test_an_office_that_does_not_know_of_the_crowd_asks_for_nothing() -> None:
    given(CROWD).when(request(), by=head(VOI)).then_refused(NotFound)


def test_help_is_asked_for_people_who_gathered() -> None:
    given().when(request(), by=head(LUC_NAM)).then_refused(NotFound)


@pytest.mark.parametrize("people", [0, 17])
def test_not_for_more_than_gathered(people: int) -> None:
    world = given(CROWD).when(request(people), by=head(LUC_NAM))
    world.then_refused(OutOfRange, pointer="/people")


def test_a_mission_is_requested_once() -> None:
    given(*REQUESTED).when(request(), by=head(LUC_NAM)).then_refused(ReturnAlreadyRequested)


@pytest.mark.parametrize("office", [CAM_LY, LUC_NAM, BAC_GIANG])
def test_the_home_unit_or_an_office_above_it_names_who_leads(office: str) -> None:
    given(*REQUESTED).when(NAME_LEAD, by=head(office)).then(
        fact(ReturnLeadNamed, office, lead="lead.07519")
    )


def test_who_asked_for_help_does_not_name_who_leads() -> None:
    asked = (CROWD, fact(ReturnRequested, HANOI))
    given(*asked).when(NAME_LEAD, by=head(HANOI)).then_refused(NotTheReturnOffice)


def test_to_an_office_it_does_not_concern_there_is_no_mission_to_lead() -> None:
    given(*REQUESTED).when(NAME_LEAD, by=head(NGHIA_PHUONG)).then_refused(NotFound)


def test_who_leads_is_an_account_and_no_name() -> None:
    named = NameReturnLead(mission_id=MISSION, lead="Trần Thị B")
    given(*REQUESTED).when(named, by=HOME).then_refused(NoAccount, pointer="/lead")


@pytest.mark.parametrize("act", [DISPATCH, offer(5), consent(5), decline(5), depart(5), arrive(5)])
def test_nothing_is_done_before_somebody_leads(act: Any) -> None:
    given(*REQUESTED).when(act, by=HOME).then_refused(NoLeadYet)


@pytest.mark.parametrize("act", [DISPATCH, offer(5), consent(5), depart(5)])
def test_only_the_leading_and_the_home_office_keep_the_mission(act: Any) -> None:
    given(*ANSWERED).when(act, by=head(BAC_GIANG)).then_refused(NotTheReturnOffice)


def test_a_district_that_leads_keeps_the_mission() -> None:
    led = (*REQUESTED, fact(ReturnLeadNamed, LUC_NAM))
    given(*led).when(offer(16), by=head(LUC_NAM)).then(fact(ReturnOffered, LUC_NAM, people=16))


def test_officers_or_a_vehicle_are_sent() -> None:
    given(*LED).when(DISPATCH, by=HOME).then(
        fact(ReturnOfficerDispatched, CAM_LY, officers=2, vehicles=1)
    )
    nobody = DispatchReturnOfficer(mission_id=MISSION, officers=0, vehicles=0)
    given(*LED).when(nobody, by=HOME).then_refused(NoHelpSent)


@pytest.mark.parametrize(("officers", "vehicles"), [(-1, 1), (501, 1), (1, -1), (1, 201)])
def test_what_is_sent_can_be_counted(officers: int, vehicles: int) -> None:
    sent = DispatchReturnOfficer(mission_id=MISSION, officers=officers, vehicles=vehicles)
    given(*LED).when(sent, by=HOME).then_refused(OutOfRange)


def test_help_is_offered_in_parts_to_no_more_than_it_was_asked_for() -> None:
    world = given(*LED).when(offer(10), by=HOME).when(offer(6), by=HOME)
    world.then(fact(ReturnOffered, CAM_LY, people=6))
    world.when(offer(1), by=HOME).then_refused(TooManyPeople, pointer="/people")


def test_twelve_go_and_four_stay_by_choice() -> None:
    world = given(*OFFERED).when(consent(12), by=HOME)
    world.then(fact(ReturnConsented, CAM_LY, people=12))
    world.when(decline(4), by=HOME).then(fact(ReturnDeclined, CAM_LY, people=4))
    world.when(consent(1), by=HOME).then_refused(TooManyPeople)


def test_nobody_consents_or_declines_before_help_was_offered() -> None:
    given(*LED).when(consent(1), by=HOME).then_refused(TooManyPeople)
    given(*LED).when(decline(1), by=HOME).then_refused(TooManyPeople)


def test_nobody_leaves_who_did_not_consent() -> None:
    given(*ANSWERED).when(depart(13), by=HOME).then_refused(TooManyPeople)
    given(*ANSWERED).when(depart(12), by=HOME).then(fact(ReturnDeparted, CAM_LY, people=12))
    given(*LEFT).when(depart(1), by=HOME).then_refused(TooManyPeople)


def test_nobody_arrives_who_did_not_leave() -> None:
    given(*ANSWERED).when(arrive(1), by=HOME).then_refused(TooManyPeople)
    given(*LEFT).when(arrive(13), by=HOME).then_refused(TooManyPeople)
    given(*LEFT).when(arrive(12), by=HOME).then(
        fact(ReturnArrivedHome, CAM_LY, people=12, needs_care=True)
    )


@pytest.mark.parametrize("act", [offer(0), consent(0), decline(-1), depart(0), arrive(0)])
def test_every_step_counts_somebody(act: Any) -> None:
    given(*LEFT).when(act, by=HOME).then_refused(OutOfRange, pointer="/people")
