"""Recording over HTTP: receipts, keys, versions."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from domain.codes import Role
from domain.events.base import OfficeEvent
from domain.ports import Receipt
from domain.values import Officer
from infra.memory import MemoryFactStore
from tests.api.world import RECEPTION, Door, World, problem_of, receive
from tests.builders import CAM_LY, LUC_NAM, NGHIA_PHUONG


def test_a_received_petition_gets_a_number_a_version_and_a_place_to_wait_for() -> None:
    world = World()
    answered = world.door().act("/api/v1/petitions", RECEPTION)
    receipt = answered.json()
    assert answered.status_code == 201
    assert receipt["number"]
    assert receipt["version"] == 1
    assert answered.headers["etag"] == '"1"'
    assert answered.headers["location"] == f"/api/v1/petitions/{receipt['id']}"
    assert receipt["links"]["self"] == answered.headers["location"]
    lane, position = map(int, receipt["position"].split("-"))
    facts = world.store.read(after=0, limit=10)
    assert any((fact.lane, fact.position) == (lane, position) for fact in facts)


def test_a_petition_walks_through_transfer_and_acceptance() -> None:
    world = World()
    commune, district = world.door(), world.door(LUC_NAM, Role.HANDLER)
    at = f"/api/v1/petitions/{receive(commune)['id']}"
    sorted_ = {"kind": "complaint", "field": "land", "competent_office": "218"}
    assert commune.act(f"{at}/classification", sorted_, version='"1"').status_code == 202
    offer = {"to_office": "218", "ground": "other_level", "papers": 3}
    assert commune.act(f"{at}/transfers", offer, version='"2"').status_code == 202
    accepted = district.act(f"{at}/acceptance", {}, version='"3"')
    assert accepted.status_code == 202
    assert accepted.headers["etag"] == '"4"'
    opened = district.act("/api/v1/cases", {"petition_id": at.rsplit("/", 1)[-1]})
    assert opened.status_code == 201
    assert opened.json()["number"]


def test_the_same_key_and_body_give_the_same_receipt_and_record_nothing() -> None:
    world = World()
    door, key = world.door(), str(uuid4())
    first = door.act("/api/v1/petitions", RECEPTION, key=key)
    head = world.store.head()
    again = door.act("/api/v1/petitions", RECEPTION, key=key)
    assert again.status_code == 201
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert again.headers["etag"] == first.headers["etag"]
    assert world.store.head() == head


def test_a_default_sent_or_left_out_is_the_same_request() -> None:
    world = World()
    door, key = world.door(), str(uuid4())
    first = door.act("/api/v1/petitions", RECEPTION, key=key)
    again = door.act("/api/v1/petitions", {**RECEPTION, "petitioners": 1}, key=key)
    assert again.json() == first.json()


def test_the_same_key_with_another_body_is_refused() -> None:
    world = World()
    door, key = world.door(), str(uuid4())
    door.act("/api/v1/petitions", RECEPTION, key=key)
    head = world.store.head()
    other = door.act("/api/v1/petitions", {**RECEPTION, "field": "other"}, key=key)
    problem_of(other, 422, "key_reused")
    assert world.store.head() == head


def test_the_same_key_on_another_petition_is_another_request() -> None:
    world = World()
    door, key = world.door(), str(uuid4())
    one, two = (receive(door)["id"] for _ in range(2))
    guided = {"guidance": "court"}
    assert door.act(f"/api/v1/petitions/{one}/guidance", guided, key=key, version="*").is_success
    other = door.act(f"/api/v1/petitions/{two}/guidance", guided, key=key, version="*")
    problem_of(other, 422, "key_reused")


def test_two_officers_may_use_the_same_key() -> None:
    world = World()
    key = str(uuid4())
    mine = world.door(CAM_LY).act("/api/v1/petitions", RECEPTION, key=key)
    yours = world.door(LUC_NAM).act("/api/v1/petitions", RECEPTION, key=key)
    assert mine.status_code == yours.status_code == 201
    assert mine.json()["id"] != yours.json()["id"]


@pytest.mark.parametrize(
    ("mine", "yours"),
    [
        (Officer("acc-1", CAM_LY, Role.CLERK), Officer("acc-2", CAM_LY, Role.CLERK)),
        (Officer("acc-1", CAM_LY, Role.CLERK), Officer("acc-1", LUC_NAM, Role.CLERK)),
    ],
)
def test_the_receipt_of_a_colleague_or_of_another_office_is_never_given(
    mine: Officer, yours: Officer
) -> None:
    world, key = World(), str(uuid4())
    received = {
        Door(world, {"Authorization": f"Bearer {world.token(each)}"})
        .act("/api/v1/petitions", RECEPTION, key=key)
        .json()["id"]
        for each in (mine, yours)
    }
    assert len(received) == 2


def test_a_repeat_is_found_although_the_petition_moved_on() -> None:
    world = World()
    door, key = world.door(), str(uuid4())
    at = f"/api/v1/petitions/{receive(door)['id']}"
    sorted_ = {"kind": "complaint", "field": "land", "competent_office": "218"}
    first = door.act(f"{at}/classification", sorted_, key=key, version='"1"')
    offer = {"to_office": "218", "ground": "other_level"}
    assert door.act(f"{at}/transfers", offer, version='"2"').is_success
    again = door.act(f"{at}/classification", sorted_, key=key, version='"1"')
    assert again.status_code == 202
    assert again.json() == first.json()


def test_an_act_without_a_key_is_refused() -> None:
    world = World()
    answered = world.door().ask("POST", "/api/v1/petitions", body=RECEPTION)
    problem = problem_of(answered, 400, "key_missing")
    assert problem["errors"][0]["pointer"] == "header/Idempotency-Key"
    assert world.store.head() == 0


def test_a_key_too_short_too_long_or_not_ascii_is_refused() -> None:
    world = World()
    for key in ("short", "k" * 129, "khóa chống trùng"):
        sent = {"Idempotency-Key": key}
        answered = world.door().ask("POST", "/api/v1/petitions", body=RECEPTION, headers=sent)
        problem_of(answered, 400, "key_malformed")
    assert world.store.head() == 0


def test_an_act_on_a_thing_without_its_version_is_refused() -> None:
    world = World()
    door = world.door()
    at = f"/api/v1/petitions/{receive(door)['id']}"
    head = world.store.head()
    problem = problem_of(door.act(f"{at}/guidance", {"guidance": "court"}), 428, "version_required")
    assert problem["errors"][0]["pointer"] == "header/If-Match"
    assert world.store.head() == head


def test_an_act_on_an_older_version_is_refused_with_the_current_one() -> None:
    world = World()
    door = world.door()
    at = f"/api/v1/petitions/{receive(door)['id']}"
    sorted_ = {"kind": "complaint", "field": "land", "competent_office": "218"}
    door.act(f"{at}/classification", sorted_, version='"1"')
    head = world.store.head()
    stale = door.act(f"{at}/guidance", {"guidance": "court"}, version='"1"')
    problem = problem_of(stale, 412, "outdated")
    assert problem["current"] == 2
    assert stale.headers["etag"] == '"2"'
    assert world.store.head() == head


def test_a_star_acts_on_whatever_version_it_is() -> None:
    world = World()
    door = world.door()
    at = f"/api/v1/petitions/{receive(door)['id']}"
    assert door.act(f"{at}/guidance", {"guidance": "court"}, version="*").status_code == 202


def test_a_version_that_is_no_strong_tag_is_refused() -> None:
    world = World()
    door = world.door()
    at = f"/api/v1/petitions/{receive(door)['id']}"
    head = world.store.head()
    for version in ("1", 'W/"1"', '"1", "2"', '"-1"', '"x"', '"١"'):
        answered = door.act(f"{at}/guidance", {"guidance": "court"}, version=version)
        problem_of(answered, 400, "version_malformed")
    assert world.store.head() == head


def test_a_rule_of_the_field_answers_with_its_own_code_and_records_nothing() -> None:
    world = World()
    door = world.door()
    at = f"/api/v1/petitions/{receive(door)['id']}"
    head = world.store.head()
    stranger = world.door(LUC_NAM)
    offer = {"to_office": "24", "ground": "other_level"}
    problem_of(stranger.act(f"{at}/transfers", offer, version="*"), 403, "not_in_charge")
    problem_of(stranger.act(f"{at}/acceptance", {}, version="*"), 409, "no_offer_pending")
    unknown = f"/api/v1/petitions/{uuid4()}/acceptance"
    problem_of(door.act(unknown, {}, version="*"), 404, "not_found")
    assert world.store.head() == head


def test_acts_of_a_stranger_tell_no_more_than_a_reading_would() -> None:
    world = World()
    there = f"/api/v1/petitions/{receive(world.door())['id']}"
    never = f"/api/v1/petitions/{uuid4()}"
    stranger = world.door(NGHIA_PHUONG)
    head = world.store.head()
    nowhere = {"to_office": "ubnd-99999-20250101", "ground": "other_level"}
    for at in (there, never):
        problem_of(stranger.get(at), 404, "not_found")
        for version in ('"1"', '"9"', "*"):
            problem_of(stranger.act(f"{at}/acceptance", {}, version=version), 404, "not_found")
            problem_of(stranger.act(f"{at}/transfers", nowhere, version=version), 404, "not_found")
    assert world.store.head() == head


def test_a_role_that_may_not_is_refused() -> None:
    world = World()
    problem_of(
        world.door(role=Role.MONITOR).act("/api/v1/petitions", RECEPTION), 403, "role_may_not"
    )
    assert world.store.head() == 0


class SlowStore(MemoryFactStore):
    """A store that keeps whoever appends waiting until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.go_on = threading.Event(), threading.Event()

    def append(
        self,
        facts: Sequence[OfficeEvent],
        *,
        receipt: Receipt | None = None,
        traceparent: str | None = None,
    ) -> Sequence[int]:
        self.asked.set()
        self.go_on.wait(timeout=10)
        return super().append(facts, receipt=receipt, traceparent=traceparent)


def test_a_repeat_while_the_first_is_being_answered_is_told_to_wait() -> None:
    store = SlowStore()
    door, key = World(store=store).door(), str(uuid4())
    with ThreadPoolExecutor() as elsewhere:
        first = elsewhere.submit(door.act, "/api/v1/petitions", RECEPTION, key=key)
        assert store.asked.wait(timeout=10)
        second = door.act("/api/v1/petitions", RECEPTION, key=key)
        problem_of(second, 409, "in_flight")
        assert second.headers["retry-after"] == "1"
        store.go_on.set()
        assert first.result().status_code == 201
    again = door.act("/api/v1/petitions", RECEPTION, key=key)
    assert again.json() == first.result().json()
