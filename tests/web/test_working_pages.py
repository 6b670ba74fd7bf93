"""The working pages in use: with a script and without, nothing typed is lost or leaked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from services.web.assets.build import BUILT, build
from services.web.models import Link
from services.web.models.dossier import Timeline
from services.web.render import Assets, Renderer
from services.web.showcase import crowds, dossiers, forms, more_forms, replays

SITE: Final = "http://tiepdan.test"
EVIL: Final = '<script>alert("x")</script>'
Make = Callable[[Request], tuple[str, object]]

browser_test = pytest.mark.browser


class Pages:
    """Pages served from models inside the browser; it remembers what was asked for."""

    def __init__(self, context: BrowserContext) -> None:
        build()
        self.renderer = Renderer(Assets.load())
        self.asked: list[Request] = []
        self.make: Make = lambda _: ("error.html", None)
        context.route("**/*", self._answer)
        self.page = context.new_page()

    def show(self, make: Make, path: str = "/here") -> Page:
        self.make = make
        self.page.goto(SITE + path)
        self.asked.clear()
        return self.page

    def posted(self) -> dict[str, list[str]]:
        """The last form that was sent."""
        sent = next(request for request in reversed(self.asked) if request.method == "POST")
        return parse_qs(sent.post_data or "", keep_blank_values=True)

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            route.fulfill(path=BUILT / path.removeprefix("/static/"))
            return
        self.asked.append(route.request)
        template, model = self.make(route.request)
        route.fulfill(body=self.renderer.page(template, model), content_type="text/html")


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def pages(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Pages]:
    context = chromium.new_context(java_script_enabled=request.param)
    yield Pages(context)
    context.close()


@pytest.fixture
def scripted(chromium: Browser) -> Iterator[Pages]:
    context = chromium.new_context()
    yield Pages(context)
    context.close()


@browser_test
def test_enter_in_a_field_asks_to_check_and_not_to_search(pages: Pages) -> None:
    page = pages.show(lambda _: ("intake.html", forms.intake()))
    page.locator("[id='texts.name']").press("Enter")
    sent = pages.posted()
    assert sent["step"] == ["check"]
    assert sent["texts.name"] == ["Nguyễn Thị A (mẫu)"]
    assert sent["key"] == ["5b0c7f0e-6f44-4d62-9f0e-0d6a3c1f7a10"]
    assert sent["csrf"] == ["sample"]


@browser_test
def test_the_search_for_an_office_brings_the_whole_form_back(pages: Pages) -> None:
    page = pages.show(lambda _: ("act_form.html", more_forms.transfer()))
    page.locator("[id='to_office.q']").fill("tam di")
    page.get_by_role("button", name="Tìm Cơ quan nhận").click()
    sent = pages.posted()
    assert (sent["step"], sent["to_office.q"]) == (["find"], ["tam di"])
    assert sent["texts.note"] == [more_forms.TRANSFER["texts.note"]]
    assert page.url.endswith("/ho-so/0147/chuyen#to_office-picker")


@browser_test
def test_mending_an_answer_puts_nothing_typed_into_an_address(pages: Pages) -> None:
    page = pages.show(lambda _: ("act_check.html", forms.intake_check()))
    page.get_by_role("button", name="Sửa Họ và tên").click()
    sent = pages.posted()
    assert sent["step"] == ["edit"]
    assert sent["texts.phone"] == ["0912 345 678"]
    assert all("?" not in request.url for request in pages.asked)
    assert page.url.endswith("/tiep-nhan#texts.name")


@browser_test
def test_a_conflict_sends_what_was_typed_with_the_new_version(pages: Pages) -> None:
    typed = (("texts.note", "Đề nghị nạo vét."), ("kind", "proposal"))
    model = more_forms.conflict()
    model = replace(model, post=replace(model.post, hidden=typed))
    page = pages.show(lambda _: ("conflict.html", model))
    page.get_by_role("button", name="Xem lại với bản mới").click()
    sent = pages.posted()
    assert sent["version"] == ["12"]
    assert sent["texts.note"] == ["Đề nghị nạo vét."]


@browser_test
def test_choosing_denunciation_frames_the_identity_at_once(scripted: Pages) -> None:
    page = scripted.show(lambda _: ("intake.html", forms.intake()))
    words = page.get_by_text("Danh tính được niêm phong.")
    expect(words).to_be_hidden()
    page.get_by_label("Tố cáo", exact=True).check()
    expect(words).to_be_visible()
    expect(page.locator("#who")).to_have_class("region sealed")
    page.get_by_label("Phản ánh", exact=True).check()
    expect(words).to_be_hidden()


@browser_test
def test_the_slider_shows_the_next_event_and_keeps_the_focus(scripted: Pages) -> None:
    def at(request: Request) -> tuple[str, object]:
        asked = parse_qs(urlsplit(request.url).query).get("n", ["7"])[0]
        model = replays.replay()
        return "replay.html", replace(model, n=int(asked), said=f"sự kiện {asked}/11")

    page = scripted.show(at)
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    expect(page.locator("#replay-now")).to_contain_text("8/11")
    expect(slider).to_have_attribute("aria-valuetext", "sự kiện 8/11")
    expect(slider).to_be_focused()
    assert parse_qs(urlsplit(scripted.asked[-1].url).query) == {"n": ["8"], "vai": ["leader"]}


@browser_test
def test_without_a_script_the_replay_moves_by_links(chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    pages = Pages(context)
    page = pages.show(lambda _: ("replay.html", replays.replay()))
    expect(page.get_by_role("button", name="Phát")).to_be_hidden()
    page.get_by_role("link", name="Tới").click()
    assert page.url.endswith("?n=8&vai=leader")
    page.get_by_role("button", name="Xem sự kiện này").click()
    assert parse_qs(urlsplit(page.url).query)["n"] == ["7"]
    context.close()


@browser_test
def test_the_bar_of_a_crowd_stays_in_reach_on_a_phone(chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    page = Pages(context).show(lambda _: ("gathering.html", crowds.gathering()))
    bar = page.locator(".crowd-acts").bounding_box()
    assert bar is not None
    assert bar["y"] + bar["height"] <= 641
    page.get_by_text("Danh mục", exact=True).click()
    expect(page.get_by_role("link", name="Hộp việc (14)")).to_be_visible()
    context.close()


@browser_test
def test_printing_a_receipt_prints_the_paper_alone(scripted: Pages) -> None:
    page = scripted.show(lambda _: ("receipt.html", forms.receipt()))
    page.emulate_media(media="print")
    expect(page.locator(".paper")).to_be_visible()
    for part in (".shell", ".nav", ".demo-banner", ".act-side", "h1"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator(".paper-sample")).to_have_text("Dữ liệu mẫu, không có giá trị")


def test_text_of_people_is_escaped_on_the_working_pages() -> None:
    renderer = Renderer(Assets({name: name for name in ("app.css", "app.js", "icon.svg")}))
    file = replace(dossiers.petition_texts(), title=EVIL, crumbs=(Link(EVIL, "/"),), editing=EVIL)
    typed = replace(more_forms.conflict(), what=EVIL)
    for template, model in (("petition_file.html", file), ("conflict.html", typed)):
        html = renderer.page(template, model)
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html
    form = renderer.page("intake.html", forms.intake(**{"texts.name": '"><b id=x>'}))
    assert "<b id=x>" not in form


def test_a_live_file_fetches_itself_and_an_opened_text_is_never_swapped_away() -> None:
    renderer = Renderer(Assets({name: name for name in ("app.css", "app.js", "icon.svg")}))
    whole = renderer.page("petition_file.html", dossiers.petition())
    piece = renderer.page("dossier/petition.html", dossiers.petition()).strip()
    assert piece in whole
    assert 'id="file" hx-get="/ho-so/0147/phan/tat-ca" hx-trigger="file from:#live' in piece
    opened = renderer.page("dossier/petition.html", dossiers.petition_texts())
    assert 'id="file" hx-get' not in opened
    assert 'id="file-news" hx-get="/ho-so/0147/phan/moi"' in opened


def test_a_denunciation_offers_no_way_to_the_identity() -> None:
    renderer = Renderer(Assets({name: name for name in ("app.css", "app.js", "icon.svg")}))
    html = renderer.page("petition_file.html", dossiers.denunciation())
    assert "Danh tính được niêm phong." in html
    assert "danh-tinh" not in html
    bare = replace(dossiers.denunciation(), timeline=Timeline((), ()))
    assert "timeline" not in renderer.page("dossier/petition.html", bare)
