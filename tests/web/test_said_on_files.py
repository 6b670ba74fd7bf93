"""What a file's own pages say of its end, of whom it waits for, of what was reminded."""

from typing import Any
from uuid import UUID, uuid5

from domain.codes import Role
from domain.commands.rehoming import DecidePetitionHome, RehomeCase
from domain.events.case import CaseOpened, PetitionLinked
from domain.events.petition import PetitionReceived, PetitionTakenUp
from domain.events.reminder import FollowUpDueReminded, FollowUpNotHeldReminded
from domain.events.return_mission import ReturnRequested
from domain.streams import reminder_stream
from projections.resting import of_petition
from services.web.present.frame import Seat
from services.web.present.home_waits import home_waits
from tests.api.real import RealWorld
from tests.api.test_homes import world as reformed
from tests.api.test_reviews import asked
from tests.api.test_reviews import world as answered
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    MISSION,
    NGHIA_PHUONG,
    PETITION,
    fact,
    in_order,
    officer,
)
from tests.domain.after_the_reform import AUGUST_MORNING, NEW_CAM_LY, NEW_NGHIA_PHUONG, REFORMED
from tests.stores import addresses, role_passwords
from tests.web.page_forms import words_of
from tests.web.test_waiting_pages import Pages

__all__ = ["addresses", "answered", "reformed", "role_passwords"]

SYSTEM = officer("system", Role.SYSTEM)
CLOCKS = f"/ho-so/{PETITION}/thoi-han"
QUESTION = f"xem-lai-{PETITION}-reply-citizen"


def test_an_ended_file_tells_its_own_day_and_leads_to_the_other_and_to_the_question(
    answered: RealWorld,
) -> None:
    asked(answered)
    pages = Pages.of(answered)
    head = pages.browser(CAM_LY, Role.LEADER)
    said = words_of(head.get(CLOCKS))
    assert "Đơn đã kết thúc ngày 20/05/2025" in said
    assert "Xong 20/05/2025, muộn 1 ngày" in said
    assert "theo thông tin ghi đến nay, hạn là 20/05/2025" in said
    assert "đang chờ thủ trưởng xem lại" in said
    now = f"{CLOCKS}?ngay=20%2F06%2F2025&amp;biet=20%2F06%2F2025"
    assert f'href="{now}"' in head.page
    assert f'href="/xem-lai#{QUESTION}"' in head.page
    assert f'id="{QUESTION}"' in head.get("/xem-lai")
    told = words_of(head.get(now.replace("&amp;", "&")))
    assert "Đơn đã kết thúc" not in told
    assert "muộn 1 ngày" not in told
    assert "Xong 20/05/2025" in told


def test_the_file_itself_leads_to_what_is_known_now(answered: RealWorld) -> None:
    head = Pages.of(answered).browser(CAM_LY, Role.LEADER)
    assert "hạn là 20/05/2025" in words_of(head.get(f"/ho-so/{PETITION}"))
    assert f"{CLOCKS}?ngay=" in head.page


def test_who_decides_is_led_from_the_file_to_the_decision_and_others_are_told_who_does(
    reformed: RealWorld,
) -> None:
    pages, file = Pages.of(reformed), f"/ho-so/{PETITION}"
    there = f'href="/ho-so-cho-quyet-dinh?chon={PETITION}#chosen"'
    head, clerk = (pages.browser(BAC_GIANG, role) for role in (Role.LEADER, Role.CLERK))
    assert "cho đến khi bạn quyết định nơi nhận" in words_of(head.get(file))
    assert there in head.page
    assert "chờ thủ trưởng quyết định nơi nhận hồ sơ" in words_of(clerk.get(file))
    assert there not in clerk.page
    row = reformed.views.find_petition(PETITION)
    assert row is not None
    today = AUGUST_MORNING.date()
    elsewhere = Seat(officer(NEW_CAM_LY, Role.LEADER), REFORMED, today, AUGUST_MORNING, "")
    (said,) = home_waits(of_petition(row), row, elsewhere)
    assert said.decide is None
    assert "chờ thủ trưởng cơ quan đó quyết định" in said.words
    decision = DecidePetitionHome(
        petition_id=PETITION, office=NGHIA_PHUONG, to_office=NEW_NGHIA_PHUONG
    )
    by = officer(BAC_GIANG, Role.LEADER)
    reformed.casework.handle(decision, by, key=MISSION, request=b"x", correlation="test")
    reformed.project()
    decided = pages.browser(NEW_NGHIA_PHUONG, Role.LEADER).get(file)
    assert "quyết định nơi nhận" not in words_of(decided)


def test_a_case_that_waits_leads_to_its_own_decision(reformed: RealWorld) -> None:
    petition, case = uuid5(PETITION, "taken up"), uuid5(PETITION, "case")
    reformed.store.append(
        in_order(
            fact(PetitionReceived, NGHIA_PHUONG, petition),
            fact(PetitionTakenUp, NGHIA_PHUONG, petition, case_id=case),
            fact(CaseOpened, NGHIA_PHUONG, case, petition_id=petition),
            fact(PetitionLinked, NGHIA_PHUONG, case, petition_id=petition),
        )
    )
    rehome = RehomeCase(case_id=case, office=NGHIA_PHUONG)
    reformed.casework.handle(rehome, SYSTEM, key=case, request=b"", correlation="test")
    reformed.project()
    head = Pages.of(reformed).browser(BAC_GIANG, Role.LEADER)
    head.get(f"/vu-viec/{case}")
    assert f"/ho-so-cho-quyet-dinh?viec=case&amp;chon={case}#chosen" in head.page


def test_a_mission_shows_what_was_reminded_of_to_who_sees_it(reformed: RealWorld) -> None:
    reminders: UUID = reminder_stream(MISSION)
    told: dict[str, Any] = {"subject": MISSION, "to_office": NEW_CAM_LY}
    reformed.store.append(
        in_order(
            fact(ReturnRequested, BAC_GIANG, home_office=NEW_CAM_LY),
            fact(FollowUpDueReminded, "system", reminders, **told),
            fact(FollowUpNotHeldReminded, "system", reminders, **told),
        )
    )
    reformed.project()
    pages, mission = Pages.of(reformed), f"/ho-tro-ve/{MISSION}"
    for path in (mission, f"{mission}/phan/dot"):
        page = pages.browser(NEW_CAM_LY, Role.LEADER).get(path)
        assert "Nhắc việc" in words_of(page)
        assert "Hệ thống báo UBND Xã Cẩm Lý. Hạn 12/05/2025." in words_of(page)
        newest, older = page.index("reminder-2"), page.index("reminder-1")
        assert newest < older
    stranger = pages.browser(NEW_NGHIA_PHUONG, Role.LEADER)
    stranger.get(mission)
    assert stranger.status == 404
