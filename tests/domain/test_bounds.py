"""A mistyped year reaches no clock: every day of every act, and the act's own."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_type_hints

import pytest

from domain.bounds import FIRST_DAY, FURTHEST, DayOutOfReach, days_within_reach
from domain.codes import Contested, Instance, PetitionKind, Role, TransferGround
from domain.commands.base import Command
from domain.commands.case import IssueDirection
from domain.commands.directory import AbolishOffice, AbolishUnit, LeavePost
from domain.commands.filing import DateFiling
from domain.commands.petition import GuideCitizen, TransferPetition
from domain.commands.return_mission import ScheduleFollowUp
from domain.events.petition import PetitionReceived, PetitionTransferred
from domain.values import Officer
from services.casework.handlers import HANDLERS
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    CASE,
    LUC_NAM,
    MISSION,
    PETITION,
    fact,
    head,
    officer,
)
from tests.domain.custody_facts import RECEIVED
from tests.scenario import given

TODAY = date(2025, 5, 5)
ADMIN = officer(CAM_LY, Role.ADMIN)
DAYS = [
    (kind, field.name)
    for kind in HANDLERS
    for field in fields(kind)
    if date in getattr(get_type_hints(kind)[field.name], "__args__", ())
    or get_type_hints(kind)[field.name] is date
]


def transferred(reply_due: date) -> TransferPetition:
    return TransferPetition(
        petition_id=PETITION,
        to_office="218",
        ground=TransferGround.OTHER_LEVEL,
        papers=0,
        reply_due=reply_due,
    )


def filed(known_on: date, obstacle: date | None = None) -> DateFiling:
    return DateFiling(
        petition_id=PETITION, contested=Contested.ACT, instance=Instance.FIRST,
        known_on=known_on, obstacle_from=obstacle, obstacle_until=obstacle,
    )  # fmt: skip


BEYOND: dict[str, tuple[Command, Officer, str]] = {
    "reply": (transferred(date.max), head(CAM_LY), "/reply_due"),
    "a reply in another millennium": (transferred(date(9025, 5, 8)), head(CAM_LY), "/reply_due"),
    "direction": (
        IssueDirection(case_id=CASE, due=date.max), head(BAC_GIANG), "/due",
    ),
    "reception at home": (
        ScheduleFollowUp(mission_id=MISSION, on=date.max), head(CAM_LY), "/on",
    ),
    "known": (filed(date.min), head(CAM_LY), "/known_on"),
    "obstacle": (filed(TODAY, date.min), head(CAM_LY), "/obstacle_from"),
    "last day in a post": (
        LeavePost(office_id=CAM_LY, account="a", post=Role.CLERK, last_day=date.max),
        head(CAM_LY), "/last_day",
    ),
    "last day of an office": (
        AbolishOffice(office_id=CAM_LY, last_day=date.max, basis="1/NQ"), ADMIN, "/last_day",
    ),
    "last day of a unit": (
        AbolishUnit(unit_id="07519-20250101", last_day=date.max, basis="1/NQ"), ADMIN, "/last_day",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("command", "by", "pointer"), BEYOND.values(), ids=BEYOND.keys())
def test_no_act_sets_a_day_that_nobody_can_count_from(
    command: Command, by: Officer, pointer: str
) -> None:
    given(RECEIVED).when(command, by=by).then_refused(DayOutOfReach, pointer=pointer)


def test_ten_years_after_its_own_day_an_act_may_set_a_day() -> None:
    furthest = TODAY + FURTHEST
    world = given(RECEIVED).when(transferred(furthest + timedelta(days=1)), by=head(CAM_LY))
    world.then_refused(DayOutOfReach)
    world.when(transferred(furthest), by=head(CAM_LY))
    world.then(fact(PetitionTransferred, CAM_LY, to_office=LUC_NAM, reply_due=furthest))


@pytest.mark.parametrize(("kind", "name"), DAYS, ids=[f"{k.__name__}.{n}" for k, n in DAYS])
def test_every_day_of_every_command_is_looked_at(kind: type[Command], name: str) -> None:
    bare = object.__new__(kind)
    for day in (date.min, FIRST_DAY - timedelta(days=1), date.max):
        object.__setattr__(bare, name, day)
        with pytest.raises(DayOutOfReach) as refused:
            days_within_reach(bare, TODAY)
        assert refused.value.pointer == f"/{name}"
    for day in (FIRST_DAY, TODAY):
        object.__setattr__(bare, name, day)
        days_within_reach(bare, TODAY)


EAST, WEST = timezone(timedelta(hours=7)), timezone(-timedelta(hours=7))


@pytest.mark.parametrize(
    "moment", [datetime(1, 1, 1, tzinfo=EAST), datetime(1945, 9, 1, 16, 59, tzinfo=UTC)]
)
def test_nothing_was_done_before_the_state_was_founded(moment: datetime) -> None:
    guided = GuideCitizen(petition_id=PETITION, guidance="court")  # type: ignore[arg-type]
    world = given(fact(PetitionReceived, CAM_LY, kind=PetitionKind.PROPOSAL))
    world.when(guided, by=head(CAM_LY), occurred_at=moment)
    world.then_refused(DayOutOfReach, pointer="/occurred_at")
