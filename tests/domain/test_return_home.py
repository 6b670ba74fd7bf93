"""The end of a return: received at home, with a date, and nothing else changed."""

from datetime import date
from typing import Any

import pytest

from domain.bounds import DateInFuture, DateInPast
from domain.commands.return_mission import HoldFollowUp, ScheduleFollowUp
from domain.errors import NotFound
from domain.events.return_mission import (
    ReturnArrivedHome,
    ReturnConsented,
    ReturnDeclined,
    ReturnFollowUpHeld,
    ReturnFollowUpScheduled,
    ReturnHandedOver,
    ReturnLeadNamed,
    ReturnMissionClosed,
)
from domain.refusals.return_mission import (
    AlreadyHandedOver,
    FollowUpAlreadyHeld,
    MissionIsClosed,
    NobodyArrived,
    NoFollowUpDate,
    NoReceivingOfficer,
    NotTheReturnOffice,
    OfferNotAnswered,
    PeopleOnTheRoad,
)
from tests.builders import CAM_LY, CASE, LUC_NAM, MISSION, fact, head
from tests.domain.test_return_mission import (
    ARRIVED,
    CLOSE,
    CLOSED,
    DISPATCH,
    FOLLOW_UP,
    FOLLOWED_UP,
    HAND_OVER,
    HANDED_OVER,
    HOME,
    LED,
    LEFT,
    NAME_LEAD,
    OFFERED,
    REQUESTED,
    arrive,
    consent,
    decline,
    depart,
    offer,
)
from tests.scenario import Scenario, given


def test_an_officer_of_the_home_office_takes_over() -> None:
    given(*ARRIVED).when(HAND_OVER, by=HOME).then(
        fact(ReturnHandedOver, CAM_LY, receiving_officer="clerk.07519", receiving_office=CAM_LY)
    )


def test_nobody_else_takes_over() -> None:
    led = (*REQUESTED, fact(ReturnLeadNamed, LUC_NAM))
    given(*led).when(HAND_OVER, by=head(LUC_NAM)).then_refused(NotTheReturnOffice)


def test_nobody_is_handed_over_before_arriving() -> None:
    given(*LEFT).when(HAND_OVER, by=HOME).then_refused(NobodyArrived)


def test_one_officer_takes_over() -> None:
    given(*HANDED_OVER).when(HAND_OVER, by=HOME).then_refused(AlreadyHandedOver)


def test_the_home_office_sets_the_day_of_the_reception() -> None:
    given(*HANDED_OVER).when(FOLLOW_UP, by=HOME).then(
        fact(ReturnFollowUpScheduled, CAM_LY, on=date(2025, 5, 12), host_office=CAM_LY)
    )
    given(*HANDED_OVER).when(FOLLOW_UP, by=head(LUC_NAM)).then_refused(NotTheReturnOffice)


def test_the_reception_is_not_in_the_past() -> None:
    past = ScheduleFollowUp(mission_id=MISSION, on=date(2025, 5, 4))
    given(*HANDED_OVER).when(past, by=HOME).then_refused(DateInPast, pointer="/on")


HELD = HoldFollowUp(mission_id=MISSION, held_on=date(2025, 5, 5))


def test_the_reception_is_recorded_as_held_also_after_the_mission() -> None:
    for facts in (FOLLOWED_UP, CLOSED):
        given(*facts).when(HELD, by=HOME).then(
            fact(ReturnFollowUpHeld, CAM_LY, held_on=date(2025, 5, 5))
        )


def test_a_reception_is_held_once_by_who_promised_it_and_not_in_advance() -> None:
    given(*HANDED_OVER).when(HELD, by=HOME).then_refused(NoFollowUpDate)
    given(*CLOSED).when(HELD, by=head(LUC_NAM)).then_refused(NotTheReturnOffice)
    held = (*CLOSED, fact(ReturnFollowUpHeld, CAM_LY))
    given(*held).when(HELD, by=HOME).then_refused(FollowUpAlreadyHeld)
    tomorrow = HoldFollowUp(mission_id=MISSION, held_on=date(2025, 5, 6))
    given(*CLOSED).when(tomorrow, by=HOME).then_refused(DateInFuture, pointer="/held_on")
    before = HoldFollowUp(mission_id=MISSION, held_on=date(2025, 5, 4))
    given(*CLOSED).when(before, by=HOME).then_refused(DateInPast, pointer="/held_on")
    again = (*FOLLOWED_UP, fact(ReturnFollowUpHeld, CAM_LY), fact(ReturnFollowUpScheduled, CAM_LY))
    given(*again).when(HELD, by=HOME).then(fact(ReturnFollowUpHeld, CAM_LY))


def test_a_mission_with_a_receiving_officer_and_a_date_is_closed() -> None:
    given(*FOLLOWED_UP).when(CLOSE, by=HOME).then(fact(ReturnMissionClosed, CAM_LY))


def test_without_a_receiving_officer_it_is_not_closed() -> None:
    dated = (*ARRIVED, fact(ReturnFollowUpScheduled, CAM_LY))
    given(*dated).when(CLOSE, by=HOME).then_refused(NoReceivingOfficer)


def test_without_a_date_it_is_not_closed() -> None:
    given(*HANDED_OVER).when(CLOSE, by=HOME).then_refused(NoFollowUpDate)


def test_with_people_on_the_road_it_is_not_closed() -> None:
    some = (*LEFT, fact(ReturnArrivedHome, CAM_LY, people=11), fact(ReturnHandedOver, CAM_LY))
    given(*some).when(CLOSE, by=HOME).then_refused(PeopleOnTheRoad)


@pytest.mark.parametrize("so_far", [LED, OFFERED, (*OFFERED, fact(ReturnConsented, CAM_LY))])
def test_before_everybody_could_answer_it_is_not_closed(so_far: Any) -> None:
    given(*so_far).when(CLOSE, by=HOME).then_refused(OfferNotAnswered)


def test_where_everybody_stays_by_choice_a_date_at_home_closes_it() -> None:
    declined = (*OFFERED, fact(ReturnDeclined, CAM_LY, people=16))
    world = given(*declined).when(CLOSE, by=HOME).then_refused(NoFollowUpDate)
    world.when(FOLLOW_UP, by=HOME).when(CLOSE, by=HOME)
    world.then(fact(ReturnMissionClosed, CAM_LY))


def test_only_the_home_office_closes_it() -> None:
    given(*FOLLOWED_UP).when(CLOSE, by=head(LUC_NAM)).then_refused(NotTheReturnOffice)


ALL_ACTS = (
    NAME_LEAD,
    DISPATCH,
    offer(1),
    consent(1),
    decline(1),
    depart(1),
    arrive(1),
    HAND_OVER,
    FOLLOW_UP,
    CLOSE,
)


@pytest.mark.parametrize("act", ALL_ACTS)
def test_nothing_is_recorded_on_a_closed_mission(act: Any) -> None:
    given(*CLOSED).when(act, by=HOME).then_refused(MissionIsClosed)


@pytest.mark.parametrize("act", ALL_ACTS)
def test_a_mission_never_requested_is_not_found(act: Any) -> None:
    given().when(act, by=HOME).then_refused(NotFound)


def case_bytes(world: Scenario) -> list[bytes]:
    return [record.body for record in world.store.read_stream(CASE)]


def test_whatever_people_answer_the_case_they_came_for_is_untouched() -> None:
    world = given(*OFFERED)
    before = case_bytes(world)
    for act in (consent(12), decline(4), depart(12), arrive(12), HAND_OVER, FOLLOW_UP, CLOSE):
        world.when(act, by=HOME)
        assert world.refusal is None
    assert case_bytes(world) == before
