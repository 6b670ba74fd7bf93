"""Every sample page in every state, in a real browser: accessible, and inside its room."""

from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from services.web.showcase.pages import SAMPLES, Sample

WALL: Final = ViewportSize(width=1920, height=1080)
DESKTOP: Final = ViewportSize(width=1366, height=768)
SMALL_DESKTOP: Final = ViewportSize(width=1000, height=700)
ZOOMED: Final = ViewportSize(width=683, height=600)
PHONE: Final = ViewportSize(width=360, height=740)
NARROWEST: Final = ViewportSize(width=320, height=640)
RULES: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}

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

pytestmark = pytest.mark.browser
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


def opened(chromium: Browser, showcase: Path, sample: Sample, size: ViewportSize) -> Page:
    page = chromium.new_page(viewport=size)
    page.goto((showcase / f"{sample.name}.html").as_uri())
    return page


@every_sample
def test_a_page_has_no_accessibility_finding(
    chromium: Browser, showcase: Path, sample: Sample
) -> None:
    for size in (WALL,) if sample.wall else (DESKTOP, PHONE):
        page = opened(chromium, showcase, sample, size)
        found = Axe().run(page, options=RULES)
        page.close()
        assert found.violations_count == 0, found.generate_report()


@every_sample
def test_a_page_stays_inside_its_screen(chromium: Browser, showcase: Path, sample: Sample) -> None:
    for size in (WALL,) if sample.wall else (DESKTOP, PHONE, NARROWEST):
        page = opened(chromium, showcase, sample, size)
        width = page.evaluate("document.documentElement.scrollWidth")
        height = page.evaluate("document.documentElement.scrollHeight")
        content = page.evaluate("document.querySelector('main').getBoundingClientRect().bottom")
        page.close()
        assert width == size["width"]
        if sample.wall:
            assert max(height, content) <= size["height"], "a wall does not scroll"


@every_sample
def test_no_text_is_smaller_than_twelve_pixels(
    chromium: Browser, showcase: Path, sample: Sample
) -> None:
    for size in (WALL,) if sample.wall else (DESKTOP, SMALL_DESKTOP, ZOOMED, PHONE):
        page = opened(chromium, showcase, sample, size)
        small = page.evaluate(SMALLEST_TEXT)
        targets = page.evaluate(SMALL_TARGETS)
        page.close()
        assert small == []
        assert targets == []


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
