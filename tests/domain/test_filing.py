"""How a petition was filed: in time, again, and where it must be checked."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.bounds import DateInFuture
from domain.case import Case
from domain.codes import CheckGround, Contested, Instance, PetitionKind
from domain.commands.base import Command
from domain.commands.case import OpenCase
from domain.commands.filing import DateFiling, NameFurther, WidenCheck
from domain.commands.settlement import NameContested
from domain.errors import Refusal
from domain.events.case import CaseOpened, PetitionLinked
from domain.events.filing import CheckWidened, FilingDated, FurtherDenounced
from domain.events.petition import PetitionAccepted, PetitionReceived, PetitionTakenUp
from domain.events.petition import PetitionTransferred as Transferred
from domain.events.settlement import CaseContestedNamed, CaseInstanceNamed
from domain.law.happened import Happened, happened
from domain.law.timeline import Timeline
from domain.refusals.directory import MalformedBasis
from domain.refusals.filing import NotAComplaint, NotADenunciation, ObstacleOutOfOrder
from domain.refusals.petition import NotInCharge, PetitionInCase
from domain.refusals.settlement import AlreadySo
from tests.builders import CAM_LY, CASE, LUC_NAM, PETITION, Draft, fact, head, in_order
from tests.scenario import given

HEAD = head(CAM_LY)
TODAY = date(2025, 5, 5)
COMPLAINT = fact(PetitionReceived, CAM_LY, kind=PetitionKind.COMPLAINT)
DENUNCIATION = fact(PetitionReceived, CAM_LY, kind=PetitionKind.DENUNCIATION)
WIDEN = WidenCheck(petition_id=PETITION, ground=CheckGround.SEVERAL_PLACES)
FURTHER = NameFurther(petition_id=PETITION, basis="15/KL-UBND")


def dated(**more: Any) -> DateFiling:
    return DateFiling(**{
        "petition_id": PETITION, "contested": Contested.DISMISSAL, "instance": Instance.SECOND,
        "known_on": date(2025, 4, 7), **more,
    })  # fmt: skip


def told(*drafts: Draft) -> Timeline:
    found = happened(in_order(*drafts), by=TODAY, known=TODAY)
    assert isinstance(found, Happened)
    return found.timeline


def test_a_denunciation_is_checked_in_several_places_and_made_again() -> None:
    world = given(DENUNCIATION).when(WIDEN, by=HEAD)
    world.then(fact(CheckWidened, CAM_LY, ground=CheckGround.SEVERAL_PLACES))
    world.when(WIDEN, by=HEAD).then_refused(AlreadySo, pointer="/ground")
    delegated = WidenCheck(petition_id=PETITION, ground=CheckGround.DELEGATED)
    world.when(delegated, by=HEAD).then(fact(CheckWidened, CAM_LY, ground=CheckGround.DELEGATED))
    world.when(FURTHER, by=HEAD).then(fact(FurtherDenounced, CAM_LY, basis="15/KL-UBND"))
    world.when(FURTHER, by=HEAD).then_refused(AlreadySo, pointer="/basis")


def test_who_takes_a_denunciation_over_checks_anew() -> None:
    widened = (DENUNCIATION, fact(CheckWidened, CAM_LY))
    assert told(*widened).several_places
    taken_over = (*widened, fact(Transferred, CAM_LY), fact(PetitionAccepted, LUC_NAM))
    assert not told(*taken_over).several_places
    given(*taken_over).when(WIDEN, by=head(LUC_NAM)).then(fact(CheckWidened, LUC_NAM))


def test_the_days_by_which_a_complaint_came_in_time_are_noted_and_corrected() -> None:
    hindered = dated(obstacle_from=date(2025, 4, 10), obstacle_until=date(2025, 4, 12))
    world = given(COMPLAINT).when(dated(), by=HEAD).then(fact(FilingDated, CAM_LY,
        contested=Contested.DISMISSAL, instance=Instance.SECOND, known_on=date(2025, 4, 7),
        remote=False, obstacle_from=None, obstacle_until=None))  # fmt: skip
    world.when(dated(), by=HEAD).then_refused(AlreadySo)
    world.when(hindered, by=HEAD)
    world.then(fact(FilingDated, CAM_LY, obstacle_until=date(2025, 4, 12)))


def test_a_case_begins_as_what_the_complaint_is_about_and_for_which_time() -> None:
    noted = fact(FilingDated, CAM_LY, contested=Contested.DISMISSAL, instance=Instance.SECOND)
    opening = OpenCase(case_id=CASE, petition_id=PETITION)
    world = given(COMPLAINT, noted).when(opening, by=HEAD)
    world.then(
        fact(CaseOpened, CAM_LY),
        fact(PetitionLinked, CAM_LY),
        fact(CaseInstanceNamed, CAM_LY, instance=Instance.SECOND),
        fact(CaseContestedNamed, CAM_LY, contested=Contested.DISMISSAL),
        fact(PetitionTakenUp, CAM_LY),
    )
    timeline = Case.replay(CASE, world.store.load(CASE)).timeline
    assert (timeline.instance, timeline.contested) == (Instance.SECOND, Contested.DISMISSAL)
    world.when(NameContested(case_id=CASE, contested=Contested.ACT), by=HEAD)
    world.then(fact(CaseContestedNamed, CAM_LY, contested=Contested.ACT))
    world.when(NameContested(case_id=CASE, contested=Contested.ACT), by=HEAD)
    world.then_refused(AlreadySo, pointer="/contested")


REFUSED: tuple[tuple[Command, tuple[Draft, ...], type[Refusal], str | None], ...] = (
    (WIDEN, (COMPLAINT,), NotADenunciation, None),
    (FURTHER, (COMPLAINT,), NotADenunciation, None),
    (dated(), (DENUNCIATION,), NotAComplaint, None),
    (NameFurther(petition_id=PETITION, basis="ông A"), (DENUNCIATION,), MalformedBasis, "/basis"),
    (dated(), (COMPLAINT, fact(PetitionTakenUp, CAM_LY)), PetitionInCase, None),
    (dated(known_on=date(2025, 5, 6)), (COMPLAINT,), DateInFuture, "/known_on"),
    (
        dated(obstacle_from=date(2025, 4, 10)), (COMPLAINT,),
        ObstacleOutOfOrder, "/obstacle_until",
    ),
    (
        dated(obstacle_from=date(2025, 4, 6), obstacle_until=date(2025, 4, 8)), (COMPLAINT,),
        ObstacleOutOfOrder, "/obstacle_from",
    ),
    (
        dated(obstacle_from=date(2025, 4, 10), obstacle_until=date(2025, 5, 6)), (COMPLAINT,),
        ObstacleOutOfOrder, "/obstacle_from",
    ),
    (
        NameContested(case_id=CASE, contested=Contested.DISCIPLINE),
        (DENUNCIATION, fact(PetitionTakenUp, CAM_LY),
            fact(CaseOpened, CAM_LY, kind=PetitionKind.DENUNCIATION), fact(PetitionLinked, CAM_LY)),
        NotAComplaint, None,
    ),
)  # fmt: skip


@pytest.mark.parametrize(("command", "before", "refusal", "pointer"), REFUSED)
def test_what_does_not_fit_is_not_noted(
    command: Command, before: tuple[Draft, ...], refusal: type[Refusal], pointer: str | None
) -> None:
    given(*before).when(command, by=HEAD).then_refused(refusal, pointer=pointer)


@pytest.mark.parametrize("command", [WIDEN, FURTHER])
def test_only_who_answers_for_it_notes_anything(command: Command) -> None:
    given(DENUNCIATION).when(command, by=head(LUC_NAM)).then_refused(NotInCharge)


def test_the_file_tells_its_clocks_what_was_noted() -> None:
    noted = fact(FilingDated, CAM_LY, contested=Contested.DISCIPLINE, known_on=date(2025, 4, 7),
        obstacle_from=date(2025, 4, 10), obstacle_until=date(2025, 4, 12))  # fmt: skip
    filed = told(COMPLAINT, noted)
    assert (filed.contested, filed.known_on) == (Contested.DISCIPLINE, date(2025, 4, 7))
    assert filed.instance is Instance.SECOND
    assert [(each.since, each.days) for each in filed.obstacles] == [(date(2025, 4, 9), 3)]
    assert told(DENUNCIATION, fact(FurtherDenounced, CAM_LY)).further


def test_a_later_note_is_known_from_its_own_day_on() -> None:
    late = fact(CheckWidened, CAM_LY, at=datetime(2025, 5, 6, 1, tzinfo=UTC))
    assert not told(DENUNCIATION, late).several_places


def test_an_obstacle_stored_without_a_beginning_begins_with_the_state() -> None:
    endless = fact(FilingDated, CAM_LY, obstacle_from=date.min, obstacle_until=TODAY)
    (rested,) = told(COMPLAINT, endless).obstacles
    assert not rested.rests_on(date(1945, 9, 1))
    assert rested.rests_on(date(1945, 9, 2))
    assert rested.rests_on(TODAY)
