"""Files and histories over HTTP, from the real views."""

from uuid import uuid4

import pytest

from domain.codes import Role
from tests.api.readers import PETITIONS, ids, offered
from tests.api.real import RealWorld
from tests.api.world import RECEPTION, problem_of, receive
from tests.builders import BAC_GIANG, CAM_LY, LAND_OFFICE, LUC_NAM, NGHIA_PHUONG


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


@pytest.mark.parametrize(
    "token", ["3", "3-", "24-1", "3-x", "-3-1", "٣-١", "3-" + "9" * 40, "3-1.", "3-1.24-1"]
)
def test_a_position_that_is_none_is_refused(real: RealWorld, token: str) -> None:
    answered = real.door().get(PETITIONS, **{"Wait-For": token})
    problem_of(answered, 400, "wait_malformed")


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


def test_a_history_is_read_page_by_page(real: RealWorld) -> None:
    petition = offered(real)
    first = real.door().get(f"/api/v1/histories/{petition}?limit=2").json()
    assert [entry["type"] for entry in first["items"]] == [
        "petition.received/1", "petition.classified/1",
    ]  # fmt: skip
    rest = real.door().get(f"/api/v1/histories/{petition}?after={first['next']}").json()
    assert [entry["type"] for entry in rest["items"]] == ["petition.transferred/1"]
    assert rest["next"] is None


def test_received_twice_by_the_same_key_is_one_petition_in_the_real_store(real: RealWorld) -> None:
    key = str(uuid4())
    first = real.door().act(PETITIONS, RECEPTION, key=key)
    again = real.door().act(PETITIONS, RECEPTION, key=key)
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
