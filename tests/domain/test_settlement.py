"""How long a case may take: marked, extended, suspended, continued."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.bounds import DateInFuture
from domain.codes import (
    ComplexGround,
    Contested,
    DecisionOutcome,
    Instance,
    PetitionKind,
    Role,
    SuspensionGround,
)
from domain.commands import settlement as ask
from domain.commands.base import Command
from domain.commands.case import IssueDecision
from domain.errors import Refusal
from domain.events import settlement as facts
from domain.events.case import CaseOpened, DecisionIssued, PetitionLinked
from domain.events.petition import PetitionReceived, PetitionTakenUp
from domain.refusals import settlement as refuse
from domain.refusals.case import NotHandling
from domain.refusals.directory import MalformedBasis
from services.access import RoleMayNot
from tests.builders import CAM_LY, CASE, LUC_NAM, Draft, fact, head, officer
from tests.scenario import Scenario, given

HEAD = head(CAM_LY)
MAY_5 = date(2025, 5, 5)
"""The day on which the given facts were recorded, and on which is asked."""

SITES, PEOPLE = ComplexGround.VERIFICATION_SITES, ComplexGround.MANY_PEOPLE


def opened(kind: PetitionKind) -> tuple[Draft, ...]:
    return (
        fact(PetitionReceived, CAM_LY, kind=kind),
        fact(PetitionTakenUp, CAM_LY),
        fact(CaseOpened, CAM_LY, kind=kind),
        fact(PetitionLinked, CAM_LY),
    )


COMPLAINT, DENUNCIATION = opened(PetitionKind.COMPLAINT), opened(PetitionKind.DENUNCIATION)
MARKED = fact(facts.CaseMarkedComplex, CAM_LY, grounds=(SITES,))
TWICE_MARKED = fact(facts.CaseMarkedComplex, CAM_LY, grounds=(SITES, PEOPLE))
EXTENDED = fact(facts.SettlementExtended, CAM_LY, grounds=(SITES,), decided_on=MAY_5)
SUSPENDED = fact(facts.CaseSuspended, CAM_LY, decided_on=MAY_5)
MARK = ask.MarkComplex(case_id=CASE, grounds=(PEOPLE, SITES, PEOPLE))
REMOTE = ask.MarkRemote(case_id=CASE, basis="582/QĐ-TTG")
SECOND = ask.NameInstance(case_id=CASE, instance=Instance.SECOND)
DISCIPLINE = ask.NameContested(case_id=CASE, contested=Contested.DISCIPLINE)


def extend(**more: Any) -> ask.ExtendSettlement:
    return ask.ExtendSettlement(**{
        "case_id": CASE, "decided_on": MAY_5, "basis": "12/QĐ-UBND", **more,
    })  # fmt: skip


def suspend(**more: Any) -> ask.SuspendCase:
    return ask.SuspendCase(**{
        "case_id": CASE, "decided_on": MAY_5, "basis": "13/QĐ-UBND",
        "ground": SuspensionGround.RELATED_RESULT, **more,
    })  # fmt: skip


def go_on(**more: Any) -> ask.ContinueCase:
    return ask.ContinueCase(**{
        "case_id": CASE, "decided_on": MAY_5, "basis": "14/QĐ-UBND", **more,
    })  # fmt: skip


def asked(command: Command, *before: Draft) -> Scenario:
    return given(*before).when(command, by=HEAD)


def test_a_case_is_complex_for_its_grounds_each_told_once() -> None:
    asked(MARK, *COMPLAINT).then(fact(facts.CaseMarkedComplex, CAM_LY, grounds=(SITES, PEOPLE)))


def test_marks_of_area_and_instance_are_recorded_and_taken_back() -> None:
    world = asked(REMOTE, *COMPLAINT).then(fact(facts.CaseMarkedRemote, CAM_LY))
    world.when(ask.UnmarkRemote(case_id=CASE), by=HEAD)
    world.then(fact(facts.CaseUnmarkedRemote, CAM_LY))
    world.when(SECOND, by=HEAD)
    world.then(fact(facts.CaseInstanceNamed, CAM_LY, instance=Instance.SECOND))


def test_a_complex_denunciation_is_extended_once_by_thirty_days() -> None:
    world = asked(extend(), *DENUNCIATION, MARKED)
    world.then(fact(facts.SettlementExtended, CAM_LY, step=1, grounds=(SITES,)))
    world.when(extend(), by=HEAD).then_refused(refuse.NoFurtherExtension)


def test_an_especially_complex_denunciation_is_extended_twice() -> None:
    world = asked(extend(), *DENUNCIATION, TWICE_MARKED)
    world.when(extend(), by=HEAD)
    world.then(fact(facts.SettlementExtended, CAM_LY, step=2, grounds=(SITES, PEOPLE)))
    world.when(extend(), by=HEAD).then_refused(refuse.NoFurtherExtension)


def test_a_limit_that_ended_is_not_extended() -> None:
    """Opened on 5 May: thirty days end on 4 June."""
    world = given(*DENUNCIATION, MARKED)
    world.clock.at = datetime(2025, 6, 20, 1, tzinfo=UTC)
    world.when(extend(decided_on=date(2025, 6, 5)), by=HEAD)
    world.then_refused(refuse.ExtendedTooLate, pointer="/decided_on")
    world.when(extend(decided_on=date(2025, 6, 4)), by=HEAD)
    world.then(fact(facts.SettlementExtended, CAM_LY, decided_on=date(2025, 6, 4)))


def test_a_denunciation_rests_and_goes_on() -> None:
    world = asked(suspend(), *DENUNCIATION).then(fact(facts.CaseSuspended, CAM_LY))
    world.when(go_on(), by=HEAD).then(fact(facts.CaseContinued, CAM_LY))
    world.when(suspend(), by=HEAD).then(fact(facts.CaseSuspended, CAM_LY))


def test_a_complaint_rests_only_under_the_law_of_july_2026() -> None:
    """Decree 155/2026 art. 12, 22: also one that was accepted before."""
    world = given(*COMPLAINT)
    world.clock.at = datetime(2026, 7, 2, 1, tzinfo=UTC)
    world.when(suspend(decided_on=date(2026, 6, 30)), by=HEAD)
    world.then_refused(refuse.SuspensionUnknown, pointer="/decided_on")
    world.when(suspend(decided_on=date(2026, 7, 1)), by=HEAD)
    world.then(fact(facts.CaseSuspended, CAM_LY, decided_on=date(2026, 7, 1)))


DECIDE = IssueDecision(case_id=CASE, outcome=DecisionOutcome.RIGHT, decided_on=MAY_5)

REFUSED: tuple[tuple[Command, tuple[Draft, ...], type[Refusal], str | None], ...] = (
    (ask.MarkComplex(case_id=CASE, grounds=()), COMPLAINT, refuse.GroundsNeeded, "/grounds"),
    (
        ask.MarkComplex(case_id=CASE, grounds=(SITES,)), (*COMPLAINT, MARKED),
        refuse.AlreadySo, "/grounds",
    ),
    (ask.UnmarkComplex(case_id=CASE), COMPLAINT, refuse.AlreadySo, None),
    (REMOTE, (*COMPLAINT, fact(facts.CaseMarkedRemote, CAM_LY)), refuse.AlreadySo, None),
    (ask.UnmarkRemote(case_id=CASE), COMPLAINT, refuse.AlreadySo, None),
    (ask.MarkRemote(case_id=CASE, basis="xã của ông A"), COMPLAINT, MalformedBasis, "/basis"),
    (
        ask.NameInstance(case_id=CASE, instance=Instance.FIRST), COMPLAINT,
        refuse.AlreadySo, "/instance",
    ),
    (extend(), (*COMPLAINT, MARKED), refuse.NotExtendable, None),
    (extend(), DENUNCIATION, refuse.NotExtendable, None),
    (extend(), (*DENUNCIATION, MARKED, SUSPENDED), refuse.SettlementRests, None),
    (extend(decided_on=date(2025, 5, 6)), (*DENUNCIATION, MARKED), DateInFuture, "/decided_on"),
    (extend(decided_on=date(2025, 5, 4)), (*DENUNCIATION, MARKED), refuse.OutOfOrder,
        "/decided_on"),
    (suspend(), COMPLAINT, refuse.SuspensionUnknown, "/decided_on"),
    (suspend(), (*DENUNCIATION, SUSPENDED), refuse.SettlementRests, None),
    (
        suspend(ground=SuspensionGround.OBSTACLE), DENUNCIATION,
        refuse.GroundUnknown, "/ground",
    ),
    (suspend(basis="vì bão"), DENUNCIATION, MalformedBasis, "/basis"),
    (go_on(), DENUNCIATION, refuse.NotSuspended, None),
    (DECIDE, (*DENUNCIATION, SUSPENDED), refuse.SettlementRests, None),
    (MARK, (*COMPLAINT, fact(DecisionIssued, CAM_LY)), refuse.AlreadySo, None),
)  # fmt: skip


@pytest.mark.parametrize(("command", "before", "error", "pointer"), REFUSED)
def test_what_the_file_or_the_law_does_not_allow_is_refused(
    command: Command, before: tuple[Draft, ...], error: type[Refusal], pointer: str | None
) -> None:
    asked(command, *before).then_refused(error, pointer=pointer)


@pytest.mark.parametrize(
    "command", [MARK, REMOTE, SECOND, DISCIPLINE, extend(), suspend(), go_on()]
)
def test_only_the_office_that_handles_it_says_so(command: Command) -> None:
    given(*DENUNCIATION).when(command, by=head(LUC_NAM)).then_refused(NotHandling)


@pytest.mark.parametrize("command", [MARK, extend(), suspend(), go_on()])
def test_a_handler_does_not_lengthen_the_time_a_case_takes(command: Command) -> None:
    handler = officer(CAM_LY, Role.HANDLER)
    given(*DENUNCIATION).when(command, by=handler).then_refused(RoleMayNot)
