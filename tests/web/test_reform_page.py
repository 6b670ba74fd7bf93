"""The preview of a reform: before and after side by side, and the open work it touches."""

import re
from datetime import UTC, datetime

import pytest

from domain.codes import Role
from domain.directory import UnknownUnit
from domain.values import Officer
from infra.memory.clocks import FixedClock
from infra.memory.fact_store import MemoryFactStore
from projections.asks import Area
from services.reform import record_reform
from services.reform.open_work import OpenWork, Touched
from services.web.present.frame import Seat
from services.web.present.reform import ADDRESS, ROWS, Seen, Shown, reform_page
from services.web.render import Assets, Renderer
from tests.units.country import EVE, Files, files_of, imported, told_by
from tests.web.page_forms import words_of
from tests.web.site_world import SiteWorld, world

__all__ = ["world"]

BAC_GIANG, LANG_SON, TAM_DI = "24-20250101", "20-20250101", "07456-20250101"
WORK = Touched({f"ubnd-{TAM_DI}": OpenWork(petitions=3, offers=1)})
RENDERER = Renderer(Assets({name: name for name in ("app.css", "app.js", "icon.svg")}))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return files_of(tmp_path_factory.mktemp("lists"), ("24", "27", "20"))


@pytest.fixture(scope="module")
def store(files: Files) -> MemoryFactStore:
    return imported(files.old)


def page_of(
    files: Files, store: MemoryFactStore, top: str = BAC_GIANG, after: str = "",
    only: Shown = Shown.ALL,
) -> str:  # fmt: skip
    directory, asked = told_by(store), list[Area]()

    def work(area: Area) -> Touched:
        asked.append(area)
        return WORK

    seen = Seen.of(files.order, directory, top, work)
    assert f"ubnd-{seen.top.unit_id}" in asked[0].offices
    officer = Officer("admin", f"ubnd-{BAC_GIANG}", Role.ADMIN)
    now = datetime(2025, 6, 30, 2, 0, tzinfo=UTC)
    seat = Seat(officer=officer, directory=directory, today=EVE, now=now, csrf="", demo=False)
    return RENDERER.page("reform.html", reform_page(seen, after, seat, only))


def row(page: str, unit: str) -> str:
    found = re.search(rf'<tr id="row-{unit}".*?</tr>', page, flags=re.DOTALL)
    assert found, unit
    return words_of(found.group())


def test_each_old_unit_stands_beside_what_becomes_of_it(
    files: Files, store: MemoryFactStore
) -> None:
    page = page_of(files, store)
    assert row(page, BAC_GIANG) == "Tỉnh Bắc Giang Kết thúc Tỉnh Bắc Ninh"
    assert row(page, "218-20250101").startswith("Huyện Lục Nam Không còn cấp này")
    second = page_of(files, store, after=re.findall(r'<tr id="row-([^"]+)"', page)[-1])
    both = page + second
    assert row(both, TAM_DI) == "Xã Tam Dị Kết thúc Xã Bảo Đài 3 đơn, 1 đơn chờ nhận"
    assert len(re.findall('<tr id="row-', page)) == ROWS
    assert "Đã ghi 0 trên" in words_of(page)


def test_the_open_work_it_touches_is_added_up_and_found_at_once(
    files: Files, store: MemoryFactStore
) -> None:
    page = page_of(files, store, only=Shown.WITH_WORK)
    assert "Việc đang mở bị ảnh hưởng: 3 đơn, 1 đơn chờ nhận." in words_of(page)
    assert re.findall(r'<tr id="row-([^"]+)"', page) == [TAM_DI]
    waiting = page_of(files, store, only=Shown.WAITING)
    assert "218-20250101" in re.findall(r'<tr id="row-([^"]+)"', waiting)
    assert TAM_DI not in re.findall(r'<tr id="row-([^"]+)"', waiting)


def test_what_goes_on_is_shown_as_such_and_another_province_is_picked(
    files: Files, store: MemoryFactStore
) -> None:
    page = page_of(files, store, LANG_SON)
    assert row(page, LANG_SON) == "Tỉnh Lạng Sơn Giữ nguyên Tỉnh Lạng Sơn"
    assert f'<option value="{LANG_SON}" selected>' in page
    with pytest.raises(UnknownUnit):
        page_of(files, store, "99")


def test_a_recorded_reform_is_told_as_recorded(files: Files, store: MemoryFactStore) -> None:
    after = store.copy()
    record_reform(files.order, after, told_by(after), FixedClock(), lambda _done, _of: None)
    page = page_of(files, after)
    assert "Đã ghi." in words_of(page)
    assert row(page, BAC_GIANG) == row(page_of(files, store), BAC_GIANG)


def test_only_who_keeps_the_directory_sees_it_and_a_tree_that_does_not_fit_is_told(
    world: SiteWorld,
) -> None:
    leader = world.browser(f"ubnd-{BAC_GIANG}", Role.LEADER)
    leader.get(ADDRESS)
    assert leader.status == 403
    keeper = world.browser(f"ubnd-{BAC_GIANG}", Role.ADMIN)
    words = words_of(keeper.get(ADDRESS))
    assert keeper.status == 422
    assert "Danh sách sắp xếp mâu thuẫn" in words
