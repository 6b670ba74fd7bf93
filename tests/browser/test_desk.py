"""A clerk's morning in a real Chromium: by keyboard alone, by clicks, and without scripts."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.visits import Visit, signed_in
from tests.stack import Stack

CLERK = "clerk.ubnd-07519"
ROOM = "office-head.nnmt-218"
NUMBER = re.compile(r"07519-25-\d{4}")


def choose_first(visit: Visit, name: str) -> None:
    """Choose the first choice of a radio group or list by keyboard."""
    visit.tab_to(name)
    kind = visit.page.evaluate("document.activeElement.type")
    visit.page.keyboard.press("Space" if kind == "radio" else "ArrowDown")


def received_by_keyboard(visit: Visit) -> str:
    """Take a petition in with keys alone; its number."""
    page = visit.page
    visit.open("/hop-viec")
    page.keyboard.press("F2")
    page.wait_for_url("**/tiep-nhan**")
    choose_first(visit, "kind")
    choose_first(visit, "field")
    visit.tab_to("texts.summary")
    page.keyboard.type("Đường liên thôn ngập sau mưa (mẫu).")
    page.keyboard.press("F9")
    expect(page.locator("main")).to_contain_text("Đường liên thôn ngập")
    page.keyboard.press("F9")
    page.wait_for_url("**/bien-nhan/**")
    found = NUMBER.search(page.locator("main").inner_text())
    assert found is not None
    return found[0]


def test_a_petition_is_received_by_keyboard_alone(chromium: Browser, running_stack: Stack) -> None:
    with signed_in(chromium, running_stack, CLERK) as visit:
        number = received_by_keyboard(visit)

        visit.must_be_accessible()
        visit.picture("receipt")
        assert number
        assert visit.said == []


def test_a_petition_passes_from_desk_to_division_by_clicks(
    chromium: Browser, running_stack: Stack
) -> None:
    with signed_in(chromium, running_stack, CLERK) as desk:
        number = received_by_keyboard(desk)
        desk.open(f"/tim?q={number}")
        desk.page.wait_for_url("**/ho-so/**")
        file = desk.page.url
        desk.open(file.removeprefix(desk.url) + "/chuyen")
        desk.page.fill("input[name='to_office.q']", "Nông nghiệp và Môi trường huyện Lục Nam")
        desk.page.press("input[name='to_office.q']", "Enter")
        desk.page.check("input[name='to_office'][value^='nnmt-218']")
        desk.page.check("input[name='ground'] >> nth=0")
        desk.page.click("button.btn-main[value='check']")
        desk.page.click("button.btn-main[value='record']")
        expect(desk.page.locator("main")).to_contain_text("Sẽ chịu trách nhiệm khi nhận")
        desk.picture("file-offered")

    with signed_in(chromium, running_stack, ROOM) as room:
        room.page.goto(file + "/nhan")
        room.page.locator("main button[type=submit]").last.click()
        if room.page.locator("button[value='record']").count():
            room.page.click("button.btn-main[value='record']")
        room.page.goto(file)
        expect(room.page.locator("main")).to_contain_text("Phòng Nông nghiệp và Môi trường")
        expect(room.page.locator("main")).not_to_contain_text("Sẽ chịu trách nhiệm khi nhận")
        room.must_be_accessible()
        assert room.said == []


def test_a_petition_is_received_without_scripts(chromium: Browser, running_stack: Stack) -> None:
    with signed_in(chromium, running_stack, CLERK, scripts=False) as visit:
        page = visit.page
        visit.open("/tiep-nhan")
        page.check("input[name='kind'][value='feedback']")
        page.select_option("select[name='field']", "environment")
        page.fill("textarea[name='texts.summary']", "Rác tồn ở chợ (mẫu).")
        page.click("button.btn-main[value='check']")
        page.click("button.btn-main[value='record']")

        expect(page.locator("main")).to_contain_text(NUMBER)
