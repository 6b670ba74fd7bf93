"""What goes up from a case moves information, never the charge."""

from datetime import date
from typing import Any

import pytest

from domain.bounds import DateInPast
from domain.case import Case
from domain.codes import DecisionOutcome, EscalationGround
from domain.commands.case import (
    AcknowledgeCase,
    EscalateCase,
    IssueDecision,
    IssueDirection,
    ReportCaseUpward,
)
from domain.directory import UnknownOffice
from domain.errors import NotFound
from domain.events.case import (
    CaseAcknowledged,
    CaseClosed,
    CaseEscalated,
    CaseOpened,
    CaseReportedUpward,
    DirectionIssued,
)
from domain.refusals.case import (
    AlreadyAcknowledged,
    CaseIsClosed,
    MayNotDirect,
    NotASuperior,
    NotHandling,
    NotTold,
    TopOfLadder,
)
from tests.builders import BAC_GIANG, CAM_LY, CASE, HANOI, LUC_NAM, NGHIA_PHUONG, fact, head
from tests.scenario import given

HEAD = head(CAM_LY)
OPENED = fact(CaseOpened, CAM_LY)
REPORTED = (OPENED, fact(CaseReportedUpward, CAM_LY))
ESCALATED = (OPENED, fact(CaseEscalated, CAM_LY))
ACKNOWLEDGE = AcknowledgeCase(case_id=CASE)
ESCALATE = EscalateCase(case_id=CASE, ground=EscalationGround.COMPLEX)


def report(to: str | None = None) -> ReportCaseUpward:
    return ReportCaseUpward(case_id=CASE, to_office=to)


def direction(due: date = date(2025, 5, 12)) -> IssueDirection:
    return IssueDirection(case_id=CASE, due=due)


def test_a_report_goes_to_the_direct_superior_unless_said_otherwise() -> None:
    given(OPENED).when(report(), by=HEAD).then(fact(CaseReportedUpward, CAM_LY, to_office=LUC_NAM))


def test_a_report_may_go_to_any_superior() -> None:
    given(OPENED).when(report("24"), by=HEAD).then(
        fact(CaseReportedUpward, CAM_LY, to_office=BAC_GIANG)
    )


@pytest.mark.parametrize("to", [NGHIA_PHUONG, HANOI, CAM_LY])
def test_a_report_upward_goes_to_nobody_but_a_superior(to: str) -> None:
    given(OPENED).when(report(to), by=HEAD).then_refused(NotASuperior, pointer="/to_office")


def test_a_report_goes_to_an_office_of_that_day() -> None:
    given(OPENED).when(report("99999"), by=HEAD).then_refused(UnknownOffice)


def test_reporting_leaves_the_case_with_the_office_that_handles_it() -> None:
    world = given(OPENED).when(report(), by=HEAD).when(ESCALATE, by=HEAD)
    assert Case.replay(CASE, world.store.load(CASE)).handling == CAM_LY


def test_a_province_has_nobody_to_report_to() -> None:
    given(fact(CaseOpened, BAC_GIANG)).when(report(), by=head(BAC_GIANG)).then_refused(TopOfLadder)


def test_nothing_is_reported_to_the_office_the_case_is_about() -> None:
    about = fact(CaseOpened, CAM_LY, accused_office=LUC_NAM)
    given(about).when(report(LUC_NAM), by=HEAD).then_refused(NotASuperior)
    given(about).when(report(), by=HEAD).then(fact(CaseReportedUpward, CAM_LY, to_office=BAC_GIANG))


def test_a_case_climbs_the_ladder_rung_by_rung() -> None:
    world = given(OPENED).when(ESCALATE, by=HEAD)
    world.then(fact(CaseEscalated, CAM_LY, to_office=LUC_NAM, rung=1))
    world.when(ESCALATE, by=HEAD)
    world.then(fact(CaseEscalated, CAM_LY, to_office=BAC_GIANG, rung=2))
    world.when(ESCALATE, by=HEAD).then_refused(TopOfLadder)


def test_the_ladder_passes_by_the_office_the_case_is_about() -> None:
    about = fact(CaseOpened, CAM_LY, accused_office=LUC_NAM)
    given(about).when(ESCALATE, by=HEAD).then(
        fact(CaseEscalated, CAM_LY, to_office=BAC_GIANG, rung=1)
    )


@pytest.mark.parametrize("told", [REPORTED, ESCALATED])
def test_the_office_told_confirms_once(told: Any) -> None:
    world = given(*told).when(ACKNOWLEDGE, by=head(LUC_NAM))
    world.then(fact(CaseAcknowledged, LUC_NAM, from_office=CAM_LY))
    world.when(ACKNOWLEDGE, by=head(LUC_NAM)).then_refused(AlreadyAcknowledged)


def test_a_new_report_is_confirmed_anew() -> None:
    world = given(*REPORTED, fact(CaseAcknowledged, LUC_NAM), fact(CaseEscalated, CAM_LY))
    world.when(ACKNOWLEDGE, by=head(LUC_NAM)).then(fact(CaseAcknowledged, LUC_NAM))


def test_an_office_that_was_not_told_confirms_nothing() -> None:
    given(*REPORTED).when(ACKNOWLEDGE, by=head(BAC_GIANG)).then_refused(NotTold)
    given(OPENED).when(ACKNOWLEDGE, by=head(LUC_NAM)).then_refused(NotTold)


@pytest.mark.parametrize("superior", [LUC_NAM, BAC_GIANG])
def test_any_superior_directs_the_office_that_handles_the_case(superior: str) -> None:
    given(*REPORTED).when(direction(), by=head(superior)).then(
        fact(DirectionIssued, superior, to_office=CAM_LY, due=date(2025, 5, 12))
    )


def test_the_office_that_handles_it_does_not_direct_itself() -> None:
    given(OPENED).when(direction(), by=HEAD).then_refused(MayNotDirect)


@pytest.mark.parametrize("office", [NGHIA_PHUONG, HANOI])
def test_to_an_office_off_the_line_there_is_nothing_to_direct(office: str) -> None:
    given(OPENED).when(direction(), by=head(office)).then_refused(NotFound)


def test_to_the_superior_the_case_is_about_it_does_not_exist() -> None:
    about = fact(CaseOpened, CAM_LY, accused_office=LUC_NAM)
    given(about).when(direction(), by=head(LUC_NAM)).then_refused(NotFound)


def test_a_direction_is_not_due_before_it_is_given() -> None:
    world = given(OPENED).when(direction(date(2025, 5, 4)), by=head(LUC_NAM))
    world.then_refused(DateInPast, pointer="/due")


def test_no_other_office_reports_or_escalates_the_case() -> None:
    given(OPENED).when(report(), by=head(LUC_NAM)).then_refused(NotHandling)
    given(OPENED).when(ESCALATE, by=head(LUC_NAM)).then_refused(NotHandling)


@pytest.mark.parametrize(
    ("act", "office"),
    [(report(), CAM_LY), (ESCALATE, CAM_LY), (ACKNOWLEDGE, LUC_NAM), (direction(), LUC_NAM)],
)
def test_nothing_goes_up_or_comes_down_on_a_closed_case(act: Any, office: str) -> None:
    closed = fact(CaseClosed, CAM_LY)
    given(*REPORTED, closed).when(act, by=head(office)).then_refused(CaseIsClosed)


@pytest.mark.parametrize("act", [report(), ESCALATE, ACKNOWLEDGE, direction()])
def test_nothing_goes_up_or_comes_down_on_a_case_that_is_not_there(act: Any) -> None:
    given().when(act, by=HEAD).then_refused(NotFound)


def test_the_office_above_still_does_not_decide_after_an_escalation() -> None:
    decision = IssueDecision(
        case_id=CASE, outcome=DecisionOutcome.RIGHT, decided_on=date(2025, 5, 5)
    )
    given(*ESCALATED).when(decision, by=head(LUC_NAM)).then_refused(NotHandling)
