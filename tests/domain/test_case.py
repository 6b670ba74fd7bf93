"""Settling a matter: taken up, decided, closed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.bounds import DateInFuture, DateInPast, NoAccount
from domain.codes import ClosureReason, DecisionOutcome, Notice
from domain.commands.case import (
    AssignHandler,
    CloseCase,
    IssueDecision,
    LinkPetition,
    NotifyAcceptance,
    OpenCase,
)
from domain.errors import NotFound
from domain.events.case import (
    AcceptanceNotified,
    CaseClosed,
    CaseOpened,
    DecisionIssued,
    HandlerAssigned,
    PetitionLinked,
)
from domain.events.petition import (
    PetitionAccepted,
    PetitionReceived,
    PetitionTakenUp,
    PetitionTransferred,
)
from domain.refusals.case import (
    AcceptanceAlreadyNotified,
    AlreadyDecided,
    CaseAlreadyOpened,
    CaseIsClosed,
    DecidedBeforeOpening,
    NotHandling,
)
from domain.refusals.petition import (
    AccusedOffice,
    CompetenceInDispute,
    NotInCharge,
    OfferPending,
    PetitionInCase,
)
from tests.builders import (
    CAM_LY,
    CASE,
    LUC_NAM,
    NGHIA_PHUONG,
    OTHER_PETITION,
    PETITION,
    fact,
    head,
)
from tests.domain.custody_facts import DISPUTED, OFFERED, RECEIVED
from tests.scenario import given

HEAD = head(CAM_LY)
OPENED = (
    RECEIVED,
    fact(PetitionTakenUp, CAM_LY),
    fact(CaseOpened, CAM_LY),
    fact(PetitionLinked, CAM_LY),
)
DECIDED = (*OPENED, fact(DecisionIssued, CAM_LY))
CLOSED = (*DECIDED, fact(CaseClosed, CAM_LY))
OPEN = OpenCase(case_id=CASE, petition_id=PETITION)
LINK = LinkPetition(case_id=CASE, petition_id=OTHER_PETITION)
ASSIGN = AssignHandler(case_id=CASE, handler="handler.07519")
TODAY = date(2025, 5, 5)


def decision(on: date = TODAY) -> IssueDecision:
    return IssueDecision(case_id=CASE, outcome=DecisionOutcome.RIGHT, decided_on=on)


def closing(**more: Any) -> CloseCase:
    asked: dict[str, Any] = {
        "case_id": CASE,
        "reason": ClosureReason.DECISION_CARRIED_OUT,
        "notice": Notice.WRITTEN,
        "noticed_on": TODAY,
    }
    return CloseCase(**{**asked, **more})


def test_opening_a_case_takes_the_petition_up_in_the_same_breath() -> None:
    world = given(RECEIVED).when(OPEN, by=HEAD)
    world.then(
        fact(CaseOpened, CAM_LY, number="VV-07519-25-0001", place="07519-20250101"),
        fact(PetitionLinked, CAM_LY, petition_id=PETITION),
        fact(PetitionTakenUp, CAM_LY, case_id=CASE),
    )
    assert world.outcome is not None
    assert world.outcome.number == "VV-07519-25-0001"


def test_only_the_office_in_charge_opens_a_case() -> None:
    given(RECEIVED).when(OPEN, by=head(LUC_NAM)).then_refused(NotInCharge)


def test_the_receiver_opens_it_once_it_has_accepted() -> None:
    world = given(*OFFERED, fact(PetitionAccepted, LUC_NAM)).when(OPEN, by=head(LUC_NAM))
    world.then(
        fact(CaseOpened, LUC_NAM, number="VV-218-25-0001"),
        fact(PetitionLinked, LUC_NAM),
        fact(PetitionTakenUp, LUC_NAM),
    )


def test_no_case_is_opened_while_the_petition_is_offered_away() -> None:
    given(*OFFERED).when(OPEN, by=HEAD).then_refused(OfferPending)


def test_no_case_is_opened_while_the_competence_is_disputed() -> None:
    given(*DISPUTED).when(OPEN, by=HEAD).then_refused(CompetenceInDispute)


def test_a_petition_is_taken_up_once() -> None:
    other = OpenCase(case_id=OTHER_PETITION, petition_id=PETITION)
    given(*OPENED).when(other, by=HEAD).then_refused(PetitionInCase)


def test_a_case_is_opened_once() -> None:
    later = fact(PetitionReceived, CAM_LY, OTHER_PETITION)
    again = OpenCase(case_id=CASE, petition_id=OTHER_PETITION)
    given(*OPENED, later).when(again, by=HEAD).then_refused(CaseAlreadyOpened)


def test_the_office_it_is_about_does_not_settle_it() -> None:
    about = fact(PetitionReceived, CAM_LY, accused_office=CAM_LY)
    given(about).when(OPEN, by=HEAD).then_refused(AccusedOffice)


def test_no_case_without_a_petition() -> None:
    given().when(OPEN, by=HEAD).then_refused(NotFound)


def test_several_petitions_may_belong_to_one_case() -> None:
    later = fact(PetitionReceived, CAM_LY, OTHER_PETITION)
    given(*OPENED, later).when(LINK, by=HEAD).then(
        fact(PetitionLinked, CAM_LY, petition_id=OTHER_PETITION),
        fact(PetitionTakenUp, CAM_LY, OTHER_PETITION, case_id=CASE),
    )


def test_a_petition_handed_over_to_another_office_is_not_linked() -> None:
    handed_over = (
        fact(PetitionReceived, CAM_LY, OTHER_PETITION),
        fact(PetitionTransferred, CAM_LY, OTHER_PETITION, to_office=NGHIA_PHUONG),
        fact(PetitionAccepted, NGHIA_PHUONG, OTHER_PETITION),
    )
    given(*OPENED, *handed_over).when(LINK, by=HEAD).then_refused(NotInCharge)


def test_a_petition_one_knows_nothing_of_is_not_there_to_be_linked() -> None:
    elsewhere = fact(PetitionReceived, NGHIA_PHUONG, OTHER_PETITION)
    given(*OPENED, elsewhere).when(LINK, by=HEAD).then_refused(NotFound)


def test_another_office_links_nothing_to_the_case() -> None:
    elsewhere = fact(PetitionReceived, NGHIA_PHUONG, OTHER_PETITION)
    given(*OPENED, elsewhere).when(LINK, by=head(LUC_NAM)).then_refused(NotHandling)
    given(*OPENED, elsewhere).when(LINK, by=head(NGHIA_PHUONG)).then_refused(NotFound)


def test_a_petition_is_linked_once() -> None:
    again = LinkPetition(case_id=CASE, petition_id=PETITION)
    given(*OPENED).when(again, by=HEAD).then_refused(PetitionInCase)


def test_the_head_gives_the_case_to_an_officer_by_account() -> None:
    given(*OPENED).when(ASSIGN, by=HEAD).then(
        fact(HandlerAssigned, CAM_LY, handler="handler.07519")
    )


@pytest.mark.parametrize("name", ["Nguyễn Văn A", "", "a@b.vn", "x" * 65])
def test_a_handler_is_named_by_account_and_never_by_name(name: str) -> None:
    world = given(*OPENED).when(AssignHandler(case_id=CASE, handler=name), by=HEAD)
    world.then_refused(NoAccount, pointer="/handler")


def test_no_other_head_assigns() -> None:
    given(*OPENED).when(ASSIGN, by=head(LUC_NAM)).then_refused(NotHandling)


def test_the_office_that_handles_the_case_decides_it() -> None:
    given(*OPENED).when(decision(), by=HEAD).then(
        fact(DecisionIssued, CAM_LY, outcome=DecisionOutcome.RIGHT, decided_on=TODAY)
    )


def test_not_even_the_office_above_decides_it() -> None:
    given(*OPENED).when(decision(), by=head(LUC_NAM)).then_refused(NotHandling)


def test_a_case_is_decided_once() -> None:
    given(*DECIDED).when(decision(), by=HEAD).then_refused(AlreadyDecided)


def test_a_decision_is_not_of_tomorrow() -> None:
    world = given(*OPENED).when(decision(date(2025, 5, 6)), by=HEAD)
    world.then_refused(DateInFuture, pointer="/decided_on")


def test_a_decision_is_not_of_a_day_before_the_case() -> None:
    world = given(*OPENED).when(decision(date(2025, 5, 4)), by=HEAD)
    world.then_refused(DecidedBeforeOpening, pointer="/decided_on")


@pytest.mark.parametrize("act", [LINK, ASSIGN, decision(), closing()])
def test_nothing_is_recorded_on_a_closed_case(act: Any) -> None:
    later = fact(PetitionReceived, CAM_LY, OTHER_PETITION)
    given(*CLOSED, later).when(act, by=HEAD).then_refused(CaseIsClosed)


@pytest.mark.parametrize("act", [LINK, ASSIGN, decision(), closing()])
def test_a_case_that_was_never_opened_is_not_found(act: Any) -> None:
    later = fact(PetitionReceived, CAM_LY, OTHER_PETITION)
    given(later).when(act, by=HEAD).then_refused(NotFound)


def test_a_case_opened_at_night_is_of_that_day_in_vietnam() -> None:
    late = datetime(2025, 5, 4, 18, 30, tzinfo=UTC)
    opened = given(fact(CaseOpened, CAM_LY, at=late), fact(PetitionLinked, CAM_LY))
    opened.when(decision(date(2025, 5, 4)), by=HEAD).then_refused(DecidedBeforeOpening)
    opened.when(decision(date(2025, 5, 5)), by=HEAD).then(fact(DecisionIssued, CAM_LY))


def test_the_notice_that_it_was_taken_up_is_recorded_once_with_its_own_day() -> None:
    today, before = date(2025, 5, 5), date(2025, 5, 4)
    notify = NotifyAcceptance(case_id=CASE, noticed_on=today)
    told = fact(AcceptanceNotified, CAM_LY, noticed_on=today)
    given(*OPENED).when(notify, by=HEAD).then(told)
    given(*OPENED, told).when(notify, by=HEAD).then_refused(AcceptanceAlreadyNotified)
    given(*OPENED).when(notify, by=head(LUC_NAM)).then_refused(NotHandling)
    early = NotifyAcceptance(case_id=CASE, noticed_on=before)
    given(*OPENED).when(early, by=HEAD).then_refused(DateInPast, pointer="/noticed_on")
    late = NotifyAcceptance(case_id=CASE, noticed_on=date(2025, 5, 6))
    given(*OPENED).when(late, by=HEAD).then_refused(DateInFuture, pointer="/noticed_on")
