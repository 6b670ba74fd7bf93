"""Offers and disputes of an office that ended go to its heir, each end by its own fact."""

import pytest

from domain.codes import ReturnGround, Seat
from domain.commands.petition import DecideCompetence, ReturnPetition
from domain.events.petition import (
    PetitionAccepted,
    PetitionRecalled,
    PetitionReceived,
    PetitionReturned,
)
from domain.refusals.petition import NoOfferPending
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    LUC_NAM,
    NGHIA_PHUONG,
    PETITION,
    VOI,
    fact,
    head,
    officer,
)
from tests.domain.after_the_reform import NEW_CAM_LY, NEW_NGHIA_PHUONG, after_the_reform
from tests.domain.custody_facts import DISPUTED, OFFERED, RECEIVED, offered
from tests.domain.petition_rehoming import (
    ACCEPT,
    RECALL,
    SYSTEM,
    decide_home,
    petition,
    rehome,
    rehomed,
)


def test_an_offer_made_by_an_abolished_office_is_its_heirs_to_take_back() -> None:
    world = after_the_reform(RECEIVED, offered(BAC_GIANG)).when(rehome(CAM_LY), by=SYSTEM)
    world.then(rehomed(CAM_LY, NEW_CAM_LY, offer=1))
    world.when(RECALL, by=officer(NEW_CAM_LY)).then(
        fact(PetitionRecalled, NEW_CAM_LY, offer=1, to_office=BAC_GIANG)
    )


def test_an_offer_made_by_an_abolished_office_is_answered_to_its_heir() -> None:
    world = after_the_reform(RECEIVED, offered(BAC_GIANG)).when(rehome(CAM_LY), by=SYSTEM)
    world.when(ACCEPT, by=officer(BAC_GIANG)).then(
        fact(PetitionAccepted, BAC_GIANG, offer=1, from_office=NEW_CAM_LY)
    )


@pytest.mark.parametrize("answer", ["accept", "return"])
def test_an_offer_to_an_abolished_office_is_its_heirs_to_answer(answer: str) -> None:
    sent = (fact(PetitionReceived, BAC_GIANG), offered(CAM_LY, by=BAC_GIANG))
    world = after_the_reform(*sent).when(rehome(CAM_LY), by=SYSTEM)
    world.then(rehomed(CAM_LY, NEW_CAM_LY, seats=(Seat.OFFERED_TO,), offer=1))
    if answer == "accept":
        world.when(ACCEPT, by=officer(NEW_CAM_LY))
        world.then(fact(PetitionAccepted, NEW_CAM_LY, offer=1, from_office=BAC_GIANG))
    else:
        back = ReturnPetition(petition_id=PETITION, ground=ReturnGround.NOT_COMPETENT)
        world.when(back, by=officer(NEW_CAM_LY))
        world.then(fact(PetitionReturned, NEW_CAM_LY, offer=1, from_office=BAC_GIANG))


def test_an_offer_between_two_offices_that_became_one_falls_away() -> None:
    world = after_the_reform(RECEIVED, offered(VOI)).when(rehome(CAM_LY), by=SYSTEM)
    assert petition(world).offer is not None
    world.when(rehome(VOI), by=SYSTEM)
    now = petition(world)
    assert (now.in_charge, now.offer, now.times_returned) == (NEW_CAM_LY, None, 0)
    world.when(ACCEPT, by=officer(NEW_CAM_LY)).then_refused(NoOfferPending)


def test_an_offer_to_a_district_that_is_gone_waits_with_the_province() -> None:
    world = after_the_reform(*OFFERED).when(rehome(LUC_NAM), by=SYSTEM)
    world.then(
        rehomed(LUC_NAM, BAC_GIANG, seats=(Seat.OFFERED_TO,), interim=True, candidates=(), offer=1)
    )
    world.when(ACCEPT, by=officer(BAC_GIANG))
    assert petition(world).in_charge == BAC_GIANG
    assert not petition(world).meanwhile


def test_both_ends_of_an_offer_move_each_by_its_own_fact() -> None:
    world = after_the_reform(RECEIVED, offered(NGHIA_PHUONG))
    world.when(rehome(NGHIA_PHUONG), by=SYSTEM).when(rehome(CAM_LY), by=SYSTEM)
    now = petition(world)
    assert now.offer is not None
    assert (now.in_charge, now.offer.to_office) == (NEW_CAM_LY, BAC_GIANG)
    world.when(decide_home(NEW_NGHIA_PHUONG), by=head(BAC_GIANG))
    world.when(ACCEPT, by=officer(NEW_NGHIA_PHUONG))
    assert petition(world).in_charge == NEW_NGHIA_PHUONG


def test_a_dispute_before_an_abolished_judge_is_decided_by_the_nearest_above_the_heirs() -> None:
    bounced = (*DISPUTED[:-1], fact(DISPUTED[-1].event, NGHIA_PHUONG, superior=LUC_NAM))
    world = after_the_reform(*bounced).when(rehome(LUC_NAM), by=SYSTEM)
    world.then(rehomed(LUC_NAM, BAC_GIANG, seats=(Seat.JUDGE,), candidates=()))
    world.when(rehome(CAM_LY), by=SYSTEM)
    decide = DecideCompetence(petition_id=PETITION, to_office=NEW_NGHIA_PHUONG)
    world.when(decide, by=head(BAC_GIANG))
    assert petition(world).in_charge == NEW_NGHIA_PHUONG
