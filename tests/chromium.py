"""A real Chromium, started once for all tests that look at pages."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The same engine; the first draws no windows and takes half the time to open a page."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without one the tests are skipped, in CI they fail."""
    path = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if path is None:
        words = f"no Chromium: install Debian's package `{PROGRAMS[0]}` to run the browser tests"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--allow-file-access-from-files"]
        )
        yield browser
        browser.close()
