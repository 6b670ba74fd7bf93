"""Lists and boards over HTTP, from the real views."""

from domain.codes import Role
from tests.api.readers import CROWD, PETITIONS, ids, offered
from tests.api.real import RealWorld
from tests.api.world import problem_of, receive
from tests.builders import BAC_GIANG, BOARD, CAM_LY, LAND_OFFICE, LUC_NAM, NGHIA_PHUONG


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


def test_a_boards_changes_leave_out_what_the_reader_must_not_know_of(real: RealWorld) -> None:
    plain = receive(real.door())["id"]
    denounced = receive(real.door(), kind="denunciation")["id"]
    about_the_district = receive(real.door(), accused_office="218")["id"]
    real.project()
    board = "/api/v1/boards/district/218"

    def told(role: Role, path: str = board, office: str = LUC_NAM) -> set[str]:
        return {change["id"] for change in real.door(office, role).get(path).json()["changes"]}

    assert told(Role.CLERK) == {plain}
    assert told(Role.LEADER) == {plain, denounced}
    province = "/api/v1/boards/province/24"
    assert told(Role.LEADER, province, BAC_GIANG) == {plain, denounced, about_the_district}


def denounced_at(world: RealWorld, office: str) -> str:
    """A denunciation that this office took in and offered to the commune, in the views."""
    door = world.door(office)
    petition = str(receive(door, kind="denunciation")["id"])
    offer = {"to_office": "07519", "ground": "other_level"}
    assert door.act(f"{PETITIONS}/{petition}/transfers", offer, version="*").is_success
    world.project()
    return petition


def test_an_offered_denunciation_is_on_no_list_of_a_clerk_above(real: RealWorld) -> None:
    denounced = denounced_at(real, LUC_NAM)
    waiting = "/api/v1/transfers/pending?unit=07519"
    assert ids(real.door(LUC_NAM).get(waiting)) == [denounced]
    assert ids(real.door(BAC_GIANG).get(waiting)) == []
    assert ids(real.door(BAC_GIANG, Role.LEADER).get(waiting)) == [denounced]


def test_who_handed_a_denunciation_on_finds_it_in_no_list_any_more(real: RealWorld) -> None:
    denounced = denounced_at(real, LAND_OFFICE)
    commune, handed_on = real.door(CAM_LY), real.door(LAND_OFFICE, Role.LEADER)
    assert ids(handed_on.get("/api/v1/transfers/pending?unit=07519")) == [denounced]
    assert commune.act(f"{PETITIONS}/{denounced}/acceptance", {}, version="*").is_success
    real.project()
    theirs = f"{PETITIONS}?unit=07519"
    assert ids(commune.get(theirs)) == [denounced]
    assert ids(handed_on.get(theirs)) == []
    assert ids(real.door(LUC_NAM, Role.LEADER).get(theirs)) == [denounced]
