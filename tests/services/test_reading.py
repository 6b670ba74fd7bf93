"""Opening a protected text and replaying a history are acts, and on record."""

from uuid import uuid5

import pytest

from domain.codes import AccessPurpose, PetitionKind, Role
from domain.commands.access import OpenText, ReplayHistory
from domain.commands.petition import IDENTITY_FIELDS
from domain.errors import NotFound
from domain.events.access import HistoryReplayed, TextOpened
from domain.events.case import CaseOpened
from domain.events.gathering import GatheringReported
from domain.events.petition import (
    CitizenGuided,
    PetitionAccepted,
    PetitionClassified,
    PetitionReceived,
)
from domain.events.return_mission import ReturnRequested
from domain.streams import access_stream
from domain.values import Officer, TextRef
from services.sight import Circle, DenouncerProtected, TextNotForReader, may_open_text, may_replay
from tests.builders import (
    BAC_GIANG,
    BOARD,
    CAM_LY,
    CASE,
    GATHERING,
    LUC_NAM,
    MISSION,
    NAMES,
    PETITION,
    TEXT,
    VOI,
    Draft,
    fact,
    head,
    officer,
)
from tests.domain.custody_facts import OFFERED, RECEIVED
from tests.domain.directory_facts import LITTLE_COUNTRY, MAY
from tests.scenario import Scenario, given
from tests.services.test_access import DENOUNCED, NAME, PLAIN, WITH_NAME, circle, sees


def open_text(ref: TextRef = TEXT, purpose: AccessPurpose = AccessPurpose.HANDLING) -> OpenText:
    return OpenText(subject=PETITION, entry=ref.entry, field=ref.field, purpose=purpose)


CHECK = AccessPurpose.RESPONSIBILITY_CHECK
REPLAY = ReplayHistory(subject=PETITION, at_position=1, purpose=CHECK)


def test_opening_a_text_is_itself_recorded_beside_the_dossier() -> None:
    world = given(WITH_NAME).when(open_text(NAME), by=officer(CAM_LY))
    log = access_stream(PETITION)
    world.then(fact(TextOpened, CAM_LY, log, subject=PETITION, entry=NAME.entry, field="name"))
    assert world.outcome is not None
    assert world.outcome.subject == log
    assert world.outcome.lane >= 12
    assert world.store.last_version(PETITION) == 1


def test_every_opening_is_recorded() -> None:
    world = given(WITH_NAME)
    for _ in range(3):
        world.when(open_text(), by=officer(CAM_LY))
    assert world.store.last_version(access_stream(PETITION)) == 3


def test_an_office_outside_learns_nothing() -> None:
    given(WITH_NAME).when(open_text(), by=officer(VOI)).then_refused(NotFound)
    given().when(open_text(), by=officer(CAM_LY)).then_refused(NotFound)


def test_only_a_text_that_a_fact_of_this_dossier_names_is_opened() -> None:
    other = TextRef("name", uuid5(NAMES, "of another"), "")
    given(WITH_NAME).when(open_text(other), by=officer(CAM_LY)).then_refused(NotFound)
    as_another = TextRef("summary", TEXT.entry, "")
    given(WITH_NAME).when(open_text(as_another), by=officer(CAM_LY)).then_refused(NotFound)


def test_a_superior_who_was_not_told_sees_the_file_and_opens_no_text() -> None:
    given(WITH_NAME).when(open_text(), by=head(LUC_NAM)).then_refused(TextNotForReader)


def test_who_was_told_opens_what_it_is_about_but_not_who_the_citizen_is() -> None:
    moved = (WITH_NAME, *OFFERED[1:], fact(PetitionAccepted, LUC_NAM))
    given(*moved).when(open_text(), by=officer(CAM_LY)).then(
        fact(TextOpened, CAM_LY, access_stream(PETITION))
    )
    given(*moved).when(open_text(NAME), by=officer(CAM_LY)).then_refused(TextNotForReader)


def test_an_auditor_opens_what_a_check_needs_and_nothing_out_of_interest() -> None:
    auditor = officer(BOARD, Role.AUDITOR)
    given(WITH_NAME).when(open_text(), by=auditor).then_refused(TextNotForReader)
    given(WITH_NAME).when(open_text(purpose=CHECK), by=auditor).then(
        fact(TextOpened, BOARD, access_stream(PETITION), purpose=CHECK)
    )


@pytest.mark.parametrize("reader", [officer(CAM_LY), head(CAM_LY), officer(BOARD, Role.AUDITOR)])
@pytest.mark.parametrize("purpose", AccessPurpose)
def test_nobody_alone_opens_who_denounced(reader: Officer, purpose: AccessPurpose) -> None:
    world = given(DENOUNCED).when(open_text(NAME, purpose), by=reader)
    world.then_refused(DenouncerProtected)


def test_a_petition_found_to_be_a_denunciation_protects_its_sender_from_then_on() -> None:
    found = fact(PetitionClassified, CAM_LY, kind=PetitionKind.DENUNCIATION)
    world = given(WITH_NAME, found).when(open_text(NAME), by=officer(CAM_LY))
    world.then_refused(DenouncerProtected)


FOUND_TO_BE_ONE = fact(PetitionClassified, CAM_LY, kind=PetitionKind.DENUNCIATION)
SORTED_ANEW = fact(PetitionClassified, CAM_LY, kind=PetitionKind.COMPLAINT)


@pytest.mark.parametrize("first", [(WITH_NAME, FOUND_TO_BE_ONE), (DENOUNCED,)])
def test_sorting_a_denunciation_anew_shows_its_sender_to_nobody(first: tuple[Draft, ...]) -> None:
    world = given(*first, SORTED_ANEW)
    world.when(open_text(NAME), by=officer(CAM_LY)).then_refused(DenouncerProtected)
    world.when(open_text(), by=officer(CAM_LY)).then(
        fact(TextOpened, CAM_LY, access_stream(PETITION), entry=TEXT.entry)
    )
    later = given(*first, SORTED_ANEW, *OFFERED[1:], fact(PetitionAccepted, LUC_NAM))
    later.when(open_text(NAME), by=officer(LUC_NAM)).then_refused(DenouncerProtected)


@pytest.mark.parametrize("field", sorted(IDENTITY_FIELDS))
def test_every_field_that_tells_who_somebody_is_counts_as_identity(field: str) -> None:
    ask = OpenText(subject=PETITION, entry=NAME.entry, field=field, purpose=AccessPurpose.HANDLING)
    denounced = Circle(frozenset({CAM_LY}), denunciation=True)
    assert not may_open_text(ask, officer(CAM_LY), denounced, LITTLE_COUNTRY, MAY)
    assert may_open_text(ask, officer(CAM_LY), PLAIN, LITTLE_COUNTRY, MAY)
    assert not may_open_text(ask, officer(LUC_NAM), PLAIN, LITTLE_COUNTRY, MAY)
    assert not may_open_text(ask, officer(CAM_LY, Role.MONITOR), PLAIN, LITTLE_COUNTRY, MAY)


def test_a_replay_is_recorded_too() -> None:
    given(RECEIVED).when(REPLAY, by=officer(BOARD, Role.AUDITOR)).then(
        fact(HistoryReplayed, BOARD, access_stream(PETITION), at_position=1, purpose=CHECK)
    )


def test_nobody_replays_what_it_may_not_see() -> None:
    given(RECEIVED).when(REPLAY, by=head(VOI)).then_refused(NotFound)
    about = fact(PetitionReceived, CAM_LY, accused_office=LUC_NAM)
    given(about).when(REPLAY, by=head(LUC_NAM)).then_refused(NotFound)


@pytest.mark.parametrize(
    ("reader", "allowed"),
    [
        (officer(CAM_LY, Role.HANDLER), True),
        (officer(CAM_LY, Role.CLERK), False),
        (head(LUC_NAM), True),
        (officer(BOARD, Role.AUDITOR), True),
        (officer(BOARD, Role.MONITOR), False),
        (head(VOI), False),
    ],
)
def test_a_replay_is_for_who_settles_leads_or_audits(reader: Officer, allowed: bool) -> None:
    assert may_replay(reader, PLAIN, LITTLE_COUNTRY, MAY) is allowed


@pytest.mark.parametrize(
    "drafts",
    [
        (RECEIVED,),
        (fact(CaseOpened, CAM_LY),),
        (fact(GatheringReported, LUC_NAM),),
        (fact(GatheringReported, LUC_NAM), fact(ReturnRequested, LUC_NAM)),
    ],
)
def test_every_kind_of_dossier_can_be_replayed(drafts: tuple[Draft, ...]) -> None:
    stream = drafts[-1].stream
    assert stream in (PETITION, CASE, GATHERING, MISSION)
    ask = ReplayHistory(subject=stream, at_position=1, purpose=CHECK)
    world = given(*drafts).when(ask, by=head(BAC_GIANG))
    world.then(fact(HistoryReplayed, BAC_GIANG, access_stream(stream), subject=stream))


def test_a_guided_petition_keeps_its_circle() -> None:
    assert sees(officer(CAM_LY), circle(RECEIVED, fact(CitizenGuided, CAM_LY)))


def test_no_refusal_names_what_it_protects() -> None:
    world: Scenario = given(DENOUNCED).when(open_text(NAME), by=officer(CAM_LY))
    assert world.refusal is not None
    assert str(NAME.entry) not in str(world.refusal)
