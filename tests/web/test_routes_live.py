"""Live pages: signals by the session's cookie, honest ages, and failures as pages."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, NoReturn
from uuid import UUID, uuid4

import httpx
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from domain.codes import Channel, Field, PetitionKind, Role
from domain.commands.petition import ReceivePetition
from domain.ports import StoreUnavailable
from projections.answers import Freshness, LaneAge
from projections.ports import ViewsUnavailable
from services.casework import Casework
from services.demo.accounts import account_of
from services.demo.offices import committee
from services.web import session
from services.web.routes.live import EVERYTHING
from tests.api.real import Served, Signalled, events, served
from tests.web.page_forms import forms_of, words_of
from tests.web.site_world import Broken, SiteWorld, world

__all__ = ["world"]

BAC_GIANG, LUC_NAM, TAM_DI, CAM_LY = map(committee, ("24", "218", "07456", "07519"))


def receive(world: SiteWorld, office: str = CAM_LY) -> UUID:
    made = uuid4()
    world.act(
        ReceivePetition(
            petition_id=made, kind=PetitionKind.FEEDBACK, channel=Channel.COUNTER,
            field=Field.LAND, place=office.partition("-")[2],
        ),
        office,
    )  # fmt: skip
    return made


def afresh(world: SiteWorld) -> Broken:
    """An application of its own: a hub that was closed with its server stays closed."""
    return world.with_parts(world.parts)


@contextlib.contextmanager
def hearing(
    world: SiteWorld, at: Served, office: str, role: Role = Role.CLERK, query: str = ""
) -> Iterator[Iterator[Signalled]]:
    """An open page stream of a signed-in reader."""
    token = world.issuer.issue(account_of(office, role), office, role)
    headers = {"Cookie": f"{session.COOKIE}={token}", "Accept": "text/event-stream"}
    with httpx.stream("GET", f"{at.url}/truc-tiep{query}", headers=headers, timeout=10) as answered:
        assert answered.status_code == 200, answered.read()
        yield events(answered)


def until(stream: Iterator[Signalled], name: str) -> Signalled:
    return next(each for each in stream if each.event == name)


def test_a_page_hears_named_signals_that_say_nothing_but_when(world: SiteWorld) -> None:
    with (
        served(afresh(world)) as at,  # type: ignore[arg-type]
        hearing(world, at, CAM_LY) as desk,
        hearing(world, at, BAC_GIANG, Role.LEADER, "?don-vi=24-20250101") as board,
    ):
        for stream in (desk, board):
            first = next(stream)
            assert first.event == "pulse"
            assert json.loads(first.data)["at"].startswith("2025-05-14T14:3")
        petition = receive(world)
        assert set(json.loads(until(board, "board").data)) == {"at"}
        heard = until(desk, "inbox")
        assert set(json.loads(heard.data)) == {"at"}
        assert str(petition) not in heard.data


def test_a_file_s_page_hears_its_own_file_alone(world: SiteWorld) -> None:
    petition = receive(world)
    with (
        served(afresh(world)) as at,  # type: ignore[arg-type]
        hearing(world, at, CAM_LY, query=f"?ho-so={petition}") as stream,
    ):
        next(stream)
        receive(world)
        heard = {next(stream).event for _ in range(2)}
    assert heard == {"inbox", "board"}


def test_a_page_is_told_to_fetch_everything_when_rows_were_set_right(world: SiteWorld) -> None:
    times = [0]
    views = Changed(world.views, amended=lambda: times[0])
    with (
        served(world.with_parts(replace(world.parts, views=views))) as at,  # type: ignore[arg-type]
        hearing(world, at, CAM_LY) as stream,
    ):
        assert next(stream).event == "pulse"
        times[0] += 1
        assert tuple(next(stream).event for _ in EVERYTHING) == EVERYTHING


def test_nobody_listens_without_a_session_or_to_another_s_file(world: SiteWorld) -> None:
    petition = receive(world, TAM_DI)
    stranger = world.browser()
    assert stranger.ask("GET", "/truc-tiep", Accept="text/event-stream").status_code == 401
    neighbour = world.browser(CAM_LY)
    assert neighbour.ask("GET", f"/truc-tiep?ho-so={petition}").status_code == 404
    assert neighbour.ask("GET", "/truc-tiep?don-vi=24").status_code == 403


class Changed:
    """A part with some of its methods changed."""

    def __init__(self, part: Any, **methods: Any) -> None:
        self._part = part
        self._methods = methods

    def __getattr__(self, name: str) -> Any:
        return self._methods.get(name) or getattr(self._part, name)


def old() -> Freshness:
    return Freshness((LaneAge("petitions", 0, 1, None, timedelta(minutes=7)),))


def test_old_views_are_never_called_live(world: SiteWorld) -> None:
    late = world.with_parts(replace(world.parts, views=Changed(world.views, freshness=old)))
    leader = late.browser(BAC_GIANG, Role.LEADER)
    assert 'data-age="stale"' in leader.page
    assert "14:25:00" in words_of(leader.page)
    with served(late) as at, hearing(world, at, CAM_LY) as stream:  # type: ignore[arg-type]
        first = next(stream)
    assert first.event == "late"
    assert json.loads(first.data)["at"] == ""


def test_a_board_over_old_views_stays_stale_though_its_stream_opens(
    world: SiteWorld, chromium: Chromium
) -> None:
    late = world.with_parts(replace(world.parts, views=Changed(world.views, freshness=old)))
    with served(late) as at:  # type: ignore[arg-type]
        page = chromium.new_page()
        page.goto(at.url)
        page.locator(f'button[value="{account_of(BAC_GIANG, Role.LEADER)}"]').first.click()
        page.evaluate(
            "new Promise(heard => document.addEventListener('htmx:sse:after:message', heard))"
        )
        expect(page.locator("body")).to_have_attribute("data-age", "stale")
        expect(page.locator("#data-age .age-stale")).to_be_visible()
        page.close()


def down(*_: object, **__: object) -> NoReturn:
    raise StoreUnavailable("gone")


def without(world: SiteWorld, *methods: str) -> Broken:
    """The world with a store that fails at these methods."""
    store: Any = Changed(world.store, **dict.fromkeys(methods, down))
    casework = Casework(store, world.vault, world.follower.current, world.clock)
    return world.with_parts(replace(world.parts, casework=casework, store=store))


@pytest.mark.parametrize(
    "methods", [("append_each",), ("load", "append_each", "at_hand", "find_receipt")]
)
def test_what_was_typed_survives_a_store_that_is_away(
    world: SiteWorld, methods: Sequence[str]
) -> None:
    petition = receive(world, TAM_DI)
    clerk = world.browser(TAM_DI)
    clerk.get(f"/ho-so/{petition}/chuyen")
    clerk.submit("check", to_office=LUC_NAM, ground="other_level", texts__note="Chữ của tôi")
    page, (_, sent) = clerk.page, forms_of(clerk.page)[-1]
    before = world.store.head()
    clerk.world = without(world, *methods)
    clerk.submit("record")
    assert clerk.status == 503
    assert clerk.headers["retry-after"]
    assert "Chưa có gì được ghi" in words_of(clerk.page)
    _, kept = forms_of(clerk.page)[-1]
    assert {**kept, "csrf": ""} == {**sent, "csrf": ""}
    assert world.store.head() == before
    clerk.world = world
    clerk.submit("record")
    assert clerk.status == 200
    clerk.page = page
    clerk.submit("record")
    assert len(world.store.load(petition)) == 2


def test_a_page_without_its_views_says_so_with_a_trace(world: SiteWorld) -> None:
    def away(*_: object, **__: object) -> NoReturn:
        raise ViewsUnavailable("gone")

    views = Changed(world.views, office_sums=away, inbox=away)
    browser = world.browser(TAM_DI)
    browser.world = world.with_parts(replace(world.parts, views=views))
    browser.get("/hop-viec")
    assert browser.status == 503
    assert "Mã tra cứu" in words_of(browser.page)
    assert browser.headers["retry-after"]
    assert "gone" not in browser.page


def test_a_fault_of_ours_is_a_page_with_a_trace_and_nothing_else(world: SiteWorld) -> None:
    def broken(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("SELECT secret")

    browser = world.browser(TAM_DI)
    views: Any = Changed(world.views, inbox=broken)
    browser.world = world.with_parts(replace(world.parts, views=views))
    browser.get("/hop-viec")
    assert browser.status == 500
    assert "Mã tra cứu" in words_of(browser.page)
    assert "default-src 'self'" in browser.headers["content-security-policy"]
    assert "secret" not in browser.page


@pytest.mark.browser
def test_a_board_in_a_real_browser_signs_in_over_loopback_and_moves_live(
    world: SiteWorld, chromium: Chromium
) -> None:
    said: list[str] = []
    with served(afresh(world)) as at:  # type: ignore[arg-type]
        page = chromium.new_context(viewport={"width": 1366, "height": 900}).new_page()
        page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
        page.goto(at.url)
        page.locator(f'button[value="{account_of(BAC_GIANG, Role.LEADER)}"]').first.click()
        expect(page).to_have_url(f"{at.url}/dieu-hanh/24-20250101")
        expect(page.locator("body")).to_have_attribute("data-age", "live")
        cell = page.locator('[id="unit-218-20250101"] td').last
        before = int(cell.inner_text())
        receive(world)
        expect(cell).to_contain_text(str(before + 1))
        page.goto(f"{at.url}/dieu-hanh/24-20250101?man-hinh-lon=1")
        expect(page.locator("body")).to_have_attribute("data-age", "live")
        page.context.close()
    assert said == []
