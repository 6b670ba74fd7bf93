"""Every sample page in every state, in a real browser: accessible, and inside its room."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from services.web.showcase.pages import SAMPLES, Sample
from tests.accessibility import findings_on

WALL: Final = ViewportSize(width=1920, height=1080)
DESKTOP: Final = ViewportSize(width=1366, height=768)
SMALL_DESKTOP: Final = ViewportSize(width=1000, height=700)
ZOOMED: Final = ViewportSize(width=683, height=600)
PHONE: Final = ViewportSize(width=360, height=740)
NARROWEST: Final = ViewportSize(width=320, height=640)

SMALLEST_TEXT: Final = """() => {
  const small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    const shown = element.getClientRects().length && !element.closest('.sr, title');
    const scale = element.getScreenCTM ? element.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (words && shown && size < 11.95) small.push(size + ' ' + words);
  }
  return small;
}"""
SMALL_TARGETS: Final = """() => [...document.querySelectorAll('.btn, .choice, input, select')]
  .filter(e => e.offsetParent && !e.closest('.choice input'))
  .filter(e => !e.matches('.choice input') && e.getBoundingClientRect().height < 39.5)
  .map(e => e.outerHTML.slice(0, 120))"""

WALL_SIZES: Final = {"wall": WALL}
SIZES: Final = {
    "desktop": DESKTOP,
    "phone": PHONE,
    "small desktop": SMALL_DESKTOP,
    "zoomed": ZOOMED,
    "narrowest": NARROWEST,
}
JUDGED: Final = ("wall", "desktop", "phone")
"""Where the rules of accessibility are run: layouts differ between these, not within."""

MEASURES: Final = f"""() => ({{
  width: document.documentElement.scrollWidth,
  bottom: Math.max(document.documentElement.scrollHeight,
                   document.querySelector('main').getBoundingClientRect().bottom),
  small_text: ({SMALLEST_TEXT})(),
  small_targets: ({SMALL_TARGETS})(),
}})"""

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Look:
    """One page at one size: what was measured and what the rules found."""

    size: ViewportSize
    measures: dict[str, Any]
    findings: str

    @property
    def has_touch_targets(self) -> bool:
        """The narrowest screen is looked at for its width alone."""
        return self.size is not NARROWEST


def opened(chromium: Browser, showcase: Path, sample: Sample, size: ViewportSize) -> Page:
    page = chromium.new_page(viewport=size)
    page.goto((showcase / f"{sample.name}.html").as_uri())
    return page


def looks_of(chromium: Browser, showcase: Path, sample: Sample) -> list[Look]:
    """The page opened once and looked at in every size it must bear."""
    sizes = WALL_SIZES if sample.wall else SIZES
    page = opened(chromium, showcase, sample, next(iter(sizes.values())))
    looks = []
    for name, size in sizes.items():
        page.set_viewport_size(size)
        measures = page.evaluate(MEASURES)
        findings = ""
        if name in JUDGED:
            findings = findings_on(page)
        looks.append(Look(size, measures, findings))
    page.close()
    return looks


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda sample: sample.name)
def seen(
    request: pytest.FixtureRequest, chromium: Browser, showcase: Path
) -> tuple[Sample, list[Look]]:
    """A sample page, and its looks."""
    return request.param, looks_of(chromium, showcase, request.param)


def test_a_page_has_no_accessibility_finding(seen: tuple[Sample, list[Look]]) -> None:
    _, looks = seen
    assert [look.findings for look in looks if look.findings] == []


def test_a_page_stays_inside_its_screen(seen: tuple[Sample, list[Look]]) -> None:
    sample, looks = seen
    assert [look.measures["width"] for look in looks] == [look.size["width"] for look in looks]
    if sample.wall:
        assert looks[0].measures["bottom"] <= WALL["height"], "a wall does not scroll"


def test_no_text_is_smaller_than_twelve_pixels(seen: tuple[Sample, list[Look]]) -> None:
    _, looks = seen
    judged = [look.measures for look in looks if look.has_touch_targets]
    assert [small for measures in judged for small in measures["small_text"]] == []
    assert [small for measures in judged for small in measures["small_targets"]] == []


def test_every_fact_of_the_map_stands_in_its_table_twin(chromium: Browser, showcase: Path) -> None:
    page = opened(chromium, showcase, SAMPLES[0], DESKTOP)
    marked = page.locator("[data-map] a:not(.m-quiet)")
    labels = {str(marked.nth(i).get_attribute("aria-label")) for i in range(marked.count())}
    page.locator("#map-twin summary").click()
    rows = page.locator("#map-twin tbody tr").all_inner_texts()
    page.close()
    assert len(rows) == len(labels) > 20
    for row in rows:
        name, district, words = row.split("\t")
        place = f"{name}, {district}" if district else name
        assert f"{place}: {words}" in labels


def test_the_arrow_keys_walk_over_the_map_and_t_leads_to_the_table(
    chromium: Browser, showcase: Path
) -> None:
    page = opened(chromium, showcase, SAMPLES[0], DESKTOP)
    page.locator("#cell-B1").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "cell-B2"
    page.keyboard.press("t")
    assert page.evaluate("document.activeElement.id") == "units-table"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "cell-B2"
    page.close()


def test_j_and_k_walk_through_a_list_and_f_keys_reach_their_controls(
    chromium: Browser, showcase: Path
) -> None:
    desk = next(sample for sample in SAMPLES if sample.name == "desk")
    page = opened(chromium, showcase, desk, DESKTOP)
    page.keyboard.press("F4")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("jk")
    assert page.input_value("#find") == "jk"
    page.locator("#inbox tbody a").first.focus()
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.closest('tr').id") == "row-0138"
    page.close()


@pytest.mark.parametrize("name", ["undecided-files", "undecided"])
def test_beside_a_list_j_and_k_go_on_from_the_open_one_and_digits_choose(
    chromium: Browser, showcase: Path, name: str
) -> None:
    sample = next(each for each in SAMPLES if each.name == name)
    page = opened(chromium, showcase, sample, DESKTOP)
    rows = page.locator("[data-rows] tbody tr")
    page.keyboard.press("j")
    at = "document.activeElement.closest('tr').id"
    assert page.evaluate(at) == rows.nth(1).get_attribute("id")
    page.keyboard.press("k")
    assert page.evaluate(at) == rows.nth(0).get_attribute("id")
    page.keyboard.press("2")
    assert page.locator("[data-choices] input").nth(1).is_checked()
    page.close()


def test_the_rules_see_a_picture_without_words(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content("<html lang=vi><title>Ảnh</title><main><h1>Ảnh</h1><img src=a.png></main>")
    findings = findings_on(page)
    page.close()
    assert "image-alt" in findings
