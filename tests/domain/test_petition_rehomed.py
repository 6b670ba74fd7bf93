"""An office is abolished while it holds a petition: nobody falls between two desks."""

from typing import Any

import pytest

from domain.codes import PetitionKind, ReturnGround, Role, Seat, TransferGround
from domain.commands.petition import (
    AcceptPetition,
    DecideCompetence,
    RecallPetition,
    ReturnPetition,
    TransferPetition,
)
from domain.commands.rehoming import DecidePetitionHome, RehomePetition
from domain.directory import UnknownOffice
from domain.errors import NotFound
from domain.events.petition import (
    CitizenGuided,
    PetitionAccepted,
    PetitionRecalled,
    PetitionReceived,
    PetitionRehomed,
    PetitionReturned,
    PetitionTakenUp,
)
from domain.petition import Petition
from domain.refusals.petition import AccusedOffice, NoOfferPending, NotInCharge, PetitionEnded
from domain.refusals.rehoming import (
    HomeNotOpen,
    MovesWithItsCase,
    NobodyAnswers,
    NotACandidate,
    NotAnsweringMeanwhile,
    NothingRestsHere,
    OfficeStillStands,
)
from domain.values import Officer
from services.access import RoleMayNot
from services.circles import circle_of
from services.sight import Circle, may_see
from tests.builders import (
    BAC_GIANG,
    BOARD,
    CAM_LY,
    HANOI,
    LUC_NAM,
    NGHIA_PHUONG,
    PETITION,
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
    with_heir,
)
from tests.domain.custody_facts import DISPUTED, OFFERED, RECEIVED, offered
from tests.domain.test_custody import transfer
from tests.domain.test_petition import classify, guide
from tests.scenario import Scenario

SYSTEM = officer("system", Role.SYSTEM)
ADMIN = officer("system", Role.ADMIN)
ACCEPT, RECALL = AcceptPetition(petition_id=PETITION), RecallPetition(petition_id=PETITION)
SPLIT = (fact(PetitionReceived, NGHIA_PHUONG),)
NEW_HANOI = "ubnd-01-20250701"
ON = AUGUST_MORNING.date()


def rehome(office: str) -> RehomePetition:
    return RehomePetition(petition_id=PETITION, office=office)


def decide_home(to: str, office: str = NGHIA_PHUONG) -> DecidePetitionHome:
    return DecidePetitionHome(petition_id=PETITION, office=office, to_office=to)


def rehomed(was: str, now: str, **said: Any) -> Draft:
    """Taken over by an office for good, unless said otherwise."""
    usual: dict[str, Any] = {
        "former": was, "from_office": was, "to_office": now, "to_unit": unit_of(now),
        "seats": (Seat.IN_CHARGE,), "interim": False, "candidates": (now,), "offer": None,
    }  # fmt: skip
    return fact(PetitionRehomed, "system", **{**usual, **said})


def petition(world: Scenario) -> Petition:
    return Petition.replay(PETITION, world.store.load(PETITION))


def waiting_for_a_decision() -> Scenario:
    """Nghĩa Phương was split; the province answers for its petition meanwhile."""
    return after_the_reform(*SPLIT).when(rehome(NGHIA_PHUONG), by=SYSTEM)


def test_the_petition_of_a_merged_office_rests_on_its_heir() -> None:
    world = after_the_reform(RECEIVED).when(rehome(CAM_LY), by=SYSTEM)
    world.then(rehomed(CAM_LY, NEW_CAM_LY))
    now = petition(world)
    assert (now.in_charge, now.holders) == (NEW_CAM_LY, (CAM_LY, NEW_CAM_LY))


def test_the_total_clock_runs_on_and_the_file_keeps_its_number() -> None:
    world = after_the_reform(RECEIVED)
    before = petition(world)
    after = petition(world.when(rehome(CAM_LY), by=SYSTEM))
    assert (after.received_at, after.number) == (before.received_at, before.number)


def test_the_heir_goes_on_where_the_old_office_stood() -> None:
    world = after_the_reform(RECEIVED).when(rehome(CAM_LY), by=SYSTEM)
    world.when(guide(), by=officer(NEW_CAM_LY)).then(fact(CitizenGuided, NEW_CAM_LY))


def test_nobody_else_acts_in_the_old_offices_name() -> None:
    world = after_the_reform(RECEIVED).when(rehome(CAM_LY), by=SYSTEM)
    world.when(guide(), by=officer(CAM_LY)).then_refused(UnknownOffice)
    world.when(guide(), by=officer(BAC_GIANG)).then_refused(NotInCharge)


def test_for_a_split_office_the_nearest_superior_answers_until_a_person_decides() -> None:
    candidates = (NEW_CAM_LY, NEW_NGHIA_PHUONG)
    waiting_for_a_decision().then(
        rehomed(NGHIA_PHUONG, BAC_GIANG, interim=True, candidates=candidates)
    )


@pytest.mark.parametrize(
    "by", [head(BAC_GIANG), officer(BAC_GIANG, Role.OFFICE_HEAD), ADMIN], ids=str
)
def test_the_head_who_answers_meanwhile_or_an_administrator_decides(by: Officer) -> None:
    world = waiting_for_a_decision().when(decide_home(NEW_NGHIA_PHUONG), by=by)
    decided = rehomed(
        NGHIA_PHUONG, NEW_NGHIA_PHUONG, from_office=BAC_GIANG,
        candidates=(NEW_CAM_LY, NEW_NGHIA_PHUONG),
    )  # fmt: skip
    world.then(Draft(decided.event, by.office, PETITION, decided.facts))
    assert petition(world).in_charge == NEW_NGHIA_PHUONG
    world.when(decide_home(NEW_CAM_LY), by=by).then_refused(HomeNotOpen)


def test_nobody_else_decides() -> None:
    world = waiting_for_a_decision()
    ask = decide_home(NEW_NGHIA_PHUONG)
    world.when(ask, by=head(NEW_NGHIA_PHUONG)).then_refused(NotAnsweringMeanwhile)
    world.when(ask, by=head(NEW_CAM_LY)).then_refused(NotAnsweringMeanwhile)
    world.when(ask, by=officer(BAC_GIANG)).then_refused(RoleMayNot)
    world.when(ask, by=SYSTEM).then_refused(RoleMayNot)


def test_it_goes_to_an_heir_or_stays_below_who_answers_meanwhile() -> None:
    stranger = decide_home("ubnd-00004-20250701")
    waiting_for_a_decision().when(stranger, by=head(BAC_GIANG)).then_refused(
        NotACandidate, pointer="/to_office"
    )
    world = waiting_for_a_decision().when(decide_home(BAC_GIANG), by=head(BAC_GIANG))
    assert petition(world).in_charge == BAC_GIANG
    assert not petition(world).meanwhile


def test_nothing_is_decided_about_what_rests_where_it_belongs() -> None:
    world = after_the_reform(RECEIVED).when(rehome(CAM_LY), by=SYSTEM)
    world.when(decide_home(BAC_GIANG, CAM_LY), by=ADMIN).then_refused(HomeNotOpen)
    world.when(decide_home(BAC_GIANG, NEW_CAM_LY), by=ADMIN).then_refused(HomeNotOpen)


def test_who_answers_meanwhile_may_also_pass_it_on_and_then_nothing_waits() -> None:
    world = waiting_for_a_decision()
    world.when(transfer(NEW_NGHIA_PHUONG), by=officer(BAC_GIANG))
    world.when(ACCEPT, by=officer(NEW_NGHIA_PHUONG))
    assert petition(world).in_charge == NEW_NGHIA_PHUONG
    assert not petition(world).meanwhile
    world.when(decide_home(NEW_CAM_LY), by=head(BAC_GIANG)).then_refused(HomeNotOpen)


def test_an_office_that_stands_keeps_what_it_has() -> None:
    world = after_the_reform(fact(PetitionReceived, BAC_GIANG))
    world.when(rehome(BAC_GIANG), by=SYSTEM).then_refused(OfficeStillStands)


def test_what_was_taken_over_is_not_taken_over_again() -> None:
    world = after_the_reform(RECEIVED).when(rehome(CAM_LY), by=SYSTEM)
    world.when(rehome(CAM_LY), by=SYSTEM).then_refused(NothingRestsHere)
    waiting = waiting_for_a_decision()
    waiting.when(rehome(NGHIA_PHUONG), by=SYSTEM).then_refused(NothingRestsHere)


def test_a_petition_at_its_end_stays_on_the_old_offices_books() -> None:
    world = after_the_reform(RECEIVED, fact(CitizenGuided, CAM_LY))
    world.when(rehome(CAM_LY), by=SYSTEM).then_refused(NothingRestsHere)


def test_nobody_but_the_system_asks_to_rehome() -> None:
    world = after_the_reform(RECEIVED)
    world.when(rehome(CAM_LY), by=head(BAC_GIANG)).then_refused(RoleMayNot)
    world.when(rehome(CAM_LY), by=ADMIN).then_refused(RoleMayNot)


def test_an_unknown_petition_is_not_rehomed() -> None:
    after_the_reform().when(rehome(CAM_LY), by=SYSTEM).then_refused(NotFound)


def test_where_nobody_is_above_the_refusal_names_the_office_and_an_administrator_decides() -> None:
    world = after_the_reform(fact(PetitionReceived, HANOI)).when(rehome(HANOI), by=SYSTEM)
    assert world.refusal is not None
    assert HANOI in world.refusal.reason
    world.then_refused(NobodyAnswers, pointer="/office")
    world.when(decide_home(BAC_GIANG, HANOI), by=head(BAC_GIANG)).then_refused(NotFound)
    world.when(decide_home(BAC_GIANG, HANOI), by=ADMIN)
    assert petition(world).in_charge == BAC_GIANG


def test_an_heir_named_later_takes_over_what_waited() -> None:
    world = waiting_for_a_decision()
    world.directory = with_heir(NGHIA_PHUONG, NEW_NGHIA_PHUONG)
    world.when(rehome(NGHIA_PHUONG), by=SYSTEM).then(
        rehomed(NGHIA_PHUONG, NEW_NGHIA_PHUONG, from_office=BAC_GIANG)
    )
    assert not petition(world).meanwhile


def test_when_who_answers_meanwhile_ends_too_the_next_one_above_its_heir_answers() -> None:
    world = waiting_for_a_decision()
    world.directory = with_heir(BAC_GIANG, NEW_HANOI, ends=True)
    candidates = (NEW_CAM_LY, NEW_NGHIA_PHUONG)
    world.when(rehome(BAC_GIANG), by=SYSTEM).then(
        rehomed(
            NGHIA_PHUONG, NEW_HANOI, from_office=BAC_GIANG, interim=True,
            candidates=candidates,
        )
    )  # fmt: skip
    world.when(decide_home(NEW_CAM_LY), by=head(NEW_HANOI))
    assert petition(world).in_charge == NEW_CAM_LY


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


def test_an_heir_of_the_accused_office_is_complained_of_too() -> None:
    about = fact(PetitionReceived, BAC_GIANG, accused_office=CAM_LY)
    world = after_the_reform(about)
    world.when(transfer(NEW_CAM_LY), by=officer(BAC_GIANG)).then_refused(AccusedOffice)
    sorted_so = classify(accused_office=CAM_LY, competent_office=NEW_CAM_LY)
    world.when(sorted_so, by=officer(BAC_GIANG)).then_refused(UnknownOffice)
    blank = classify(accused_office=None, competent_office=NEW_CAM_LY)
    world.when(blank, by=officer(BAC_GIANG)).then_refused(AccusedOffice)
    assert not may_see(head(NEW_CAM_LY), _circle(world), REFORMED, ON)
    assert may_see(officer(BAC_GIANG), _circle(world), REFORMED, ON)


def test_each_part_of_a_split_accused_office_is_complained_of() -> None:
    about = fact(PetitionReceived, BAC_GIANG, accused_office=NGHIA_PHUONG)
    for heir in (NEW_CAM_LY, NEW_NGHIA_PHUONG):
        world = after_the_reform(about).when(transfer(heir), by=officer(BAC_GIANG))
        world.then_refused(AccusedOffice)


def test_a_petition_never_goes_home_to_the_heir_of_the_office_it_is_about() -> None:
    about = fact(PetitionReceived, CAM_LY, accused_office=VOI)
    world = after_the_reform(about).when(rehome(CAM_LY), by=SYSTEM)
    world.then(rehomed(CAM_LY, BAC_GIANG, interim=True, candidates=()))
    world.when(decide_home(NEW_CAM_LY, CAM_LY), by=ADMIN).then_refused(AccusedOffice)
    assert not may_see(head(NEW_CAM_LY), _circle(world), REFORMED, ON)


def test_a_former_holder_and_its_heir_keep_their_read_only_tail() -> None:
    moved = (*OFFERED, fact(PetitionAccepted, LUC_NAM))
    world = after_the_reform(*moved).when(rehome(LUC_NAM), by=SYSTEM)
    circle = _circle(world)
    assert circle.holders == {BAC_GIANG}
    assert circle.told >= {CAM_LY, LUC_NAM}
    assert may_see(officer(NEW_CAM_LY), circle, REFORMED, ON)
    assert not may_see(officer(NEW_NGHIA_PHUONG), circle, REFORMED, ON)
    world.when(guide(), by=officer(NEW_CAM_LY)).then_refused(NotInCharge)


def test_the_closed_files_of_an_abolished_office_are_its_heirs_to_read() -> None:
    world = after_the_reform(RECEIVED, fact(CitizenGuided, CAM_LY))
    circle = _circle(world)
    assert may_see(officer(NEW_CAM_LY), circle, REFORMED, ON)
    assert may_see(officer(BAC_GIANG), circle, REFORMED, ON)
    assert may_see(officer(BOARD, Role.AUDITOR), circle, REFORMED, ON)
    assert not may_see(officer(NEW_NGHIA_PHUONG), circle, REFORMED, ON)
    world.when(guide(), by=officer(NEW_CAM_LY)).then_refused(PetitionEnded)


def test_a_closed_file_stays_hidden_from_the_heir_of_the_office_it_was_about() -> None:
    about = (fact(PetitionReceived, BAC_GIANG, accused_office=CAM_LY), fact(CitizenGuided, VOI))
    assert not may_see(head(NEW_CAM_LY), _circle(after_the_reform(*about)), REFORMED, ON)


def test_a_closed_denunciation_is_read_by_the_heir_and_above_by_heads_alone() -> None:
    denounced = fact(PetitionReceived, CAM_LY, kind=PetitionKind.DENUNCIATION)
    circle = _circle(after_the_reform(denounced, fact(CitizenGuided, CAM_LY)))
    assert may_see(head(NEW_CAM_LY), circle, REFORMED, ON)
    assert may_see(head(BAC_GIANG), circle, REFORMED, ON)
    assert not may_see(officer(BAC_GIANG), circle, REFORMED, ON)


def test_a_denouncer_stays_protected_wherever_the_denunciation_goes() -> None:
    denounced = fact(PetitionReceived, CAM_LY, kind=PetitionKind.DENUNCIATION)
    world = after_the_reform(denounced).when(rehome(CAM_LY), by=SYSTEM)
    circle = _circle(world)
    assert circle.denunciation
    assert circle.told == frozenset()
    assert not may_see(officer(CAM_LY), circle, REFORMED, ON)
    assert may_see(officer(NEW_CAM_LY), circle, REFORMED, ON)
    assert not may_see(officer(BAC_GIANG), circle, REFORMED, ON)


def test_a_petition_in_a_case_goes_where_its_case_goes() -> None:
    world = after_the_reform(RECEIVED, fact(PetitionTakenUp, CAM_LY))
    world.when(rehome(CAM_LY), by=SYSTEM).then_refused(MovesWithItsCase)
    world.when(decide_home(BAC_GIANG, CAM_LY), by=ADMIN).then_refused(MovesWithItsCase)


def _circle(world: Scenario) -> Circle:
    return circle_of(petition(world), REFORMED, ON)


def test_before_it_was_taken_over_an_heir_cannot_act() -> None:
    ask = TransferPetition(
        petition_id=PETITION, to_office=BAC_GIANG, ground=TransferGround.OTHER_LEVEL
    )
    after_the_reform(RECEIVED).when(ask, by=officer(NEW_CAM_LY)).then_refused(NotInCharge)
