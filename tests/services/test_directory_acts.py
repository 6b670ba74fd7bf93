"""The directory is changed by facts; what contradicts it is refused with the place named."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.codes import Role, SuccessionRelation
from domain.commands import directory as ask
from domain.commands.base import Command
from domain.directory import UnknownOffice, UnknownUnit
from domain.errors import NotFound, Refusal
from domain.events import directory as facts
from domain.refusals import directory as refuse
from domain.streams import office_stream, unit_stream
from services.access import RoleMayNot
from tests.builders import BAC_GIANG, CAM_LY, LUC_NAM, fact, officer
from tests.domain.directory_facts import unit
from tests.scenario import Scenario, given

ADMIN = officer("system", Role.ADMIN)
UNIT, DISTRICT, PROVINCE = "07519-20250101", "218-20250101", "24-20250101"
OTHER_DISTRICT, HANOI = "217-20250101", "01-20250101"
JUNE, LAST_DAY, BASIS = date(2025, 6, 1), date(2025, 6, 30), "1191/NQ-UBTVQH15"

ENTERED = (
    fact(
        facts.UnitEstablished, "system", unit_stream(UNIT), unit_id=UNIT, code="07519",
        name="Xã Cẩm Lý", level="commune", parent=DISTRICT, valid_from=date(2025, 1, 1),
    ),
    fact(
        facts.UnitEstablished, "system", unit_stream(DISTRICT), unit_id=DISTRICT, code="218",
        name="Huyện Lục Nam", level="district", parent=PROVINCE, valid_from=date(2025, 1, 1),
    ),
    fact(
        facts.OfficeEstablished, "system", office_stream(CAM_LY), office_id=CAM_LY,
        type="peoples_committee", name="UBND xã Cẩm Lý", of_unit=UNIT, superior=LUC_NAM,
        fields=(), valid_from=date(2025, 1, 1),
    ),
)  # fmt: skip


def rename(**more: Any) -> ask.RenameUnit:
    return ask.RenameUnit(**{
        "unit_id": UNIT, "name": "Xã Cẩm Sơn", "valid_from": JUNE, "basis": BASIS, **more,
    })  # fmt: skip


def fill(**more: Any) -> ask.FillPost:
    return ask.FillPost(**{
        "office_id": CAM_LY, "account": "clerk.one", "post": Role.CLERK,
        "valid_from": date(2025, 2, 1), **more,
    })  # fmt: skip


def asked(*commands: Command) -> Scenario:
    world = given(*ENTERED)
    for command in commands:
        world.when(command, by=ADMIN)
    return world


def test_a_unit_is_renamed_from_a_day_on() -> None:
    asked(rename()).then(
        fact(facts.UnitRenamed, "system", unit_stream(UNIT), name="Xã Cẩm Sơn", valid_from=JUNE)
    )


def test_a_fact_is_withdrawn_once_and_the_first_never() -> None:
    withdraw = ask.WithdrawUnitFact(unit_id=UNIT, withdrawn=2, basis=BASIS)
    world = asked(rename(), withdraw)
    assert [type(each) for each in world.recorded()][-1] is facts.UnitFactWithdrawn
    world.when(withdraw, by=ADMIN).then_refused(refuse.NothingToWithdraw, pointer="/withdrawn")
    first = ask.WithdrawUnitFact(unit_id=UNIT, withdrawn=1, basis=BASIS)
    asked(first).then_refused(refuse.NothingToWithdraw, pointer="/withdrawn")


CHANGES_OF_UNITS = (
    (rename(unit_id="07999-20250101"), NotFound, None),
    (rename(valid_from=date(2024, 12, 31)), refuse.NotStanding, "/valid_from"),
    (rename(basis="Ông Nguyễn Văn A"), refuse.MalformedBasis, "/basis"),
    (
        ask.MoveUnit(unit_id=DISTRICT, parent=UNIT, valid_from=JUNE, basis=BASIS),
        refuse.ParentCycle, "/parent",
    ),
    (
        ask.MoveUnit(unit_id=UNIT, parent=UNIT, valid_from=JUNE, basis=BASIS),
        refuse.ParentCycle, "/parent",
    ),
    (
        ask.MoveUnit(unit_id=UNIT, parent="999-20250101", valid_from=JUNE, basis=BASIS),
        UnknownUnit, "/parent",
    ),
    (
        ask.AbolishUnit(unit_id=DISTRICT, last_day=LAST_DAY, basis=BASIS),
        refuse.StillBelow, "/last_day",
    ),
    (
        ask.NameUnitSuccessor(
            unit_id=UNIT, successor=DISTRICT, relation=SuccessionRelation.WHOLE, basis=BASIS
        ),
        refuse.StillStanding, None,
    ),
    (
        ask.CedePart(unit_id=UNIT, to_unit="07999-20250101", valid_from=JUNE, basis=BASIS),
        UnknownUnit, "/to_unit",
    ),
    (
        ask.EstablishUnit(
            unit_id="07519-20250601", code="07519", name="Xã Khác", level="commune",
            parent=DISTRICT, valid_from=JUNE,
        ),
        refuse.OverlappingUnits, "/code",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("command", "refusal", "pointer"), CHANGES_OF_UNITS)
def test_what_contradicts_the_tree_is_refused(
    command: Command, refusal: type[Refusal], pointer: str | None
) -> None:
    asked(command).then_refused(refusal, pointer=pointer)


def test_a_unit_ends_after_its_office_and_its_successor_stands_the_day_after() -> None:
    world = asked(
        ask.AbolishOffice(office_id=CAM_LY, last_day=LAST_DAY, basis=BASIS),
    )
    assert [type(each) for each in world.recorded()] == [facts.OfficeAbolished]
    world.when(
        ask.AbolishOffice(office_id=CAM_LY, last_day=LAST_DAY, basis=BASIS), by=ADMIN
    ).then_refused(refuse.NotStanding, pointer="/last_day")


def test_an_ended_offices_work_goes_to_one_that_stands_the_day_after() -> None:
    end = ask.AbolishOffice(office_id=CAM_LY, last_day=LAST_DAY, basis=BASIS)
    heir = ask.NameOfficeSuccessor(
        office_id=CAM_LY, successor=LUC_NAM, relation=SuccessionRelation.WHOLE, basis=BASIS
    )
    last = asked(end, heir).recorded()[-1]
    assert isinstance(last, facts.OfficeSucceeded)
    assert (last.successor, last.valid_from) == (LUC_NAM, date(2025, 7, 1))
    nowhere = ask.NameOfficeSuccessor(
        office_id=CAM_LY, successor="tnmt-99", relation=SuccessionRelation.WHOLE, basis=BASIS
    )
    asked(end, nowhere).then_refused(UnknownOffice, pointer="/successor")


def test_no_office_is_directed_by_one_below_it() -> None:
    world = given(*ENTERED, fact(
        facts.OfficeEstablished, "system", office_stream(LUC_NAM), office_id=LUC_NAM,
        type="peoples_committee", name="UBND huyện Lục Nam", of_unit=DISTRICT,
        superior=BAC_GIANG, fields=(), valid_from=date(2025, 1, 1),
    ))  # fmt: skip
    under = ask.ChangeOfficeSuperior(
        office_id=LUC_NAM, superior=CAM_LY, valid_from=JUNE, basis=BASIS
    )
    world.when(under, by=ADMIN).then_refused(refuse.ParentCycle, pointer="/superior")


def test_a_post_is_held_left_and_stood_in_for() -> None:
    stand_in = ask.NameStandIn(
        office_id=CAM_LY, absent="clerk.one", stand_in="clerk.two", post=Role.CLERK,
        valid_from=JUNE, last_day=date(2025, 6, 8),
    )  # fmt: skip
    leave = ask.LeavePost(office_id=CAM_LY, account="clerk.one", post=Role.CLERK, last_day=LAST_DAY)
    world = asked(fill())
    world.then(fact(facts.PostFilled, "system", office_stream(CAM_LY), account="clerk.one"))
    world.when(stand_in, by=officer(CAM_LY, Role.LEADER))
    world.then(fact(facts.StandInNamed, CAM_LY, office_stream(CAM_LY), stand_in="clerk.two"))
    world.when(leave, by=ADMIN)
    world.then(fact(facts.PostLeft, "system", office_stream(CAM_LY), last_day=LAST_DAY))


def test_a_head_speaks_for_the_own_office_alone_and_a_clerk_for_none() -> None:
    given(*ENTERED).when(fill(), by=officer(LUC_NAM, Role.LEADER)).then_refused(
        refuse.NotOwnOffice, pointer="/office_id"
    )
    given(*ENTERED).when(fill(), by=officer(CAM_LY, Role.CLERK)).then_refused(RoleMayNot)
    given(*ENTERED).when(rename(), by=officer(CAM_LY, Role.LEADER)).then_refused(RoleMayNot)


OF_POSTS = (
    ((fill(), fill()), refuse.PostNotHeld, "/account"),
    ((fill(valid_from=date(2024, 1, 1)),), refuse.NotStanding, "/valid_from"),
    (
        (ask.LeavePost(
            office_id=CAM_LY, account="clerk.one", post=Role.CLERK, last_day=LAST_DAY
        ),),
        refuse.PostNotHeld, "/account",
    ),
    (
        (fill(), ask.NameStandIn(
            office_id=CAM_LY, absent="clerk.one", stand_in="clerk.one", post=Role.CLERK,
            valid_from=JUNE, last_day=LAST_DAY,
        )),
        refuse.PostNotHeld, "/stand_in",
    ),
    (
        (fill(), ask.NameStandIn(
            office_id=CAM_LY, absent="clerk.one", stand_in="clerk.two", post=Role.CLERK,
            valid_from=LAST_DAY, last_day=JUNE,
        )),
        refuse.BackwardPeriod, "/last_day",
    ),
    (
        (ask.CloseReceptionPlace(office_id=CAM_LY, place_id="tru-so", last_day=LAST_DAY),),
        refuse.NotStanding, "/last_day",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("commands", "refusal", "pointer"), OF_POSTS)
def test_posts_and_places_are_what_was_entered(
    commands: tuple[Command, ...], refusal: type[Refusal], pointer: str
) -> None:
    asked(*commands).then_refused(refusal, pointer=pointer)


LEFT = ask.LeavePost(
    office_id=CAM_LY, account="clerk.one", post=Role.CLERK, last_day=date(2025, 2, 28)
)
PLACE = ask.OpenReceptionPlace(
    office_id=CAM_LY, place_id="tru-so", location="Trụ sở", valid_from=date(2025, 2, 1)
)
CLOSED = ask.CloseReceptionPlace(office_id=CAM_LY, place_id="tru-so", last_day=date(2025, 2, 28))


def test_a_post_already_left_is_not_left_again_when_its_holder_came_back() -> None:
    asked(fill(), LEFT, fill(valid_from=date(2025, 4, 1)), LEFT).then_refused(
        refuse.PostNotHeld, pointer="/last_day"
    )


def test_a_reception_place_already_closed_is_not_closed_again_once_it_is_open_anew() -> None:
    anew = replace(PLACE, valid_from=date(2025, 4, 1))
    asked(PLACE, CLOSED, anew, CLOSED).then_refused(refuse.NotStanding, pointer="/last_day")


OTHER = fact(
    facts.UnitEstablished, "system", unit_stream(OTHER_DISTRICT), unit_id=OTHER_DISTRICT,
    code="217", name="Huyện Lạng Giang", level="district", parent=PROVINCE,
    valid_from=date(2025, 1, 1),
)  # fmt: skip


def moved(world: Scenario, unit_id: str, parent: str, since: date) -> Scenario:
    """A unit is put under another, and the directory knows it if nobody refused."""
    move = ask.MoveUnit(unit_id=unit_id, parent=parent, valid_from=since, basis=BASIS)
    world.when(move, by=ADMIN)
    world.directory = world.directory.with_facts(world.recorded())
    return world


def test_no_unit_comes_to_stand_below_itself_on_a_later_day() -> None:
    world = moved(given(*ENTERED, OTHER), DISTRICT, OTHER_DISTRICT, LAST_DAY)
    moved(world, OTHER_DISTRICT, DISTRICT, JUNE).then_refused(refuse.ParentCycle, pointer="/parent")


def test_who_moves_on_before_that_day_may_stand_there_until_then() -> None:
    world = moved(given(*ENTERED, OTHER), DISTRICT, OTHER_DISTRICT, LAST_DAY)
    moved(world, OTHER_DISTRICT, HANOI, date(2025, 6, 15))
    moved(world, OTHER_DISTRICT, DISTRICT, JUNE).then(
        fact(facts.UnitParentChanged, "system", unit_stream(OTHER_DISTRICT), parent=DISTRICT)
    )
    for day in (JUNE, date(2025, 6, 15), LAST_DAY):
        assert world.directory.ancestors(OTHER_DISTRICT, day)[-1].parent is None


def test_a_code_that_another_unit_bears_from_a_later_day_on_is_not_free_before() -> None:
    world = given(*ENTERED)
    world.directory = world.directory.with_facts(
        unit("07600", "Xã Mới", "commune", None, date(2025, 7, 1))
    )
    early = ask.EstablishUnit(
        unit_id="07600-20250601", code="07600", name="Xã Sớm", level="commune",
        parent=DISTRICT, valid_from=JUNE,
    )  # fmt: skip
    world.when(early, by=ADMIN).then_refused(refuse.OverlappingUnits, pointer="/code")
