"""A petition nobody wants goes before the superior of all who disown it."""

from domain.codes import Role
from domain.events.petition import (
    CompetenceDecided,
    CompetenceDisputed,
    PetitionClassified,
    PetitionReceived,
    PetitionReturned,
)
from domain.refusals.petition import (
    AccusedOffice,
    BeyondTheJudge,
    CompetenceInDispute,
    NoDispute,
    NotTheJudge,
)
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    HANOI,
    LANG_GIANG,
    LUC_NAM,
    NGHIA_PHUONG,
    VOI,
    fact,
    head,
    officer,
)
from tests.domain.custody_facts import DISPUTED, OFFERED_AGAIN, RECEIVED, RETURNED_ONCE, offered
from tests.domain.test_custody import (
    ACCEPT,
    CLERK,
    GIVE_BACK,
    LUC_NAM_CLERK,
    decide,
    in_charge,
    transfer,
)
from tests.scenario import given


def test_the_second_return_opens_a_dispute_before_the_nearest_common_superior() -> None:
    world = given(*OFFERED_AGAIN).when(GIVE_BACK, by=officer(NGHIA_PHUONG))
    world.then(
        fact(PetitionReturned, NGHIA_PHUONG, times_returned=2, offer=2),
        fact(
            CompetenceDisputed,
            NGHIA_PHUONG,
            offices=(CAM_LY, LUC_NAM, NGHIA_PHUONG),
            superior=BAC_GIANG,
        ),
    )


def test_the_nearest_common_superior_of_two_communes_is_their_district() -> None:
    bounced = (RECEIVED, offered(NGHIA_PHUONG), fact(PetitionReturned, NGHIA_PHUONG))
    world = given(*bounced, offered(NGHIA_PHUONG, 2)).when(GIVE_BACK, by=officer(NGHIA_PHUONG))
    world.then(
        fact(PetitionReturned, NGHIA_PHUONG),
        fact(CompetenceDisputed, NGHIA_PHUONG, superior=LUC_NAM),
    )


def test_the_office_it_is_about_does_not_judge() -> None:
    about = fact(PetitionReceived, CAM_LY, accused_office=LUC_NAM)
    bounced = (about, offered(NGHIA_PHUONG), fact(PetitionReturned, NGHIA_PHUONG))
    world = given(*bounced, offered(NGHIA_PHUONG, 2)).when(GIVE_BACK, by=officer(NGHIA_PHUONG))
    world.then(
        fact(PetitionReturned, NGHIA_PHUONG),
        fact(CompetenceDisputed, NGHIA_PHUONG, superior=BAC_GIANG),
    )


def test_a_province_judges_what_its_own_commune_gives_back_to_it_since_nobody_stands_above() -> (
    None
):
    bounced = (
        fact(PetitionReceived, BAC_GIANG),
        offered(VOI, 1, BAC_GIANG),
        fact(PetitionReturned, VOI),
        offered(VOI, 2, BAC_GIANG),
    )
    world = given(*bounced).when(GIVE_BACK, by=officer(VOI))
    world.then(fact(PetitionReturned, VOI), fact(CompetenceDisputed, VOI, superior=BAC_GIANG))


def test_between_two_provinces_nobody_judges_and_the_sender_stays_answerable() -> None:
    bounced = (RECEIVED, offered(HANOI), fact(PetitionReturned, HANOI), offered(HANOI, 2))
    world = given(*bounced).when(GIVE_BACK, by=officer(HANOI))
    world.then(fact(PetitionReturned, HANOI, times_returned=2))
    assert in_charge(world) == CAM_LY


def test_while_disputed_nothing_moves() -> None:
    given(*DISPUTED).when(transfer(LANG_GIANG), by=CLERK).then_refused(CompetenceInDispute)
    given(*DISPUTED).when(ACCEPT, by=officer(NGHIA_PHUONG)).then_refused(CompetenceInDispute)
    given(*DISPUTED).when(GIVE_BACK, by=officer(NGHIA_PHUONG)).then_refused(CompetenceInDispute)


def test_the_common_superior_names_the_office_answerable_which_need_not_accept() -> None:
    world = given(*DISPUTED).when(decide(), by=head(BAC_GIANG))
    world.then(fact(CompetenceDecided, BAC_GIANG, to_office=LUC_NAM, to_unit="218-20250101"))
    assert in_charge(world) == LUC_NAM
    world.when(transfer(NGHIA_PHUONG), by=LUC_NAM_CLERK)
    assert in_charge(world) == LUC_NAM


def test_nobody_else_decides() -> None:
    given(*DISPUTED).when(decide(), by=head(LUC_NAM)).then_refused(NotTheJudge)


def test_without_a_dispute_there_is_nothing_to_decide() -> None:
    given(*RETURNED_ONCE).when(decide(), by=head(BAC_GIANG)).then_refused(NoDispute)


def test_the_decision_does_not_fall_on_the_office_it_is_about() -> None:
    about = fact(PetitionClassified, CAM_LY, accused_office=LANG_GIANG)
    world = given(*DISPUTED, about).when(decide(LANG_GIANG), by=head(BAC_GIANG))
    world.then_refused(AccusedOffice, pointer="/to_office")


def test_a_superior_cannot_name_an_office_of_another_province() -> None:
    world = given(*DISPUTED).when(decide(HANOI), by=head(BAC_GIANG))
    world.then_refused(BeyondTheJudge, pointer="/to_office")


def test_a_superior_may_take_the_petition_itself() -> None:
    world = given(*DISPUTED).when(decide(BAC_GIANG), by=head(BAC_GIANG))
    world.then(fact(CompetenceDecided, BAC_GIANG, to_office=BAC_GIANG))


def test_a_petition_that_bounces_again_after_a_decision_is_disputed_again() -> None:
    decided = fact(CompetenceDecided, BAC_GIANG, role=Role.LEADER)
    again = (*DISPUTED, decided, offered(LANG_GIANG, 3, LUC_NAM))
    world = given(*again).when(GIVE_BACK, by=officer(LANG_GIANG))
    world.then(
        fact(PetitionReturned, LANG_GIANG, times_returned=3),
        fact(CompetenceDisputed, LANG_GIANG, offices=(LUC_NAM, LANG_GIANG), superior=BAC_GIANG),
    )
