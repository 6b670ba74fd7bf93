"""Reading over HTTP, from the real views: files, lists, boards, histories, protected texts."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.codes import Role
from domain.streams import access_stream
from tests.api.real import RealWorld
from tests.api.world import RECEPTION, Door, problem_of, receive
from tests.builders import BAC_GIANG, BOARD, CAM_LY, LAND_OFFICE, LUC_NAM, NGHIA_PHUONG

PETITIONS = "/api/v1/petitions"
CROWD = {
    "place": "218",
    "site": "district_office",
    "home": "07519",
    "count": {"low": 30, "high": 40},
    "issue": "land",
}
CANARIES = {
    "name": "Hoàng Thị Chim Yến",
    "address": "Thôn Chim Sẻ 17",
    "id_number": "001099912345",
    "phone": "0912345678",
    "summary": "Chim bồ câu đưa thư ranh giới",
    "place_detail": "Bờ ao Chim Trĩ",
}


def offered(world: RealWorld) -> str:
    """A petition that the commune offered to the district, in the views."""
    commune = world.door()
    petition = str(receive(commune)["id"])
    sorted_ = {"kind": "complaint", "field": "land", "competent_office": "218"}
    commune.act(f"{PETITIONS}/{petition}/classification", sorted_, version="*")
    offer = {"to_office": "218", "ground": "other_level"}
    assert commune.act(f"{PETITIONS}/{petition}/transfers", offer, version="*").is_success
    world.project()
    return petition


def ids(answered: Any) -> list[str]:
    """The petitions of a page."""
    return [item["petition"]["petition_id"] for item in answered.json()["items"]]


def test_a_petition_is_read_with_the_version_that_acts_on_it_name(real: RealWorld) -> None:
    petition = offered(real)
    read = real.door().get(f"{PETITIONS}/{petition}")
    assert read.json()["state"] == "offered"
    assert read.headers["etag"] == '"3"'
    accepted = real.door(LUC_NAM).act(
        f"{PETITIONS}/{petition}/acceptance", {}, version=read.headers["etag"]
    )
    assert accepted.status_code == 202


def test_a_petition_of_others_and_one_that_never_was_answer_alike(real: RealWorld) -> None:
    petition = offered(real)
    stranger = real.door(NGHIA_PHUONG)
    for path in (PETITIONS, "/api/v1/histories"):
        theirs, nobodys = (stranger.get(f"{path}/{one}") for one in (petition, uuid4()))
        hidden, missing = (
            problem_of(theirs, 404, "not_found"),
            problem_of(nobodys, 404, "not_found"),
        )
        assert {**hidden, "trace_id": ""} == {**missing, "trace_id": ""}


def test_the_accused_office_does_not_find_the_petition_about_it(real: RealWorld) -> None:
    about = receive(real.door(LUC_NAM), kind="denunciation", accused_office="07519")["id"]
    real.project()
    assert real.door(LUC_NAM).get(f"{PETITIONS}/{about}").status_code == 200
    problem_of(real.door(CAM_LY).get(f"{PETITIONS}/{about}"), 404, "not_found")
    assert ids(real.door(BAC_GIANG, Role.LEADER).get(PETITIONS)) == [about]
    assert ids(real.door(BAC_GIANG, Role.CLERK).get(PETITIONS)) == []


def test_what_is_recorded_but_on_no_view_yet_is_told_so(real: RealWorld) -> None:
    petition = receive(real.door())["id"]
    answered = real.door().get(f"{PETITIONS}/{petition}")
    problem_of(answered, 503, "views_behind")
    assert answered.headers["retry-after"]


def test_a_reader_that_waits_for_its_own_act_sees_it(real: RealWorld) -> None:
    receipt = receive(real.door())
    real.project()
    read = real.door().get(f"{PETITIONS}/{receipt['id']}", **{"Wait-For": receipt["position"]})
    assert read.status_code == 200
    assert "views-behind" not in read.headers
    linked = real.door().get(f"{PETITIONS}/{receipt['id']}?wait_for={receipt['position']}")
    assert linked.status_code == 200


def test_a_reader_is_not_kept_waiting_for_ever(real: RealWorld) -> None:
    receive(real.door())
    real.project()
    answered = real.door().get(PETITIONS, **{"Wait-For": "3-999999999"})
    assert answered.status_code == 202
    assert answered.headers["views-behind"] == "3-999999999"
    assert len(answered.json()["items"]) == 1


@pytest.mark.parametrize("token", ["", "3", "3-", "24-1", "3-x", "-3-1", "٣-١", "3-" + "9" * 40])
def test_a_position_that_is_none_is_refused(real: RealWorld, token: str) -> None:
    answered = real.door().get(PETITIONS, **{"Wait-For": token})
    if token:
        problem_of(answered, 400, "wait_malformed")
    else:
        assert answered.status_code in (200, 400)


def test_a_list_is_paged_by_an_opaque_cursor_without_gap_or_repeat(real: RealWorld) -> None:
    door = real.door()
    received = {receive(door)["id"] for _ in range(5)}
    real.project()
    seen: list[str] = []
    cursor = ""
    while True:
        page = door.get(f"{PETITIONS}?limit=2{cursor}")
        seen += ids(page)
        if page.json()["next"] is None:
            break
        cursor = f"&cursor={page.json()['next']}"
    assert len(seen) == 5
    assert set(seen) == received


def test_a_broken_cursor_says_so(real: RealWorld) -> None:
    problem = problem_of(real.door().get(f"{PETITIONS}?cursor=AAAA"), 422, "broken_cursor")
    assert problem["errors"][0]["pointer"] == "query/cursor"


def test_a_filter_out_of_its_list_is_refused(real: RealWorld) -> None:
    door = real.door()
    for query, pointer in (
        ("state=lost", "query/state/0"),
        ("limit=0", "query/limit"),
        ("limit=1000", "query/limit"),
        ("received_from=30/05/2025", "query/received_from"),
        ("due=never", "query/due"),
    ):
        problem = problem_of(door.get(f"{PETITIONS}?{query}"), 422, "invalid_request")
        assert problem["errors"][0]["pointer"] == pointer
    problem_of(door.get(f"{PETITIONS}?unit=24"), 403, "area_not_for_reader")
    problem_of(door.get(f"{PETITIONS}?office={LUC_NAM}"), 403, "area_not_for_reader")
    problem_of(door.get(f"{PETITIONS}?place=99999"), 422, "unknown_unit")


def test_a_list_is_narrowed_by_what_it_is_asked(real: RealWorld) -> None:
    door = real.door()
    land, roads = receive(door)["id"], receive(door, field="infrastructure")["id"]
    real.project()
    assert ids(door.get(f"{PETITIONS}?field=land")) == [land]
    assert set(ids(door.get(f"{PETITIONS}?field=land&field=infrastructure"))) == {land, roads}
    district = real.door(LUC_NAM)
    assert set(ids(district.get(f"{PETITIONS}?unit=07519&state=received"))) == {land, roads}
    assert ids(district.get(f"{PETITIONS}?office={LUC_NAM}")) == []


def test_an_offer_waits_in_the_receivers_inbox(real: RealWorld) -> None:
    petition = offered(real)
    district = real.door(LUC_NAM)
    inbox = district.get("/api/v1/inbox?queue=incoming").json()
    assert inbox["counts"]["queues"]["incoming"] == 1
    assert inbox["page"]["items"][0]["petition"]["petition_id"] == petition
    assert inbox["freshness"]["age_seconds"] >= 0
    pending = district.get("/api/v1/transfers/pending").json()
    assert pending["items"][0]["offer"]["from_office"] == CAM_LY
    assert real.door(NGHIA_PHUONG).get("/api/v1/transfers/pending").json()["items"] == []
    above = real.door(BAC_GIANG).get("/api/v1/transfers/pending?unit=218").json()
    assert len(above["items"]) == 1


def test_every_level_sees_its_board_with_its_age(real: RealWorld) -> None:
    offered(real)
    assert real.door(LUC_NAM).act("/api/v1/gatherings", CROWD).status_code == 201
    real.project()
    commune = real.door().get("/api/v1/boards/commune/07519").json()
    assert commune["counts"]["queues"]["mine"] == 1
    assert len(commune["gatherings"]) == 1
    district = real.door(LUC_NAM).get("/api/v1/boards/district/218").json()
    assert district["total"]["pending"] == 1
    assert {unit["unit_id"]: unit["sums"]["open"] for unit in district["units"]} == {
        "07486-20250101": 0,
        "07519-20250101": 1,
    }
    province = real.door(BAC_GIANG, Role.LEADER).get("/api/v1/boards/province/24").json()
    assert province["figures"]["gatherings"]["now"] == 1
    urgent = {unit["unit_id"]: unit["urgency"] for unit in province["units"]}
    assert urgent["218-20250101"] == "crowd_waiting"
    assert province["changes"]
    for board in (commune, district, province):
        assert board["freshness"]["age_seconds"] is not None


def test_a_board_is_for_its_unit_and_those_above(real: RealWorld) -> None:
    problem_of(real.door().get("/api/v1/boards/district/218"), 403, "area_not_for_reader")
    problem_of(real.door(LUC_NAM).get("/api/v1/boards/province/24"), 403, "area_not_for_reader")
    problem_of(
        real.door(NGHIA_PHUONG).get("/api/v1/boards/commune/07519"), 403, "area_not_for_reader"
    )
    admin = real.door(BAC_GIANG, Role.ADMIN)
    problem_of(admin.get("/api/v1/boards/province/24"), 403, "area_not_for_reader")
    assert real.door(BAC_GIANG).get("/api/v1/boards/district/218").status_code == 200
    assert real.door(BOARD).get("/api/v1/boards/commune/07519").status_code == 200
    assert real.door(LAND_OFFICE).get("/api/v1/boards/district/218").status_code == 200
    problem_of(real.door(BAC_GIANG).get("/api/v1/boards/province/218"), 404, "not_found")
    problem_of(real.door(BAC_GIANG).get("/api/v1/boards/province/99"), 422, "unknown_unit")


def test_a_crowd_and_a_mission_are_listed_and_read(real: RealWorld) -> None:
    district = real.door(LUC_NAM)
    crowd = district.act("/api/v1/gatherings", CROWD).json()["id"]
    asked = {"gathering_id": crowd, "people": 16}
    mission = district.act("/api/v1/return-missions", asked)
    assert mission.status_code == 201, mission.text
    real.project()
    for path, name, one in (
        ("/api/v1/gatherings", "gathering_id", crowd),
        ("/api/v1/return-missions", "mission_id", mission.json()["id"]),
    ):
        assert [item[name] for item in district.get(path).json()["items"]] == [one]
        read = district.get(f"{path}/{one}")
        assert read.json()[name] == one
        assert read.headers["etag"] == '"1"'


def test_a_unit_is_found_by_name_by_code_and_as_of_a_day(real: RealWorld) -> None:
    door = real.door()
    assert door.get("/api/v1/units?q=cam ly").json()[0]["unit_id"] == "07519-20250101"
    assert door.get("/api/v1/units/24").json()["name"] == "Tỉnh Bắc Giang"
    problem_of(door.get("/api/v1/units/24?at=2020-01-01"), 422, "unknown_unit")
    assert len(door.get("/api/v1/units/218/children").json()) == 2
    assert {o["office_id"] for o in door.get("/api/v1/offices?unit=218").json()} == {
        LUC_NAM, LAND_OFFICE,
    }  # fmt: skip
    assert door.get("/api/v1/offices/218").json()["office_id"] == LUC_NAM


def entry_of(door: Door, petition: str, field: str) -> str:
    """The reference to a text in a petition's history."""
    (first, *_) = door.get(f"/api/v1/histories/{petition}").json()["items"]
    return str(next(ref["entry"] for ref in first["facts"]["texts"] if ref["field"] == field))


def test_a_history_is_read_page_by_page(real: RealWorld) -> None:
    petition = offered(real)
    first = real.door().get(f"/api/v1/histories/{petition}?limit=2").json()
    assert [entry["type"] for entry in first["items"]] == [
        "petition.received/1", "petition.classified/1",
    ]  # fmt: skip
    rest = real.door().get(f"/api/v1/histories/{petition}?after={first['next']}").json()
    assert [entry["type"] for entry in rest["items"]] == ["petition.transferred/1"]
    assert rest["next"] is None


def test_a_text_is_opened_for_a_purpose_and_that_is_on_record_first(real: RealWorld) -> None:
    petition = receive(real.door(), texts=CANARIES)["id"]
    real.project()
    at = f"/api/v1/histories/{petition}/texts/{entry_of(real.door(), petition, 'name')}"
    opened = real.door().act(at, {"purpose": "contact_citizen"})
    assert opened.json()["text"] == CANARIES["name"]
    (record,) = real.store.load(access_stream(UUID(petition)))
    assert record.TOPIC == "access.text_opened"
    assert record.actor == "clerk.ubnd-07519-20250101"


def test_who_may_not_open_a_text_gets_none_and_leaves_no_record(real: RealWorld) -> None:
    petition = receive(real.door(), texts=CANARIES)["id"]
    real.project()
    at = f"/api/v1/histories/{petition}/texts/{entry_of(real.door(), petition, 'name')}"
    head = real.store.head()
    why = {"purpose": "handling"}
    problem_of(real.door(NGHIA_PHUONG).act(at, why), 404, "not_found")
    problem_of(real.door(LUC_NAM).act(at, why), 403, "text_not_for_reader")
    problem_of(real.door().act(at, {}), 422, "invalid_request")
    problem_of(real.door().act(at, {"purpose": "curiosity"}), 422, "invalid_request")
    unknown = f"/api/v1/histories/{petition}/texts/{uuid4()}"
    problem_of(real.door().act(unknown, why), 404, "not_found")
    assert real.store.head() == head


def test_a_denouncers_name_is_opened_by_nobody_alone(real: RealWorld) -> None:
    petition = receive(real.door(), kind="denunciation", texts=CANARIES)["id"]
    real.project()
    at = f"/api/v1/histories/{petition}/texts/{entry_of(real.door(), petition, 'name')}"
    head = real.store.head()
    answered = real.door().act(at, {"purpose": "handling"})
    problem_of(answered, 403, "denouncer_protected")
    assert real.store.head() == head


def test_a_lost_answer_is_given_again_for_five_minutes_only(real: RealWorld) -> None:
    petition = receive(real.door(), texts=CANARIES)["id"]
    real.project()
    at = f"/api/v1/histories/{petition}/texts/{entry_of(real.door(), petition, 'name')}"
    key, why = str(uuid4()), {"purpose": "handling"}
    first = real.door().act(at, why, key=key)
    assert real.door().act(at, why, key=key).json() == first.json()
    assert len(real.store.load(access_stream(UUID(petition)))) == 1
    real.clock.advance(timedelta(minutes=6))
    problem_of(real.door().act(at, why, key=key), 409, "opening_too_old")


def test_no_answer_but_an_opening_holds_what_a_citizen_wrote(real: RealWorld) -> None:
    petition = receive(real.door(), texts=CANARIES)["id"]
    real.project()
    door = real.door()
    answers = [
        door.get(path).text
        for path in (
            f"{PETITIONS}/{petition}",
            f"/api/v1/histories/{petition}",
            PETITIONS,
            "/api/v1/inbox?queue=all",
            "/api/v1/boards/commune/07519",
        )
    ]
    assert all(petition in answered for answered in answers[:4])
    for canary in CANARIES.values():
        assert all(canary not in answered for answered in answers)


def test_received_twice_by_the_same_key_is_one_petition_in_the_real_store(real: RealWorld) -> None:
    key = str(uuid4())
    first = real.door().act(PETITIONS, RECEPTION, key=key)
    again = real.door().act(PETITIONS, RECEPTION, key=key)
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
