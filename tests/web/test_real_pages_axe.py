"""Real pages of the demo in a real browser: accessible, inside their room, quiet, alive."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, ViewportSize

from domain.codes import Role
from projections.answers import AwaitingWhat
from projections.asks import CrowdState, GatheringFilter
from projections.petition_row import PetitionRow
from services.areas import area_of
from services.demo.accounts import account_of
from services.demo.offices import committee, office_id
from tests.accessibility import findings_on
from tests.api.real import served
from tests.web.page_forms import words_of
from tests.web.site_world import SiteWorld, world

__all__ = ["world"]

BAC_GIANG, LUC_NAM, TAM_DI, LUC_SON = map(committee, ("24", "218", "07456", "07510"))
DESKTOP: Final = ViewportSize(width=1366, height=768)
PHONE: Final = ViewportSize(width=360, height=740)
WALL: Final = ViewportSize(width=1920, height=1080)
LINK: Final = re.compile(r'href="(/[^"#]*)')
IDS: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{2,5}-\d{8}|[0-9]+")

Person = tuple[str, Role]
LEADER: Final[Person] = (BAC_GIANG, Role.LEADER)
CHAIR: Final[Person] = (LUC_NAM, Role.LEADER)
CLERK: Final[Person] = (TAM_DI, Role.CLERK)
RETURNS: Final[Person] = (LUC_SON, Role.RETURN_LEAD)
AUDITOR: Final[Person] = (office_id("ttr", "24"), Role.AUDITOR)


@dataclass(frozen=True)
class Walk:
    """The site over the demo, with the addresses each person opens."""

    world: SiteWorld
    url: str
    pages: Mapping[Person, tuple[str, ...]]


@pytest.fixture(scope="module")
def walk(world: SiteWorld) -> Iterator[Walk]:
    """Twelve pages and more, of five people."""
    with served(world.with_parts(world.parts)) as at:  # type: ignore[arg-type]
        yield Walk(world, at.url, _pages(world))


def _disputed(world: SiteWorld) -> PetitionRow:
    waits = world.views.awaiting_decision((LUC_NAM,))
    found = next(row.petition for row in waits if row.what == AwaitingWhat.COMPETENCE)
    assert found is not None
    return found


def _pages(world: SiteWorld) -> Mapping[Person, tuple[str, ...]]:
    directory, today = world.follower.current(), world.clock.now().date()
    area = area_of(directory.get_office(LUC_NAM, today).unit, directory, today)
    crowds = world.views.gatherings(GatheringFilter(area=area, state=CrowdState.GOING_ON), limit=9)
    crowd = next(row for row in crowds.items if row.received_at is None)
    helped = next(
        mission for row in crowds.items for mission in world.views.missions_of(row.gathering_id)
    )
    dispute = f"/ho-so/{_disputed(world).petition_id}"
    return {
        LEADER: ("/dieu-hanh/24", "/ds", "/doan-dong-nguoi", "/ho-tro-ve"),
        CHAIR: (
            "/huyen/218",
            dispute,
            f"{dispute}/tham-quyen",
            f"{dispute}/thoi-han",
            f"/su-viec/{crowd.gathering_id}",
        ),
        CLERK: ("/hop-viec", "/tiep-nhan", "/doan-dong-nguoi/bao", "/tro-giup"),
        RETURNS: (f"/ho-tro-ve/{helped.mission_id}",),
        AUDITOR: (f"/kiem-tra/{_disputed(world).petition_id}",),
    }


def signed_in(chromium: Chromium, walk: Walk, person: Person, size: ViewportSize) -> Page:
    page = chromium.new_context(viewport=size).new_page()
    page.goto(walk.url)
    page.locator(f'button[value="{account_of(*person)}"]').first.click()
    page.wait_for_url(lambda address: "/dang-nhap" not in address)
    return page


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("person", [LEADER, CHAIR, CLERK, RETURNS, AUDITOR], ids=lambda p: p[1])
def test_a_person_s_pages_are_accessible_quiet_and_inside_their_screen(
    chromium: Chromium, walk: Walk, person: Person, size: ViewportSize
) -> None:
    page = signed_in(chromium, walk, person, size)
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in walk.pages[person]:
        answer = page.goto(walk.url + path)
        assert answer is not None, path
        assert answer.status == 200, path
        assert findings_on(page) == "", path
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"], path
    page.context.close()
    assert said == []


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_sign_in_page_shows_whom_to_try_and_is_accessible_unfolded(
    chromium: Chromium, walk: Walk, size: ViewportSize
) -> None:
    page = chromium.new_context(viewport=size).new_page()
    page.goto(f"{walk.url}/dang-nhap")
    first = page.locator(".people button")
    assert first.count() == 5
    bottom = first.last.bounding_box()
    assert bottom is not None
    assert bottom["y"] + bottom["height"] < 900
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    findings = findings_on(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    assert findings == ""
    assert width == size["width"]


@pytest.mark.browser
def test_the_wall_of_the_demo_needs_no_scrolling(chromium: Chromium, walk: Walk) -> None:
    page = signed_in(chromium, walk, LEADER, WALL)
    page.goto(f"{walk.url}/dieu-hanh?man-hinh-lon=1")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.context.close()
    assert height == WALL["height"]


@pytest.mark.browser
def test_the_keys_of_a_clerk_lead_from_the_desk_to_the_answers_to_check(
    chromium: Chromium, walk: Walk
) -> None:
    page = signed_in(chromium, walk, CLERK, DESKTOP)
    page.keyboard.press("F2")
    page.wait_for_url("**/tiep-nhan")
    page.keyboard.press("F4")
    assert page.evaluate("document.activeElement.id") == "find"
    page.locator("[id='texts.id_number']").fill("024180000345")
    page.keyboard.press("F8")
    page.get_by_label("Tố cáo", exact=True).check()
    assert "sealed" in str(page.locator("#who").get_attribute("class"))
    page.get_by_label("Phản ánh", exact=True).check()
    page.locator("#field").select_option("environment")
    page.keyboard.press("F9")
    page.get_by_role("heading", name="Xem lại: Tiếp nhận đơn").wait_for()
    words = page.locator("main").inner_text()
    page.context.close()
    assert "•••••••••345" in words
    assert "024180000345" not in words


@pytest.mark.parametrize("person", [LEADER, CHAIR, CLERK, RETURNS, AUDITOR], ids=lambda p: p[1])
def test_every_kind_of_link_on_a_person_s_pages_leads_somewhere(walk: Walk, person: Person) -> None:
    browser = walk.world.browser(*person)
    kinds: dict[str, str] = {}
    for path in walk.pages[person]:
        for href in LINK.findall(browser.get(path)):
            kinds.setdefault(IDS.sub("*", href.partition("&")[0]), href.replace("&amp;", "&"))
    for href in kinds.values():
        browser.get(href)
        assert browser.status < 400, href


def test_whoever_must_decide_is_offered_the_two_offices_in_dispute_first(walk: Walk) -> None:
    chair = walk.world.browser(*CHAIR)
    page = chair.get(f"/ho-so/{_disputed(walk.world).petition_id}/tham-quyen")
    offered = re.findall(r'name="to_office"[^>]*value="([^"]+)"', page)
    assert {each.split("-")[1] for each in offered[:2]} == {"07519", "07522"}


def test_the_feed_tells_what_happened_with_its_numbers(walk: Walk) -> None:
    leader = walk.world.browser(*LEADER)
    words = words_of(leader.get("/dieu-hanh/24"))
    for line in (
        "Ban TCD huyện Lục Nam · đếm lại đoàn tại trụ sở UBND huyện: 40–50 người",
        "Ban TCD huyện Lục Nam · đoàn mới tại trụ sở UBND huyện, 30–40 người",
        "đơn đã được nhận sau 2 ngày",
        "Xã Lục Sơn · 12 người lên xe về xã Lục Sơn",
        "Phải tiếp: Chủ tịch UBND huyện Lục Nam",
    ):
        assert line in words
    assert words.count("kết thúc vụ việc") == words.count("kết thúc")
