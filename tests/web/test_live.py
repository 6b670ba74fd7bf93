"""A board that is live: signals, marks, alerts, and what it says when the stream is gone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from services.web.assets.build import build
from tests.web.live_site import LiveSite

pytestmark = pytest.mark.browser


@pytest.fixture
def site() -> Iterator[LiveSite]:
    build()
    running = LiveSite()
    yield running
    running.close()


@pytest.fixture
def board(chromium: Browser, site: LiveSite) -> Iterator[Page]:
    """The open board, connected, under the strict policy; no word on the console."""
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.clock.install()
    page.goto(site.url)
    assert site.connected.wait(10)
    yield page
    page.close()
    refused = [words for words in said if "Content Security Policy" in words]
    assert refused == []


def test_a_signal_brings_the_new_figure_and_marks_it_for_thirty_seconds(
    board: Page, site: LiveSite
) -> None:
    site.change_overdue(24)
    figure = board.locator("#figure-4")
    expect(figure.locator(".figure-number")).to_have_text("24")
    expect(figure).to_have_class("just")
    expect(figure).to_contain_text("vừa đổi")
    expect(board.locator("#figure-3")).not_to_have_class("just")
    board.clock.fast_forward(31_000)
    expect(figure).not_to_have_class("just")


def test_the_chip_shows_the_moment_of_the_data(board: Page, site: LiveSite) -> None:
    site.signal("pulse", "14:41:07")
    expect(board.locator("#data-age .age-live time")).to_have_text("14:41:07")


def test_a_new_alert_is_said_at_once(board: Page, site: LiveSite) -> None:
    site.add_alert()
    expect(board.locator("#say-now")).to_contain_text("Trụ sở UBND tỉnh")
    expect(board.locator("[data-alert]")).to_have_count(2)


def test_typed_text_survives_a_live_update(board: Page, site: LiveSite) -> None:
    board.fill("#view-at", "13/05/2025")
    site.change_overdue(25)
    expect(board.locator("#figure-4 .figure-number")).to_have_text("25")
    assert board.input_value("#view-at") == "13/05/2025"


def test_a_lost_stream_is_said_and_after_thirty_seconds_the_board_is_stale(
    board: Page, site: LiveSite
) -> None:
    site.signal("pulse", "14:41:07")
    expect(board.locator("#data-age .age-live time")).to_have_text("14:41:07")
    site.cut.set()
    site.signal("pulse", "14:41:09")
    expect(board.locator("#data-age .age-live time")).to_have_text("14:41:09")
    board.clock.fast_forward(5_000)
    expect(board.locator("#data-age .age-reconnecting")).to_be_visible()
    board.clock.fast_forward(31_000)
    expect(board.locator("#data-age .age-stale")).to_be_visible()
    expect(board.locator("#stale-notice")).to_contain_text("14:41:09")
    expect(board.locator("#figure-2 .ago-abs")).to_be_visible()
    expect(board.locator("#figure-2 .ago-rel")).to_be_hidden()


def test_a_stream_that_comes_back_makes_the_board_live_and_fresh(
    board: Page, site: LiveSite
) -> None:
    board.clock.fast_forward(40_000)
    expect(board.locator("#data-age .age-stale")).to_be_visible()
    site.change_overdue(26)
    expect(board.locator("#data-age .age-live")).to_be_visible()
    expect(board.locator("#stale-notice")).to_be_hidden()
    expect(board.locator("#figure-4 .figure-number")).to_have_text("26")
