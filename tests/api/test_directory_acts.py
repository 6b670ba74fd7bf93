"""Every act on the directory has a door: units, offices, posts, places; who may, and once."""

from typing import Any

import pytest

from domain.codes import Role
from domain.commands import directory as asks
from domain.commands.base import Command
from domain.events import directory as facts
from domain.events.base import OfficeEvent
from infra.memory.directory import MemoryDirectoryFollower
from infra.memory.fact_store import MemoryFactStore
from infra.serial import decode
from services.access import ALLOWED
from tests.api.test_units import BASIS, NOW
from tests.api.test_units import facts as in_august
from tests.api.world import Door, World, problem_of
from tests.builders import BAC_GIANG
from tests.domain.directory_facts import LAND, PROVINCE
from tests.domain.noting import NEW_CAM_LY, NEW_LUC_NAM

UNIT, OFFICE = f"units/{NEW_CAM_LY}", f"offices/ubnd-{NEW_CAM_LY}"
POST = {"account": "acc-7", "post": "leader"}
SEPTEMBER, LAST = "2025-09-01", "2025-09-30"

ACTS: dict[str, tuple[str, dict[str, Any], type[OfficeEvent]]] = {
    "EstablishUnit": (
        "units",
        {"code": "07600", "name": "Phường Mới", "level": "commune", "parent": "24",
         "valid_from": SEPTEMBER},
        facts.UnitEstablished,
    ),
    "RenameUnit": (
        f"{UNIT}/name",
        {"name": "Xã Cẩm Sơn", "valid_from": SEPTEMBER, "basis": BASIS},
        facts.UnitRenamed,
    ),
    "ChangeUnitKind": (
        f"{UNIT}/kind", {"name": "Phường Cẩm Lý", "valid_from": SEPTEMBER}, facts.UnitKindChanged,
    ),
    "MoveUnit": (
        f"{UNIT}/parent", {"parent": "24", "valid_from": SEPTEMBER}, facts.UnitParentChanged,
    ),
    "CedePart": (
        f"{UNIT}/parts", {"to_unit": "07444", "valid_from": SEPTEMBER}, facts.UnitPartMoved,
    ),
    "EstablishOffice": (
        "offices",
        {"office_id": "ca-07519", "type": "police", "name": "Công an xã Cẩm Lý",
         "of_unit": "07519", "superior": "07519", "fields": ["justice"],
         "valid_from": SEPTEMBER},
        facts.OfficeEstablished,
    ),
    "RenameOffice": (
        f"{OFFICE}/name", {"name": "UBND xã Cẩm Sơn", "valid_from": SEPTEMBER}, facts.OfficeRenamed,
    ),
    "ChangeOfficeSuperior": (
        f"{OFFICE}/superior", {"superior": "24", "valid_from": SEPTEMBER},
        facts.OfficeSuperiorChanged,
    ),
    "ChangeOfficeFields": (
        f"{OFFICE}/fields", {"fields": ["land"], "valid_from": SEPTEMBER},
        facts.OfficeFieldsChanged,
    ),
    "OpenReceptionPlace": (
        f"{OFFICE}/places",
        {"place_id": "tru-so", "location": "Trụ sở UBND xã", "valid_from": "2025-08-01"},
        facts.ReceptionPlaceOpened,
    ),
    "CloseReceptionPlace": (
        f"{OFFICE}/places/end", {"place_id": "tru-so", "last_day": LAST},
        facts.ReceptionPlaceClosed,
    ),
    "FillPost": (f"{OFFICE}/posts", {**POST, "valid_from": "2025-08-01"}, facts.PostFilled),
    "NameStandIn": (
        f"{OFFICE}/stand-ins",
        {"absent": "acc-7", "stand_in": "acc-8", "post": "leader",
         "valid_from": "2025-08-11", "last_day": "2025-08-17"},
        facts.StandInNamed,
    ),
    "LeavePost": (f"{OFFICE}/posts/end", {**POST, "last_day": LAST}, facts.PostLeft),
    "AbolishOffice": (
        f"offices/{LAND}/end", {"last_day": "2025-09-30", "basis": BASIS}, facts.OfficeAbolished,
    ),
    "NameOfficeSuccessor": (
        f"offices/{LAND}/successor", {"successor": "24"}, facts.OfficeSucceeded,
    ),
    "WithdrawOfficeFact": (
        f"{OFFICE}/withdrawal", {"withdrawn": 2}, facts.OfficeFactWithdrawn,
    ),
    "AbolishUnit": ("units/01-20250701/end", {"last_day": LAST}, facts.UnitAbolished),
}  # fmt: skip
"""By command: its address, what is sent, what is recorded; they follow upon each other."""

ELSEWHERE = {asks.NameUnitSuccessor: "successor", asks.WithdrawUnitFact: "withdrawal"}
"""Commands whose doors are those of the queue of old units."""


def made() -> tuple[World, MemoryFactStore]:
    store = MemoryFactStore()
    for fact in in_august():
        store.append([fact])
    world = World(store=store)
    world.clock.at = NOW
    refreshed(world, store)
    return world, store


def refreshed(world: World, store: MemoryFactStore) -> None:
    world.directory = MemoryDirectoryFollower(store).refresh()


def done(world: World, door: Door, name: str) -> dict[str, Any]:
    """One of the acts, and everything it wants before; its receipt."""
    path, body, _ = ACTS[name]
    answered = door.act(f"/api/v1/{path}", body, version="*")
    assert answered.status_code in (201, 202), (name, answered.text)
    assert isinstance(world.store, MemoryFactStore)
    refreshed(world, world.store)
    receipt: dict[str, Any] = answered.json()
    return receipt


def test_every_act_on_the_directory_has_a_door_and_records_its_fact() -> None:
    world, store = made()
    keeper = world.door(BAC_GIANG, Role.ADMIN)
    for name, (path, _, event) in ACTS.items():
        if name == "AbolishUnit":
            ends_below_hanoi(world, keeper)
        head = store.head()
        receipt = done(world, keeper, name)
        (record,) = store.read(after=head, limit=10)
        assert type(decode(record.type_name, record.body)) is event, name
        if "/" in path:
            assert receipt["links"]["self"] == f"/api/v1/{path.rsplit('/', path.count('/') - 1)[0]}"
        assert keeper.get(f"{receipt['links']['history']}?at=2025-09-02").status_code == 200, name
    unit = keeper.get("/api/v1/units/07600?at=2025-09-02").json()
    assert (unit["unit_id"], unit["parent"]) == ("07600-20250901", PROVINCE)
    office = keeper.get("/api/v1/offices/ca-07519?at=2025-09-02").json()
    assert (office["unit"], office["superior"]) == (NEW_CAM_LY, f"ubnd-{NEW_CAM_LY}")


def ends_below_hanoi(world: World, keeper: Door) -> None:
    """What stands below a unit ends first."""
    assert isinstance(world.store, MemoryFactStore)
    for path in ("offices/ubnd-00004-20250701", "units/00004-20250701", "offices/ubnd-01-20250701"):
        ended = keeper.act(f"/api/v1/{path}/end", {"last_day": LAST}, version="*")
        assert ended.status_code == 202, ended.text
        refreshed(world, world.store)


def test_no_command_on_the_directory_is_without_a_door() -> None:
    commands = {
        each
        for each in vars(asks).values()
        if isinstance(each, type) and issubclass(each, Command) and each is not Command
    }
    assert {each.__name__ for each in commands - ELSEWHERE.keys()} == set(ACTS)
    assert commands <= set(ALLOWED)


@pytest.mark.parametrize("name", ACTS)
def test_who_may_not_is_refused_and_nothing_is_recorded(name: str) -> None:
    world, store = made()
    path, body, _ = ACTS[name]
    head = store.head()
    for role in (Role.CLERK, Role.MONITOR):
        door = world.door(f"ubnd-{NEW_CAM_LY}", role)
        problem_of(door.act(f"/api/v1/{path}", body, version="*"), 403, "role_may_not")
    assert store.head() == head


def test_a_head_enters_the_posts_of_the_own_office_and_of_no_other() -> None:
    world, _ = made()
    path, body, _ = ACTS["FillPost"]
    head = world.door(f"ubnd-{NEW_CAM_LY}", Role.LEADER)
    assert head.act(f"/api/v1/{path}", body, version='"1"').status_code == 202
    other = world.door(f"ubnd-{NEW_LUC_NAM}", Role.LEADER)
    problem_of(other.act(f"/api/v1/{path}", body, version="*"), 403, "not_own_office")


def test_the_posts_and_places_of_an_office_are_read_for_a_day_and_as_known_on_a_day() -> None:
    world, _ = made()
    keeper = world.door(BAC_GIANG, Role.ADMIN)
    for name in ("FillPost", "NameStandIn", "OpenReceptionPlace"):
        done(world, keeper, name)
    at = f"/api/v1/{OFFICE}"
    posts = keeper.get(f"{at}/posts?at=2025-08-12").json()
    assert posts["head"] == ["acc-8"]
    assert [each["account"] for each in posts["held"]] == ["acc-7"]
    assert [each["absent"] for each in posts["stand_ins"]] == ["acc-7"]
    assert keeper.get(f"{at}/posts?at=2025-08-18").json()["head"] == ["acc-7"]
    unknown = keeper.get(f"{at}/posts?at=2025-08-12&known_at=2025-08-13").json()
    assert unknown == {"head": [], "held": [], "stand_ins": []}
    (place,) = world.door(f"ubnd-{NEW_LUC_NAM}").get(f"{at}/places").json()
    assert (place["place_id"], place["location"]) == ("tru-so", "Trụ sở UBND xã")
    told = keeper.get(f"{at}/history")
    assert (told.headers["etag"], told.json()["version"]) == ('"4"', 4)
    assert [note["what"] for note in told.json()["notes"]] == ["established"]


def test_who_holds_a_post_is_for_the_own_unit_those_above_and_who_keeps_the_directory() -> None:
    world, _ = made()
    at = f"/api/v1/{OFFICE}/posts"
    assert world.door(f"ubnd-{NEW_CAM_LY}").get(at).status_code == 200
    other = world.door(f"ubnd-{NEW_LUC_NAM}", Role.LEADER).get(at)
    problem_of(other, 403, "area_not_for_reader")


@pytest.mark.parametrize(
    ("name", "wrong", "status", "code", "pointer"),
    [
        ("EstablishUnit", {"parent": "99"}, 422, "unknown_unit", "/parent"),
        ("EstablishUnit", {"code": "07519"}, 409, "overlapping_units", "/code"),
        ("EstablishUnit", {"name": ""}, 422, "invalid_request", "/name"),
        ("EstablishUnit", {"level": "Xã"}, 422, "invalid_request", "/level"),
        ("RenameUnit", {"basis": "ông A"}, 422, "malformed_basis", "/basis"),
        ("RenameUnit", {"valid_from": "2024-01-01"}, 409, "not_standing", "/valid_from"),
        ("MoveUnit", {"parent": NEW_CAM_LY}, 409, "parent_cycle", "/parent"),
        ("CedePart", {"to_unit": "07999"}, 422, "unknown_unit", "/to_unit"),
        ("EstablishOffice", {"superior": "ubnd-99"}, 422, "unknown_office", "/superior"),
        ("EstablishOffice", {"fields": ["weather"]}, 422, "invalid_request", "/fields/0"),
        ("FillPost", {"post": "king"}, 422, "invalid_request", "/post"),
        ("FillPost", {"account": "Nguyễn Văn A"}, 422, "invalid_request", "/account"),
        ("LeavePost", {}, 409, "post_not_held", "/account"),
    ],
)
def test_what_contradicts_the_tree_is_refused_with_its_place(
    name: str, wrong: dict[str, Any], status: int, code: str, pointer: str
) -> None:
    world, store = made()
    path, body, _ = ACTS[name]
    head = store.head()
    keeper = world.door(BAC_GIANG, Role.ADMIN)
    problem = problem_of(
        keeper.act(f"/api/v1/{path}", {**body, **wrong}, version="*"), status, code
    )
    assert problem["errors"][0]["pointer"] == f"#{pointer}"
    assert store.head() == head
