"""The directory over HTTP: any day, as known on any day, and what waits for a person."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from domain.codes import Role
from domain.events.base import OfficeEvent
from domain.streams import unit_stream
from infra.memory.clocks import FixedClock
from infra.memory.directory import MemoryDirectoryFollower
from infra.memory.fact_store import MemoryFactStore
from tests.api.world import Door, World
from tests.domain.directory_facts import CAM_LY, FACTS, NGHIA_PHUONG, PROVINCE, TWO_TIERS, unit
from tests.domain.noting import (
    GUESSED,
    JUNE,
    NEW_CAM_LY,
    NEW_LUC_NAM,
    PART,
    Noting,
)

NOW = datetime(2025, 8, 14, 2, 0, tzinfo=UTC)
SEAT = f"ubnd-{PROVINCE}"
BASIS = "1191/NQ-UBTVQH15"


@dataclass
class Reformed:
    """A world in August: one commune guessed, one split."""

    world: World
    store: MemoryFactStore

    def door(self, role: Role = Role.ADMIN) -> Door:
        return self.world.door(SEAT, role)

    def refresh(self) -> None:
        self.world.directory = MemoryDirectoryFollower(self.store).refresh()


def facts() -> list[OfficeEvent]:
    noting = Noting()
    return [
        *FACTS,
        *unit("07444", "Xã Lục Nam", "commune", None, TWO_TIERS),
        *unit("07519", "Xã Cẩm Lý", "commune", None, TWO_TIERS),
        noting.renamed(CAM_LY, "Xã Cẩm Sơn", JUNE),
        noting.succeeded(CAM_LY, NEW_CAM_LY, match=GUESSED),
        noting.succeeded(NGHIA_PHUONG, NEW_CAM_LY, PART),
        noting.succeeded(NGHIA_PHUONG, NEW_LUC_NAM, PART),
        *(noting.seat_ended(f"ubnd-{name}") for name in (CAM_LY, NGHIA_PHUONG)),
        *(noting.ended(name) for name in (CAM_LY, NGHIA_PHUONG)),
    ]


@pytest.fixture
def reformed() -> Reformed:
    store = MemoryFactStore()
    for fact in facts():
        store.append([fact])
    made = Reformed(World(store=store, clock=FixedClock(NOW)), store)
    made.refresh()
    return made


def get(reformed: Reformed, path: str, **asked: Any) -> Any:
    answer = reformed.door(Role.CLERK).get(f"/api/v1/{path}?{urlencode(asked)}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_unit_has_the_name_of_the_day_and_of_what_was_known_then(reformed: Reformed) -> None:
    asked = get(reformed, f"units/{CAM_LY}", at="2025-06-15")
    assert (asked["name"], asked["valid_until"]) == ("Xã Cẩm Sơn", "2025-06-30")
    assert get(reformed, f"units/{CAM_LY}", at="2025-05-15")["name"] == "Xã Cẩm Lý"
    early = get(reformed, f"units/{CAM_LY}", at="2025-06-15", known_at="2025-02-01")
    assert (early["name"], early["valid_until"]) == ("Xã Cẩm Lý", None)


def test_an_old_unit_says_where_it_is_with_candidates_when_it_was_split(
    reformed: Reformed,
) -> None:
    split = get(reformed, f"units/{NGHIA_PHUONG}/successors")
    assert split["stands"] is False
    assert {(p["unit"]["unit_id"], p["whole"]) for p in split["places"]} == {
        (NEW_CAM_LY, False), (NEW_LUC_NAM, False),
    }  # fmt: skip
    by_code = get(reformed, "units/07486/successors", was="2025-05-01")
    assert by_code == split
    before = get(reformed, f"units/{NGHIA_PHUONG}/successors", at="2025-05-01")
    assert [p["unit"]["unit_id"] for p in before["places"]] == [NGHIA_PHUONG]


def test_the_history_tells_every_fact_with_both_days_and_the_version_to_act_on(
    reformed: Reformed,
) -> None:
    answer = reformed.door(Role.CLERK).get(f"/api/v1/units/{CAM_LY}/history")
    told = answer.json()
    assert answer.headers["etag"] == f'"{told["version"]}"' == '"4"'
    assert [note["what"] for note in told["notes"]] == [
        "established", "changed", "succeeded", "ended",
    ]  # fmt: skip
    assert [period["name"] for period in told["periods"]] == ["Xã Cẩm Lý", "Xã Cẩm Sơn"]
    heir = get(reformed, f"units/{NEW_CAM_LY}/history")
    assert {unit["unit_id"] for unit in heir["former"]} == {CAM_LY, NGHIA_PHUONG}


def test_the_tree_of_a_day_is_walked_both_ways(reformed: Reformed) -> None:
    above = get(reformed, f"units/{CAM_LY}/ancestors", at="2025-05-01")
    assert [unit["code"] for unit in above] == ["218", "24"]
    below = get(reformed, "units/218/children", at="2025-05-01")
    assert {unit["code"] for unit in below} == {"07519", "07486"}
    superiors = get(reformed, f"offices/ubnd-{CAM_LY}/superiors", at="2025-05-01")
    assert [office["unit"] for office in superiors] == ["218-20250101", PROVINCE]
    asked = {"other": f"ubnd-{NGHIA_PHUONG}", "at": "2025-05-01"}
    common = get(reformed, f"offices/ubnd-{CAM_LY}/common-superior", **asked)
    assert common["unit"] == "218-20250101"


def test_who_is_competent_is_told_with_its_article(reformed: Reformed) -> None:
    asked = {"kind": "complaint", "unit": CAM_LY, "at": "2025-05-15"}
    first = get(reformed, "competence", **asked)
    assert (first["office"]["office_id"], first["decides"]) == (f"ubnd-{CAM_LY}", "commune_chair")
    second = get(reformed, "competence", question="second", **asked)
    assert second["office"]["unit"] == "218-20250101"
    assert "Điều 18" in second["article"]
    accused = get(reformed, "competence", accused="218-20250101", **asked)
    assert accused["term"] == "Chủ tịch UBND cấp huyện"
    proposal = get(reformed, "competence", kind="proposal", unit=PROVINCE)
    assert (proposal["office"]["office_id"], proposal["rule"]) == (SEAT, None)
    nobody = get(reformed, "competence", kind="denunciation", unit=PROVINCE)
    assert nobody is None


def test_a_search_finds_old_names_and_old_units(reformed: Reformed) -> None:
    found = get(reformed, "units/search", q="cam son")
    assert [(each["unit"]["unit_id"], each["stands"]) for each in found] == [(CAM_LY, False)]
    both = get(reformed, "units/search", q="xã cẩm lý")
    assert [each["unit"]["unit_id"] for each in both] == [NEW_CAM_LY, CAM_LY]
    assert both[1]["by_name"] == "Xã Cẩm Lý"
    standing = get(reformed, "units", q="cam ly")
    assert [unit["unit_id"] for unit in standing] == [NEW_CAM_LY]


def test_what_waits_is_read_in_pages_with_candidates(reformed: Reformed) -> None:
    first = get(reformed, "units/undecided", limit=1)
    assert first["items"][0]["unit"]["unit_id"] == NGHIA_PHUONG
    assert first["items"][0]["doubt"] == "split"
    assert {c["unit"]["unit_id"] for c in first["items"][0]["choices"]} >= {NEW_CAM_LY}
    rest = get(reformed, "units/undecided", limit=1, cursor=first["next"])
    assert [(e["unit"]["unit_id"], e["doubt"]) for e in rest["items"]] == [(CAM_LY, "guessed")]
    assert rest["next"] is None
    assert get(reformed, "units/undecided", doubt="unplaced")["items"] == []


def test_an_administrator_confirms_a_guess_once(reformed: Reformed) -> None:
    said = {"successor": NEW_CAM_LY, "basis": BASIS}
    door = reformed.door()
    path = f"/api/v1/units/{CAM_LY}/successor"
    answer = door.act(path, said, version='"4"', key="decide-cam-ly")
    assert answer.status_code == 202, answer.text
    assert answer.json()["links"]["self"] == f"/api/v1/units/{CAM_LY}"
    again = door.act(path, said, version='"4"', key="decide-cam-ly")
    assert again.headers["idempotent-replayed"] == "true"
    assert reformed.store.last_version(unit_stream(CAM_LY)) == 5
    reformed.refresh()
    waiting = get(reformed, "units/undecided")["items"]
    assert [each["unit"]["unit_id"] for each in waiting] == [NGHIA_PHUONG]


def test_of_a_split_unit_the_office_that_does_its_work_is_named(reformed: Reformed) -> None:
    path = f"/api/v1/units/{NGHIA_PHUONG}/successor"
    answer = reformed.door().act(path, {"successor": NEW_LUC_NAM}, version="*")
    assert answer.status_code == 202, answer.text
    reformed.refresh()
    places = get(reformed, f"units/{NGHIA_PHUONG}/successors")["places"]
    assert len(places) == 2
    waiting = get(reformed, "units/undecided")["items"]
    assert [each["unit"]["unit_id"] for each in waiting] == [CAM_LY]


def test_a_wrong_guess_is_withdrawn_and_then_nobody_knows(reformed: Reformed) -> None:
    path = f"/api/v1/units/{CAM_LY}/withdrawal"
    answer = reformed.door().act(path, {"withdrawn": 3, "basis": BASIS}, version='"4"')
    assert answer.status_code == 202, answer.text
    reformed.refresh()
    waiting = {e["unit"]["unit_id"]: e for e in get(reformed, "units/undecided")["items"]}
    assert waiting[CAM_LY]["doubt"] == "unplaced"
    notes = get(reformed, f"units/{CAM_LY}/history")["notes"]
    assert [note["version"] for note in notes if note["withdrawn"]] == [3]


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.AUDITOR])
@pytest.mark.parametrize("act", ["successor", "withdrawal"])
def test_nobody_but_who_keeps_the_directory_decides(
    reformed: Reformed, role: Role, act: str
) -> None:
    said = {"successor": {"successor": NEW_CAM_LY}, "withdrawal": {"withdrawn": 3}}[act]
    answer = reformed.door(role).act(f"/api/v1/units/{CAM_LY}/{act}", said, version='"4"')
    assert (answer.status_code, answer.json()["code"]) == (403, "role_may_not")


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"successor": "99999"}, 422, "unknown_unit"),
        ({"successor": NEW_CAM_LY, "basis": "ông A"}, 422, "malformed_basis"),
        ({"successor": NEW_CAM_LY, "relation": "half"}, 422, "invalid_request"),
        ({}, 422, "invalid_request"),
    ],
)
def test_a_decision_that_names_nothing_is_refused(
    reformed: Reformed, said: dict[str, Any], status: int, code: str
) -> None:
    answer = reformed.door().act(f"/api/v1/units/{CAM_LY}/successor", said, version='"4"')
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert reformed.store.last_version(unit_stream(CAM_LY)) == 4


def test_a_unit_that_stands_has_no_successor(reformed: Reformed) -> None:
    path = f"/api/v1/units/{NEW_LUC_NAM}/successor"
    answer = reformed.door().act(path, {"successor": NEW_CAM_LY}, version="*")
    assert (answer.status_code, answer.json()["code"]) == (409, "still_standing")
