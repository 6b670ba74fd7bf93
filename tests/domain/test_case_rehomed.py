"""An office is abolished while it handles a case, or while it should know of one."""

from typing import Any

import pytest

from domain.case import Case
from domain.codes import ClosureReason, DecisionOutcome, Notice, Role, Seat
from domain.commands.case import AcknowledgeCase, AssignHandler, CloseCase, IssueDecision
from domain.commands.rehoming import DecideCaseHome, RehomeCase
from domain.directory import Directory
from domain.errors import NotFound
from domain.events.case import (
    CaseAcknowledged,
    CaseClosed,
    CaseEscalated,
    CaseOpened,
    CaseRehomed,
    CaseReportedUpward,
    HandlerAssigned,
    PetitionLinked,
)
from domain.events.directory import PostFilled, PostLeft
from domain.events.petition import PetitionReceived, PetitionRehomed, PetitionTakenUp
from domain.petition import Petition
from domain.refusals.case import HandlerHasLeft
from domain.refusals.petition import AccusedOffice
from domain.refusals.rehoming import (
    HomeNotOpen,
    NotACandidate,
    NothingRestsHere,
    OfficeStillStands,
)
from domain.streams import office_stream
from services.access import RoleMayNot
from services.circles import circle_of
from services.sight import may_see
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    CASE,
    LUC_NAM,
    NGHIA_PHUONG,
    OTHER_PETITION,
    PETITION,
    VOI,
    Draft,
    fact,
    head,
    in_order,
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
from tests.domain.directory_facts import LITTLE_COUNTRY, TWO_TIERS
from tests.scenario import Scenario, given

SYSTEM, ADMIN = officer("system", Role.SYSTEM), officer("system", Role.ADMIN)
HANDLER = "handler.07519"
ACKNOWLEDGE = AcknowledgeCase(case_id=CASE)


def opened(office: str, accused: str | None = None) -> tuple[Draft, ...]:
    """A case of an office with its one petition."""
    return (
        fact(PetitionReceived, office, accused_office=accused),
        fact(PetitionTakenUp, office),
        fact(CaseOpened, office, accused_office=accused),
        fact(PetitionLinked, office),
    )


def rehome(office: str) -> RehomeCase:
    return RehomeCase(case_id=CASE, office=office)


def decide_home(to: str, office: str = NGHIA_PHUONG) -> DecideCaseHome:
    return DecideCaseHome(case_id=CASE, office=office, to_office=to)


def rehomed(was: str, now: str, **said: Any) -> Draft:
    """Taken over by an office for good, unless said otherwise."""
    usual: dict[str, Any] = {
        "former": was, "from_office": was, "to_office": now, "to_unit": unit_of(now),
        "seats": (Seat.HANDLING,), "interim": False, "candidates": (now,), "handler": None,
    }  # fmt: skip
    return fact(CaseRehomed, "system", **{**usual, **said})


def along(case: Draft, stream: Any = PETITION) -> Draft:
    """What a petition of that case says of the same move."""
    said = {**case.facts, "seats": (Seat.IN_CHARGE,), "offer": None}
    del said["handler"]
    return Draft(PetitionRehomed, case.office, stream, said)


def case(world: Scenario) -> Case:
    return Case.replay(CASE, world.store.load(CASE))


def in_posts(*accounts: str, office: str = NEW_CAM_LY, left: bool = False) -> Directory:
    """The reformed country with these accounts in posts of an office, or gone from them."""
    stream = office_stream(office)
    said = [
        fact(
            PostFilled, office, stream, office_id=office, account=account,
            post=Role.HANDLER, valid_from=TWO_TIERS,
        )
        for account in accounts
    ]  # fmt: skip
    gone = [
        fact(
            PostLeft, office, stream, office_id=office, account=account,
            post=Role.HANDLER, last_day=TWO_TIERS,
        )
        for account in accounts
        if left
    ]  # fmt: skip
    return REFORMED.with_facts(in_order(*said, *gone))


def test_the_case_of_a_merged_office_and_its_petitions_go_to_the_heir() -> None:
    other = (
        fact(PetitionReceived, CAM_LY, OTHER_PETITION),
        fact(PetitionTakenUp, CAM_LY, OTHER_PETITION),
        fact(PetitionLinked, CAM_LY, petition_id=OTHER_PETITION),
    )
    world = after_the_reform(*opened(CAM_LY), *other).when(rehome(CAM_LY), by=SYSTEM)
    moved = rehomed(CAM_LY, NEW_CAM_LY)
    world.then(moved, along(moved), along(moved, OTHER_PETITION))


def test_the_heir_decides_and_closes_the_case_with_its_petitions() -> None:
    world = after_the_reform(*opened(CAM_LY)).when(rehome(CAM_LY), by=SYSTEM)
    today = AUGUST_MORNING.date()
    decide = IssueDecision(case_id=CASE, outcome=DecisionOutcome.RIGHT, decided_on=today)
    reason = ClosureReason.DECISION_CARRIED_OUT
    close = CloseCase(case_id=CASE, reason=reason, notice=Notice.WRITTEN, noticed_on=today)
    world.when(decide, by=head(NEW_CAM_LY)).when(close, by=head(NEW_CAM_LY))
    assert world.refusal is None
    assert Petition.replay(PETITION, world.store.load(PETITION)).ended


def test_its_day_of_opening_and_its_number_stay() -> None:
    world = after_the_reform(*opened(CAM_LY))
    before = case(world)
    after = case(world.when(rehome(CAM_LY), by=SYSTEM))
    assert (after.opened_on, after.number) == (before.opened_on, before.number)


def test_the_officer_who_handles_it_keeps_it_where_he_holds_a_post_in_the_heir() -> None:
    given_out = (*opened(CAM_LY), fact(HandlerAssigned, CAM_LY, handler=HANDLER))
    world = after_the_reform(*given_out, directory=in_posts(HANDLER))
    moved = rehomed(CAM_LY, NEW_CAM_LY, handler=HANDLER)
    world.when(rehome(CAM_LY), by=SYSTEM).then(moved, along(moved))


def test_a_case_never_rests_on_an_officer_who_did_not_come_along() -> None:
    given_out = (*opened(CAM_LY), fact(HandlerAssigned, CAM_LY, handler=HANDLER))
    world = after_the_reform(*given_out, directory=in_posts("handler.other"))
    moved = rehomed(CAM_LY, NEW_CAM_LY, handler=None)
    world.when(rehome(CAM_LY), by=SYSTEM).then(moved, along(moved))
    assert case(world).handler is None


def test_a_leavers_case_is_handed_on_and_to_no_other_leaver() -> None:
    world = after_the_reform(*opened(CAM_LY), directory=in_posts("a.one", "a.two", left=True))
    world.when(rehome(CAM_LY), by=SYSTEM)
    gone = AssignHandler(case_id=CASE, handler="a.one")
    world.when(gone, by=head(NEW_CAM_LY)).then_refused(HandlerHasLeft, pointer="/handler")
    stays = AssignHandler(case_id=CASE, handler="a.three")
    world.when(stays, by=head(NEW_CAM_LY)).then(
        fact(HandlerAssigned, NEW_CAM_LY, handler="a.three")
    )


def test_a_split_office_s_case_waits_with_the_province_and_a_person_decides() -> None:
    world = after_the_reform(*opened(NGHIA_PHUONG)).when(rehome(NGHIA_PHUONG), by=SYSTEM)
    heirs = (NEW_CAM_LY, NEW_NGHIA_PHUONG)
    interim = rehomed(NGHIA_PHUONG, BAC_GIANG, interim=True, candidates=heirs)
    world.then(interim, along(interim))
    world.when(decide_home(NEW_NGHIA_PHUONG), by=head(NEW_CAM_LY)).then_refused(NotFound)
    world.when(decide_home(NEW_NGHIA_PHUONG), by=officer(BAC_GIANG)).then_refused(RoleMayNot)
    stranger = decide_home("ubnd-01-20250701")
    world.when(stranger, by=head(BAC_GIANG)).then_refused(NotACandidate, pointer="/to_office")
    world.when(decide_home(NEW_NGHIA_PHUONG), by=head(BAC_GIANG))
    assert [type(each) for each in world.recorded()] == [CaseRehomed, PetitionRehomed]
    assert case(world).handling == NEW_NGHIA_PHUONG
    petition = Petition.replay(PETITION, world.store.load(PETITION))
    assert (petition.in_charge, petition.meanwhile) == (NEW_NGHIA_PHUONG, ())
    world.when(decide_home(NEW_CAM_LY), by=ADMIN).then_refused(HomeNotOpen)


def test_who_answers_meanwhile_may_keep_it() -> None:
    world = after_the_reform(*opened(NGHIA_PHUONG)).when(rehome(NGHIA_PHUONG), by=SYSTEM)
    world.when(decide_home(BAC_GIANG), by=head(BAC_GIANG))
    petition = Petition.replay(PETITION, world.store.load(PETITION))
    assert (case(world).meanwhile, petition.meanwhile) == ((), ())


@pytest.mark.parametrize("told", [CaseReportedUpward, CaseEscalated])
def test_a_report_to_a_district_that_is_gone_is_the_provinces_to_confirm(told: Any) -> None:
    world = after_the_reform(*opened(CAM_LY), fact(told, CAM_LY))
    world.when(rehome(LUC_NAM), by=SYSTEM).then(
        rehomed(LUC_NAM, BAC_GIANG, seats=(Seat.INFORMED,), candidates=())
    )
    world.when(ACKNOWLEDGE, by=officer(BAC_GIANG)).then(fact(CaseAcknowledged, BAC_GIANG))
    assert set(case(world).told) == {LUC_NAM, BAC_GIANG}


def test_nobody_reports_to_himself() -> None:
    reported = (*opened(NGHIA_PHUONG), fact(CaseReportedUpward, NGHIA_PHUONG))
    world = after_the_reform(*reported)
    world.when(rehome(LUC_NAM), by=SYSTEM).when(rehome(NGHIA_PHUONG), by=SYSTEM)
    assert case(world).handling == BAC_GIANG
    assert case(world).unconfirmed == frozenset()


def test_a_case_does_not_stay_with_an_office_that_took_over_the_one_it_is_about() -> None:
    """Vôi went into the same commune as the office complained of."""
    world = after_the_reform(*opened(VOI, accused=CAM_LY)).when(rehome(VOI), by=SYSTEM)
    moved = rehomed(VOI, BAC_GIANG, interim=True, candidates=())
    world.then(moved, along(moved))
    world.when(decide_home(NEW_CAM_LY, VOI), by=ADMIN).then_refused(AccusedOffice)


def test_an_office_that_goes_on_loses_the_case_when_it_becomes_heir_of_the_accused() -> None:
    world = after_the_reform(*opened(NEW_CAM_LY, accused=VOI))
    world.when(rehome(VOI), by=SYSTEM)
    moved = rehomed(NEW_CAM_LY, BAC_GIANG, interim=True, candidates=())
    world.then(moved, along(moved))


def test_the_heir_of_the_accused_office_does_not_see_the_case() -> None:
    world = after_the_reform(*opened(BAC_GIANG, accused=CAM_LY))
    circle = circle_of(case(world), REFORMED, AUGUST_MORNING.date())
    assert not may_see(head(NEW_CAM_LY), circle, REFORMED, AUGUST_MORNING.date())


def test_what_an_office_keeps_or_has_ended_is_not_moved() -> None:
    world = after_the_reform(*opened(BAC_GIANG))
    world.when(rehome(BAC_GIANG), by=SYSTEM).then_refused(OfficeStillStands)
    world.when(rehome(CAM_LY), by=SYSTEM).then_refused(NothingRestsHere)
    closed = after_the_reform(*opened(CAM_LY), fact(CaseClosed, CAM_LY))
    closed.when(rehome(CAM_LY), by=SYSTEM).then_refused(NothingRestsHere)


def test_before_the_reform_nothing_moves() -> None:
    world = given(*opened(CAM_LY))
    assert world.directory is LITTLE_COUNTRY
    world.when(rehome(CAM_LY), by=SYSTEM).then_refused(OfficeStillStands)


def test_only_the_system_asks_to_rehome_a_case() -> None:
    world = after_the_reform(*opened(CAM_LY))
    world.when(rehome(CAM_LY), by=head(BAC_GIANG)).then_refused(RoleMayNot)
