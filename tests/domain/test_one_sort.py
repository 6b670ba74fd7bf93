"""A case holds what is settled by one limit: a complaint in a case of feedback had no clock left.

Complaints and denunciations are each settled within a limit of their own; what is only
answered, feedback and proposals, is answered together.
"""

from uuid import UUID

import pytest

from domain.codes import PetitionKind
from domain.commands.case import LinkPetition, OpenCase
from domain.events.case import CaseOpened, DecisionIssued, PetitionLinked
from domain.events.petition import PetitionClassified, PetitionReceived, PetitionTakenUp
from domain.refusals.case import AlreadyDecided, AnotherMatter
from domain.refusals.petition import PetitionInCase
from tests.builders import CAM_LY, CASE, OTHER_PETITION, PETITION, Draft, fact, head, officer
from tests.domain.test_petition import classify
from tests.scenario import given

CLERK, HEAD = officer(CAM_LY), head(CAM_LY)
OPENING = OpenCase(case_id=CASE, petition_id=PETITION)
LINK = LinkPetition(case_id=CASE, petition_id=OTHER_PETITION)
COMPLAINT, FEEDBACK = PetitionKind.COMPLAINT, PetitionKind.FEEDBACK
DENUNCIATION, PROPOSAL = PetitionKind.DENUNCIATION, PetitionKind.PROPOSAL

OTHER_SORTS = (
    (COMPLAINT, PROPOSAL),
    (COMPLAINT, DENUNCIATION),
    (FEEDBACK, COMPLAINT),
    (PROPOSAL, DENUNCIATION),
    (DENUNCIATION, COMPLAINT),
)


def of_kind(kind: PetitionKind, petition: UUID = PETITION) -> Draft:
    return fact(PetitionReceived, CAM_LY, petition, kind=kind)


def in_a_case(kind: PetitionKind) -> tuple[Draft, ...]:
    opened = fact(CaseOpened, CAM_LY, kind=kind)
    return of_kind(kind), fact(PetitionTakenUp, CAM_LY), opened, fact(PetitionLinked, CAM_LY)


@pytest.mark.parametrize(("kind", "other"), OTHER_SORTS)
def test_in_a_case_a_petition_keeps_the_limit_by_which_it_is_settled(
    kind: PetitionKind, other: PetitionKind
) -> None:
    world = given(*in_a_case(kind)).when(classify(kind=other), by=CLERK)
    world.then_refused(PetitionInCase, pointer="/kind")


def test_in_a_case_what_is_only_answered_may_be_sorted_anew() -> None:
    world = given(*in_a_case(FEEDBACK)).when(classify(kind=PROPOSAL), by=CLERK)
    world.then(fact(PetitionClassified, CAM_LY, kind=PROPOSAL))


def test_one_that_lost_its_sort_in_a_case_before_that_was_refused_may_have_it_again() -> None:
    lost = fact(PetitionClassified, CAM_LY, kind=FEEDBACK)
    world = given(*in_a_case(COMPLAINT), lost).when(classify(kind=COMPLAINT), by=CLERK)
    world.then(fact(PetitionClassified, CAM_LY, kind=COMPLAINT))


@pytest.mark.parametrize(("kind", "other"), OTHER_SORTS)
def test_nothing_is_linked_to_a_case_that_is_settled_by_another_limit(
    kind: PetitionKind, other: PetitionKind
) -> None:
    world = given(*in_a_case(kind), of_kind(other, OTHER_PETITION)).when(LINK, by=HEAD)
    world.then_refused(AnotherMatter, pointer="/petition_id")


def test_a_complaint_is_not_joined_to_feedback_that_was_answered_already() -> None:
    complaint = of_kind(COMPLAINT, OTHER_PETITION)
    world = given(*in_a_case(FEEDBACK), fact(DecisionIssued, CAM_LY), complaint)
    world.when(LINK, by=HEAD).then_refused(AnotherMatter, pointer="/petition_id")


def test_nothing_is_joined_to_a_case_that_was_decided_without_it() -> None:
    later = of_kind(COMPLAINT, OTHER_PETITION)
    world = given(*in_a_case(COMPLAINT), fact(DecisionIssued, CAM_LY), later)
    world.when(LINK, by=HEAD).then_refused(AlreadyDecided, pointer="/petition_id")


def test_what_is_only_answered_is_answered_together() -> None:
    received = (of_kind(FEEDBACK), of_kind(PROPOSAL, OTHER_PETITION))
    given(*received).when(OPENING, by=HEAD).when(LINK, by=HEAD).then(
        fact(PetitionLinked, CAM_LY, petition_id=OTHER_PETITION),
        fact(PetitionTakenUp, CAM_LY, OTHER_PETITION),
    )
