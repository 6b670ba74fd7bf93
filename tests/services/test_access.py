"""Who may do what, who may read what; every permission has its refused twin."""

from dataclasses import fields
from typing import Any
from uuid import uuid5

import pytest

from domain.codes import PetitionKind, Role
from domain.commands import access as reading
from domain.commands.base import Command
from domain.commands.review import AskReview
from domain.events.case import CaseEscalated, CaseOpened
from domain.events.gathering import GatheringReported
from domain.events.petition import (
    PetitionAccepted,
    PetitionClassified,
    PetitionReceived,
)
from domain.events.return_mission import ReturnRequested
from domain.values import Officer, TextRef
from services.access import (
    ALLOWED,
    RoleMayNot,
    may,
)
from services.casework.handlers import HANDLERS
from services.circles import circle_of, load_dossier
from services.sight import Circle, may_see
from tests.builders import (
    BAC_GIANG,
    BOARD,
    CAM_LY,
    HANOI,
    LAND_OFFICE,
    LANG_GIANG,
    LUC_NAM,
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
from tests.scenario import given
from tests.services.test_texts import COMMANDS

NAME = TextRef("name", uuid5(NAMES, "name"), "cd" * 32)
WITH_NAME = fact(PetitionReceived, CAM_LY, texts=(TEXT, NAME))
PLAIN = Circle(holders=frozenset({CAM_LY}), told=frozenset({LUC_NAM}))

BLANK: dict[str, Any] = {"texts": {}, "day": MAY}


def any_of(command: type[Command]) -> Command:
    """A command of a type whose content does not matter: its role is looked at first."""
    blank = {field.name: BLANK.get(field.name, PETITION) for field in fields(command)}
    return command(**blank)


def test_every_command_has_a_handler_and_somebody_who_may_give_it() -> None:
    assert set(COMMANDS) == set(ALLOWED) == set(HANDLERS)
    assert all(ALLOWED.values())


REFUSED = [(command, role) for command in ALLOWED for role in Role if role not in ALLOWED[command]]
PERMITTED = [(command, role) for command in ALLOWED for role in Role if role in ALLOWED[command]]


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
    kept = ("directory", "calendar")
    tree = {command for command in ALLOWED if command.__module__.endswith(kept)}
    homes = {command for command in ALLOWED if command.__module__.endswith("rehoming")}
    asked = {AskReview} if role is Role.SYSTEM else set()
    moved = {command for command in ALLOWED if may(command, role)}
    assert moved <= readings | tree | homes | asked


def test_the_system_takes_work_to_its_heir_and_a_person_decides_between_heirs() -> None:
    homes = {command for command in ALLOWED if command.__module__.endswith("rehoming")}
    asked = {command for command in homes if may(command, Role.SYSTEM)}
    assert {command.__name__ for command in asked} == {
        "RehomePetition", "RehomeCase", "RehomeGathering", "RehomeReturnMission",
    }  # fmt: skip
    deciders = {role for role in Role for command in homes - asked if may(command, role)}
    assert deciders == {Role.OFFICE_HEAD, Role.LEADER, Role.ADMIN}
    assert not any(may(command, role) for command in asked for role in Role if role != Role.SYSTEM)


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
    assert not sees(head(CAM_LY), circle(*moved))


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
    assert not sees(head(CAM_LY), circle(*moved))


def test_a_denunciation_sorted_anew_is_seen_by_no_more_offices_than_before() -> None:
    anew = fact(PetitionClassified, CAM_LY, kind=PetitionKind.FEEDBACK)
    moved = circle(DENOUNCED, anew, *OFFERED[1:], fact(PetitionAccepted, LUC_NAM))
    assert sees(officer(LUC_NAM), moved)
    assert sees(head(BAC_GIANG), moved)
    assert not any(sees(reader, moved) for reader in (head(CAM_LY), officer(BAC_GIANG)))


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
