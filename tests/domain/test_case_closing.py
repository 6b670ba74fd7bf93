"""A case ends with a reason and a notice."""

from datetime import UTC, date, datetime

import pytest

from domain.bounds import DateInFuture, DateInPast
from domain.codes import ClosureReason, PetitionKind
from domain.events.case import CaseClosed, CaseOpened, DecisionIssued, PetitionLinked
from domain.events.petition import PetitionConcluded, PetitionReceived, PetitionTakenUp
from domain.refusals.case import ClosingNeedsDecision, NotHandling, NoticeBeforeDecision
from domain.refusals.settlement import GroundUnknown
from tests.builders import CAM_LY, CASE, LUC_NAM, OTHER_PETITION, PETITION, Draft, fact, head
from tests.domain.test_case import DECIDED, HEAD, OPENED, TODAY, closing
from tests.scenario import Scenario, given


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


def opened(kind: PetitionKind) -> tuple[Draft, ...]:
    return (
        fact(PetitionReceived, CAM_LY, kind=kind),
        fact(PetitionTakenUp, CAM_LY),
        fact(CaseOpened, CAM_LY, kind=kind),
        fact(PetitionLinked, CAM_LY),
    )


def is_ended(reason: ClosureReason, ends: Scenario) -> None:
    ends.then(fact(CaseClosed, CAM_LY, reason=reason), fact(PetitionConcluded, CAM_LY))


def test_nobody_was_told_of_an_undecided_end_before_the_case_was_opened() -> None:
    given(*opened(PetitionKind.FEEDBACK)).when(
        closing(reason=ClosureReason.WITHDRAWN, noticed_on=date(2019, 1, 1)), by=HEAD
    ).then_refused(DateInPast, pointer="/noticed_on")


SETTLED = {ClosureReason.DECISION_CARRIED_OUT, ClosureReason.ANSWERED}
OF_A_DENUNCIATION = {
    ClosureReason.WITHDRAWN, ClosureReason.ACCUSED_DIED, ClosureReason.ALREADY_JUDGED,
}  # fmt: skip


@pytest.mark.parametrize("reason", ClosureReason)
def test_an_undecided_complaint_ends_in_2025_only_when_it_is_withdrawn(
    reason: ClosureReason,
) -> None:
    """Law 02/2011 art. 10. Its further grounds begin with art. 11a, on 1/7/2026."""
    world = given(*OPENED).when(closing(reason=reason), by=HEAD)
    if reason is ClosureReason.WITHDRAWN:
        is_ended(reason, world)
    elif reason in SETTLED:
        world.then_refused(ClosingNeedsDecision, pointer="/reason")
    else:
        world.then_refused(GroundUnknown, pointer="/reason")


def test_a_complaint_of_before_the_amended_law_ends_by_it_once_it_is_in_force() -> None:
    """Decree 155/2026 art. 22: to end it undecided goes by the new law, of what day it may be."""
    world = given(*OPENED)
    world.clock.at = datetime(2026, 7, 1, 2, tzinfo=UTC)
    reason = ClosureReason.OBJECT_GONE
    is_ended(reason, world.when(closing(reason=reason), by=HEAD))


@pytest.mark.parametrize("reason", ClosureReason)
def test_an_undecided_denunciation_ends_for_grounds_of_its_own(reason: ClosureReason) -> None:
    """Law 25/2018 art. 34: its object cannot be gone, no court takes it over."""
    world = given(*opened(PetitionKind.DENUNCIATION)).when(closing(reason=reason), by=HEAD)
    if reason in OF_A_DENUNCIATION:
        is_ended(reason, world)
    elif reason in SETTLED:
        world.then_refused(ClosingNeedsDecision, pointer="/reason")
    else:
        world.then_refused(GroundUnknown, pointer="/reason")


@pytest.mark.parametrize("kind", [PetitionKind.PROPOSAL, PetitionKind.FEEDBACK])
def test_what_is_only_answered_has_no_decision_to_carry_out(kind: PetitionKind) -> None:
    decided = fact(DecisionIssued, CAM_LY, decided_on=TODAY)
    reason = ClosureReason.DECISION_CARRIED_OUT
    told = given(*opened(kind), decided).when(closing(reason=reason), by=HEAD)
    told.then_refused(GroundUnknown, pointer="/reason")
    is_ended(ClosureReason.ANSWERED, told.when(closing(reason=ClosureReason.ANSWERED), by=HEAD))
    gone = given(*opened(kind)).when(closing(reason=ClosureReason.OBJECT_GONE), by=HEAD)
    is_ended(ClosureReason.OBJECT_GONE, gone)


def test_a_decided_complaint_does_not_end_for_a_ground_of_denunciations() -> None:
    world = given(*DECIDED).when(closing(reason=ClosureReason.ACCUSED_DIED), by=HEAD)
    world.then_refused(GroundUnknown, pointer="/reason")


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
