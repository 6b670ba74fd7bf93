"""Files that wait for an heir, cases of who left, and sums by then and now, as pages."""

import re
from dataclasses import dataclass
from uuid import UUID, uuid5

import httpx
import pytest
from fastapi import FastAPI

from domain.codes import Role
from domain.commands.rehoming import RehomePetition
from domain.events.petition import PetitionReceived
from services.api.app import create_app
from services.web import session
from services.web.notices import NOTICES
from services.web.render import Assets, Renderer
from services.web.router import web_routes
from services.web.site import Colleague, Site
from tests.api.real import RealWorld
from tests.api.test_homes import world
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    CASE,
    NGHIA_PHUONG,
    PETITION,
    fact,
    in_order,
    officer,
    unit_of,
)
from tests.domain.after_the_reform import NEW_CAM_LY, NEW_NGHIA_PHUONG
from tests.stores import addresses, role_passwords
from tests.web.page_forms import forms_of, words_of
from tests.web.plain_browser import HOST, Browser

__all__ = ["addresses", "role_passwords", "world"]

RENDERER = Renderer(Assets({name: name for name in ("app.css", "app.js", "icon.svg")}))
QUEUE, LEAVERS = "/ho-so-cho-quyet-dinh", "/viec-ban-giao"
PROVINCE, DISTRICT = unit_of(BAC_GIANG), "218-20250101"


@dataclass
class Pages:
    """The pages over the real parts of a world in August."""

    world: RealWorld
    app: FastAPI

    @classmethod
    def of(cls, world: RealWorld) -> "Pages":
        parts = world.app.state.parts
        there = (Colleague("acc-8", "Chuyên viên 8", Role.HANDLER),)
        site = Site(parts, RENDERER, colleagues=lambda _: there, notices=NOTICES)
        return cls(world, create_app(parts, web=web_routes(site), site=site, pace=0.0))

    def fold(self) -> None:
        self.world.project()

    def browser(self, office: str, role: Role) -> Browser:
        made = Browser(self)
        token = self.world.token(officer(office, role))
        made.cookies.set(session.COOKIE, token, domain=httpx.URL(HOST).host)
        return made


def rehome(world: RealWorld, petition: UUID) -> None:
    """What the policy asks for when it meets the petition."""
    command = RehomePetition(petition_id=petition, office=NGHIA_PHUONG)
    system = officer("system", Role.SYSTEM)
    world.casework.handle(command, system, key=petition, request=b"", correlation="test")


@pytest.fixture
def pages(world: RealWorld) -> Pages:
    return Pages.of(world)


def test_the_head_sees_what_a_file_is_and_why_each_candidate_then_decides(pages: Pages) -> None:
    leader = pages.browser(BAC_GIANG, Role.LEADER)
    words = words_of(leader.get(QUEUE))
    for said in ("UBND Xã Nghĩa Phương", "nhận một phần địa bàn", "nơi xảy ra", "đang tạm giữ"):
        assert said in words, said
    assert f"/ho-so/{PETITION}/thoi-han" in leader.page
    assert len(re.findall(r'name="to_office"', leader.page)) == 3
    assert re.search(r"data-beside.*data-choices.*<kbd[^>]*>1</kbd>", leader.page, re.DOTALL)
    action, fields = forms_of(leader.page)[-1]
    again = leader.post(action, fields)
    assert leader.status == 422
    assert "Chọn cơ quan nhận." in again
    leader.post(action, {**fields, "to_office": CAM_LY})
    assert leader.status in (404, 409)
    leader.post(action, {**fields, "to_office": NEW_NGHIA_PHUONG})
    assert "Đã quyết định nơi nhận" in leader.page
    assert "Không có hồ sơ nào chờ quyết định." in leader.page
    leader.post(action, {**fields, "to_office": NEW_CAM_LY, "key": "another-key-1"})
    assert leader.status == 409


def test_after_one_file_the_next_opens_and_one_is_found_by_its_id(pages: Pages) -> None:
    others = [uuid5(PETITION, str(n)) for n in range(3)]
    world = pages.world
    for other in others:
        world.store.append(in_order(fact(PetitionReceived, NGHIA_PHUONG, other)))
        rehome(world, other)
    world.project()
    leader = pages.browser(BAC_GIANG, Role.LEADER)
    page = leader.get(f"{QUEUE}?chon={others[1]}")
    here = re.findall(r'id="row-([0-9a-f-]+)" class="is-here"', page)
    assert here == [str(others[1])]
    order = re.findall(r'id="row-([0-9a-f-]+)"', page)
    action, fields = forms_of(page)[-1]
    leader.post(action, {**fields, "to_office": NEW_CAM_LY})
    follows = order[(order.index(str(others[1])) + 1) % len(order)]
    assert re.findall(r'id="row-([0-9a-f-]+)" class="is-here"', leader.page) == [follows]


def test_who_does_not_decide_is_refused_and_sees_nothing_of_others(pages: Pages) -> None:
    leader, clerk = (pages.browser(BAC_GIANG, role) for role in (Role.LEADER, Role.CLERK))
    leader.get(QUEUE)
    action, fields = forms_of(leader.page)[-1]
    assert "to_office" not in clerk.get(QUEUE)
    csrf = forms_of(clerk.page)[0][1]["csrf"]
    clerk.post(action, {**fields, "csrf": csrf, "to_office": NEW_CAM_LY})
    assert clerk.status == 403
    other = pages.browser(NEW_CAM_LY, Role.LEADER)
    assert "Không có hồ sơ nào chờ quyết định." in other.get(f"{QUEUE}?chon={PETITION}")
    csrf = forms_of(other.page)[0][1]["csrf"]
    other.post(action, {**fields, "csrf": csrf, "to_office": NEW_CAM_LY})
    assert other.status in (404, 409)


def test_a_leavers_case_is_handed_on_from_the_list(pages: Pages) -> None:
    head, clerk = (pages.browser(NEW_CAM_LY, role) for role in (Role.LEADER, Role.CLERK))
    page = head.get(LEAVERS)
    assert "acc-7" in page
    assert "giữ chức vụ đến 01/07/2025" in page
    action, fields = next(form for form in forms_of(page) if form[0].startswith(LEAVERS))
    assert action == f"{LEAVERS}/{CASE}"
    assert "<select" not in clerk.get(LEAVERS)
    csrf = forms_of(clerk.page)[0][1]["csrf"]
    clerk.post(action, {**fields, "csrf": csrf, "handler": "acc-8"})
    assert clerk.status == 403
    head.post(action, {**fields, "handler": ""})
    assert head.status == 422
    head.post(action, {**fields, "handler": "acc-8"})
    assert "Đã giao việc." in head.page
    assert "Không có việc nào phải bàn giao." in head.page


def test_open_work_is_shown_by_then_and_now_with_both_totals(pages: Pages) -> None:
    leader = pages.browser(BAC_GIANG, Role.LEADER)
    now = leader.get(f"/don-vi/{PROVINCE}/tong-so")
    both = "Tổng số đơn đang giải quyết: 2 theo đơn vị hiện nay, 2 theo đơn vị ngày 30/06/2025."
    assert both in words_of(now)
    assert "tạm chịu trách nhiệm" in words_of(now)
    then = words_of(leader.get(f"/don-vi/{PROVINCE}/tong-so?theo=truoc"))
    assert both in then
    assert "Huyện Lục Nam" in then
    assert "Xã Cẩm Lý (từ 01/07/2025)" in then
    country = words_of(leader.get("/tong-so?theo=truoc"))
    assert both in country
    history = words_of(leader.get(f"/don-vi/{DISTRICT}/tong-so"))
    assert "Huyện Lục Nam kết thúc hoạt động hết ngày 30/06/2025; bảng này là lịch sử." in history
    assert "UBND tỉnh Bắc Giang tạm chịu trách nhiệm" in history
    assert "Nay thuộc" in history
    board = words_of(leader.get(f"/huyen/{DISTRICT}"))
    for words in ("bảng này là lịch sử", "Nay thuộc", "tạm chịu trách nhiệm"):
        assert words in board, words
    assert str(PETITION) in leader.get(f"/ds?don-vi={DISTRICT}")
    opened = f"/ds?don-vi={unit_of(NEW_CAM_LY)}&amp;hang=tat-ca"
    assert opened in now
    assert opened not in leader.get(f"/don-vi/{PROVINCE}/tong-so?theo=truoc")
    split = f"/ds?don-vi={unit_of(NGHIA_PHUONG)}&amp;hang=tat-ca"
    assert split in leader.get(f"/don-vi/{DISTRICT}/tong-so")
    assert str(PETITION) in leader.get(split.replace("&amp;", "&"))
    then_known = leader.get(f"/don-vi/{PROVINCE}/tong-so?ngay=14/05/2025&biet=14/05/2025")
    assert (leader.status, opened in then_known) == (200, False)
    heir = pages.browser(NEW_CAM_LY, Role.LEADER)
    for forbidden in (DISTRICT, PROVINCE):
        heir.get(f"/don-vi/{forbidden}/tong-so")
        assert heir.status == 403
    heir.get("/tong-so")
    assert heir.status == 403
