"""An operator's replay is on record for an office that stands, whatever became of the others."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.codes import AccessPurpose, PetitionKind
from domain.days import day_of
from domain.errors import NotFound
from domain.events.access import HistoryReplayed
from domain.events.case import CaseClosed, CaseOpened
from domain.events.gathering import GatheringDispersed, GatheringReported
from domain.events.petition import CitizenGuided, PetitionReceived, PetitionReturned
from domain.events.return_mission import ReturnOfficerDispatched, ReturnRequested
from domain.homes import OfficesOn
from domain.refusals.rehoming import NobodyAnswers
from domain.streams import access_stream
from services.on_record import OPERATOR, put_on_record
from services.telling import read_until, tell
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    HANOI,
    LUC_NAM,
    MORNING,
    NGHIA_PHUONG,
    PETITION,
    VOI,
    Draft,
    fact,
)
from tests.domain.after_the_reform import NEW_CAM_LY, after_the_reform, with_heir
from tests.domain.custody_facts import OFFERED, RECEIVED, offered
from tests.domain.petition_rehoming import SYSTEM, rehome
from tests.scenario import Scenario, given

CHECK = AccessPurpose.RESPONSIBILITY_CHECK
CLOSED = (fact(CaseOpened, LUC_NAM), fact(CaseClosed, LUC_NAM))
GUIDED = (RECEIVED, fact(CitizenGuided, CAM_LY))
ABOUT_VOI = fact(PetitionReceived, CAM_LY, accused_office=VOI)
CROWD = (fact(GatheringReported, LUC_NAM, must_come=()), fact(GatheringDispersed, LUC_NAM))
RETURN = (fact(ReturnRequested, LUC_NAM), fact(ReturnOfficerDispatched, CAM_LY))
IN_MAY = (MORNING + timedelta(seconds=30)).isoformat()


def replayed(world: Scenario, subject: UUID = PETITION, at: str | None = None) -> tuple[str, int]:
    """For which office a replay is on record, and how many facts it told."""
    facts, until = read_until(world.store, subject, at)
    told, today = tell(subject, facts, until=until), day_of(world.clock.now())
    tree = OfficesOn(world.directory, today)
    put_on_record(told, CHECK, world.store, world.casework, tree)
    newest = world.store.load(access_stream(subject))[-1]
    assert isinstance(newest, HistoryReplayed)
    assert (newest.actor, newest.subject, newest.purpose) == (OPERATOR, subject, CHECK)
    assert newest.at_position == told.position
    return newest.office, len(told.facts)


def test_a_file_is_replayed_for_the_office_in_charge_whoever_acted_last() -> None:
    returned = (*OFFERED, fact(PetitionReturned, LUC_NAM))
    assert replayed(given(*returned)) == (CAM_LY, 3)


def test_a_denunciation_is_replayed_after_an_office_outside_gave_it_back() -> None:
    denounced = fact(PetitionReceived, CAM_LY, kind=PetitionKind.DENUNCIATION)
    world = given(denounced, offered(VOI), fact(PetitionReturned, VOI))
    assert replayed(world) == (CAM_LY, 3)


@pytest.mark.parametrize("at", [None, IN_MAY, "1"])
@pytest.mark.parametrize(
    ("drafts", "office"),
    [
        (GUIDED, NEW_CAM_LY),
        (CLOSED, BAC_GIANG),
        (CROWD, BAC_GIANG),
        (RETURN, NEW_CAM_LY),
        ((ABOUT_VOI, fact(CitizenGuided, CAM_LY)), BAC_GIANG),
    ],
)
def test_the_file_of_an_abolished_office_is_replayed_for_who_stands_in_its_place(
    drafts: tuple[Draft, ...], office: str, at: str | None
) -> None:
    told = len(drafts) if at is None else 1
    assert replayed(after_the_reform(*drafts), drafts[0].stream, at) == (office, told)


@pytest.mark.parametrize("at", [None, IN_MAY, "1"])
@pytest.mark.parametrize(("was", "now"), [(CAM_LY, NEW_CAM_LY), (NGHIA_PHUONG, BAC_GIANG)])
def test_a_file_just_taken_over_is_replayed_for_who_has_it_now(
    was: str, now: str, at: str | None
) -> None:
    world = after_the_reform(fact(PetitionReceived, was)).when(rehome(was), by=SYSTEM)
    assert replayed(world, at=at) == (now, 2 if at is None else 1)


def test_a_file_that_nobody_answers_for_is_replayed_once_an_heir_is_named() -> None:
    world = after_the_reform(fact(PetitionReceived, HANOI))
    with pytest.raises(NobodyAnswers):
        replayed(world)
    world.directory = with_heir(HANOI, BAC_GIANG)
    assert replayed(world) == (BAC_GIANG, 1)


def test_what_was_never_recorded_is_not_replayed() -> None:
    with pytest.raises(NotFound):
        replayed(given(), PETITION)
