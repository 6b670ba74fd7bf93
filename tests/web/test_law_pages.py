"""The calendar as a month, the rulebook, the test box; written into by who may."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from domain.codes import Role
from infra.postgres.law import LawFollower
from services.calendars import fill_calendar
from services.law import carried_law
from tests.web.page_forms import words_of
from tests.web.site_world import Broken, SiteWorld, world

__all__ = ["world"]

BAC_GIANG, TAM_DI = "ubnd-24-20250101", "ubnd-07456-20250101"


@pytest.fixture
def site(world: SiteWorld) -> Iterator[Broken]:
    """The world, whose pages hear of calendar and rulebook as the store has them."""
    fill_calendar(world.store, world.clock)
    follower = LawFollower(world.app_dsn, carried_law())
    world.casework._law = follower.current
    yield world.with_parts(replace(world.parts, law=follower.current, heed_law=follower.refresh))
    follower.close()


def cell(page: str, number: int) -> str:
    """A day of the month, as somebody reads it."""
    found = re.search(rf"<td[^>]*>\s*<b>{number}(?!\d).*?</td>", page, flags=re.DOTALL)
    assert found, number
    return words_of(found.group())


def test_a_month_is_a_calendar_with_why_and_notice_on_each_day(site: Broken) -> None:
    clerk = site.browser(TAM_DI)
    page = clerk.get("/lich?thang=2025-05")
    assert clerk.status == 200
    assert cell(page, 2).startswith("2 Nghỉ hoán đổi")
    assert "làm bù 26/04" in cell(page, 2)
    assert page.count("<tr>") >= 5
    first = re.search(r"<tbody>\s*<tr>(.*?)</tr>", page, flags=re.DOTALL)
    assert first
    cells = [words_of(each) for each in re.findall(r"<td.*?</td>", first[1], re.DOTALL)]
    assert cells[:3] == ["", "", ""]
    worked = clerk.get("/lich?ngay=26/04/2025")
    assert cell(worked, 26).startswith("26 Làm bù cho 02/05")
    assert "Ghi vào lịch" not in words_of(page)
    clerk.get("/calendar?month=2025-04")
    assert clerk.at.startswith("/lich?thang=2025-04")


def test_a_keeper_enters_a_day_off_and_reads_of_what_it_moved(site: Broken) -> None:
    keeper = site.browser(BAC_GIANG, Role.ADMIN)
    keeper.get("/lich?thang=2025-06&viec=ngay-nghi")
    refused = words_of(keeper.submit(day="07/06/2025", holiday="other_day", basis="9/TB"))
    assert (keeper.status, "là cuối tuần" in refused) == (409, True)
    missing = words_of(keeper.submit(day="31/06/2025", holiday="other_day"))
    assert (keeper.status, "Không phải ngày có thật" in missing) == (422, True)
    shown = keeper.submit(day="06/06/2025", holiday="other_day", basis="9/TB", verified="1")
    assert "Đã ghi ngày nghỉ." in words_of(shown)
    assert cell(shown, 6).startswith("6 Nghỉ lễ")
    assert "Đang tính lại hạn" in words_of(shown)
    back = re.search(r'href="([^"]*huy-ngay-nghi[^"]*)"', shown)
    assert back
    keeper.get(back[1].replace("&amp;", "&").split("#")[0])
    undone = keeper.submit(basis="10/TB")
    assert cell(undone, 6) == "6"


def test_a_carried_day_is_unread_until_a_keeper_confirms_it_with_its_notice(site: Broken) -> None:
    keeper = site.browser(BAC_GIANG, Role.ADMIN)
    page = keeper.get("/lich?thang=2026-02")
    assert words_of(page).count("Chưa có số văn bản Chưa đối chiếu") == 5
    first = re.search(r'href="([^"]*)">Đối chiếu', page)
    assert first
    keeper.get(first[1].replace("&amp;", "&").split("#")[0])
    shown = words_of(keeper.submit(basis="16/TB", verified="1"))
    assert shown.count("Chưa có số văn bản Chưa đối chiếu") == 4
    assert "16/TB Đã đối chiếu" in shown


def test_a_head_closes_the_own_office_and_nothing_else(site: Broken) -> None:
    head = site.browser(TAM_DI, Role.LEADER)
    words = words_of(head.get("/lich?thang=2025-06"))
    assert ("Đóng cửa" in words, "Chốt lịch năm" in words) == (True, False)
    head.get("/lich?thang=2025-06&viec=dong-cua")
    shown = head.submit(
        first_day="10/06/2025", last_day="11/06/2025", cause="storm", basis="7/CĐ", verified="1"
    )
    assert cell(shown, 10).startswith("10 Đóng cửa")
    other = site.browser(BAC_GIANG, Role.LEADER).get("/lich?thang=2025-06")
    assert cell(other, 10) == "10"
    head.get("/lich?thang=2025-06&cua=24-20250101&viec=dong-cua")
    assert 'action="/lich/dong-cua"' not in head.page


@pytest.mark.parametrize("slug", ["ngay-nghi", "huy-ngay-nghi", "chot-nam", "dong-cua", "gio"])
def test_a_clerk_writes_nothing_into_the_calendar(site: Broken, slug: str) -> None:
    clerk = site.browser(TAM_DI)
    token = re.search(r'name="csrf" value="([^"]+)"', clerk.get("/tiep-nhan"))
    assert token
    clerk.post(f"/lich/{slug}", {"csrf": token[1], "day": "09/06/2025", "basis": "1/TB"})
    assert clerk.status == 403


def test_the_rulebook_shows_each_limit_with_article_and_its_next_version(site: Broken) -> None:
    clerk = site.browser(TAM_DI)
    page = words_of(clerk.get("/luat?ngay=30/06/2026"))
    assert "Thụ lý khiếu nại" in page
    assert "Từ 01/07/2026: 7 ngày làm việc" in page
    later = words_of(clerk.get("/luat?ngay=01/07/2026"))
    assert "Trước đó, đến 30/06/2026: 10 ngày" in later
    assert "Chưa đối chiếu văn bản gốc" in later
    versions = words_of(clerk.get("/luat/acceptance.complaint?ngay=30/06/2026"))
    assert "từ 01/07/2012 đến 30/06/2026 Đang hiệu lực" in versions
    clerk.get("/luat/no.such.rule")
    assert clerk.status == 404
    clerk.get("/law?at=2026-07-01")
    assert "01/07/2026" in clerk.page


@pytest.mark.parametrize("book", ["Khiếu nại", "Tố cáo", "Thẩm quyền", "Văn bản áp dụng"])
def test_a_book_shows_everything_it_says(site: Broken, book: str) -> None:
    page = words_of(site.browser(TAM_DI).get(f"/luat?so={book}"))
    for each in carried_law().book.holding_on(date(2025, 5, 14)):
        assert each.book != book or each.article in page


def test_the_test_box_tells_the_day_and_every_skipped_one(site: Broken) -> None:
    clerk = site.browser(TAM_DI)
    page = words_of(clerk.get("/luat?dong-ho=reply.citizen&tu=24/04/2025"))
    assert "12/05/2025" in page
    assert "ngày làm bù" in page
    special = words_of(
        clerk.get("/luat?dong-ho=settlement&tu=05/05/2025&loai=complaint&lan=first&co-remote=1")
    )
    assert "19/06/2025" in special
    none = words_of(clerk.get("/luat?dong-ho=settlement&tu=05/05/2025&loai=feedback"))
    assert "không có quy định" in none
    wrong = words_of(clerk.get("/luat?dong-ho=settlement&tu=31/02/2025"))
    assert "Không phải ngày có thật" in wrong


def test_a_head_reads_what_waits_for_a_look_and_a_clerk_notes_nothing(site: Broken) -> None:
    head = site.browser(TAM_DI, Role.LEADER)
    assert "chờ xem lại" in words_of(head.get("/lich"))
    assert "Không có hồ sơ nào chờ xem lại" in words_of(head.get("/xem-lai"))
    clerk = site.browser(TAM_DI)
    token = re.search(r'name="csrf" value="([^"]+)"', clerk.get("/tiep-nhan"))
    assert token
    note = {"csrf": token[1], "clock": "reply.citizen", "outcome": "stands"}
    clerk.post("/xem-lai/00000000-0000-4000-8000-000000000000", note)
    assert clerk.status == 403
