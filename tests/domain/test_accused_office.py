"""The office a petition is about neither settles nor ends it, nor says that another is meant.

Rule: design.md 5, docs/decisions/accused-office.md; whoever is complained of steps back.
"""

from domain.codes import PetitionKind
from domain.commands.case import LinkPetition, OpenCase
from domain.events.case import CaseOpened, PetitionLinked
from domain.events.petition import (
    CompetenceDisputed,
    PetitionClassified,
    PetitionReceived,
    PetitionReturned,
    PetitionTakenUp,
)
from domain.petition import Petition
from domain.refusals.case import AnotherMatter
from domain.refusals.petition import AccusedOffice, CompetenceInDispute, PetitionInCase
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    CASE,
    LANG_GIANG,
    LUC_NAM,
    NGHIA_PHUONG,
    OTHER_PETITION,
    PETITION,
    Draft,
    fact,
    head,
    officer,
)
from tests.domain.custody_facts import RECEIVED, offered
from tests.domain.test_custody import decide, transfer
from tests.domain.test_petition import classify, guide
from tests.scenario import given

CLERK = officer(CAM_LY)
ABOUT_ITSELF = fact(PetitionReceived, CAM_LY, accused_office=CAM_LY)
IN_A_CASE = (
    RECEIVED,
    fact(PetitionTakenUp, CAM_LY),
    fact(CaseOpened, CAM_LY),
    fact(PetitionLinked, CAM_LY),
)
LINK = LinkPetition(case_id=CASE, petition_id=OTHER_PETITION)


def before_the_district(first: Draft = RECEIVED) -> tuple[Draft, ...]:
    """Two communes of one district disown a petition; their district must judge."""
    bounced = (first, offered(NGHIA_PHUONG), fact(PetitionReturned, NGHIA_PHUONG))
    twice = fact(PetitionReturned, NGHIA_PHUONG, offer=2, times_returned=2)
    offices = (first.office, NGHIA_PHUONG)
    dispute = fact(CompetenceDisputed, NGHIA_PHUONG, offices=offices, superior=LUC_NAM)
    return (*bounced, offered(NGHIA_PHUONG, 2), twice, dispute)


def test_it_does_not_send_the_citizen_away() -> None:
    given(ABOUT_ITSELF).when(guide(), by=CLERK).then_refused(AccusedOffice)


def test_it_passes_the_petition_on() -> None:
    world = given(ABOUT_ITSELF).when(transfer(LUC_NAM), by=CLERK)
    assert world.refusal is None


def test_it_does_not_say_that_another_office_is_meant() -> None:
    world = given(ABOUT_ITSELF).when(classify(accused_office=NGHIA_PHUONG), by=CLERK)
    world.then_refused(AccusedOffice, pointer="/accused_office")


def test_it_sorts_the_petition_for_the_office_it_goes_to() -> None:
    world = given(ABOUT_ITSELF).when(classify(), by=CLERK)
    world.then(fact(PetitionClassified, CAM_LY, accused_office=CAM_LY))


def test_another_holder_corrects_whom_it_is_about() -> None:
    world = given(fact(PetitionReceived, CAM_LY, accused_office=LANG_GIANG))
    world.when(classify(accused_office=NGHIA_PHUONG), by=CLERK)
    world.then(fact(PetitionClassified, CAM_LY, accused_office=NGHIA_PHUONG))


def test_when_the_judge_turns_out_to_be_the_office_complained_of_the_next_one_above_judges() -> (
    None
):
    world = given(*before_the_district())
    world.when(classify(accused_office=LUC_NAM, competent_office=BAC_GIANG), by=CLERK)
    world.then(
        fact(PetitionClassified, CAM_LY, accused_office=LUC_NAM),
        fact(CompetenceDisputed, CAM_LY, offices=(CAM_LY, NGHIA_PHUONG), superior=BAC_GIANG),
    )
    world.when(decide(CAM_LY), by=head(BAC_GIANG))
    assert world.refusal is None
    assert Petition.replay(PETITION, world.store.load(PETITION)).judge is None


def test_where_nobody_else_could_judge_the_judge_decides_first() -> None:
    offices = (CAM_LY, LUC_NAM)
    bounced = (RECEIVED, offered(LUC_NAM), fact(PetitionReturned, LUC_NAM))
    dispute = fact(CompetenceDisputed, LUC_NAM, offices=offices, superior=BAC_GIANG)
    twice = fact(PetitionReturned, LUC_NAM, offer=2, times_returned=2)
    world = given(*bounced, offered(LUC_NAM, 2), twice, dispute)
    world.when(classify(accused_office=BAC_GIANG), by=CLERK)
    world.then(
        fact(PetitionClassified, CAM_LY, accused_office=BAC_GIANG),
        fact(CompetenceDisputed, CAM_LY, superior=LUC_NAM),
    )
    world.when(classify(accused_office=LUC_NAM, competent_office=NGHIA_PHUONG), by=CLERK)
    assert world.refusal is None
    world = given(fact(PetitionReceived, BAC_GIANG), *judged_by_itself())
    world.when(classify(accused_office=BAC_GIANG), by=officer(BAC_GIANG))
    world.then_refused(CompetenceInDispute, pointer="/accused_office")


def judged_by_itself() -> tuple[Draft, ...]:
    """A province's petition that its own commune returned twice: nobody stands above."""
    return (
        offered(CAM_LY, 1, BAC_GIANG),
        fact(PetitionReturned, CAM_LY, from_office=BAC_GIANG),
        offered(CAM_LY, 2, BAC_GIANG),
        fact(PetitionReturned, CAM_LY, from_office=BAC_GIANG, offer=2, times_returned=2),
        fact(CompetenceDisputed, CAM_LY, offices=(BAC_GIANG, CAM_LY), superior=BAC_GIANG),
    )


def test_in_a_case_a_petition_stays_about_whom_it_was_taken_up() -> None:
    """The case would go on before the eyes of the office complained of."""
    about_the_superior = classify(accused_office=LUC_NAM, competent_office=CAM_LY)
    world = given(*IN_A_CASE).when(about_the_superior, by=CLERK)
    world.then_refused(PetitionInCase, pointer="/accused_office")


def test_in_a_case_a_petition_does_not_become_a_denunciation() -> None:
    world = given(*IN_A_CASE).when(classify(kind=PetitionKind.DENUNCIATION), by=CLERK)
    world.then_refused(PetitionInCase, pointer="/kind")


def test_a_petition_about_an_office_above_is_not_linked_to_a_case_that_office_sees() -> None:
    about = fact(PetitionReceived, CAM_LY, OTHER_PETITION, accused_office=LUC_NAM)
    given(*IN_A_CASE, about).when(LINK, by=head(CAM_LY)).then_refused(AnotherMatter)


def test_a_denunciation_is_not_linked_to_a_case_that_is_none() -> None:
    kind = PetitionKind.DENUNCIATION
    denounced = fact(PetitionReceived, CAM_LY, OTHER_PETITION, kind=kind)
    given(*IN_A_CASE, denounced).when(LINK, by=head(CAM_LY)).then_refused(AnotherMatter)


def test_petitions_about_the_same_office_belong_to_one_case() -> None:
    first = fact(PetitionReceived, CAM_LY, accused_office=LUC_NAM)
    second = fact(PetitionReceived, CAM_LY, OTHER_PETITION, accused_office=LUC_NAM)
    opening = OpenCase(case_id=CASE, petition_id=PETITION)
    world = given(first, second).when(opening, by=head(CAM_LY)).when(LINK, by=head(CAM_LY))
    world.then(
        fact(PetitionLinked, CAM_LY, petition_id=OTHER_PETITION),
        fact(PetitionTakenUp, CAM_LY, OTHER_PETITION),
    )
