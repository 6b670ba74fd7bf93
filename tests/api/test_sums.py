"""Open work by the units of then or of now, and the boards of units that ended."""

from typing import Any
from uuid import uuid5

import pytest

from domain.codes import Role
from domain.events.petition import PetitionReceived
from tests.api.readers import ids
from tests.api.real import RealWorld
from tests.api.test_homes import world
from tests.api.world import problem_of
from tests.builders import BAC_GIANG, CAM_LY, CASE, NGHIA_PHUONG, PETITION, fact, in_order, unit_of
from tests.domain.after_the_reform import NEW_CAM_LY, NEW_NGHIA_PHUONG

__all__ = ["world"]

SUMS = "/api/v1/boards/sums"
PROVINCE, OLD, NEW = map(unit_of, (BAC_GIANG, NGHIA_PHUONG, NEW_CAM_LY))
DISTRICT = "218-20250101"


def rows(answer: dict[str, Any]) -> dict[str | None, int]:
    """Open petitions by unit."""
    return {
        row["unit"] and row["unit"]["unit_id"]: row["sums"]["petitions"] for row in answer["rows"]
    }


def test_a_province_is_added_up_by_its_units_of_now_and_by_those_of_then(world: RealWorld) -> None:
    door = world.door(BAC_GIANG, Role.LEADER)
    now = door.get(f"{SUMS}?unit={PROVINCE}").json()
    then = door.get(f"{SUMS}?unit={PROVINCE}&by=then").json()
    assert (now["at"], then["at"]) == ("2025-08-14", "2025-06-30")
    assert rows(now) == {PROVINCE: 1, NEW: 1}
    assert rows(then) == {DISTRICT: 1, NEW: 1}
    assert [row["began_later"] for row in then["rows"]] == [False, True]
    assert now["totals"] == then["totals"]
    assert now["totals"]["then"] == now["totals"]["now"] == now["total"] == then["total"]
    assert now["waiting"] == then["waiting"] == 1


def test_the_country_shows_a_province_its_own_figures_and_one_total(world: RealWorld) -> None:
    for by in ("then", "now"):
        told = world.door(BAC_GIANG, Role.MONITOR).get(f"{SUMS}?by={by}").json()
        assert told["unit"] is None
        assert sum(rows(told).values()) == told["total"]["petitions"] == 2
    problem_of(world.door(NEW_CAM_LY, Role.LEADER).get(SUMS), 403, "area_not_for_reader")
    problem_of(world.door(BAC_GIANG, Role.CLERK).get(SUMS), 403, "area_not_for_reader")
    problem_of(world.door(BAC_GIANG, Role.ADMIN).get(SUMS), 403, "area_not_for_reader")


def test_as_of_the_day_before_what_was_not_known_yet(world: RealWorld) -> None:
    door = world.door(BAC_GIANG, Role.LEADER)
    old = door.get(f"{SUMS}?unit={PROVINCE}&at=2025-05-14&by=then").json()
    assert old["at"] == "2025-05-14"
    assert rows(old)[DISTRICT] == 1
    before_all = door.get(f"{SUMS}?unit={PROVINCE}&known_at=2020-01-01").json()
    assert before_all["total"] == old["total"]
    problem_of(door.get(f"{SUMS}?unit={PROVINCE}&by=guess"), 422, "invalid_request")


def test_a_districts_board_stays_readable_as_history(world: RealWorld) -> None:
    board = world.door(BAC_GIANG, Role.LEADER).get(f"/api/v1/boards/district/{DISTRICT}").json()
    assert board["ended_on"] == "2025-06-30"
    assert board["answers"]["office"]["office_id"] == BAC_GIANG
    assert board["answers"]["interim"] is True
    assert rows(board["sums"]) == {OLD: 1}
    assert board["sums"]["totals"]["now"]["petitions"] == 1


@pytest.mark.parametrize("path", ["boards/district/218-20250101", "petitions?unit=218-20250101"])
def test_a_former_districts_board_is_not_for_a_commune_that_took_part_of_it_over(
    world: RealWorld, path: str
) -> None:
    door = world.door(NEW_NGHIA_PHUONG, Role.LEADER)
    problem_of(door.get(f"/api/v1/{path}"), 403, "area_not_for_reader")


def test_an_old_communes_board_is_for_its_heir_a_split_ones_for_the_superior(
    world: RealWorld,
) -> None:
    cam_ly = f"/api/v1/boards/commune/{unit_of(CAM_LY)}"
    heir = world.door(NEW_CAM_LY, Role.LEADER).get(cam_ly).json()
    assert heir["answers"] | {"office": heir["answers"]["office"]["office_id"]} == {
        "office": NEW_CAM_LY, "interim": False, "candidates": [NEW_CAM_LY],
    }  # fmt: skip
    split = f"/api/v1/boards/commune/{OLD}"
    problem_of(world.door(NEW_CAM_LY, Role.LEADER).get(split), 403, "area_not_for_reader")
    told = world.door(BAC_GIANG, Role.LEADER).get(split).json()
    assert told["sums"]["total"]["petitions"] == 1


def test_between_the_reform_and_the_taking_over_no_area_leaves_work_out(world: RealWorld) -> None:
    waiting, split = (uuid5(PETITION, name) for name in ("not taken over yet", "split"))
    world.store.append(in_order(fact(PetitionReceived, CAM_LY, waiting)))
    world.store.append(in_order(fact(PetitionReceived, NGHIA_PHUONG, split)))
    world.project()
    heir, leader = world.door(NEW_CAM_LY), world.door(BAC_GIANG, Role.LEADER)
    assert str(waiting) in ids(heir.get("/api/v1/petitions"))
    board = leader.get("/api/v1/boards/province/24").json()
    by_unit = {each["unit_id"]: each["sums"]["open"] for each in board["units"]}
    own = sum(each["open"] for each in board["offices"])
    assert board["total"]["open"] == 4 == sum(by_unit.values()) + own
    assert (by_unit[NEW], own) == (2, 2)
    told = leader.get(f"{SUMS}?unit={PROVINCE}&by=then").json()
    assert sum(rows(told).values()) == 4
    assert told["totals"]["then"] == told["totals"]["now"]


def test_a_board_as_of_a_day_is_of_the_units_of_then_and_a_code_means_the_one_of_then(
    world: RealWorld,
) -> None:
    door = world.door(BAC_GIANG, Role.LEADER)
    then = door.get("/api/v1/boards/commune/07519?at=2025-05-14").json()
    assert (then["unit"]["unit_id"], then["ended_on"]) == (unit_of(CAM_LY), "2025-06-30")
    assert door.get("/api/v1/boards/commune/07519").json()["unit"]["unit_id"] == NEW
    province = door.get("/api/v1/boards/province/24?at=2025-05-14").json()
    assert (province["ended_on"], province["sums"]["at"]) == (None, "2025-05-14")
    assert rows(province["sums"]) == {DISTRICT: 1, NEW: 1}
    assert province["answers"]["office"]["office_id"] == BAC_GIANG
    gone = door.get("/api/v1/boards/district/218?at=2025-07-01")
    problem_of(gone, 422, "unknown_unit")


def test_a_board_as_known_on_a_day_does_not_know_what_was_recorded_later(world: RealWorld) -> None:
    door = world.door(BAC_GIANG, Role.LEADER)
    known = door.get("/api/v1/boards/district/218?known_at=2025-02-01").json()
    assert (known["unit"]["unit_id"], known["unit"]["valid_until"]) == (DISTRICT, None)
    assert known["ended_on"] == "2025-06-30"
    assert rows(known["sums"]) == {OLD: 1}


@pytest.mark.parametrize("unit", [DISTRICT, "218&at=2025-05-14", OLD])
def test_the_list_of_a_former_unit_holds_what_its_sums_count(world: RealWorld, unit: str) -> None:
    door = world.door(BAC_GIANG, Role.LEADER)
    assert ids(door.get(f"/api/v1/petitions?unit={unit}")) == [str(PETITION)]
    sums = door.get(f"{SUMS}?unit={unit}&by=now").json()
    assert sums["total"]["petitions"] == 1
    assert door.get(f"/api/v1/transfers/pending?unit={unit}").json()["items"] == []
    assert ids(door.get(f"/api/v1/petitions?unit={unit_of(CAM_LY)}")) == []


def test_the_cases_of_a_unit_are_listed_for_who_looks_over_it(world: RealWorld) -> None:
    listed = world.door(BAC_GIANG, Role.LEADER).get("/api/v1/cases?unit=24")
    assert listed.status_code == 200, listed.text
    here = world.door(NEW_CAM_LY, Role.LEADER).get("/api/v1/cases").json()
    assert [row["case_id"] for row in here["items"]] == [str(CASE)]
    assert here["items"][0]["office"] == NEW_CAM_LY
    closed = world.door(NEW_CAM_LY).get("/api/v1/cases?overdue=true&escalated=true&number=X")
    assert closed.json()["items"] == []
    stranger = world.door(NEW_NGHIA_PHUONG, Role.LEADER).get(f"/api/v1/cases?unit={NEW}")
    problem_of(stranger, 403, "area_not_for_reader")
