"""Taking in, sorting and answering a petition."""

from typing import Any
from uuid import UUID

import pytest

from domain.bounds import OutOfRange
from domain.codes import Channel, Field, Guidance, PetitionKind, Role
from domain.commands.petition import ClassifyPetition, GuideCitizen, ReceivePetition
from domain.directory import UnknownOffice, UnknownUnit
from domain.errors import NotFound
from domain.events.case import CaseOpened
from domain.events.petition import (
    CitizenGuided,
    PetitionClassified,
    PetitionReceived,
    PetitionTakenUp,
    PetitionTransferred,
)
from domain.refusals.petition import (
    AccusedOffice,
    CompetenceInDispute,
    GuidanceNeedsOffice,
    NotInCharge,
    OfferPending,
    PetitionAlreadyReceived,
    PetitionEnded,
    PetitionInCase,
    RepeatOfItself,
)
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    CASE,
    LUC_NAM,
    NGHIA_PHUONG,
    OTHER_PETITION,
    PETITION,
    fact,
    officer,
)
from tests.domain.custody_facts import DISPUTED
from tests.scenario import given

CLERK = officer(CAM_LY)
RECEIVED = fact(PetitionReceived, CAM_LY)


def receive(petition: UUID = PETITION, **more: Any) -> ReceivePetition:
    asked: dict[str, Any] = {
        "kind": PetitionKind.COMPLAINT,
        "channel": Channel.COUNTER,
        "field": Field.LAND,
        "place": "07519",
    }
    return ReceivePetition(petition_id=petition, **{**asked, **more})


def classify(**more: Any) -> ClassifyPetition:
    asked: dict[str, Any] = {
        "petition_id": PETITION,
        "kind": PetitionKind.COMPLAINT,
        "field": Field.LAND,
        "competent_office": LUC_NAM,
    }
    return ClassifyPetition(**{**asked, **more})


def guide(**more: Any) -> GuideCitizen:
    return GuideCitizen(**{"petition_id": PETITION, "guidance": Guidance.COURT, **more})


def test_a_petition_taken_in_gets_the_next_number_of_the_offices_book() -> None:
    world = given().when(receive(), by=CLERK)
    world.then(fact(PetitionReceived, CAM_LY, number="07519-25-0001", place="07519-20250101"))
    world.when(receive(OTHER_PETITION), by=CLERK)
    world.then(fact(PetitionReceived, CAM_LY, OTHER_PETITION, number="07519-25-0002"))
    assert world.outcome is not None
    assert world.outcome.number == "07519-25-0002"


def test_each_office_counts_for_itself() -> None:
    world = given().when(receive(), by=CLERK)
    world.when(receive(OTHER_PETITION), by=officer(NGHIA_PHUONG))
    world.then(fact(PetitionReceived, NGHIA_PHUONG, OTHER_PETITION, number="07486-25-0001"))


def test_a_petition_is_received_once() -> None:
    given(RECEIVED).when(receive(), by=CLERK).then_refused(PetitionAlreadyReceived)


def test_everyone_is_received_also_with_a_petition_about_this_very_office() -> None:
    world = given().when(receive(accused_office="07519"), by=CLERK)
    world.then(fact(PetitionReceived, CAM_LY, accused_office=CAM_LY))


@pytest.mark.parametrize("petitioners", [0, -1, 10_001])
def test_a_petition_has_one_to_ten_thousand_petitioners(petitioners: int) -> None:
    world = given().when(receive(petitioners=petitioners), by=CLERK)
    world.then_refused(OutOfRange, pointer="/petitioners")


def test_the_place_is_a_unit_of_that_day() -> None:
    given().when(receive(place="99999"), by=CLERK).then_refused(UnknownUnit, pointer="/place")


def test_the_office_complained_of_is_an_office_of_that_day() -> None:
    world = given().when(receive(accused_office="ubnd-99999-20250101"), by=CLERK)
    world.then_refused(UnknownOffice, pointer="/accused_office")


def test_the_office_in_charge_sorts_a_petition() -> None:
    world = given(RECEIVED).when(classify(competent_office="218"), by=CLERK)
    world.then(fact(PetitionClassified, CAM_LY, competent_office=LUC_NAM))


def test_to_an_office_it_does_not_concern_it_is_not_there() -> None:
    given(RECEIVED).when(classify(), by=officer(NGHIA_PHUONG)).then_refused(NotFound)


def test_a_stranger_learns_the_same_of_what_is_there_and_what_never_was() -> None:
    wrong = classify(competent_office="no such office")
    refused = [
        given(*facts).when(wrong, by=officer(NGHIA_PHUONG), expected_version=7).refusal
        for facts in ((RECEIVED,), ())
    ]
    there, never = [vars(each) for each in refused]
    assert there == never
    assert {type(each) for each in refused} == {NotFound}


def test_the_earlier_petition_may_be_another_office_s() -> None:
    earlier = fact(PetitionReceived, NGHIA_PHUONG, OTHER_PETITION)
    world = given(earlier, RECEIVED).when(classify(repeat_of=OTHER_PETITION), by=CLERK)
    world.then(fact(PetitionClassified, CAM_LY, repeat_of=OTHER_PETITION))


def test_not_even_the_office_above_it_sorts_it() -> None:
    given(RECEIVED).when(classify(), by=officer(LUC_NAM)).then_refused(NotInCharge)


def test_a_petition_that_was_never_received_is_not_found() -> None:
    given().when(classify(), by=CLERK).then_refused(NotFound)


def test_a_case_is_no_petition() -> None:
    given(fact(CaseOpened, CAM_LY)).when(classify(petition_id=CASE), by=CLERK).then_refused(
        NotFound
    )


def test_the_office_complained_of_is_never_the_competent_one() -> None:
    world = given(RECEIVED).when(classify(accused_office=LUC_NAM), by=CLERK)
    world.then_refused(AccusedOffice, pointer="/competent_office")


def test_sorting_again_without_naming_it_keeps_the_office_complained_of() -> None:
    world = given(fact(PetitionReceived, CAM_LY, accused_office=LUC_NAM))
    world.when(classify(competent_office=BAC_GIANG), by=CLERK)
    world.then(fact(PetitionClassified, CAM_LY, accused_office=LUC_NAM))


def test_a_petition_may_repeat_an_earlier_one() -> None:
    earlier = fact(PetitionReceived, CAM_LY, OTHER_PETITION)
    world = given(earlier, RECEIVED).when(classify(repeat_of=OTHER_PETITION), by=CLERK)
    world.then(fact(PetitionClassified, CAM_LY, repeat_of=OTHER_PETITION))


def test_a_petition_does_not_repeat_one_that_is_not_there() -> None:
    given(RECEIVED).when(classify(repeat_of=OTHER_PETITION), by=CLERK).then_refused(NotFound)


def test_a_petition_does_not_repeat_itself() -> None:
    given(RECEIVED).when(classify(repeat_of=PETITION), by=CLERK).then_refused(RepeatOfItself)


def test_guiding_the_citizen_ends_the_petition() -> None:
    world = given(RECEIVED).when(guide(), by=CLERK).then(fact(CitizenGuided, CAM_LY))
    world.when(classify(), by=CLERK).then_refused(PetitionEnded)
    world.when(guide(), by=CLERK).then_refused(PetitionEnded)


def test_only_the_office_in_charge_guides() -> None:
    given(RECEIVED).when(guide(), by=officer(LUC_NAM)).then_refused(NotInCharge)


def test_guiding_to_the_competent_office_names_it() -> None:
    world = given(RECEIVED).when(guide(guidance=Guidance.COMPETENT_OFFICE), by=CLERK)
    world.then_refused(GuidanceNeedsOffice, pointer="/competent_office")
    world.when(guide(guidance=Guidance.COMPETENT_OFFICE, competent_office="218"), by=CLERK)
    world.then(fact(CitizenGuided, CAM_LY, competent_office=LUC_NAM))


def test_nobody_is_guided_away_while_another_office_considers_the_petition() -> None:
    offered = given(RECEIVED, fact(PetitionTransferred, CAM_LY))
    offered.when(guide(), by=CLERK).then_refused(OfferPending)


def test_nobody_is_guided_away_while_the_petition_is_in_a_case() -> None:
    world = given(RECEIVED, fact(PetitionTakenUp, CAM_LY))
    world.when(guide(), by=CLERK).then_refused(PetitionInCase)


def test_nobody_is_guided_away_while_the_competence_is_disputed() -> None:
    given(*DISPUTED).when(guide(), by=CLERK).then_refused(CompetenceInDispute)


def test_to_the_office_complained_of_the_petition_does_not_exist() -> None:
    world = given(fact(PetitionReceived, CAM_LY, accused_office=LUC_NAM))
    world.when(classify(), by=officer(LUC_NAM, Role.LEADER)).then_refused(NotFound)
