"""Who may do what, who may read what; every permission has its refused twin."""

from dataclasses import fields
from typing import Any
from uuid import uuid5

import pytest

from domain.codes import AccessPurpose, PetitionKind, Role
from domain.commands import access as reading
from domain.commands.access import OpenText, ReplayHistory
from domain.commands.base import Command
from domain.commands.petition import IDENTITY_FIELDS
from domain.errors import NotFound
from domain.events.access import HistoryReplayed, TextOpened
from domain.events.case import CaseEscalated, CaseOpened
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
from services.access import (
    ALLOWED,
    Circle,
    DenouncerProtected,
    RoleMayNot,
    TextNotForReader,
    may,
    may_open_text,
    may_replay,
    may_see,
)
from services.casework.handlers import HANDLERS
from services.circles import circle_of, load_dossier
from tests.builders import (
    BAC_GIANG,
    BOARD,
    CAM_LY,
    CASE,
    GATHERING,
    HANOI,
    LAND_OFFICE,
    LANG_GIANG,
    LUC_NAM,
    MISSION,
    NAMES,
    NGHIA_PHUONG,
    PETITION,
    TEXT,
    VOI,
    Draft,
    fact,
    head,
    officer,
)
from tests.domain.custody_facts import DISPUTED, OFFERED, RECEIVED
from tests.domain.directory_facts import LITTLE_COUNTRY, MAY
from tests.scenario import Scenario, given
from tests.services.test_texts import COMMANDS

NAME = TextRef("name", uuid5(NAMES, "name"), "cd" * 32)
WITH_NAME = fact(PetitionReceived, CAM_LY, texts=(TEXT, NAME))
PLAIN = Circle(holders=frozenset({CAM_LY}), told=frozenset({LUC_NAM}))

BLANK: dict[str, Any] = {"texts": {}}


def any_of(command: type[Command]) -> Command:
    """A command of a type whose content does not matter: its role is looked at first."""
    blank = {field.name: BLANK.get(field.name, PETITION) for field in fields(command)}
    return command(**blank)


def test_every_command_has_a_handler_and_somebody_who_may_give_it() -> None:
    assert set(COMMANDS) == set(ALLOWED) == set(HANDLERS)
    assert all(ALLOWED.values())


REFUSED = [(command, role) for command in ALLOWED for role in Role if role not in ALLOWED[command]]
PERMITTED = [(command, role) for command in ALLOWED for role in ALLOWED[command]]


@pytest.mark.parametrize(
    ("command", "role"), REFUSED, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_role_outside_the_table_is_refused(command: type[Command], role: Role) -> None:
    world = given(WITH_NAME).when(any_of(command), by=officer(CAM_LY, role))
    world.then_refused(RoleMayNot)


@pytest.mark.parametrize(
    ("command", "role"), PERMITTED, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_role_in_the_table_may(command: type[Command], role: Role) -> None:
    assert may(command, role)


def test_a_command_outside_the_table_nobody_gives() -> None:
    class Unheard(Command):
        """Not in the table."""

    assert not any(may(Unheard, role) for role in Role)


@pytest.mark.parametrize("role", [Role.MONITOR, Role.AUDITOR, Role.ADMIN, Role.SYSTEM])
def test_who_only_watches_or_keeps_the_house_moves_nothing(role: Role) -> None:
    readings = {reading.OpenText, reading.ReplayHistory}
    tree = {command for command in ALLOWED if command.__module__.endswith("directory")}
    assert {command for command in ALLOWED if may(command, role)} <= readings | tree


def test_a_clerk_neither_decides_nor_directs() -> None:
    named = {command.__name__ for command in ALLOWED if may(command, Role.CLERK)}
    heads = {"DecideCompetence", "IssueDirection", "IssueDecision", "CloseCase", "ReceiveCrowd"}
    assert not named & heads


def sees(reader: Officer, circle: Circle) -> bool:
    return may_see(reader, circle, LITTLE_COUNTRY, MAY)


def circle(*drafts: Draft) -> Circle:
    """The circle of the usual dossier after these facts."""
    dossier, _ = load_dossier(given(*drafts).store, drafts[-1].stream)
    return circle_of(dossier, LITTLE_COUNTRY, MAY)


@pytest.mark.parametrize("office", [CAM_LY, LUC_NAM, BAC_GIANG])
def test_the_holder_and_those_above_see_a_petition(office: str) -> None:
    assert sees(officer(office), circle(RECEIVED))


@pytest.mark.parametrize("office", [NGHIA_PHUONG, LANG_GIANG, VOI, HANOI, LAND_OFFICE, BOARD])
def test_no_other_office_sees_it(office: str) -> None:
    assert not sees(officer(office), circle(RECEIVED))


def test_the_office_it_is_offered_to_sees_it() -> None:
    assert sees(officer(LUC_NAM), circle(*OFFERED))


def test_a_former_holder_sees_what_became_of_it() -> None:
    moved = (*OFFERED, fact(PetitionAccepted, LUC_NAM))
    assert sees(officer(CAM_LY), circle(*moved))


def test_the_superior_who_must_decide_sees_it() -> None:
    assert sees(officer(BAC_GIANG), circle(*DISPUTED))


def test_the_office_it_is_about_does_not_see_it_even_from_above() -> None:
    about = circle(fact(PetitionReceived, CAM_LY, accused_office=LUC_NAM))
    assert not sees(head(LUC_NAM), about)
    assert not sees(officer(LUC_NAM, Role.AUDITOR), about)
    assert sees(head(BAC_GIANG), about)


def test_the_office_it_is_about_sees_what_it_took_in_itself_until_it_is_gone() -> None:
    about = fact(PetitionReceived, CAM_LY, accused_office=CAM_LY)
    assert sees(officer(CAM_LY), circle(about))
    moved = (about, *OFFERED[1:], fact(PetitionAccepted, LUC_NAM))
    assert not sees(officer(CAM_LY), circle(*moved))


DENOUNCED = fact(PetitionReceived, CAM_LY, kind=PetitionKind.DENUNCIATION, texts=(TEXT, NAME))


@pytest.mark.parametrize("role", [Role.CLERK, Role.HANDLER, Role.MONITOR])
def test_above_its_holder_only_heads_and_auditors_see_a_denunciation(role: Role) -> None:
    assert sees(officer(CAM_LY, role), circle(DENOUNCED))
    assert not sees(officer(LUC_NAM, role), circle(DENOUNCED))
    assert sees(head(LUC_NAM), circle(DENOUNCED))
    assert sees(officer(LUC_NAM, Role.AUDITOR), circle(DENOUNCED))


def test_a_former_holder_of_a_denunciation_sees_it_no_longer() -> None:
    moved = (DENOUNCED, *OFFERED[1:], fact(PetitionAccepted, LUC_NAM))
    assert not sees(officer(CAM_LY), circle(*moved))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MONITOR])
def test_who_watches_a_territory_sees_what_lies_in_it(role: Role) -> None:
    assert sees(officer(BOARD, role), circle(RECEIVED))
    assert not sees(officer(HANOI, role), circle(RECEIVED))
    assert not sees(officer("ubnd-99999-20250101", role), circle(RECEIVED))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SYSTEM])
def test_who_keeps_the_house_reads_no_dossier(role: Role) -> None:
    assert not sees(officer(CAM_LY, role), PLAIN)


def test_a_case_is_seen_by_who_was_told_and_by_nobody_beside() -> None:
    escalated = circle(fact(CaseOpened, CAM_LY), fact(CaseEscalated, CAM_LY))
    assert sees(officer(LUC_NAM), escalated)
    assert not sees(officer(NGHIA_PHUONG), escalated)


def test_a_gathering_is_seen_up_both_lines() -> None:
    crowd = circle(fact(GatheringReported, LUC_NAM))
    assert all(sees(officer(office), crowd) for office in (LUC_NAM, CAM_LY, BAC_GIANG))
    assert not sees(officer(VOI), crowd)


def test_a_return_mission_is_seen_by_who_asked_who_leads_and_who_receives() -> None:
    mission = circle(fact(GatheringReported, LUC_NAM), fact(ReturnRequested, LUC_NAM))
    assert all(sees(officer(office), mission) for office in (LUC_NAM, CAM_LY, BAC_GIANG))
    assert not sees(officer(VOI), mission)


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
