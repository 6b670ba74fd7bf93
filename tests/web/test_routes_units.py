"""Units on any day, old names and old units, and the queue of undecided areas, as plain pages."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.codes import Role
from domain.days import day_of
from domain.events import directory as facts
from domain.reform_steps import Stage, Step
from domain.streams import office_stream, unit_stream
from infra.memory.clocks import FixedClock
from projections.asks import CaseFilter, CrowdState, GatheringFilter, PetitionFilter
from services.areas import area_of
from services.demo.offices import committee
from services.reform.open_work import OpenWork, touched
from services.units.recording import facts_of
from services.web.present.undecided import QUEUE
from tests.web.page_forms import forms_of, words_of
from tests.web.plain_browser import Browser
from tests.web.site_world import Broken, SiteWorld, world

__all__ = ["world"]

BAC_GIANG, TAM_DI_SEAT = committee("24"), committee("07456")
CAM_LY, NGHIA_PHUONG, TAM_DI, BAO_DAI = (
    f"{code}-20250101" for code in ("07519", "07486", "07456", "07462")
)
LAST, DAY = date(2025, 6, 30), date(2025, 7, 1)
AUGUST = datetime(2025, 8, 14, 2, 0, tzinfo=UTC)


def step(event: type, thing: str, **said: object) -> Step:
    name = "unit_id" if event.__name__.startswith("Unit") else "office_id"
    unit = thing.removeprefix("ubnd-")
    return Step(Stage.ABOLISH, event, unit, {name: thing, "basis": "", **said})


def ended() -> list[Step]:
    """Cẩm Lý is said to have gone into Tam Dị, by a guess; of Nghĩa Phương nobody knows."""
    guess = {"relation": "whole", "match": "guessed", "valid_from": DAY}
    return [
        step(facts.UnitRenamed, CAM_LY, name="Xã Cẩm Sơn", valid_from=date(2025, 6, 1)),
        step(facts.UnitSucceeded, CAM_LY, successor=TAM_DI, **guess),
        Step(
            Stage.ABOLISH,
            facts.ReceptionPlaceOpened,
            TAM_DI,
            {
                "office_id": TAM_DI_SEAT,
                "place_id": "tru-so",
                "location": "Nhà văn hóa thôn",
                "valid_from": DAY,
            },
        ),
        *(
            step(event, f"{seat}{unit}", last_day=LAST)
            for unit in (CAM_LY, NGHIA_PHUONG)
            for seat, event in (("ubnd-", facts.OfficeAbolished), ("", facts.UnitAbolished))
        ),
    ]


@pytest.fixture(scope="module")
def later(world: SiteWorld) -> Broken:
    """The site in August, when the two communes are gone."""
    world.store.append(facts_of(ended(), world.store, "test", world.clock.now()))
    world.follower.refresh()
    return world.with_parts(replace(world.parts, clock=FixedClock(AUGUST)))


@pytest.fixture
def keeper(later: Broken) -> Browser:
    return later.browser(BAC_GIANG, Role.ADMIN)


def test_a_unit_is_shown_as_it_was_on_the_day_asked_for(keeper: Browser) -> None:
    page = words_of(keeper.get(f"/don-vi/{CAM_LY}?ngay=15/05/2025"))
    assert "Xã Cẩm Lý" in page
    assert "UBND xã Cẩm Lý" in page
    assert "chờ xác nhận" not in page
    june = keeper.get(f"/don-vi/{CAM_LY}?ngay=15/06/2025")
    assert "<h1>Xã Cẩm Sơn</h1>" in june
    assert 'value="15/06/2025"' in june
    assert "/don-vi/218-20250101?ngay=15/06/2025" in june


def test_what_was_known_on_an_earlier_day_is_shown_as_it_was_known(keeper: Browser) -> None:
    keeper.get(f"/don-vi/{CAM_LY}?ngay=15/06/2025&biet=01/01/2020")
    assert keeper.status == 404
    page = keeper.get(f"/don-vi/{CAM_LY}?ngay=15/06/2025&biet=14/08/2025")
    assert (keeper.status, 'value="14/08/2025"' in page) == (200, True)


def test_an_old_unit_says_where_it_is_and_everything_that_was_recorded(keeper: Browser) -> None:
    page = keeper.get(f"/don-vi/{CAM_LY}")
    words = words_of(page)
    assert "Đến hết 30/06/2025. Nay có thể thuộc, chờ xác nhận: Xã Tam Dị" in words
    assert "Nhập vào Xã Tam Dị (suy đoán, cần xác nhận)" in words
    assert "Thành lập Xã Cẩm Lý" in words
    heir = words_of(keeper.get(f"/don-vi/{TAM_DI}"))
    assert "Nhận từ (1) Xã Cẩm Sơn" in heir
    assert "tiếp công dân tại Nhà văn hóa thôn" in heir
    assert "Chưa xác định nay thuộc đơn vị nào" in words_of(keeper.get(f"/don-vi/{NGHIA_PHUONG}"))


def test_what_is_no_day_leaves_today_and_says_so(keeper: Browser) -> None:
    page = keeper.get(f"/don-vi/{TAM_DI}?ngay=31/02/2025")
    assert keeper.status == 200
    assert "Không phải ngày có thật" in words_of(page)
    assert 'aria-invalid="true"' in page


def test_the_search_finds_nothing_for_what_nobody_types(keeper: Browser) -> None:
    for typed in ("1%00", "VV-1%00", "%00"):
        keeper.get(f"/tim?q={typed}")
        assert keeper.status == 200


def test_the_search_finds_old_names_and_says_where_an_old_unit_is(keeper: Browser) -> None:
    for typed in ("cam ly", "Cẩm Sơn"):
        words = words_of(keeper.get(f"/tim?q={typed}"))
        assert "Xã Cẩm Sơn" in words
        assert "Nay có thể thuộc, chờ xác nhận: Xã Tam Dị" in words
    assert "Tên khác: Xã Cẩm Lý." in words_of(keeper.get("/tim?q=cam+ly"))
    before = words_of(keeper.get("/tim?q=cam+ly&ngay=15/05/2025"))
    assert "chờ xác nhận" not in before
    assert "Xã Cẩm Lý" in before


def test_open_work_is_counted_office_by_office_as_the_lists_have_it(world: SiteWorld) -> None:
    tree, today = world.follower.current(), day_of(world.clock.now())
    area = area_of("24-20250101", tree, today)
    found = touched(world.views, area, today)
    for office in area.offices:
        work = found.offices.get(office, OpenWork())
        petitions = world.views.petitions(PetitionFilter(offices=(office,)), limit=200)
        cases = world.views.cases(CaseFilter(offices=(office,)), limit=200)
        offers = world.views.incoming([office], limit=200)
        counted = (work.petitions, work.cases, work.offers)
        assert counted == (len(petitions.items), len(cases.items), len(offers.items)), office
    going_on = world.views.gatherings(GatheringFilter(area, CrowdState.GOING_ON), limit=200)
    assert found.crowds == len(going_on.items) > 0
    assert found.missions == len(world.views.missions(area, limit=200).items)
    assert found.totals["open_petitions"] > 0


def rows(page: str) -> list[str]:
    found = re.findall(r'<tr id="row-.*?</tr>', page, flags=re.DOTALL)
    return [words_of(row) for row in found]


def test_the_queue_stands_beside_one_old_unit_with_suggestions_and_no_choice(
    keeper: Browser,
) -> None:
    page = keeper.get(QUEUE)
    assert [row.split(" Huyện")[0] for row in rows(page)] == ["Xã Nghĩa Phương", "Xã Cẩm Sơn"]
    assert "Danh sách không ghi đơn vị này nhập vào đâu." in words_of(page)
    chosen = keeper.get(f"{QUEUE}?chon={CAM_LY}")
    action, carried = forms_of(chosen)[-1]
    assert action == f"/don-vi/{CAM_LY}/ke-thua"
    assert "successor" not in carried
    assert carried["relation"] == "whole"
    assert "Xã Tam Dị danh sách đoán" in words_of(chosen)
    assert len(rows(keeper.get(f"{QUEUE}?vi-sao=guessed"))) == 1
    assert "Không còn địa bàn nào" in words_of(keeper.get(f"{QUEUE}?vi-sao=split"))


def test_another_unit_is_looked_for_by_name(keeper: Browser) -> None:
    page = keeper.get(f"{QUEUE}?chon={NGHIA_PHUONG}&tim=bao+dai")
    assert f'value="{BAO_DAI}"' in page


def test_a_decision_without_a_unit_keeps_what_was_typed(keeper: Browser) -> None:
    keeper.get(f"{QUEUE}?chon={CAM_LY}")
    page = keeper.submit(basis="1191/NQ-UBTVQH15")
    assert keeper.status == 422
    assert "Chọn một đơn vị kế thừa" in words_of(page)
    assert 'value="1191/NQ-UBTVQH15"' in page
    page = keeper.submit(successor=TAM_DI, basis="ông A")
    assert keeper.status == 409
    assert "Căn cứ phải là số văn bản" in words_of(page)


def test_nobody_but_who_keeps_the_directory_decides(later: Broken) -> None:
    for office, role in ((BAC_GIANG, Role.LEADER), (TAM_DI_SEAT, Role.CLERK)):
        reader = later.browser(office, role)
        page = reader.get(f"{QUEUE}?chon={CAM_LY}")
        assert reader.status == 200
        assert "Ghi quyết định" not in page
        assert f'href="/don-vi/{TAM_DI}"' in page
        csrf = next(fields["csrf"] for _, fields in forms_of(page) if "csrf" in fields)
        said = {"csrf": csrf, "successor": TAM_DI, "relation": "whole", "key": "nobody-decides"}
        reader.post(f"/don-vi/{CAM_LY}/ke-thua", said)
        assert reader.status == 403


def test_a_decision_is_recorded_once_and_the_next_unit_opens(
    later: Broken, keeper: Browser
) -> None:
    store = later.world.store
    before = store.last_version(unit_stream(CAM_LY))
    keeper.get(f"{QUEUE}?chon={CAM_LY}")
    action, carried = forms_of(keeper.page)[-1]
    said = {**carried, "successor": TAM_DI, "basis": "1191/NQ-UBTVQH15"}
    keeper.post(action, said)
    assert (keeper.status, keeper.at.partition("?")[0]) == (200, QUEUE)
    assert "Đã ghi quyết định." in words_of(keeper.page)
    keeper.post(action, said)
    assert store.last_version(unit_stream(CAM_LY)) == before + 1
    later.world.follower.refresh()
    assert [row.split(" Huyện")[0] for row in rows(keeper.get(QUEUE))] == ["Xã Nghĩa Phương"]
    words = words_of(keeper.get(f"/don-vi/{CAM_LY}"))
    assert "Nay thuộc: Xã Tam Dị" in words
    assert store.last_version(office_stream(f"ubnd-{CAM_LY}")) == 2
