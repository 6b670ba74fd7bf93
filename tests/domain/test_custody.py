"""Nobody falls between two desks: who is answerable for a petition."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.bounds import DateInPast, OutOfRange
from domain.codes import ReturnGround, TransferGround
from domain.commands.petition import (
    AcceptPetition,
    DecideCompetence,
    RecallPetition,
    ReturnPetition,
    TransferPetition,
)
from domain.directory import UnknownOffice
from domain.errors import NotFound
from domain.events.petition import (
    CitizenGuided,
    PetitionAccepted,
    PetitionClassified,
    PetitionConcluded,
    PetitionRecalled,
    PetitionReceived,
    PetitionReturned,
    PetitionTakenUp,
    PetitionTransferred,
)
from domain.petition import Petition
from domain.refusals.petition import (
    AccusedOffice,
    NoOfferPending,
    NotInCharge,
    NotOfferedHere,
    OfferPending,
    PetitionEnded,
    PetitionInCase,
    TransferToOneself,
)
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    LUC_NAM,
    MORNING,
    NGHIA_PHUONG,
    PETITION,
    VOI,
    fact,
    head,
    officer,
)
from tests.domain.custody_facts import (
    OFFERED,
    RECEIVED,
    RETURNED_ONCE,
    offered,
)
from tests.scenario import AFTER_THE_GIVEN, Scenario, given

CLERK = officer(CAM_LY)
LUC_NAM_CLERK = officer(LUC_NAM)
ACCEPT = AcceptPetition(petition_id=PETITION)
RECALL = RecallPetition(petition_id=PETITION)
GIVE_BACK = ReturnPetition(petition_id=PETITION, ground=ReturnGround.NOT_COMPETENT)


def transfer(to: str = LUC_NAM, **more: Any) -> TransferPetition:
    ground = TransferGround.OTHER_LEVEL
    return TransferPetition(petition_id=PETITION, to_office=to, ground=ground, **more)


def decide(to: str = LUC_NAM) -> DecideCompetence:
    return DecideCompetence(petition_id=PETITION, to_office=to)


def in_charge(world: Scenario) -> str:
    return Petition.replay(PETITION, world.store.load(PETITION)).in_charge


def test_a_transfer_is_an_offer_to_be_answered_in_three_working_days() -> None:
    world = given(RECEIVED).when(transfer("218", papers=3), by=CLERK)
    due = date(2025, 5, 8)
    world.then(
        fact(PetitionTransferred, CAM_LY, to_office=LUC_NAM, reply_due=due, papers=3, offer=1)
    )


def test_holidays_and_weekends_do_not_count_towards_the_reply_date() -> None:
    before_holidays = datetime(2025, 4, 28, 2, tzinfo=UTC)
    world = given(fact(PetitionReceived, CAM_LY, at=before_holidays))
    world.when(transfer(), by=CLERK, occurred_at=before_holidays + timedelta(hours=1))
    world.then(fact(PetitionTransferred, CAM_LY, reply_due=date(2025, 5, 6)))


def test_the_sender_stays_answerable_until_the_receiver_accepts() -> None:
    world = given(RECEIVED).when(transfer(), by=CLERK)
    assert in_charge(world) == CAM_LY
    world.when(ACCEPT, by=LUC_NAM_CLERK)
    world.then(fact(PetitionAccepted, LUC_NAM, from_office=CAM_LY, offer=1))
    assert in_charge(world) == LUC_NAM


def test_an_office_holding_only_an_offer_cannot_pass_it_on() -> None:
    given(*OFFERED).when(transfer(BAC_GIANG), by=LUC_NAM_CLERK).then_refused(NotInCharge)


def test_who_handed_a_petition_over_cannot_transfer_it_again() -> None:
    world = given(*OFFERED, fact(PetitionAccepted, LUC_NAM))
    world.when(transfer(NGHIA_PHUONG), by=CLERK).then_refused(NotInCharge)


def test_an_office_does_not_transfer_to_itself() -> None:
    world = given(RECEIVED).when(transfer(CAM_LY), by=CLERK)
    world.then_refused(TransferToOneself, pointer="/to_office")


def test_an_office_does_not_transfer_to_itself_by_its_bare_code_either() -> None:
    given(RECEIVED).when(transfer("07519"), by=CLERK).then_refused(TransferToOneself)


def test_nothing_is_offered_twice_at_a_time() -> None:
    given(*OFFERED).when(transfer(NGHIA_PHUONG), by=CLERK).then_refused(OfferPending)


def test_a_petition_never_goes_to_the_office_it_is_about() -> None:
    world = given(fact(PetitionReceived, CAM_LY, accused_office=LUC_NAM))
    world.when(transfer(), by=CLERK).then_refused(AccusedOffice, pointer="/to_office")


def test_a_petition_never_goes_to_an_office_found_later_to_be_the_one_it_is_about() -> None:
    sorted_out = fact(PetitionClassified, CAM_LY, accused_office=LUC_NAM)
    given(RECEIVED, sorted_out).when(transfer(), by=CLERK).then_refused(AccusedOffice)


def test_the_office_it_is_about_cannot_accept_an_offer_made_before_that_was_known() -> None:
    sorted_out = fact(PetitionClassified, CAM_LY, accused_office=LUC_NAM)
    world = given(*OFFERED, sorted_out).when(ACCEPT, by=LUC_NAM_CLERK)
    world.then_refused(AccusedOffice)
    world.when(GIVE_BACK, by=LUC_NAM_CLERK)
    world.then(fact(PetitionReturned, LUC_NAM))


def test_the_reply_date_is_not_before_the_transfer() -> None:
    world = given(RECEIVED).when(transfer(reply_due=date(2025, 5, 4)), by=CLERK)
    world.then_refused(DateInPast, pointer="/reply_due")


def test_a_reply_may_be_asked_for_on_the_same_day() -> None:
    today = date(2025, 5, 5)
    world = given(RECEIVED).when(transfer(reply_due=today), by=CLERK)
    world.then(fact(PetitionTransferred, CAM_LY, reply_due=today))


@pytest.mark.parametrize("papers", [-1, 1000])
def test_at_most_999_papers_go_along(papers: int) -> None:
    world = given(RECEIVED).when(transfer(papers=papers), by=CLERK)
    world.then_refused(OutOfRange, pointer="/papers")


def test_the_receiver_is_an_office_of_that_day() -> None:
    world = given(RECEIVED).when(transfer("99999"), by=CLERK)
    world.then_refused(UnknownOffice, pointer="/to_office")


@pytest.mark.parametrize("answer", [ACCEPT, GIVE_BACK])
def test_only_the_office_offered_to_answers(answer: AcceptPetition | ReturnPetition) -> None:
    given(*OFFERED).when(answer, by=CLERK).then_refused(NotOfferedHere)
    given(*OFFERED).when(answer, by=officer(NGHIA_PHUONG)).then_refused(NotFound)


def test_an_office_whose_offer_was_taken_back_knows_of_nothing() -> None:
    taken_back = (RECEIVED, offered(NGHIA_PHUONG), fact(PetitionRecalled, CAM_LY))
    given(*taken_back).when(ACCEPT, by=officer(NGHIA_PHUONG)).then_refused(NotFound)


@pytest.mark.parametrize("answer", [ACCEPT, GIVE_BACK])
def test_without_an_offer_there_is_nothing_to_answer(
    answer: AcceptPetition | ReturnPetition,
) -> None:
    given(RECEIVED).when(answer, by=LUC_NAM_CLERK).then_refused(NoOfferPending)
    given(*RETURNED_ONCE).when(answer, by=LUC_NAM_CLERK).then_refused(NoOfferPending)


@pytest.mark.parametrize("answer", [ACCEPT, GIVE_BACK])
def test_an_offer_for_a_petition_never_received_is_not_found(
    answer: AcceptPetition | ReturnPetition,
) -> None:
    given().when(answer, by=LUC_NAM_CLERK).then_refused(NotFound)


def test_an_offer_is_answered_once() -> None:
    world = given(*OFFERED).when(ACCEPT, by=LUC_NAM_CLERK)
    world.when(ACCEPT, by=LUC_NAM_CLERK).then_refused(NoOfferPending)


def test_the_first_return_gives_the_petition_back_to_a_sender_that_never_let_go() -> None:
    world = given(*OFFERED).when(GIVE_BACK, by=LUC_NAM_CLERK)
    world.then(fact(PetitionReturned, LUC_NAM, from_office=CAM_LY, times_returned=1, offer=1))
    assert in_charge(world) == CAM_LY


def test_the_sender_recalls_an_offer_not_yet_answered() -> None:
    world = given(*OFFERED).when(RECALL, by=CLERK)
    world.then(fact(PetitionRecalled, CAM_LY, to_office=LUC_NAM, offer=1))
    world.when(ACCEPT, by=LUC_NAM_CLERK).then_refused(NoOfferPending)


def test_only_the_sender_recalls() -> None:
    given(*OFFERED).when(RECALL, by=LUC_NAM_CLERK).then_refused(NotInCharge)


def test_without_an_offer_there_is_nothing_to_recall() -> None:
    given(RECEIVED).when(RECALL, by=CLERK).then_refused(NoOfferPending)


@pytest.mark.parametrize("end", [fact(CitizenGuided, CAM_LY), fact(PetitionConcluded, CAM_LY)])
def test_a_petition_that_ended_takes_no_further_act(end: Any) -> None:
    ended = given(RECEIVED, end)
    ended.when(transfer(), by=CLERK).then_refused(PetitionEnded)
    ended.when(ACCEPT, by=LUC_NAM_CLERK).then_refused(PetitionEnded)
    ended.when(RECALL, by=CLERK).then_refused(PetitionEnded)
    ended.when(GIVE_BACK, by=LUC_NAM_CLERK).then_refused(PetitionEnded)
    ended.when(decide(), by=head(BAC_GIANG)).then_refused(PetitionEnded)


def test_a_petition_in_a_case_is_not_passed_on() -> None:
    world = given(RECEIVED, fact(PetitionTakenUp, CAM_LY))
    world.when(transfer(), by=CLERK).then_refused(PetitionInCase)


def test_the_total_clock_starts_with_the_first_receipt_and_never_again() -> None:
    world = given(*OFFERED, fact(PetitionAccepted, LUC_NAM), offered(VOI, 2, LUC_NAM))
    world.when(ACCEPT, by=officer(VOI))
    petition = Petition.replay(PETITION, world.store.load(PETITION))
    assert petition.received_at == MORNING < AFTER_THE_GIVEN
    assert petition.holders == (CAM_LY, LUC_NAM, VOI)
