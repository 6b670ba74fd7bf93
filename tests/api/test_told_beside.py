"""What a door tells of a file beside the file itself: nothing to whom the file does not exist."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.codes import Role
from domain.law.clocks import REPLY
from projections.recomputing import Moved
from tests.api.folded import folding_world
from tests.api.readers import CROWD, PETITIONS
from tests.api.world import Door, World, problem_of, receive
from tests.builders import BAC_GIANG, CAM_LY, LUC_NAM

MOVES = "/api/v1/calendar/moves?position=0-1"
LISTS = ("inbox", "petitions?office=218", "transfers/pending", "cases?office=218", "leavers-cases")


@pytest.fixture(scope="module")
def world() -> World:
    return folding_world()


def moved(world: World, petition: str) -> None:
    """A change of the calendar moved the petition's deadline, when the district held it."""
    was, due = date(2025, 5, 19), date(2025, 5, 20)
    one = Moved(REPLY, UUID(petition), "218-25-0001", LUC_NAM, 0, was, due, ended=False)
    world.app.state.parts.views.moved = [one]


def told(door: Door) -> tuple[int, list[str]]:
    answered = door.get(MOVES).json()
    return answered["moved"], [item["subject"] for item in answered["items"]]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SYSTEM])
def test_who_enters_a_day_off_is_told_how_many_deadlines_moved_and_of_no_file(
    world: World, role: Role
) -> None:
    petition = receive(world.door(LUC_NAM), kind="denunciation")["id"]
    moved(world, petition)
    assert told(world.door(LUC_NAM)) == (1, [petition])
    assert told(world.door(LUC_NAM, role)) == (1, [])


def test_an_office_is_not_told_of_the_deadline_of_a_denunciation_it_gave_away(
    world: World,
) -> None:
    district = world.door(LUC_NAM)
    petition = receive(district, kind="denunciation")["id"]
    moved(world, petition)
    offer = {"to_office": "24", "ground": "other_level"}
    assert district.act(f"{PETITIONS}/{petition}/transfers", offer, version="*").is_success
    assert told(district) == (1, [petition])
    accepting = world.door(BAC_GIANG).act(f"{PETITIONS}/{petition}/acceptance", {}, version="*")
    assert accepting.is_success
    assert told(district) == (1, [])


def crowd_about(world: World, kind: str) -> tuple[str, str]:
    """A crowd that the district reported, and the commune's case that it is about."""
    petition = receive(world.door(), kind=kind)["id"]
    opened = world.door(CAM_LY, Role.HANDLER).act("/api/v1/cases", {"petition_id": petition})
    case = str(opened.json()["id"])
    reported = world.door(LUC_NAM).act("/api/v1/gatherings", {**CROWD, "case_id": case})
    assert reported.status_code == 201, reported.text
    return str(reported.json()["id"]), case


def cases_told(door: Door, crowd: str) -> tuple[Any, Any]:
    """What the crowd's own page and its history say of its case."""
    (reported, *_) = door.get(f"/api/v1/histories/{crowd}").json()["items"]
    return door.get(f"/api/v1/gatherings/{crowd}").json()["case_id"], reported["facts"]["case_id"]


def test_a_crowd_tells_of_its_case_only_to_whom_that_case_exists(world: World) -> None:
    crowd, case = crowd_about(world, "denunciation")
    assert cases_told(world.door(), crowd) == (case, case)
    assert cases_told(world.door(LUC_NAM, Role.LEADER), crowd) == (case, case)
    assert cases_told(world.door(LUC_NAM), crowd) == (None, None)


def test_a_crowd_tells_of_a_case_that_may_be_seen(world: World) -> None:
    crowd, case = crowd_about(world, "complaint")
    assert cases_told(world.door(LUC_NAM), crowd) == (case, case)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SYSTEM])
@pytest.mark.parametrize("asked", LISTS)
def test_who_keeps_the_house_has_no_desk_and_no_list(world: World, role: Role, asked: str) -> None:
    problem_of(world.door(LUC_NAM, role).get(f"/api/v1/{asked}"), 403, "role_may_not")


def test_a_file_asked_for_where_others_lie_is_not_found(world: World) -> None:
    petition = receive(world.door())["id"]
    crowd, case = crowd_about(world, "complaint")
    found = {"petitions": petition, "cases": case, "gatherings": crowd}
    door = world.door(LUC_NAM)
    for collection in (*found, "return-missions"):
        for kind, file in found.items():
            answered = door.get(f"/api/v1/{collection}/{file}")
            if kind == collection:
                assert answered.status_code == 200, answered.text
            else:
                problem_of(answered, 404, "not_found")
