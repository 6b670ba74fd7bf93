"""An office is abolished while it holds a petition: nobody falls between two desks."""

import pytest

from domain.codes import Role, TransferGround
from domain.commands.petition import TransferPetition
from domain.directory import UnknownOffice
from domain.errors import NotFound
from domain.events.petition import CitizenGuided, PetitionReceived, PetitionTakenUp
from domain.refusals.petition import NotInCharge
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
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    HANOI,
    NGHIA_PHUONG,
    PETITION,
    Draft,
    fact,
    head,
    officer,
)
from tests.domain.after_the_reform import NEW_CAM_LY, NEW_NGHIA_PHUONG, after_the_reform, with_heir
from tests.domain.custody_facts import RECEIVED
from tests.domain.petition_rehoming import (
    ACCEPT,
    ADMIN,
    SYSTEM,
    decide_home,
    petition,
    rehome,
    rehomed,
)
from tests.domain.test_custody import transfer
from tests.domain.test_petition import guide
from tests.scenario import Scenario

SPLIT = (fact(PetitionReceived, NGHIA_PHUONG),)
NEW_HANOI = "ubnd-01-20250701"


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


def test_a_petition_in_a_case_goes_where_its_case_goes() -> None:
    world = after_the_reform(RECEIVED, fact(PetitionTakenUp, CAM_LY))
    world.when(rehome(CAM_LY), by=SYSTEM).then_refused(MovesWithItsCase)
    world.when(decide_home(BAC_GIANG, CAM_LY), by=ADMIN).then_refused(MovesWithItsCase)


def test_before_it_was_taken_over_an_heir_cannot_act() -> None:
    ask = TransferPetition(
        petition_id=PETITION, to_office=BAC_GIANG, ground=TransferGround.OTHER_LEVEL
    )
    after_the_reform(RECEIVED).when(ask, by=officer(NEW_CAM_LY)).then_refused(NotInCharge)
