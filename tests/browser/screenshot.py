"""Takes the README's picture: ``python -m tests.browser.screenshot --url http://127.0.0.1:8080``."""

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
LEADER = "leader.ubnd-24"
TARGET = Path(__file__).parents[2] / "docs" / "province-board.jpg"


def take(url: str, target: Path) -> None:
    """The province board as its leader sees it, once its live signal has come."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 1010}, locale="vi-VN")
        page.goto(f"{url}/dang-nhap")
        page.locator(f"button[value='{LEADER}']").first.click()
        page.wait_for_selector("#map svg")
        page.wait_for_selector("text=Trực tiếp")
        page.screenshot(path=target, type="jpeg", quality=72)
        browser.close()


def main() -> None:
    """Read the arguments, take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--out", type=Path, default=TARGET)
    asked = parser.parse_args()
    take(asked.url, asked.out)


if __name__ == "__main__":
    main()
