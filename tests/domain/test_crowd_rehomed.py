"""An office is abolished while it has duties about a crowd, or about people on their way home."""

from datetime import date
from typing import Any

import pytest

from domain.codes import Role, Seat
from domain.commands.gathering import DisperseGathering, ReceiveCrowd
from domain.commands.rehoming import (
    DecideGatheringHome,
    DecideReturnMissionHome,
    RehomeGathering,
    RehomeReturnMission,
)
from domain.commands.return_mission import HoldFollowUp, NameReturnLead, RequestReturn
from domain.errors import NotFound
from domain.events.gathering import (
    CrowdReceived,
    GatheringDispersed,
    GatheringRehomed,
    GatheringReported,
)
from domain.events.return_mission import (
    ReturnConsented,
    ReturnFollowUpHeld,
    ReturnFollowUpScheduled,
    ReturnLeadNamed,
    ReturnMissionClosed,
    ReturnMissionRehomed,
    ReturnOffered,
    ReturnRequested,
)
from domain.gathering import Gathering
from domain.refusals.rehoming import (
    HomeNotOpen,
    NobodyAnswers,
    NotACandidate,
    NothingRestsHere,
    OfficeStillStands,
)
from domain.refusals.return_mission import NotTheReturnOffice
from domain.return_mission import ReturnMission
from services.access import RoleMayNot
from services.circles import circle_of
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    GATHERING,
    HANOI,
    LUC_NAM,
    MISSION,
    NGHIA_PHUONG,
    VOI,
    Draft,
    fact,
    head,
    officer,
    unit_of,
)
from tests.domain.after_the_reform import (
    AUGUST_MORNING,
    NEW_CAM_LY,
    NEW_NGHIA_PHUONG,
    REFORMED,
    after_the_reform,
)
from tests.scenario import Scenario

SYSTEM, ADMIN = officer("system", Role.SYSTEM), officer("system", Role.ADMIN)
IN_OCTOBER, IN_MAY = date(2025, 10, 6), date(2025, 5, 12)
HEIRS = (NEW_CAM_LY, NEW_NGHIA_PHUONG)


def crowd(**said: Any) -> Draft:
    """A crowd at the province, from Cẩm Lý unless said otherwise."""
    usual = {"place": "24-20250101", "must_receive": BAC_GIANG, "must_come": (CAM_LY,)}
    return fact(GatheringReported, BAC_GIANG, **{**usual, **said})


def asked(home: str = CAM_LY, by: str = BAC_GIANG) -> tuple[Draft, ...]:
    """Help home was asked for."""
    there = {"home": unit_of(home), "must_come": (home,)}
    home_office: dict[str, Any] = {"home": unit_of(home), "home_office": home}
    return crowd(**there), fact(ReturnRequested, by, **home_office)


def rehome(office: str) -> RehomeGathering:
    return RehomeGathering(gathering_id=GATHERING, office=office)


def rehome_mission(office: str) -> RehomeReturnMission:
    return RehomeReturnMission(mission_id=MISSION, office=office)


def said_of(was: str, now: str, *seats: Seat, **said: Any) -> dict[str, Any]:
    """Taken over for good, unless said otherwise."""
    usual = {
        "former": was, "from_office": was, "to_office": now, "to_unit": unit_of(now),
        "seats": seats, "interim": False, "candidates": (now,),
    }  # fmt: skip
    return {**usual, **said}


def gathering(world: Scenario) -> Gathering:
    return Gathering.replay(GATHERING, world.store.load(GATHERING))


def mission(world: Scenario) -> ReturnMission:
    return ReturnMission.replay(MISSION, world.store.load(MISSION))


def test_the_heir_must_come_for_its_people() -> None:
    world = after_the_reform(crowd()).when(rehome(CAM_LY), by=SYSTEM)
    world.then(fact(GatheringRehomed, "system", **said_of(CAM_LY, NEW_CAM_LY, Seat.MUST_COME)))
    assert gathering(world).must_come == (NEW_CAM_LY,)
    told = DisperseGathering(gathering_id=GATHERING)
    world.when(told, by=officer(NEW_CAM_LY)).then(fact(GatheringDispersed, NEW_CAM_LY))


def test_the_heir_receives_the_crowd_that_stood_before_the_old_office() -> None:
    here = fact(GatheringReported, CAM_LY, must_receive=CAM_LY, must_come=())
    world = after_the_reform(here).when(rehome(CAM_LY), by=SYSTEM)
    seats = (Seat.ON_SITE, Seat.MUST_RECEIVE)
    world.then(fact(GatheringRehomed, "system", **said_of(CAM_LY, NEW_CAM_LY, *seats)))
    receive = ReceiveCrowd(gathering_id=GATHERING, in_person=True, representatives=5)
    world.when(receive, by=head(NEW_CAM_LY)).then(fact(CrowdReceived, NEW_CAM_LY))


def test_before_a_district_that_is_gone_the_province_receives_until_a_person_decides() -> None:
    world = after_the_reform(fact(GatheringReported, LUC_NAM, must_come=()))
    world.when(rehome(LUC_NAM), by=SYSTEM)
    for_good, for_now = world.recorded()
    assert (vars(for_good)["seats"], vars(for_good)["interim"]) == ((Seat.ON_SITE,), False)
    assert (vars(for_now)["seats"], vars(for_now)["interim"]) == ((Seat.MUST_RECEIVE,), True)
    receive = ReceiveCrowd(gathering_id=GATHERING, in_person=True, representatives=5)
    world.when(receive, by=head(BAC_GIANG)).then(fact(CrowdReceived, BAC_GIANG))


def test_two_duties_to_come_that_fall_to_one_office_are_decided_one_by_one() -> None:
    world = after_the_reform(crowd(must_come=(NGHIA_PHUONG, LUC_NAM)))
    world.when(rehome(NGHIA_PHUONG), by=SYSTEM).when(rehome(LUC_NAM), by=SYSTEM)
    assert gathering(world).must_come == (BAC_GIANG, BAC_GIANG)
    decide = DecideGatheringHome(
        gathering_id=GATHERING, office=NGHIA_PHUONG, to_office=NEW_NGHIA_PHUONG
    )
    world.when(decide, by=head(NEW_NGHIA_PHUONG)).then_refused(NotFound)
    world.when(decide, by=officer(BAC_GIANG)).then_refused(RoleMayNot)
    world.when(decide, by=head(BAC_GIANG))
    assert gathering(world).must_come == (NEW_NGHIA_PHUONG, BAC_GIANG)
    assert [each.former for each in gathering(world).meanwhile] == [LUC_NAM]
    world.when(decide, by=head(BAC_GIANG)).then_refused(HomeNotOpen)


def test_a_crowd_that_has_gone_is_nobodys_duty() -> None:
    world = after_the_reform(crowd(), fact(GatheringDispersed, BAC_GIANG))
    world.when(rehome(CAM_LY), by=SYSTEM).then_refused(NothingRestsHere)


@pytest.mark.parametrize("ask", [rehome(BAC_GIANG), rehome_mission(BAC_GIANG)])
def test_an_office_that_stands_keeps_its_duties(ask: Any) -> None:
    after_the_reform(*asked()).when(ask, by=SYSTEM).then_refused(OfficeStillStands)


@pytest.mark.parametrize("ask", [rehome(CAM_LY), rehome_mission(CAM_LY)])
def test_only_the_system_asks_and_only_for_what_is_there(ask: Any) -> None:
    after_the_reform(*asked()).when(ask, by=head(BAC_GIANG)).then_refused(RoleMayNot)
    after_the_reform().when(ask, by=SYSTEM).then_refused(NotFound)


def test_a_crowd_before_an_office_with_nobody_above_is_named_in_the_refusal() -> None:
    world = after_the_reform(fact(GatheringReported, HANOI, must_receive=HANOI, must_come=()))
    world.when(rehome(HANOI), by=SYSTEM).then_refused(NobodyAnswers)
    decide = DecideGatheringHome(gathering_id=GATHERING, office=HANOI, to_office=BAC_GIANG)
    world.when(decide, by=ADMIN)
    assert gathering(world).must_receive == BAC_GIANG


def test_the_heir_of_the_home_office_goes_on_with_the_mission() -> None:
    led = (*asked(), fact(ReturnLeadNamed, CAM_LY), fact(ReturnOffered, CAM_LY))
    world = after_the_reform(*led).when(rehome_mission(CAM_LY), by=SYSTEM)
    seats = (Seat.HOME, Seat.LEADING)
    said = said_of(CAM_LY, NEW_CAM_LY, *seats)
    world.then(fact(ReturnMissionRehomed, "system", **said))
    lead = NameReturnLead(mission_id=MISSION, lead="lead.new")
    world.when(lead, by=head(NEW_CAM_LY)).then(fact(ReturnLeadNamed, NEW_CAM_LY, lead="lead.new"))


def test_counts_and_consents_stay_as_they_were() -> None:
    answered = (*asked(), fact(ReturnLeadNamed, CAM_LY), fact(ReturnOffered, CAM_LY),
                fact(ReturnConsented, CAM_LY))  # fmt: skip
    world = after_the_reform(*answered)
    before = mission(world)
    after = mission(world.when(rehome_mission(CAM_LY), by=SYSTEM))
    counts = ("people", "offered", "consented", "declined", "departed", "arrived")
    assert [vars(after)[n] for n in counts] == [vars(before)[n] for n in counts]


def test_a_split_home_is_decided_by_the_province_that_answers_meanwhile() -> None:
    world = after_the_reform(*asked(NGHIA_PHUONG)).when(rehome_mission(NGHIA_PHUONG), by=SYSTEM)
    interim = said_of(NGHIA_PHUONG, BAC_GIANG, Seat.HOME, interim=True, candidates=HEIRS)
    world.then(fact(ReturnMissionRehomed, "system", **interim))
    decide = DecideReturnMissionHome(
        mission_id=MISSION, office=NGHIA_PHUONG, to_office=NEW_NGHIA_PHUONG
    )
    elsewhere = DecideReturnMissionHome(
        mission_id=MISSION, office=NGHIA_PHUONG, to_office="ubnd-01-20250701"
    )
    world.when(decide, by=head(NEW_CAM_LY)).then_refused(NotFound)
    world.when(decide, by=officer(BAC_GIANG, Role.RETURN_LEAD)).then_refused(RoleMayNot)
    world.when(elsewhere, by=head(BAC_GIANG)).then_refused(NotACandidate)
    world.when(decide, by=head(BAC_GIANG))
    assert mission(world).home_office == NEW_NGHIA_PHUONG
    world.when(decide, by=head(BAC_GIANG)).then_refused(HomeNotOpen)


@pytest.mark.parametrize("day", [IN_OCTOBER, IN_MAY])
def test_a_promised_reception_at_home_is_the_heirs_duty_also_when_it_is_late(day: date) -> None:
    ended = (
        *asked(), fact(ReturnLeadNamed, CAM_LY),
        fact(ReturnFollowUpScheduled, CAM_LY, on=day), fact(ReturnMissionClosed, CAM_LY),
    )  # fmt: skip
    world = after_the_reform(*ended).when(rehome_mission(CAM_LY), by=SYSTEM)
    world.then(fact(ReturnMissionRehomed, "system", **said_of(CAM_LY, NEW_CAM_LY, Seat.HOST)))
    assert mission(world).host == NEW_CAM_LY
    circle = circle_of(mission(world), REFORMED, AUGUST_MORNING.date())
    assert NEW_CAM_LY in circle.holders
    held = HoldFollowUp(mission_id=MISSION, held_on=AUGUST_MORNING.date())
    world.when(held, by=officer(BAC_GIANG, Role.RETURN_LEAD)).then_refused(NotTheReturnOffice)
    world.when(held, by=officer(NEW_CAM_LY, Role.RETURN_LEAD))
    assert mission(world).held


def test_a_reception_that_was_held_moves_nowhere() -> None:
    ended = (
        *asked(), fact(ReturnLeadNamed, CAM_LY),
        fact(ReturnFollowUpScheduled, CAM_LY, on=IN_MAY), fact(ReturnMissionClosed, CAM_LY),
        fact(ReturnFollowUpHeld, CAM_LY, held_on=IN_MAY),
    )  # fmt: skip
    world = after_the_reform(*ended)
    world.when(rehome_mission(CAM_LY), by=SYSTEM).then_refused(NothingRestsHere)


def test_help_is_asked_of_the_heir_when_the_home_of_a_crowd_is_no_more() -> None:
    ask = RequestReturn(mission_id=MISSION, gathering_id=GATHERING, people=3)
    world = after_the_reform(crowd(home=unit_of(VOI), must_come=(VOI,)))
    world.when(ask, by=officer(BAC_GIANG)).then(
        fact(ReturnRequested, BAC_GIANG, home_office=NEW_CAM_LY, home=unit_of(VOI))
    )
