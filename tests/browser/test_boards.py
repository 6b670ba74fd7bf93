"""The three boards in a real Chromium, live."""

import pytest
from playwright.sync_api import Browser, expect

from services.demo.offices import committee, office_id
from tests.browser.visits import signed_in
from tests.stack import Stack

PENDING = 3
"""The figure "Chuyển đến chưa nhận" of the province's strip."""

BOARDS = {
    "province": ("leader.ubnd-24", "/dieu-hanh", "Bảng điều hành"),
    "district": ("leader.ubnd-218", "/huyen/218", "Huyện Lục Nam"),
    "desk": ("clerk.ubnd-07456", "/hop-viec", "Chuyển đến, chờ cơ quan bạn nhận"),
}


@pytest.mark.parametrize("board", BOARDS)
def test_a_board_is_complete_quiet_and_accessible(
    chromium: Browser, running_stack: Stack, board: str
) -> None:
    account, path, words = BOARDS[board]
    with signed_in(chromium, running_stack, account) as visit:
        visit.open(path)

        expect(visit.page.locator("main")).to_contain_text(words)
        expect(visit.page.locator("#data-age [data-when=live]")).to_be_visible()
        visit.must_be_accessible()
        visit.picture(board)
        assert visit.said == []


def test_a_transfer_in_a_commune_moves_the_provinces_board_without_a_reload(
    chromium: Browser, running_stack: Stack
) -> None:
    with (
        signed_in(chromium, running_stack, "leader.ubnd-24") as visit,
        running_stack.door(committee("07519")) as desk,
    ):
        visit.open("/dieu-hanh")
        expect(visit.page.locator("#data-age [data-when=live]")).to_be_visible()
        visit.page.evaluate("document.body.dataset.kept = 'yes'")
        before = visit.figure(PENDING)

        received = desk.act(
            "/petitions",
            {"kind": "proposal", "channel": "counter", "field": "agriculture", "place": "07519"},
        )
        offer = {"to_office": office_id("nnmt", "218"), "ground": "other_field"}
        sent = desk.act(f"/petitions/{received.id}/transfers", offer, on=received)

        visit.wait_for_figure(PENDING, before + 1)
        desk.act(f"/petitions/{sent.id}/recall", {}, on=sent)
        visit.wait_for_figure(PENDING, before)
        assert visit.page.evaluate("document.body.dataset.kept") == "yes"
        assert visit.said == []


def test_a_board_says_when_it_lost_its_server_and_when_it_is_back(
    chromium: Browser, running_stack: Stack
) -> None:
    with signed_in(chromium, running_stack, "leader.ubnd-218") as visit:
        visit.open("/huyen/218")
        live = visit.page.locator("#data-age [data-when=live]")
        lost = visit.page.locator("#data-age [data-when=reconnecting]")
        expect(live).to_be_visible()

        with running_stack.without("api"):
            expect(lost).to_be_visible(timeout=30_000)
            expect(lost).to_contain_text("Mất kết nối")

        expect(live).to_be_visible(timeout=120_000)
    running_stack.wait_until_well()
