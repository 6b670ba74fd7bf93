"""A crowd somewhere: who must receive it, who knows, when it is over."""

from typing import Any

import pytest

from domain.bounds import OutOfRange
from domain.codes import Field, Role, Site
from domain.commands.gathering import (
    AcknowledgeGathering,
    DisperseGathering,
    ReceiveCrowd,
    ReportGathering,
    ReviseGatheringCount,
)
from domain.directory import UnknownUnit
from domain.errors import NotFound
from domain.events.case import CaseOpened
from domain.events.gathering import (
    CrowdReceived,
    GatheringAcknowledged,
    GatheringCountRevised,
    GatheringDispersed,
    GatheringReported,
)
from domain.gathering import Gathering
from domain.refusals.gathering import (
    CountUpsideDown,
    CrowdAlreadyReceived,
    GatheringAlreadyAcknowledged,
    GatheringAlreadyReported,
    GatheringIsOver,
    NotConcerned,
    NotTheReceiver,
    TooManyRepresentatives,
)
from domain.values import CountRange, Signature
from tests.builders import (
    BAC_GIANG,
    BOARD,
    CAM_LY,
    CASE,
    GATHERING,
    HANOI,
    LUC_NAM,
    MORNING,
    NGHIA_PHUONG,
    VOI,
    fact,
    head,
    in_order,
    officer,
)
from tests.scenario import given

REPORTED = fact(GatheringReported, LUC_NAM)
OVER = (REPORTED, fact(GatheringDispersed, LUC_NAM))
ACKNOWLEDGE = AcknowledgeGathering(gathering_id=GATHERING)
DISPERSE = DisperseGathering(gathering_id=GATHERING)


def report(**more: Any) -> ReportGathering:
    asked: dict[str, Any] = {
        "gathering_id": GATHERING,
        "place": "218",
        "site": Site.DISTRICT_OFFICE,
        "home": "07519",
        "count": CountRange(30, 40),
        "issue": Field.LAND,
    }
    return ReportGathering(**{**asked, **more})


def recount(low: int, high: int) -> ReviseGatheringCount:
    return ReviseGatheringCount(gathering_id=GATHERING, count=CountRange(low, high))


def receive(representatives: int = 5) -> ReceiveCrowd:
    return ReceiveCrowd(gathering_id=GATHERING, in_person=True, representatives=representatives)


def test_at_the_district_its_chair_receives_and_the_commune_of_origin_comes() -> None:
    given().when(report(), by=officer(LUC_NAM)).then(
        fact(GatheringReported, LUC_NAM, must_receive=LUC_NAM, must_come=(CAM_LY,))
    )


def test_at_their_own_commune_its_chair_receives() -> None:
    at_home = report(place="07519", site=Site.COMMUNE_OFFICE)
    given().when(at_home, by=officer(CAM_LY)).then(
        fact(GatheringReported, CAM_LY, must_receive=CAM_LY, must_come=())
    )


def test_at_the_province_its_reception_board_receives() -> None:
    given().when(report(place="24", site=Site.PROVINCE_OFFICE), by=officer(BOARD)).then(
        fact(GatheringReported, BOARD, must_receive=BOARD, must_come=(CAM_LY,))
    )


def test_in_hanoi_the_district_of_origin_leads() -> None:
    given().when(report(place="00004", site=Site.HANOI), by=officer(HANOI)).then(
        fact(GatheringReported, HANOI, must_receive=LUC_NAM, must_come=(CAM_LY, BAC_GIANG))
    )


def test_a_gathering_is_reported_once() -> None:
    given(REPORTED).when(report(), by=officer(LUC_NAM)).then_refused(GatheringAlreadyReported)


@pytest.mark.parametrize("field", ["place", "home"])
def test_place_and_home_are_units_of_that_day(field: str) -> None:
    world = given().when(report(**{field: "99999"}), by=officer(LUC_NAM))
    world.then_refused(UnknownUnit, pointer=f"/{field}")


def test_a_crowd_has_at_least_one_person() -> None:
    world = given().when(report(count=CountRange(0, 5)), by=officer(LUC_NAM))
    world.then_refused(OutOfRange, pointer="/count/low")


def test_a_count_runs_from_the_lower_to_the_higher() -> None:
    world = given().when(report(count=CountRange(40, 30)), by=officer(LUC_NAM))
    world.then_refused(CountUpsideDown, pointer="/count")


def test_a_crowd_may_be_about_a_case_and_moves_nothing_in_it() -> None:
    world = given(fact(CaseOpened, CAM_LY)).when(report(case_id=CASE), by=officer(LUC_NAM))
    world.then(fact(GatheringReported, LUC_NAM, case_id=CASE))
    assert world.store.last_version(CASE) == 1


def test_a_crowd_is_not_about_a_case_that_is_not_there() -> None:
    given().when(report(case_id=CASE), by=officer(LUC_NAM)).then_refused(NotFound)


def test_an_office_that_was_told_counts_again() -> None:
    given(REPORTED).when(recount(50, 60), by=officer(CAM_LY)).then(
        fact(GatheringCountRevised, CAM_LY, count=CountRange(50, 60))
    )


def test_a_recount_is_a_count_too() -> None:
    given(REPORTED).when(recount(9, 3), by=officer(CAM_LY)).then_refused(CountUpsideDown)


@pytest.mark.parametrize("office", [LUC_NAM, CAM_LY, BAC_GIANG])
def test_every_office_up_the_line_knows_and_says_so(office: str) -> None:
    given(REPORTED).when(ACKNOWLEDGE, by=head(office)).then(fact(GatheringAcknowledged, office))


def test_an_office_says_so_once() -> None:
    world = given(REPORTED, fact(GatheringAcknowledged, BAC_GIANG))
    world.when(ACKNOWLEDGE, by=head(BAC_GIANG)).then_refused(GatheringAlreadyAcknowledged)


def test_an_office_may_say_so_after_the_people_have_gone() -> None:
    given(*OVER).when(ACKNOWLEDGE, by=head(BAC_GIANG)).then(fact(GatheringAcknowledged, BAC_GIANG))


@pytest.mark.parametrize("act", [ACKNOWLEDGE, DISPERSE, recount(5, 6)])
def test_to_an_office_off_the_line_there_is_no_crowd(act: Any) -> None:
    given(REPORTED).when(act, by=head(VOI)).then_refused(NotFound)
    given(REPORTED).when(act, by=head(NGHIA_PHUONG)).then_refused(NotFound)


def test_only_an_office_that_was_told_confirms() -> None:
    crowd = Gathering.replay(GATHERING, in_order(REPORTED))
    by = Signature(head(VOI), "", MORNING, MORNING, "correlation")
    with pytest.raises(NotConcerned):
        crowd.acknowledge(by, told=(LUC_NAM, BAC_GIANG))


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICE_HEAD])
def test_the_chair_who_must_receives_the_crowd(role: Role) -> None:
    given(REPORTED).when(receive(), by=officer(LUC_NAM, role)).then(
        fact(CrowdReceived, LUC_NAM, received_by=role, in_person=True, representatives=5)
    )


@pytest.mark.parametrize("office", [CAM_LY, BAC_GIANG])
def test_nobody_receives_in_the_place_of_the_one_who_must(office: str) -> None:
    given(REPORTED).when(receive(), by=head(office)).then_refused(NotTheReceiver)
    given(REPORTED).when(receive(), by=head(VOI)).then_refused(NotFound)


def test_a_crowd_is_received_once() -> None:
    world = given(REPORTED, fact(CrowdReceived, LUC_NAM))
    world.when(receive(), by=head(LUC_NAM)).then_refused(CrowdAlreadyReceived)


def test_somebody_speaks_for_a_crowd() -> None:
    world = given(REPORTED).when(receive(0), by=head(LUC_NAM))
    world.then_refused(OutOfRange, pointer="/representatives")


@pytest.mark.parametrize(("people", "most"), [(1, 1), (4, 4), (5, 2), (10, 2), (11, 5), (40, 5)])
def test_the_law_of_the_day_says_how_many_speak(people: int, most: int) -> None:
    small = fact(GatheringReported, LUC_NAM, count=CountRange(1, people))
    given(small).when(receive(most), by=head(LUC_NAM)).then(fact(CrowdReceived, LUC_NAM))
    world = given(small).when(receive(most + 1), by=head(LUC_NAM))
    world.then_refused(TooManyRepresentatives, pointer="/representatives")


def test_a_recount_changes_how_many_may_speak() -> None:
    grown = given(
        fact(GatheringReported, LUC_NAM, count=CountRange(5, 8)),
        fact(GatheringCountRevised, LUC_NAM, count=CountRange(20, 25)),
    )
    grown.when(receive(5), by=head(LUC_NAM)).then(fact(CrowdReceived, LUC_NAM))


def test_an_office_on_the_line_says_that_the_people_have_gone() -> None:
    given(REPORTED).when(DISPERSE, by=officer(CAM_LY)).then(fact(GatheringDispersed, CAM_LY))


@pytest.mark.parametrize("act", [DISPERSE, recount(5, 6), receive()])
def test_nothing_is_recorded_of_people_who_have_gone(act: Any) -> None:
    given(*OVER).when(act, by=head(LUC_NAM)).then_refused(GatheringIsOver)


@pytest.mark.parametrize("act", [ACKNOWLEDGE, DISPERSE, recount(5, 6), receive()])
def test_a_gathering_never_reported_is_not_found(act: Any) -> None:
    given().when(act, by=head(LUC_NAM)).then_refused(NotFound)
