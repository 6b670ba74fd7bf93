"""Story 2: a road complaint for the province reaches Lạng Sơn city's board (H 2)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.codes import Role
from services.demo.offices import committee, office_id
from tests.doors import Door, Receipt
from tests.stack import Stack
from tests.stories.levels import more

CITY, LANG_SON = "178", "20"
CITY_BOARD, ROADS = office_id("tcd", CITY), office_id("xd", LANG_SON)
ROAD = {
    "kind": "complaint",
    "channel": "counter",
    "field": "infrastructure",
    "place": CITY,
    "texts": {"name": "Trần Văn Thử (mẫu)", "summary": "Đường tỉnh hư hỏng (mẫu)."},
}
SORTED = {"kind": "complaint", "field": "infrastructure", "competent_office": ROADS}


def offered(board: Door, body: dict[str, Any] = ROAD) -> Receipt:
    """Received, classified as the province's, offered to its department."""
    petition = board.act("/petitions", body)
    petition = board.act(f"/petitions/{petition.id}/classification", SORTED, on=petition)
    offer = {"to_office": ROADS, "ground": "other_level", "papers": 2}
    return board.act(f"/petitions/{petition.id}/transfers", offer, on=petition)


def test_the_citizen_is_guided_to_the_competent_office(stack: Stack) -> None:
    guidance = {"guidance": "competent_office", "competent_office": ROADS}
    with stack.door(CITY_BOARD) as board:
        petition = board.act("/petitions", ROAD)
        told = board.act(f"/petitions/{petition.id}/guidance", guidance, on=petition)
        shown = board.see(f"/petitions/{petition.id}", told)
    assert shown["state"] == "guided"
    assert shown["answered_on"] == shown["received_on"]


def test_the_city_sees_sent_then_accepted_and_the_province_gains_it(stack: Stack) -> None:
    with (
        stack.door(CITY_BOARD) as board,
        stack.door(ROADS) as roads,
        stack.door(committee(CITY), Role.LEADER) as city,
        stack.door(committee(LANG_SON), Role.LEADER) as province,
    ):
        petition = offered(board)
        sent = board.see(f"/petitions/{petition.id}", petition)
        waiting = own_offices(province.see("/boards/province/20", petition))
        city_before = own_offices(city.see("/boards/district/178", petition))
        assert petition.id in offers_to(roads, petition)

        accepted = roads.act(f"/petitions/{petition.id}/acceptance", {}, on=petition)
        held = board.see(f"/petitions/{petition.id}", accepted)
        gained = own_offices(province.see("/boards/province/20", accepted))
        city_after = own_offices(city.see("/boards/district/178", accepted))
        assert petition.id not in offers_to(roads, accepted)
        followed = board.see("/inbox", accepted, queue="followed", limit=200)

    assert (sent["state"], sent["in_charge"], sent["offered_to"]) == ("offered", CITY_BOARD, ROADS)
    assert (held["state"], held["in_charge"], held["offered_to"]) == ("accepted", ROADS, None)
    assert more(gained[ROADS], waiting[ROADS]) == {"open": 1, "pending": -1}
    assert more(city_after[CITY_BOARD], city_before[CITY_BOARD]) == {"open": -1}
    assert petition.id in [each["petition"]["petition_id"] for each in followed["page"]["items"]]


def test_age_counts_from_the_first_receipt_whoever_holds_it(stack: Stack) -> None:
    two_days_ago = stack.settings.clock().now().astimezone(UTC) - timedelta(days=2)
    with stack.door(CITY_BOARD) as board, stack.door(ROADS) as roads:
        petition = offered(board, {**ROAD, "occurred_at": told(two_days_ago)})
        sent = board.see(f"/petitions/{petition.id}", petition)
        accepted = roads.act(f"/petitions/{petition.id}/acceptance", {}, on=petition)
        held = roads.see(f"/petitions/{petition.id}", accepted)
    assert held["received_on"] == sent["received_on"] < held["in_charge_since"]
    assert held["due_on"] == sent["due_on"]


def test_an_office_cannot_pass_on_what_it_was_only_offered(stack: Stack) -> None:
    with stack.door(CITY_BOARD) as board, stack.door(ROADS) as roads:
        petition = offered(board)
        head = stack.head()
        onward = {"to_office": committee(LANG_SON), "ground": "other_field"}
        told = roads.refused(
            f"/petitions/{petition.id}/transfers", onward, "not_in_charge", on=petition
        )
    assert told["status"] == 403
    assert told["errors"][0]["mend"]
    assert stack.head() == head


def own_offices(board: Any) -> dict[str, Any]:
    """The figures of the unit's own offices."""
    return {each["office"]: each for each in board["offices"]}


def offers_to(door: Door, after: Receipt) -> list[str]:
    """The petitions that wait for the office's answer."""
    page = door.see("/transfers/pending", after, limit=200)
    return [each["petition"]["petition_id"] for each in page["items"]]


def told(moment: datetime) -> str:
    """A moment as the API takes it."""
    return moment.isoformat(timespec="seconds")
