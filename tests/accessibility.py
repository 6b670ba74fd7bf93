"""The rules of accessibility (axe-core) on a page as it stands in a real browser."""

from functools import cache
from typing import Final

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""What was kept is told whole; what passed is only counted, which halves the time."""


def findings_on(page: Page) -> str:
    """What is wrong with the page, in words; empty when nothing is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    found = AxeResults(page.evaluate("rules => axe.run(rules)", RULES))
    return str(found.generate_report()) if found.violations_count else ""


@cache
def _script() -> str:
    script: str = Axe().axe_script
    return script
