"""A demo officer in a real browser."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.accessibility import findings_on
from tests.stack import Stack

MOST_TABS = 80
NAME_OF_FOCUS = "document.activeElement.name || ''"


def artefacts() -> Path:
    """Where pictures of the run are kept: outside the checkout."""
    folder = os.environ.get("TIEPDAN_ARTEFACTS") or tempfile.gettempdir() + "/tiepdan-artefacts"
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    return path


@dataclass
class Visit:
    """One signed-in page and what its console said."""

    page: Page
    url: str
    said: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to an address of the stack."""
        self.page.goto(self.url + path)

    def figure(self, place: int) -> int:
        """A figure of the board's strip, counted from 1."""
        shown = self.page.locator(f"#figure-{place} .figure-number").get_attribute("data-number")
        assert shown is not None
        return int(shown)

    def wait_for_figure(self, place: int, value: int) -> None:
        """Wait until the figure shows a value, without a reload."""
        self.page.wait_for_selector(
            f"#figure-{place} .figure-number[data-number='{value}']", timeout=20_000
        )

    def tab_to(self, name: str) -> None:
        """Press Tab until the control of this name has the focus."""
        for _ in range(MOST_TABS):
            if self.page.evaluate(NAME_OF_FOCUS) == name:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reached {name!r}")

    def picture(self, name: str) -> None:
        """Keep what the page looks like."""
        self.page.screenshot(path=artefacts() / f"{name}.png", full_page=True)

    def must_be_accessible(self) -> None:
        """No finding of axe on the page as it stands."""
        assert findings_on(self.page) == ""


@contextlib.contextmanager
def signed_in(
    chromium: Browser, stack: Stack, account: str, *, scripts: bool = True
) -> Iterator[Visit]:
    """A fresh browser profile, signed in through the demo's own page."""
    context = chromium.new_context(
        java_script_enabled=scripts, viewport={"width": 1366, "height": 900}, locale="vi-VN"
    )
    visit = Visit(context.new_page(), stack.url)

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            visit.said.append(message.text)

    visit.page.on("console", hear)
    visit.open("/dang-nhap")
    # A folded group keeps its buttons in the form: the first one of the account is pressed.
    visit.page.locator(f"button[value='{account}']").first.evaluate("one => one.click()")
    visit.page.wait_for_url(lambda address: "/dang-nhap" not in address)
    try:
        yield visit
    finally:
        context.close()
