"""What a hostile or broken client may send: each refused, nothing recorded."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.codes import Role
from tests.api.real import RealWorld
from tests.api.world import RECEPTION, World, problem_of, receive
from tests.builders import CAM_LY, LUC_NAM

PETITIONS = "/api/v1/petitions"


def changed(**fields: Any) -> dict[str, Any]:
    """The plain petition with some fields changed."""
    return {**RECEPTION, **fields}


def written(**texts: Any) -> dict[str, Any]:
    """The plain petition with these texts."""
    return {**RECEPTION, "texts": texts}


@pytest.mark.parametrize(
    "raw",
    [b"{", b"", b"null", b"[]", b'"text"', b"{'kind': 1}", b"\xff\xfe", b"{}{}", b"[" * 100_000],
    ids=["open", "empty", "null", "list", "string", "quotes", "not utf-8", "two", "deep"],
)
def test_a_body_that_is_no_json_object_is_refused(raw: bytes) -> None:
    world = World()
    sent = {"Idempotency-Key": str(uuid4())}
    answered = world.door().ask("POST", PETITIONS, raw=raw, headers=sent)
    assert answered.status_code in (400, 422)
    problem_of(answered, answered.status_code, answered.json()["code"])
    assert world.store.head() == 0


def test_malformed_json_says_where_it_broke() -> None:
    sent = {"Idempotency-Key": str(uuid4())}
    answered = World().door().ask("POST", PETITIONS, raw=b'{"kind": ,}', headers=sent)
    assert problem_of(answered, 400, "bad_json")["errors"][0]["pointer"] == "#9"


def test_a_body_over_the_limit_is_refused_before_it_is_read() -> None:
    world = World()
    big = json.dumps(written(summary="x" * 1_000_000)).encode()
    sent = {"Idempotency-Key": str(uuid4())}
    problem_of(world.door().ask("POST", PETITIONS, raw=big, headers=sent), 413, "body_too_large")
    assert world.store.head() == 0


def test_a_hundred_thousand_fields_are_refused_with_a_short_answer() -> None:
    world = World()
    many = {**RECEPTION, **{f"f{n}": 0 for n in range(15_000)}}
    answered = world.door().act(PETITIONS, many)
    problem = problem_of(answered, 422, "invalid_request")
    assert len(problem["errors"]) <= 20
    assert world.store.head() == 0


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_a_body_of_another_type_is_refused(kind: str | None) -> None:
    world = World()
    answered = world.door().act(PETITIONS, RECEPTION, **{"Content-Type": kind})
    if kind is None:
        assert answered.status_code in (415, 422)
    else:
        problem_of(answered, 415, "not_json_type")
    assert world.store.head() == 0


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown kind": (changed(kind="rebellion"), "#/kind"),
    "kind a number": (changed(kind=1), "#/kind"),
    "unknown field": (changed(colour="red"), "#/colour"),
    "a field with a slash": (changed(**{"a/b": 1}), "#/a~1b"),
    "people as text": (changed(petitioners="3"), "#/petitioners"),
    "people as a fraction": (changed(petitioners=1.0), "#/petitioners"),
    "nobody": (changed(petitioners=0), "#/petitioners"),
    "more people than a column holds": (changed(petitioners=10**30), "#/petitioners"),
    "election as a number": (changed(election=1), "#/election"),
    "no place": ({k: v for k, v in RECEPTION.items() if k != "place"}, "#/place"),
    "place with bidi": (changed(place="07\u202e519"), "#/place"),
    "place too long": (changed(place="0" * 65), "#/place"),
    "occurred without a zone": (changed(occurred_at="2025-05-05T08:00:00"), "#/occurred_at"),
    "occurred as a number": (changed(occurred_at=1746406800), "#/occurred_at"),
    "occurred in the first year": (
        changed(occurred_at="0001-01-01T00:00:00+07:00"),
        "#/occurred_at",
    ),
    "occurred after the last year": (
        changed(occurred_at="9999-12-31T23:59:59-07:00"),
        "#/occurred_at",
    ),
    "occurred on no day": (changed(occurred_at="2025-02-30T08:00:00Z"), "#/occurred_at"),
    "texts a list": (changed(texts=[]), "#/texts"),
    "an unknown text": (written(diary="x"), "#/texts/diary"),
    "a text that is a number": (written(summary=7), "#/texts/summary"),
    "a text beyond reason": (written(summary="x" * 20_001), "#/texts/summary"),
}


@pytest.mark.parametrize(("body", "pointer"), FAULTS.values(), ids=FAULTS.keys())
def test_a_body_of_the_wrong_shape_says_which_field(body: dict[str, Any], pointer: str) -> None:
    world = World()
    problem = problem_of(world.door().act(PETITIONS, body), 422, "invalid_request")
    assert pointer in [each["pointer"] for each in problem["errors"]]
    assert world.store.head() == 0


REFUSALS: dict[str, tuple[dict[str, Any], str, str]] = {
    "NUL": (written(summary="a\x00b"), "forbidden_character", "#/texts/summary"),
    "right-to-left override": (written(name="An\u202eh"), "forbidden_character", "#/texts/name"),
    "text too long": (written(summary="x" * 4_001), "text_too_long", "#/texts/summary"),
    "unknown unit": (changed(place="99999"), "unknown_unit", "#/place"),
    "a unit of another period": (changed(place="24-20250701"), "unknown_unit", "#/place"),
    "unknown accused office": (changed(accused_office="x-1"), "unknown_office", "#/accused_office"),
    "tomorrow": (changed(occurred_at="2025-05-06T08:00:00Z"), "not_yet_happened", "#/occurred_at"),
}


@pytest.mark.parametrize(("body", "code", "pointer"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_the_field_refuses_says_where_and_how_to_mend_it(
    body: dict[str, Any], code: str, pointer: str
) -> None:
    world = World()
    problem = problem_of(world.door().act(PETITIONS, body), 422, code)
    assert problem["errors"][0]["pointer"] == pointer
    assert world.store.head() == 0


FAR = ("0001-01-01", "1945-09-01", "2200-01-01", "9999-12-31")
ASKED: dict[str, tuple[str, str]] = {
    **{
        f"a trial from {day}": (f"law/trial?clock=reply.citizen&start={day}", "query/start")
        for day in FAR
    },
    **{f"rules as of {day}": (f"law/rules?at={day}", "query/at") for day in FAR},
}


@pytest.mark.parametrize(("asked", "pointer"), ASKED.values(), ids=ASKED.keys())
def test_a_question_out_of_this_world_is_refused_where_it_was_asked(
    asked: str, pointer: str
) -> None:
    problem = problem_of(World().door().get(f"/api/v1/{asked}"), 422, "invalid_request")
    assert problem["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("day", FAR)
def test_a_day_out_of_this_world_is_refused_at_its_field(day: str) -> None:
    world = World()
    door = world.door()
    at = f"{PETITIONS}/{receive(door)['id']}/transfers"
    head = world.store.head()
    offer = {"to_office": "218", "ground": "other_level", "reply_due": day}
    problem = problem_of(door.act(at, offer, version="*"), 422, "invalid_request")
    assert problem["errors"][0]["pointer"] == "#/reply_due"
    assert world.store.head() == head


def test_a_day_in_another_century_is_refused_by_the_field() -> None:
    world = World()
    door = world.door()
    at = f"{PETITIONS}/{receive(door)['id']}/transfers"
    offer = {"to_office": "218", "ground": "other_level", "reply_due": "2125-05-08"}
    problem = problem_of(door.act(at, offer, version="*"), 422, "day_out_of_reach")
    assert problem["errors"][0]["pointer"] == "#/reply_due"


def test_a_name_with_nul_is_refused_before_it_is_a_fact() -> None:
    world = World()
    admin = world.door(CAM_LY, Role.ADMIN)
    name = {"name": "Xã\0Cẩm Lý", "valid_from": "2025-05-05", "basis": "1/NQ"}
    answered = admin.act("/api/v1/units/07519-20250101/name", name, version="*")
    problem = problem_of(answered, 422, "invalid_request")
    assert problem["errors"][0]["pointer"] == "#/name"
    assert world.store.head() == 0


def test_half_a_character_is_refused() -> None:
    world = World()
    sent = {"Idempotency-Key": str(uuid4())}
    raw = json.dumps(written(summary="MARK")).replace("MARK", "\\ud800").encode()
    answered = world.door().ask("POST", PETITIONS, raw=raw, headers=sent)
    problem = problem_of(answered, 422, "invalid_request")
    assert problem["errors"][0]["pointer"] == "#/texts/summary"
    assert world.store.head() == 0


def test_a_decomposed_text_is_kept_composed_and_comes_back_so() -> None:
    world = World()
    composed, decomposed = "Việt", "Vie\u0323\u0302t"
    receipt = receive(world.door(), texts={"summary": decomposed})
    (fact,) = world.store.load(UUID(receipt["id"]))
    entry = fact.texts[0].entry  # type: ignore[attr-defined] # a reception has texts
    assert world.vault.open(fact.originator_id, entry, "summary") == composed


def test_a_date_that_is_no_date_is_refused() -> None:
    world = World()
    door = world.door()
    at = f"{PETITIONS}/{receive(door)['id']}/transfers"
    head = world.store.head()
    for day in (
        "2025-02-30",
        "30/05/2025",
        "2025-5-3",
        20250503,
        "2025-05-20T00:00:00Z",
        "٢٠٢٥-٠٥-٢٠",
    ):
        offer = {"to_office": "218", "ground": "other_level", "reply_due": day}
        problem = problem_of(door.act(at, offer, version="*"), 422, "invalid_request")
        assert problem["errors"][0]["pointer"] == "#/reply_due"
    assert world.store.head() == head


def test_a_petition_is_not_offered_to_the_office_that_holds_it() -> None:
    world = World()
    door = world.door()
    at = f"{PETITIONS}/{receive(door)['id']}/transfers"
    head = world.store.head()
    offer = {"to_office": CAM_LY, "ground": "other_level"}
    problem_of(door.act(at, offer, version="*"), 409, "transfer_to_oneself")
    assert world.store.head() == head


def test_nothing_is_recorded_on_a_closed_matter() -> None:
    world = World()
    door = world.door()
    at = f"{PETITIONS}/{receive(door)['id']}"
    assert door.act(f"{at}/guidance", {"guidance": "court"}, version="*").is_success
    head = world.store.head()
    offer = {"to_office": LUC_NAM, "ground": "other_level"}
    problem_of(door.act(f"{at}/transfers", offer, version="*"), 409, "petition_ended")
    assert world.store.head() == head


def test_an_unknown_address_or_method_is_a_problem_too() -> None:
    door = World().door()
    problem_of(door.get("/api/v1/petitioners"), 404, "no_such_address")
    problem_of(door.get("/api/v1/petitions/"), 404, "no_such_address")
    answered = door.ask("DELETE", PETITIONS)
    problem_of(answered, 405, "method_not_allowed")
    assert answered.headers["allow"]


def test_an_id_that_is_none_says_so() -> None:
    answered = World().door().act("/api/v1/petitions/42/acceptance", {}, version="*")
    problem = problem_of(answered, 422, "invalid_request")
    assert problem["errors"][0]["pointer"] == "path/petition_id"


CANARY = "Hoàng Thị Chim Yến"


def test_what_was_sent_is_never_in_a_refusal() -> None:
    door = World().door()
    for body in (
        written(name=CANARY, diary=CANARY),
        written(name=CANARY + "\u202e"),
        changed(place=99999, texts={"name": CANARY}),
        changed(kind=CANARY),
        changed(occurred_at=CANARY),
    ):
        answered = door.act(PETITIONS, body)
        assert answered.status_code == 422
        assert CANARY not in answered.text


def test_a_number_that_postgres_cannot_take_is_refused(real: RealWorld) -> None:
    for asked in ("petitions?number=%00", "cases?number=VV%00"):
        problem_of(real.door().get(f"/api/v1/{asked}"), 422, "not_askable")
