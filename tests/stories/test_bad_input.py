"""What goes wrong at a desk: refused with what, where and how to mend it; nothing recorded."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.codes import Role
from infra.clock import SystemClock
from infra.identity.keys import new_signing_key
from infra.identity.tokens import LocalIssuer
from services.demo.offices import committee
from tests.doors import Door
from tests.stack import Stack
from tests.stories.test_single_petitioner import CAM_LY, COMPLAINT, sorted_complaint


@pytest.fixture
def desk(stack: Stack) -> Iterator[Door]:
    """A desk whose store must not have moved at the end, but for what the test recorded."""
    with stack.door(committee(CAM_LY)) as door:
        yield door


def is_problem(answer: httpx.Response, status: int, code: str, pointer: str) -> None:
    """A problem that says what, where and how to mend it."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code), told
    fault = told["errors"][0]
    assert fault["pointer"] == pointer, told
    assert told["title"]
    assert fault["message"]
    assert fault["mend"]


def with_text(text: str) -> dict[str, Any]:
    return {**COMPLAINT, "texts": {"summary": text}}


ROWS: dict[str, tuple[dict[str, Any], int, str, str]] = {
    "an unknown unit": ({**COMPLAINT, "place": "99999"}, 422, "unknown_unit", "#/place"),
    "a unit of after the reform": (
        {**COMPLAINT, "place": "24-20250701"}, 422, "unknown_unit", "#/place",
    ),
    "an unknown kind": ({**COMPLAINT, "kind": "letter"}, 422, "invalid_request", "#/kind"),
    "no date at all": (
        {**COMPLAINT, "occurred_at": "hôm qua"}, 422, "invalid_request", "#/occurred_at",
    ),
    "NUL": (with_text("a\x00b"), 422, "forbidden_character", "#/texts/summary"),
    "bidi": (with_text("An\u202eh"), 422, "forbidden_character", "#/texts/summary"),
    "a book of text": (with_text("x" * 4_001), 422, "text_too_long", "#/texts/summary"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "status", "code", "pointer"), ROWS.values(), ids=ROWS.keys())
def test_a_petition_that_cannot_be_taken_in_is_refused(
    stack: Stack, desk: Door, body: dict[str, Any], status: int, code: str, pointer: str
) -> None:
    head = stack.head()
    is_problem(desk.send("/petitions", body), status, code, pointer)
    assert stack.head() == head


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b'{"kind": ', 400, "bad_json"),
        (json.dumps(with_text("x" * 1_000_000)).encode(), 413, "body_too_large"),
    ],
    ids=["half a body", "a megabyte"],
)
def test_a_body_that_is_none_is_refused(
    stack: Stack, desk: Door, raw: bytes, status: int, code: str
) -> None:
    head = stack.head()
    headers = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
    answer = desk.http.post("/api/v1/petitions", content=raw, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["errors"][0]["mend"]
    assert stack.head() == head


def test_a_text_in_another_unicode_form_is_taken_composed(stack: Stack, desk: Door) -> None:
    petition = desk.act("/petitions", with_text("Vie\u0323\u0302t"))
    history = desk.see(f"/histories/{petition.id}", petition)
    (entry,) = [ref["entry"] for ref in history["items"][0]["facts"]["texts"]]
    opened = desk.http.post(
        f"/api/v1/histories/{petition.id}/texts/{entry}",
        json={"purpose": "handling"},
        headers={"Idempotency-Key": uuid4().hex},
    )
    assert opened.json()["text"] == "Việt"


def test_a_transfer_to_oneself_and_to_an_office_of_another_period(stack: Stack, desk: Door) -> None:
    petition = sorted_complaint(desk)
    path, head = f"/petitions/{petition.id}/transfers", stack.head()
    offer = {"to_office": desk.office, "ground": "other_level"}
    is_problem(desk.send(path, offer, on=petition), 409, "transfer_to_oneself", "#/to_office")
    offer["to_office"] = "ubnd-24-20250701"
    is_problem(desk.send(path, offer, on=petition), 422, "unknown_office", "#/to_office")
    assert stack.head() == head


def test_nothing_is_recorded_on_a_closed_case(stack: Stack, desk: Door) -> None:
    with stack.door(desk.office, Role.LEADER) as head_of_office:
        case = head_of_office.act("/cases", {"petition_id": sorted_complaint(desk).id})
        at = f"/cases/{case.id}"
        today = head_of_office.see(at, case)["opened_on"]
        decision = {"outcome": "wrong", "decided_on": today}
        case = head_of_office.act(f"{at}/decision", decision, on=case)
        closing = {"reason": "decision_carried_out", "notice": "written", "noticed_on": today}
        case = head_of_office.act(f"{at}/closure", closing, on=case)
        head = stack.head()
        head_of_office.refused(f"{at}/reports", {}, "case_closed", on=case)
    assert stack.head() == head


def test_of_two_officers_on_one_version_one_wins_and_the_other_is_told(
    stack: Stack, desk: Door
) -> None:
    petition = sorted_complaint(desk)
    path = f"/petitions/{petition.id}/guidance"
    with ThreadPoolExecutor(8) as officers:
        answers = list(
            officers.map(lambda _: desk.send(path, {"guidance": "court"}, on=petition), range(8))
        )
    told = sorted(answer.status_code for answer in answers)
    assert told == [202, *([412] * 7)]
    assert desk.see(f"/petitions/{petition.id}")["version"] == petition.version + 1


def test_a_token_of_another_issuer_opens_nothing(stack: Stack) -> None:
    forger = LocalIssuer(
        new_signing_key(),
        SystemClock(),
        issuer=stack.settings.issuer,
        audience=stack.settings.jwt_audience,
    )
    token = forger.issue("somebody", committee(CAM_LY), Role.CLERK)
    head = stack.head()
    answer = httpx.post(
        f"{stack.url}/api/v1/petitions",
        json=COMPLAINT,
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": uuid4().hex},
    )
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["errors"][0]["pointer"] == "header/Authorization"
    assert stack.head() == head


def test_nothing_of_a_broken_unit_list_is_imported(stack: Stack, tmp_path: Path) -> None:
    broken = tmp_path / "units.csv"
    broken.write_text(
        "code,level,full_name,parent_code\n98,province,Tỉnh Thử,\n999,huyen,Huyện Thử,98\n",
        encoding="utf-8",
    )
    head = stack.head()
    done = stack.run("units", "import", str(broken), "--valid-from", "2025-01-01")
    assert done.returncode == 1
    for said in ("3", "level", "huyen"):
        assert said in done.stderr
    assert stack.head() == head
