"""Opening protected texts: on record first, for those who may."""

from datetime import timedelta
from uuid import UUID, uuid4

from domain.streams import access_stream
from tests.api.readers import PETITIONS, offered
from tests.api.real import RealWorld
from tests.api.world import Door, problem_of, receive
from tests.builders import LUC_NAM, NGHIA_PHUONG

CANARIES = {
    "name": "Hoàng Thị Chim Yến",
    "address": "Thôn Chim Sẻ 17",
    "id_number": "001099912345",
    "phone": "0912345678",
    "summary": "Chim bồ câu đưa thư ranh giới",
    "place_detail": "Bờ ao Chim Trĩ",
}


def entry_of(door: Door, petition: str, field: str) -> str:
    """The reference to a text in a petition's history."""
    (first, *_) = door.get(f"/api/v1/histories/{petition}").json()["items"]
    return str(next(ref["entry"] for ref in first["facts"]["texts"] if ref["field"] == field))


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


def test_who_handed_the_petition_over_meanwhile_is_not_shown_the_name_again(
    real: RealWorld,
) -> None:
    petition = offered(real, texts=CANARIES)
    at = f"/api/v1/histories/{petition}/texts/{entry_of(real.door(), petition, 'name')}"
    key, why = str(uuid4()), {"purpose": "handling"}
    assert real.door().act(at, why, key=key).json()["text"] == CANARIES["name"]
    district = real.door(LUC_NAM)
    assert district.act(f"{PETITIONS}/{petition}/acceptance", {}, version="*").is_success
    problem_of(real.door().act(at, why, key=key), 403, "text_not_for_reader")


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
