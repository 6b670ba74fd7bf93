"""Rendering: escaping, numbers and dates, fragments that stand alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from jinja2 import UndefinedError

from services.web import formats
from services.web.models import ChangeLine, EmptyState
from services.web.render import Assets, Renderer
from services.web.showcase.desk import desk, empty_desk
from services.web.showcase.pages import SAMPLES, Sample
from services.web.showcase.province import province_board
from services.web.sparkline import sparkline

FILES = {name: name for name in ("app.css", "app.js", "icon.svg")}
EVIL = '<script>alert("x")</script>'


@pytest.fixture
def renderer() -> Renderer:
    return Renderer(Assets(FILES))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_page_obeys_a_strict_policy(renderer: Renderer, sample: Sample) -> None:
    html = renderer.page(sample.template, sample.make())
    assert html.startswith("<!doctype html>")
    for forbidden in (" style=", "<style", "javascript:", " onclick", " hx-on", "js:"):
        assert forbidden not in html


def test_text_of_people_is_escaped_everywhere(renderer: Renderer) -> None:
    line = ChangeLine("1", datetime(2025, 5, 14, tzinfo=UTC), EVIL, EVIL)
    board = replace(province_board(), changes=(line,), title=EVIL, no_gatherings=EmptyState(EVIL))
    html = renderer.page("province_board.html", replace(board, gatherings=()))
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert") == 4


def test_a_fragment_is_the_same_alone_and_in_its_page(renderer: Renderer) -> None:
    page = desk()
    whole = renderer.page("desk.html", page)
    for name in ("rail", "transfers", "news"):
        assert renderer.page(f"desk/{name}.html", page).strip() in whole


def test_a_live_fragment_asks_for_itself_on_its_signal(renderer: Renderer) -> None:
    html = renderer.page("province/live.html", province_board())
    assert 'id="board" hx-get="/dieu-hanh/phan/bang" hx-trigger="board from:#live' in html
    still = renderer.page("province/live.html", replace(province_board(), live=None))
    assert "hx-get" not in still


def test_an_empty_desk_says_so(renderer: Renderer) -> None:
    html = renderer.page("desk.html", empty_desk())
    assert "Hết việc chờ bạn." in html
    assert 'id="inbox"' not in html


def test_an_unknown_name_is_an_error_not_an_empty_spot(renderer: Renderer) -> None:
    with pytest.raises(UndefinedError):
        renderer.page("desk.html", object())


def test_numbers_are_written_the_vietnamese_way() -> None:
    assert formats.number(1234) == "1.234"
    assert formats.number(1234.5, 1) == "1.234,5"
    assert formats.number(0) == "0"


def test_dates_are_written_day_first_with_the_weekday() -> None:
    assert formats.day(date(2026, 2, 5)) == "05/02/2026"
    assert formats.weekday(date(2025, 5, 14)) == "Thứ Tư 14/05/2025"
    assert formats.moment(datetime(2025, 5, 14, 9, 5, tzinfo=UTC)) == "14/05/2025 09:05"


def test_a_sparkline_ends_at_today_and_knows_its_range() -> None:
    line = sparkline((3, 0, 9, 4))
    assert line is not None
    assert (line.lowest, line.highest, line.now) == (0, 9, 4)
    assert line.points.endswith(f"{line.end_x:g},{line.end_y:g}")


@pytest.mark.parametrize("days", [(), (4,)])
def test_a_sparkline_needs_two_days(days: tuple[int, ...]) -> None:
    assert sparkline(days) is None


def test_a_flat_fortnight_is_a_flat_line() -> None:
    line = sparkline((5,) * 14)
    assert line is not None
    assert len({point.split(",")[1] for point in line.points.split()}) == 1
