"""The working calendar over HTTP: read by everybody, entered by who may, refused whole."""

from typing import Any

import pytest

from domain.codes import Role
from domain.law.law import Law
from infra.memory import MemoryFactStore
from infra.serial import decode
from services.law import carried_law
from tests.api.world import Door, World, problem_of
from tests.builders import CAM_LY, LUC_NAM

AT = "/api/v1/calendar"
DAY: dict[str, Any] = {"day": "2025-05-15", "basis": "99/TB-BNV"}
STORM = {
    "scope": "office", "place": CAM_LY, "first_day": "2025-05-12", "last_day": "2025-05-13",
    "cause": "storm", "basis": "7/CĐ-TW",
}  # fmt: skip
HOURS = {"scope": "office", "place": CAM_LY, "valid_from": "2025-06-01", "hours": ["07:00-13:30"]}
ACTS = {
    "days-off": DAY,
    "years/2025/days-off/withdrawal": {"withdrawn": 1},
    "years/2026/announcement": {"basis": "1/TB"},
    "closures": STORM,
    "closures/withdrawal": {"scope": "office", "place": CAM_LY, "withdrawn": 1},
    "hours": HOURS,
}
"""Every act, well-formed, by its address."""


def known(store: MemoryFactStore) -> Law:
    """The law as this store has it."""
    records = store.read(after=0, limit=1000)
    return carried_law().with_facts(decode(each.type_name, each.body) for each in records)


def made() -> World:
    store = MemoryFactStore()
    return World(store=store, law=lambda: known(store))


@pytest.fixture
def world() -> World:
    return made()


@pytest.fixture(scope="module")
def quiet() -> World:
    """A world in which nothing is recorded."""
    return made()


@pytest.fixture
def keeper(world: World) -> Door:
    return world.door(LUC_NAM, Role.ADMIN)


def day_of(door: Door, day: str, query: str = "") -> dict[str, Any]:
    answered = door.get(f"{AT}?month={day[:7]}{query}")
    assert answered.status_code == 200, answered.text
    (found,) = (each for each in answered.json()["days"] if each["day"] == day)
    return dict(found)


def test_a_month_says_what_each_day_is_why_and_by_which_notice(quiet: World) -> None:
    month = quiet.door().get(f"{AT}?month=2025-04").json()
    days = {each["day"]: each for each in month["days"]}
    assert len(days) == 30
    assert (month["office"], month["announced"]) == (CAM_LY, True)
    assert days["2025-04-07"]["kind"] == "made_up" or days["2025-04-07"]["kind"] == "holiday"
    assert days["2025-04-30"]["kind"] == "holiday"
    worked, swapped = days["2025-04-26"], day_of(quiet.door(), "2025-05-02")
    assert (worked["kind"], worked["working"], worked["worked_for"]) == (
        "worked", True, "2025-05-02",
    )  # fmt: skip
    assert (swapped["kind"], swapped["working"]) == ("swapped", False)
    assert days["2025-04-05"]["kind"] == "weekend"
    swap = [each for each in month["entries"] if each["worked_on"] == "2025-04-26"]
    assert [each["first_day"] for each in swap] == ["2025-05-02"]


def test_a_day_off_is_entered_once_by_its_key_and_withdrawn_by_its_version(
    world: World, keeper: Door
) -> None:
    first = keeper.act(f"{AT}/days-off", DAY, key="a-day-off-99")
    assert first.status_code == 201, first.text
    again = keeper.act(f"{AT}/days-off", DAY, key="a-day-off-99")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json()["position"] == first.json()["position"]
    assert day_of(world.door(), "2025-05-15")["basis"] == "99/TB-BNV"
    entries = keeper.get(f"{AT}?month=2025-05").json()["entries"]
    (entry,) = (each for each in entries if each["basis"] == "99/TB-BNV")
    back = {"withdrawn": entry["version"], "basis": "100/TB-BNV"}
    done = keeper.act(f"{AT}/years/2025/days-off/withdrawal", back)
    assert done.status_code == 201, done.text
    assert day_of(world.door(), "2025-05-15")["working"] is True


def test_a_calendar_as_it_was_known_leaves_out_what_came_later(world: World, keeper: Door) -> None:
    keeper.act(f"{AT}/days-off", DAY)
    assert day_of(keeper, "2025-05-15", "&known_at=2025-05-04")["working"] is True
    assert day_of(keeper, "2025-05-15", "&known_at=2025-05-05")["working"] is False


def test_a_head_closes_the_own_office_for_a_storm_and_no_other_is_closed(world: World) -> None:
    head = world.door(CAM_LY, Role.LEADER)
    assert head.act(f"{AT}/closures", STORM).status_code == 201
    assert head.act(f"{AT}/hours", HOURS).status_code == 201
    closed = day_of(world.door(), "2025-05-12")
    assert (closed["kind"], closed["name"]) == ("closed", "Bão")
    assert day_of(world.door(LUC_NAM), "2025-05-12")["working"] is True
    assert day_of(world.door(LUC_NAM), "2025-05-12", f"&office={CAM_LY}")["working"] is False
    assert day_of(world.door(), "2025-05-12", "&unit=07519")["working"] is True
    assert world.door().get(f"{AT}?month=2025-06").json()["hours"] == ["07:00-13:30"]
    other = world.door(LUC_NAM, Role.LEADER).act(f"{AT}/closures", STORM)
    problem_of(other, 403, "not_own_calendar")


@pytest.mark.parametrize("at", ACTS)
@pytest.mark.parametrize("role", [Role.CLERK, Role.HANDLER, Role.AUDITOR, Role.MONITOR])
def test_who_may_not_is_refused_and_nothing_is_recorded(quiet: World, at: str, role: Role) -> None:
    problem_of(quiet.door(CAM_LY, role).act(f"{AT}/{at}", ACTS[at]), 403, "role_may_not")
    assert quiet.store.head() == 0


@pytest.mark.parametrize("at", ["days-off", "years/2026/announcement"])
def test_the_calendar_of_all_is_not_a_heads_to_write(quiet: World, at: str) -> None:
    problem_of(quiet.door(CAM_LY, Role.LEADER).act(f"{AT}/{at}", ACTS[at]), 403, "role_may_not")


@pytest.mark.parametrize(
    ("at", "body", "status", "code"),
    [
        ("days-off", {**DAY, "day": "2025-05-17"}, 422, "weekend_anyway"),
        ("days-off", {**DAY, "day": "2025-05-02"}, 409, "day_already_off"),
        ("days-off", {**DAY, "basis": ""}, 422, "notice_needed"),
        ("days-off", {**DAY, "kind": "swapped"}, 422, "swap_incomplete"),
        ("days-off", {**DAY, "day": "15/05/2025"}, 422, "invalid_request"),
        ("years/2025/days-off/withdrawal", {"withdrawn": 77}, 422, "nothing_to_withdraw"),
        ("closures", {**STORM, "last_day": "2025-12-31"}, 422, "closure_too_long"),
        ("closures", {**STORM, "place": "ubnd-nowhere"}, 422, "unknown_office"),
        ("hours", {**HOURS, "hours": ["13:00-07:00"]}, 422, "malformed_hours"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    quiet: World, at: str, body: dict[str, Any], status: int, code: str
) -> None:
    keeper = quiet.door(LUC_NAM, Role.ADMIN)
    problem_of(keeper.act(f"{AT}/{at}", body), status, code)
    assert quiet.store.head() == 0


def test_the_package_only_suggests(quiet: World) -> None:
    suggested = quiet.door().get(f"{AT}/suggestions?year=2027").json()
    assert {"day": "2027-02-05", "known": False}.items() <= suggested[2].items()
    assert quiet.store.head() == 0


@pytest.mark.parametrize("query", ["?month=2025-13", "?month=2025-4", "?unit=nowhere"])
def test_a_month_or_place_that_is_none_is_refused(quiet: World, query: str) -> None:
    assert quiet.door().get(f"{AT}{query}").status_code == 422
