"""The boards and the desk show the figures of a known history; nobody sees another's."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.codes import Channel, Field, PetitionKind, Role, Site
from domain.commands.gathering import ReceiveCrowd, ReportGathering
from domain.commands.petition import ReceivePetition
from domain.values import CountRange
from services.demo.offices import committee, office_id
from tests.web.page_forms import words_of
from tests.web.plain_browser import Browser
from tests.web.site_world import SiteWorld, world

__all__ = ["world"]

BAC_GIANG, LUC_NAM, TAM_DI, CAM_LY = map(committee, ("24", "218", "07456", "07519"))
PROVINCE, DISTRICT = "/dieu-hanh/24-20250101", "/huyen/218-20250101"
CANARY = "Quỳnhcanary 0999888777"


def figures(page: str) -> dict[str, int]:
    """The strip of a board: label to number."""
    found = re.findall(r'<li[^>]*id="figure-\d+".*?</li>', page, flags=re.DOTALL)
    numbers = {}
    for item in found:
        number = re.search(r'data-number="(\d+)"', item)
        words = words_of(item)
        assert number, item
        numbers[words.split(f" {number.group(1)}")[0]] = int(number.group(1))
    return numbers


def row(page: str, unit: str) -> list[str]:
    """The cells of a unit's row."""
    found = re.search(rf'<tr[^>]*id="unit-{unit}".*?</tr>', page, flags=re.DOTALL)
    assert found, unit
    cells = re.findall(r"<t[hd].*?</t[hd]>", found.group(), flags=re.DOTALL)
    return [words_of(cell) for cell in cells]


def number_in(cell: str) -> int:
    """A cell's number; an urgent one has a sign before it."""
    return int(cell.split()[-1])


def receive(world: SiteWorld, office: str = CAM_LY, **more: object) -> None:
    given = {
        "kind": PetitionKind.FEEDBACK, "channel": Channel.COUNTER, "field": Field.LAND,
        "place": office.partition("-")[2], "texts": {"name": CANARY, "summary": CANARY}, **more,
    }  # fmt: skip
    world.act(ReceivePetition(petition_id=uuid4(), **given), office)  # type: ignore[arg-type]


@pytest.fixture
def province(world: SiteWorld) -> Browser:
    return world.browser(BAC_GIANG, Role.LEADER)


def test_the_province_leader_begins_at_the_board_with_the_demo_figures(province: Browser) -> None:
    assert province.at == PROVINCE
    assert figures(province.page) == {
        "Đoàn đang diễn ra": 4,
        "Đoàn chưa ai tiếp": 1,
        "Chuyển đến chưa nhận": 37,
        "Quá hạn": 23,
        "Đang hỗ trợ về": 1,
    }


def test_the_rows_of_the_units_add_up_to_the_whole(province: Browser) -> None:
    ids = re.findall(r'id="unit-([^"]+)"', province.page)
    rows = [row(province.page, each) for each in ids if each != "total"]
    total = row(province.page, "total")
    assert len(rows) == 11
    for column in range(1, len(total)):
        assert sum(map(number_in, (cells[column] for cells in rows))) == number_in(total[column])


def test_a_number_opens_as_many_petitions_as_it_says(world: SiteWorld, province: Browser) -> None:
    province.get("/ds?don-vi=218-20250101&hang=qua-han")
    late = province.page.count('<tr id="row-')
    district = world.browser(LUC_NAM, Role.LEADER)
    assert figures(district.page)["Quá hạn"] == late


def test_a_petition_taken_in_stands_on_the_desk_and_both_boards(
    world: SiteWorld, province: Browser
) -> None:
    clerk, district = world.browser(CAM_LY), world.browser(LUC_NAM, Role.LEADER)
    before = (
        int(row(province.page, "218-20250101")[-1]),
        row(district.page, "07519-20250101"),
        re.search(r"tiếp nhận (\d+) đơn", words_of(clerk.page)),
    )
    receive(world)
    assert int(row(province.get(PROVINCE), "218-20250101")[-1]) == before[0] + 1
    after = row(district.get(DISTRICT), "07519-20250101")
    assert int(after[5]) == int(before[1][5]) + 1
    assert before[2]
    now = re.search(r"tiếp nhận (\d+) đơn", words_of(clerk.get("/hop-viec")))
    assert now
    assert int(now.group(1)) == int(before[2].group(1)) + 1


def test_a_new_crowd_alarms_every_level_until_somebody_says_we_know(
    world: SiteWorld, province: Browser
) -> None:
    crowd = uuid4()
    world.act(
        ReportGathering(
            gathering_id=crowd, place="07519", site=Site.COMMUNE_OFFICE, home="07519",
            count=CountRange(10, 12), issue=Field.LAND, texts={"issue": CANARY},
        ),
        CAM_LY,
    )  # fmt: skip
    province.get(PROVINCE)
    assert f"alert-{crowd}" in province.page
    assert figures(province.page)["Đoàn chưa ai tiếp"] == 2
    assert "Xã Cẩm Lý, Huyện Lục Nam: 1 đoàn chưa ai tiếp" in province.page
    province.post(f"/su-viec/{crowd}/da-biet", {"csrf": csrf_of(province.page)})
    assert f"alert-{crowd}" not in province.get(PROVINCE)
    world.act(
        ReceiveCrowd(gathering_id=crowd, in_person=True, representatives=2), CAM_LY, Role.LEADER
    )
    assert figures(province.get(PROVINCE))["Đoàn chưa ai tiếp"] == 1


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    ("page", "piece", "part"),
    [
        (PROVINCE, f"{PROVINCE}/phan/bang", "board"),
        (DISTRICT, f"{DISTRICT}/phan/bang", "board"),
    ],
)
def test_the_live_piece_is_the_page_s_own_part(
    world: SiteWorld, province: Browser, page: str, piece: str, part: str
) -> None:
    whole = squeezed(province.get(page))
    alone = squeezed(province.get(re.findall(rf'id="{part}" hx-get="([^"]+)"', whole)[0]))
    assert alone.startswith(f'<div class="live-area" id="{part}"')
    assert without_seconds(alone) in without_seconds(whole)
    assert piece in whole
    del world


def squeezed(page: str) -> str:
    return re.sub(r"\s+", " ", page.replace("&amp;", "&")).strip()


def without_seconds(page: str) -> str:
    """The moment of the data moves between two requests."""
    bare = re.sub(r"\d{2}:\d{2}:\d{2}(\.\d+)?(\+07:00)?", "T", page)
    return re.sub(r"\b\d{2}:\d{2}\b", "t", bare)


def test_the_wall_has_the_same_figures_and_no_controls(province: Browser) -> None:
    numbers = figures(province.page)
    wall = province.get(f"{PROVINCE}?man-hinh-lon=1")
    assert figures(wall) == numbers
    assert 'data-theme="wall"' in wall
    assert "<form" not in wall


def test_every_map_fact_is_in_the_table_beside_it(province: Browser) -> None:
    mark = r'class="m-(?:alone|received|overdue|offered)"[^>]*aria-label="([^"]+)"'
    marked = set(re.findall(mark, province.page))
    twin = words_of(province.page.split('id="map-twin"')[1])
    assert len(marked) >= 10
    for label in marked:
        place, _, words = label.partition(": ")
        assert place.split(",")[0] in twin
        assert words in twin


@pytest.mark.parametrize("path", [PROVINCE, f"{PROVINCE}/phan/bang", DISTRICT, "/ds?don-vi=24"])
def test_a_commune_does_not_see_the_boards_above(world: SiteWorld, path: str) -> None:
    clerk = world.browser(TAM_DI)
    assert clerk.ask("GET", path).status_code == 403


@pytest.mark.parametrize("path", ["/dieu-hanh/218-20250101", "/huyen/24-20250101"])
def test_a_board_of_another_level_is_not_found(province: Browser, path: str) -> None:
    assert province.ask("GET", path).status_code == 404


def test_boards_lists_and_addresses_hold_nothing_personal(
    world: SiteWorld, province: Browser
) -> None:
    receive(world, TAM_DI)
    clerk = world.browser(TAM_DI)
    for browser, path in (
        (province, PROVINCE), (province, "/ds?don-vi=218"), (province, "/doan-dong-nguoi"),
        (clerk, "/hop-viec"), (clerk, "/ds"), (clerk, "/tim?q=07456"),
    ):  # fmt: skip
        page = browser.get(path)
        assert browser.status == 200
        for word in CANARY.split():
            assert word not in re.sub(r"[0-9a-f-]{36}", "", words_of(page)), path


def test_the_desk_s_pieces_are_the_page_s_own_parts(world: SiteWorld) -> None:
    clerk = world.browser(TAM_DI)
    whole = squeezed(clerk.get("/hop-viec"))
    for piece in ("/hop-viec/phan/hang?hang=cho-toi", "/hop-viec/phan/chuyen-den"):
        assert squeezed(clerk.get(piece)) in whole


def test_what_came_since_is_said_and_not_inserted(world: SiteWorld) -> None:
    clerk = world.browser(CAM_LY)
    found = re.search(r'hx-get="(/hop-viec/phan/moi[^"]+)"', clerk.page)
    assert found
    here = found.group(1).replace("&amp;", "&")
    assert "mục mới" not in clerk.get(here)
    world.clock.move_to(world.clock.now() + timedelta(minutes=1))
    receive(world)
    assert "1 mục mới, bấm để tải" in clerk.get(here)


def test_the_auditor_and_the_office_head_begin_at_their_boards(world: SiteWorld) -> None:
    assert world.browser(office_id("ttr", "24"), Role.AUDITOR).at == PROVINCE
    assert world.browser(office_id("tcd", "218"), Role.OFFICE_HEAD).at == DISTRICT
    assert world.browser(LUC_NAM, Role.RETURN_LEAD).at == "/ho-tro-ve"
    assert world.browser(BAC_GIANG, Role.ADMIN).at == "/don-vi/24-20250101"
