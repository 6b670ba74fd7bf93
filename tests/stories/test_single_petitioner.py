"""Story 1: a woman brings a land complaint to a commune of Lục Nam (requirements.md H 1)."""

from typing import Any

from domain.codes import Role
from services.demo.offices import committee
from tests.doors import Door, Receipt
from tests.stack import Stack
from tests.stories.levels import levels, more

CAM_LY, LUC_NAM, BAC_GIANG = "07519", "218", "24"
COMPLAINT = {
    "kind": "complaint",
    "channel": "counter",
    "field": "land",
    "place": CAM_LY,
    "texts": {"name": "Nguyễn Thị Thử (mẫu)", "summary": "Xin xem lại mốc ranh giới (mẫu)."},
}


def sorted_complaint(desk: Door, body: dict[str, Any] = COMPLAINT) -> Receipt:
    """Received and classified as the desk's own."""
    petition = desk.act("/petitions", body)
    own = {"kind": body["kind"], "field": body["field"], "competent_office": desk.office}
    return desk.act(f"/petitions/{petition.id}/classification", own, on=petition)


def test_a_complaint_at_the_desk_counts_one_more_at_every_level(stack: Stack) -> None:
    with levels(stack, CAM_LY, LUC_NAM, BAC_GIANG) as at:
        before = at.boards()
        receipt = sorted_complaint(at.desk)
        after = at.boards(receipt)
    assert after.desk["counts"]["received_today"] == before.desk["counts"]["received_today"] + 1
    assert more(after.desk["counts"]["queues"], before.desk["counts"]["queues"]) == {
        "mine": 1,
        "all": 1,
    }
    one_more = {"received": 1, "open": 1}
    for now, then in (
        (after.commune_in_district(CAM_LY), before.commune_in_district(CAM_LY)),
        (after.district["total"], before.district["total"]),
        (after.district_in_province(LUC_NAM), before.district_in_province(LUC_NAM)),
        (after.province["total"], before.province["total"]),
    ):
        assert more(now, then) == one_more


def test_the_desk_shows_a_due_date_and_the_case_gets_one_of_its_own(stack: Stack) -> None:
    with (
        stack.door(committee(CAM_LY)) as desk,
        stack.door(committee(CAM_LY), Role.HANDLER) as handler,
    ):
        petition = sorted_complaint(desk)
        shown = desk.see(f"/petitions/{petition.id}", petition)
        case = handler.act("/cases", {"petition_id": petition.id})
        taken_up = desk.see_once(f"/petitions/{petition.id}", lambda row: row["case_id"] == case.id)
        opened = handler.see(f"/cases/{case.id}", case)
    assert shown["due_on"] > shown["received_on"]
    assert shown["state"] == "classified"
    assert taken_up["state"] == "taken_up"
    assert taken_up["answered_on"] == taken_up["received_on"]
    assert opened["settle_due"] > shown["due_on"]
    assert opened["number"] == case.number


def test_receipt_numbers_of_a_desk_have_no_gap(stack: Stack) -> None:
    with stack.door(committee(CAM_LY)) as desk:
        numbers = [desk.act("/petitions", COMPLAINT).number or "" for _ in range(3)]
    first, *following = (int(number.rsplit("-", 1)[1]) for number in numbers)
    assert following == [first + 1, first + 2]


def test_the_same_key_gives_the_same_receipt_and_records_nothing_twice(stack: Stack) -> None:
    with stack.door(committee(CAM_LY)) as desk:
        receipt = desk.act("/petitions", COMPLAINT, key="once-and-only-once")
        head = stack.head()
        answer = desk.send("/petitions", COMPLAINT, key="once-and-only-once")
        assert Receipt.of(answer) == receipt
        assert answer.headers["Idempotent-Replayed"] == "true"
        other = desk.send("/petitions", {**COMPLAINT, "field": "other"}, key="once-and-only-once")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert stack.head() == head
