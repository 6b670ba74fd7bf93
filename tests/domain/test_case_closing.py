"""A case ends with a reason and a notice."""

from datetime import date

import pytest

from domain.bounds import DateInFuture
from domain.codes import ClosureReason, PetitionKind
from domain.events.case import CaseClosed, CaseOpened, PetitionLinked
from domain.events.petition import PetitionConcluded, PetitionReceived, PetitionTakenUp
from domain.refusals.case import ClosingNeedsDecision, NotHandling, NoticeBeforeDecision
from tests.builders import CAM_LY, CASE, LUC_NAM, OTHER_PETITION, PETITION, fact, head
from tests.domain.test_case import DECIDED, HEAD, OPENED, TODAY, closing
from tests.scenario import given


def test_closing_a_case_concludes_every_petition_it_handled() -> None:
    second = (
        fact(PetitionReceived, CAM_LY, OTHER_PETITION),
        fact(PetitionTakenUp, CAM_LY, OTHER_PETITION),
        fact(PetitionLinked, CAM_LY, petition_id=OTHER_PETITION),
    )
    given(*DECIDED, *second).when(closing(), by=HEAD).then(
        fact(CaseClosed, CAM_LY, petitions=(PETITION, OTHER_PETITION), noticed_on=TODAY),
        fact(PetitionConcluded, CAM_LY, PETITION, reason=ClosureReason.DECISION_CARRIED_OUT),
        fact(PetitionConcluded, CAM_LY, OTHER_PETITION, case_id=CASE),
    )


@pytest.mark.parametrize("reason", [ClosureReason.DECISION_CARRIED_OUT, ClosureReason.ANSWERED])
def test_an_undecided_case_is_not_closed_as_settled(reason: ClosureReason) -> None:
    world = given(*OPENED).when(closing(reason=reason), by=HEAD)
    world.then_refused(ClosingNeedsDecision, pointer="/reason")


@pytest.mark.parametrize(
    "reason",
    [ClosureReason.WITHDRAWN, ClosureReason.OBJECT_GONE, ClosureReason.COURT_TOOK_OVER],
)
def test_an_undecided_case_ends_when_its_matter_does(reason: ClosureReason) -> None:
    given(*OPENED).when(closing(reason=reason), by=HEAD).then(
        fact(CaseClosed, CAM_LY, reason=reason), fact(PetitionConcluded, CAM_LY, reason=reason)
    )


ENDS_A_DENUNCIATION = {
    ClosureReason.WITHDRAWN, ClosureReason.ACCUSED_DIED, ClosureReason.ALREADY_JUDGED,
}  # fmt: skip


@pytest.mark.parametrize("reason", ClosureReason)
def test_an_undecided_denunciation_ends_for_grounds_of_its_own(reason: ClosureReason) -> None:
    """Law 25/2018 art. 34: its object cannot be gone, no court takes it over."""
    opened = (
        fact(PetitionReceived, CAM_LY, kind=PetitionKind.DENUNCIATION),
        fact(PetitionTakenUp, CAM_LY),
        fact(CaseOpened, CAM_LY, kind=PetitionKind.DENUNCIATION),
        fact(PetitionLinked, CAM_LY),
    )
    world = given(*opened).when(closing(reason=reason), by=HEAD)
    if reason in ENDS_A_DENUNCIATION:
        world.then(fact(CaseClosed, CAM_LY, reason=reason), fact(PetitionConcluded, CAM_LY))
    else:
        world.then_refused(ClosingNeedsDecision, pointer="/reason")


def test_transferred_is_no_reason_to_close() -> None:
    assert "transferred" not in set(ClosureReason)


def test_the_citizen_is_told_not_later_than_the_closing() -> None:
    world = given(*DECIDED).when(closing(noticed_on=date(2025, 5, 6)), by=HEAD)
    world.then_refused(DateInFuture, pointer="/noticed_on")


def test_the_citizen_is_told_not_before_the_decision() -> None:
    world = given(*DECIDED).when(closing(noticed_on=date(2025, 5, 4)), by=HEAD)
    world.then_refused(NoticeBeforeDecision, pointer="/noticed_on")


def test_only_the_office_that_handles_the_case_closes_it() -> None:
    given(*DECIDED).when(closing(), by=head(LUC_NAM)).then_refused(NotHandling)
