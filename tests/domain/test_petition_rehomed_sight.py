"""Who may read a petition, and never may, after its office or the accused one ended."""

from domain.codes import PetitionKind, Role
from domain.directory import UnknownOffice
from domain.events.petition import CitizenGuided, PetitionAccepted, PetitionReceived
from domain.refusals.petition import AccusedOffice, NotInCharge, PetitionEnded
from services.circles import circle_of
from services.sight import Circle, may_see
from tests.builders import BAC_GIANG, BOARD, CAM_LY, LUC_NAM, NGHIA_PHUONG, VOI, fact, head, officer
from tests.domain.after_the_reform import (
    AUGUST_MORNING,
    NEW_CAM_LY,
    NEW_NGHIA_PHUONG,
    REFORMED,
    after_the_reform,
)
from tests.domain.custody_facts import OFFERED, RECEIVED
from tests.domain.petition_rehoming import ADMIN, SYSTEM, decide_home, petition, rehome, rehomed
from tests.domain.test_custody import transfer
from tests.domain.test_petition import classify, guide
from tests.scenario import Scenario

ON = AUGUST_MORNING.date()


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


def _circle(world: Scenario) -> Circle:
    return circle_of(petition(world), REFORMED, ON)
