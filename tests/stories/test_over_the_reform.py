"""The reform of 1/7/2025 at a desk: custody unbroken, the same clock, boards become history.

And story 2 (requirements.md H) again on a day after it, with the superior and the deadline of
that day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.case import Case
from domain.codes import Channel, EscalationGround, Field, PetitionKind, Role, TransferGround
from domain.commands.case import AssignHandler, EscalateCase, OpenCase
from domain.commands.petition import (
    AcceptPetition,
    ClassifyPetition,
    ReceivePetition,
    TransferPetition,
)
from domain.days import day_of
from domain.events.petition import PetitionRehomed
from domain.petition import Petition
from projections.case_row import CaseRow
from projections.petition_row import PetitionRow
from services.demo.accounts import account_of
from services.demo.advance import Asked, Watching, advance
from services.demo.offices import LUC_NAM, PROVINCES, committee, office_id
from services.web import session
from tests.api.real import Signalled, served
from tests.stories.over_the_reform import SiteRoad
from tests.units.country import files_of
from tests.web.plain_browser import Browser
from tests.web.site_world import SiteWorld, world
from tests.web.test_routes_live import afresh, hearing

__all__ = ["world"]

AFTER = date(2025, 7, 2)
TAM_DI, BAC_GIANG = committee("07456"), committee("24")
NEW_COMMUNE, BAC_NINH = "ubnd-07462-20250701", "ubnd-24-20250701"
WARD, LANG_SON, WORKS = "ubnd-06187-20250701", committee("20"), office_id("xd", "20")


@dataclass
class Over:
    """A petition with its case at a merged commune, and who watched the reform come."""

    world: SiteWorld
    petition: UUID
    case: UUID
    before: PetitionRow
    case_before: CaseRow
    clerk: Browser
    chair: Browser
    told: Mapping[str, Sequence[str]]
    """What the open pages of the commune, the district and the province heard meanwhile."""

    def petition_row(self, petition: UUID) -> PetitionRow:
        (row,) = self.world.views.find_petitions([petition])
        return row

    def case_row(self, case: UUID) -> CaseRow:
        row = self.world.views.find_case(case)
        assert row is not None
        return row


@pytest.fixture(scope="module")
def over(world: SiteWorld, tmp_path_factory: pytest.TempPathFactory) -> Over:
    """The demo on the second day after the reform."""
    petition, case = uuid4(), uuid4()
    received(world, petition, TAM_DI, PetitionKind.COMPLAINT, "07456")
    world.act(OpenCase(case_id=case, petition_id=petition), TAM_DI, Role.HANDLER)
    handler = account_of(TAM_DI, Role.HANDLER)
    world.act(AssignHandler(case_id=case, handler=handler), TAM_DI, Role.LEADER)
    clerk, chair = world.browser(TAM_DI), world.browser(committee(LUC_NAM), Role.LEADER)
    (row,) = world.views.find_petitions([petition])
    held = world.views.find_case(case)
    assert held is not None
    order = files_of(tmp_path_factory.mktemp("reform"), {*PROVINCES, "01"}).order
    with (
        served(afresh(world)) as at,  # type: ignore[arg-type]
        hearing(world, at, TAM_DI) as desk,
        hearing(world, at, committee(LUC_NAM), Role.LEADER) as district,
        hearing(world, at, LANG_SON, Role.LEADER) as province,
    ):
        pages = {"commune": desk, "district": district, "province": province}
        for stream in pages.values():
            assert next(stream).event == "pulse"
        road = SiteRoad(world, order)
        assert advance(road, Asked(AFTER, step=99), Watching(rest=lambda _seconds: None))
        told = {name: tuple(heard(stream)) for name, stream in pages.items()}
    return Over(world, petition, case, row, held, clerk, chair, told)


def heard(stream: Iterator[Signalled]) -> Iterator[str]:
    """What a page is told until it must open itself anew, or knows of the last day."""
    for each in stream:
        yield each.event
        if each.event == "moved" or f"{AFTER:%Y-%m-%d}" in each.data:
            return


def received(
    world: SiteWorld, petition: UUID, office: str, kind: PetitionKind, place: str,
    field: Field = Field.LAND, competent: str = "",
) -> None:  # fmt: skip
    """Received and classified by an office's clerk."""
    world.act(
        ReceivePetition(
            petition_id=petition, kind=kind, channel=Channel.COUNTER, field=field, place=place,
            texts={"name": "Nguyễn Thị Thử (mẫu)", "summary": "Xin xem lại (mẫu)."},
        ),
        office,
    )  # fmt: skip
    world.act(
        ClassifyPetition(
            petition_id=petition, kind=kind, field=field, competent_office=competent or office
        ),
        office,
    )


def test_open_pages_of_ended_offices_open_anew_and_a_new_day_is_news_to_all_others(
    over: Over,
) -> None:
    assert over.told["commune"][-1] == over.told["district"][-1] == "moved"
    assert "moved" not in over.told["province"]
    assert {"board", "inbox"} <= set(over.told["province"])


def test_custody_of_a_petition_at_a_merged_commune_is_unbroken_and_its_clock_the_same(
    over: Over,
) -> None:
    facts = over.world.store.load(over.petition)
    in_charge = [
        Petition.replay(over.petition, facts[:told]).in_charge for told in range(1, len(facts) + 1)
    ]
    assert in_charge[0] == TAM_DI
    assert in_charge[-1] == NEW_COMMUNE
    assert set(in_charge) == {TAM_DI, NEW_COMMUNE}
    (moved,) = (fact for fact in facts if isinstance(fact, PetitionRehomed))
    assert (moved.former, moved.to_office, moved.interim) == (TAM_DI, NEW_COMMUNE, False)
    now = over.petition_row(over.petition)
    for same in ("number", "received_on", "received_office", "due_on", "answered_on"):
        assert getattr(now, same) == getattr(over.before, same), same


def test_the_case_goes_along_with_its_officer_and_its_settlement_clock(over: Over) -> None:
    now, then = over.case_row(over.case), over.case_before
    assert (then.office, now.office) == (TAM_DI, NEW_COMMUNE)
    assert (now.settle_due, now.number) == (then.settle_due, then.number)
    replayed = Case.replay(over.case, over.world.store.load(over.case))
    assert replayed.handler == account_of(TAM_DI, Role.HANDLER)


def test_the_new_communes_desk_has_it_in_the_session_of_before_and_by_a_new_sign_in(
    over: Over,
) -> None:
    page = over.clerk.get("/hop-viec?hang=co-quan")
    assert over.clerk.status == 200
    assert "kết thúc ngày 30/06/2025. Bạn làm việc tại" in page
    assert over.before.number in page
    fresh = over.world.browser(TAM_DI)
    assert over.before.number in fresh.get("/hop-viec?hang=co-quan")
    assert "Bạn làm việc tại" not in fresh.page
    assert over.world.browser(TAM_DI, Role.HANDLER).get(f"/vu-viec/{over.case}")


def test_the_districts_board_is_history_and_says_since_when_and_who_took_over(over: Over) -> None:
    page = over.chair.get("/")
    assert (over.chair.status, over.chair.at) == (200, "/huyen/218-20250101")
    assert "kết thúc hoạt động hết ngày 30/06/2025" in page
    assert "UBND tỉnh Bắc Ninh" in page
    assert 'href="/don-vi/24-20250701"' in page
    assert "Tam Dị" in page
    piece = over.chair.ask("GET", "/huyen/218-20250101/phan/bang", hx_request="true")
    assert 'id="board"' in piece.text
    assert "lịch sử" in piece.text
    province = over.world.browser(BAC_GIANG, Role.LEADER)
    assert "bảng này là lịch sử" in province.get("/huyen/218-20250101")
    assert over.world.browser(committee(LUC_NAM), Role.LEADER).at == "/huyen/218-20250101"


def test_who_looks_back_records_nothing_and_opens_nothing_else(over: Over) -> None:
    for path in ("/hop-viec", "/ds", "/tiep-nhan", f"/ho-so/{over.petition}", "/truc-tiep"):
        assert over.chair.ask("GET", path).status_code == 403, path
    assert over.chair.ask("GET", "/dieu-hanh/24").status_code in (403, 404, 422)
    assert over.chair.ask("GET", "/tro-giup").status_code == 200
    page = over.chair.get("/huyen/218-20250101")
    assert "/dang-xuat" in page


def test_who_reports_a_crowd_is_offered_the_offices_of_the_levels_of_that_day(over: Over) -> None:
    clerk = over.world.browser(TAM_DI)
    assert 'value="district_office"' not in clerk.get("/doan-dong-nguoi/bao")
    assert 'value="commune_office"' in clerk.page
    clerk.submit("edit", occurred_at="30/06/2025 15:00")
    assert 'value="district_office"' in clerk.page


def test_a_crowd_that_stood_at_a_district_office_is_still_told_to_stand_there(over: Over) -> None:
    province = over.world.browser(BAC_GIANG, Role.LEADER)
    assert "Trụ sở UBND huyện Lục Nam" in province.get("/doan-dong-nguoi?loc=chua-tiep")


def test_a_board_names_the_kinds_of_units_there_are_that_day(over: Over) -> None:
    page = over.world.browser(BAC_GIANG, Role.LEADER).get("/")
    assert " xã, phường</" in page
    assert "xã, phường, thị trấn" not in page


def test_a_road_complaint_at_the_wrong_door_after_the_reform(over: Over) -> None:
    world, petition = over.world, uuid4()
    assert day_of(world.clock.now()) == AFTER
    received(
        world, petition, WARD, PetitionKind.FEEDBACK, "06187", Field.INFRASTRUCTURE,
        competent=WORKS,
    )  # fmt: skip
    asked = TransferPetition(
        petition_id=petition, to_office=WORKS, ground=TransferGround.OTHER_LEVEL
    )
    world.act(asked, WARD)
    offered = over.petition_row(petition)
    assert (offered.in_charge, offered.offered_to) == (WARD, WORKS)
    assert offered.reply_due == date(2025, 7, 7)
    world.act(AcceptPetition(petition_id=petition), WORKS)
    taken = over.petition_row(petition)
    assert (taken.in_charge, taken.received_office) == (WORKS, WARD)
    assert (taken.received_on, taken.due_on) == (AFTER, date(2025, 7, 16))
    ward = world.browser(committee("05971"))
    assert offered.number in ward.get("/hop-viec?hang=theo-doi")
    works = Browser(world)
    works.cookies.set(session.COOKIE, world.issuer.issue("clerk.xd-20", WORKS, Role.CLERK))
    assert offered.number in works.get("/hop-viec?hang=co-quan")


def test_after_the_reform_a_commune_escalates_to_its_province_with_the_clock_of_that_day(
    over: Over,
) -> None:
    world, petition, case = over.world, uuid4(), uuid4()
    received(world, petition, WARD, PetitionKind.COMPLAINT, "06187")
    world.act(OpenCase(case_id=case, petition_id=petition), WARD, Role.HANDLER)
    world.act(EscalateCase(case_id=case, ground=EscalationGround.COMPLEX), WARD, Role.LEADER)
    row = over.case_row(case)
    assert row.escalated_to == LANG_SON
    assert row.settle_due == date(2025, 8, 1)
    waiting = world.views.awaiting_decision((LANG_SON,))
    assert case in {each.case.case_id for each in waiting if each.case is not None}
    superior = world.browser(LANG_SON, Role.LEADER)
    assert superior.at == "/dieu-hanh/20-20250101"
    assert row.number in superior.get(f"/vu-viec/{case}")
    superior.get(f"/tim?q={row.number.lower()}")
    assert superior.at == f"/vu-viec/{case}"
