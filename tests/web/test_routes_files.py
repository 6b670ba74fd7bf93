"""Files kept by plain forms: cases, crowds, help home, protected texts, replays."""

import re
from uuid import UUID, uuid4

from domain.codes import Channel, Field, PetitionKind, Role
from domain.commands.petition import ReceivePetition
from services.demo.offices import committee, office_id
from tests.web.page_forms import forms_of, id_in, words_of
from tests.web.site_world import SiteWorld, world

__all__ = ["world"]

BAC_GIANG, LUC_NAM, TAM_DI, CAM_LY = map(committee, ("24", "218", "07456", "07519"))
LAND = office_id("nnmt", "218")
CANARY = "Quỳnhcanary"
ANSWERS = {
    "kind": "complaint", "field": "land", "texts__name": f"Nguyễn {CANARY}",
    "texts__phone": "0000123456", "texts__summary": f"Xin xem lại mốc. {CANARY}",
}  # fmt: skip


def receive(world: SiteWorld, office: str = TAM_DI, **more: object) -> UUID:
    """A petition of an office, taken in without the pages."""
    given = {
        "kind": PetitionKind.FEEDBACK, "channel": Channel.COUNTER, "field": Field.LAND,
        "place": office.partition("-")[2], "texts": {"name": CANARY, "summary": CANARY}, **more,
    }  # fmt: skip
    made = uuid4()
    world.act(ReceivePetition(petition_id=made, **given), office)  # type: ignore[arg-type]
    return made


def facts(world: SiteWorld, stream: UUID) -> list[str]:
    return [fact.TOPIC for fact in world.store.load(stream)]


def transferred(world: SiteWorld, to: str = LAND) -> UUID:
    """A petition of Tam Dị offered to another office by the form."""
    petition = receive(world)
    clerk = world.browser(TAM_DI)
    clerk.get(f"/ho-so/{petition}/chuyen")
    clerk.submit("check", to_office=to, ground="other_field", texts__note="Kèm đơn.")
    clerk.submit("record")
    assert clerk.status == 200, words_of(clerk.page)
    return petition


def test_a_case_is_opened_assigned_decided_and_closed_by_forms(world: SiteWorld) -> None:
    petition = receive(world, kind=PetitionKind.COMPLAINT)
    head = world.browser(TAM_DI, Role.LEADER)
    head.get(f"/ho-so/{petition}/thu-ly")
    head.submit("record")
    case = id_in(head.at)
    assert head.at.startswith(f"/vu-viec/{case}")
    steps: list[tuple[str, dict[str, str]]] = [
        ("giao-viec", {"handler": "handler.ubnd-07456"}),
        ("bao-cao", {"texts__summary": CANARY}),
        ("quyet-dinh", {"outcome": "right", "decided_on": "hôm nay"}),
        ("ket-thuc", {"reason": "answered", "notice": "written", "noticed_on": "14/5/25"}),
    ]
    for slug, said in steps:
        head.get(f"/vu-viec/{case}/{slug}")
        head.submit("check", **said)
        head.submit("record")
        assert head.status == 200, (slug, words_of(head.page))
    assert facts(world, case)[-1] == "case.closed"
    assert "Đã kết thúc" in words_of(head.page)
    district = world.browser(LUC_NAM, Role.LEADER)
    district.get(f"/vu-viec/{case}")
    assert "Các cấp đã biết đến đâu" in words_of(district.page)
    assert CANARY not in district.page


def test_the_time_a_case_takes_is_moved_by_forms_that_tell_the_new_day(world: SiteWorld) -> None:
    petition = receive(world, kind=PetitionKind.COMPLAINT)
    head = world.browser(TAM_DI, Role.LEADER)
    head.get(f"/ho-so/{petition}/thu-ly")
    head.submit("record")
    case = id_in(head.at)
    assert "Giải quyết khiếu nại lần đầu Còn 22 ngày làm việc" in words_of(head.page)
    head.get(f"/vu-viec/{case}/ghi-phuc-tap")
    head.submit("record")
    assert "Chọn ít nhất một tiêu chí." in words_of(head.page)
    head.submit("check", grounds__many_people="1", grounds__foreign="1")
    assert "Hạn sẽ là Giải quyết khiếu nại" in words_of(head.page)
    assert "Thứ Bảy 28/06/2025: 45 ngày từ ngày thụ lý" in words_of(head.page)
    head.submit("record")
    marked = world.store.load(case)[-1]
    assert marked.TOPIC == "case.marked_complex"
    assert "Thứ Bảy 28/06/2025: 45 ngày" in words_of(head.page)
    for slug, said in (("vung-sau-vung-xa", {"basis": "861/QĐ-TTg"}), ("thoi-phuc-tap", {}),
                       ("dinh-chinh-dia-ban", {}), ("lan-giai-quyet", {"instance": "second"}),
                       ("doi-tuong", {"contested": "discipline"})):  # fmt: skip
        head.get(f"/vu-viec/{case}/{slug}")
        head.submit("record", **said)
        assert head.status == 200, (slug, words_of(head.page))
    head.get(f"/vu-viec/{case}/gia-han")
    head.submit("record", decided_on="hôm nay", basis="12/QĐ-UBND")
    assert "Không có quy định gia hạn" in words_of(head.page)
    handler = world.browser(TAM_DI, Role.CLERK)
    handler.get(f"/vu-viec/{case}/tam-dinh-chi")
    assert handler.status == 403
    handler.get(f"/vu-viec/{case}")
    assert f"/vu-viec/{case}/ghi-phuc-tap" not in handler.page


def test_a_crowd_and_the_help_home_are_kept_by_forms(world: SiteWorld) -> None:
    clerk, head = world.browser(CAM_LY), world.browser(CAM_LY, Role.LEADER)
    clerk.get("/doan-dong-nguoi/bao")
    clerk.submit(
        "check", site="commune_office", place="07519-20250101", home="07519-20250101",
        count__low="12", count__high="15", issue="land",
    )  # fmt: skip
    clerk.submit("record")
    crowd = id_in(clerk.at)
    assert "12–15 người" in words_of(clerk.page)
    assert "Chưa ai tiếp" in words_of(clerk.page)
    head.get(f"/su-viec/{crowd}/tiep")
    head.submit("check", in_person="1", representatives="2")
    head.submit("record")
    assert facts(world, crowd)[-1] == "gathering.crowd_received"
    head.get(f"/su-viec/{crowd}/de-nghi-ve")
    head.submit("check", people="6")
    head.submit("record")
    mission = id_in(head.at)
    lead = world.browser(CAM_LY, Role.LEADER)
    steps: list[tuple[str, dict[str, str]]] = [
        ("phu-trach", {"lead": "leader.ubnd-07519"}),
        ("cu-can-bo", {"officers": "2", "vehicles": "1"}),
        ("de-nghi", {"people": "6"}),
        ("dong-y", {"people": "4"}),
        ("o-lai", {"people": "2"}),
    ]
    for slug, said in steps:
        lead.get(f"/ho-tro-ve/{mission}/{slug}")
        lead.submit("check", **said)
        lead.submit("record")
        assert lead.status == 200, (slug, words_of(lead.page))
    words = words_of(lead.page)
    assert "4 đồng ý về" in words
    assert "2 ở lại theo ý muốn" in words
    assert "4 người đồng ý về chưa khởi hành" in words
    assert f"/ho-tro-ve/{mission}/o-lai" in lead.page
    lead.get(f"/ho-tro-ve/{mission}/ket-thuc")
    lead.submit("record")
    assert lead.status in (409, 422)
    assert facts(world, mission)[-1] == "return_mission.declined"


def test_saying_we_know_twice_is_saying_it_once(world: SiteWorld) -> None:
    clerk = world.browser(CAM_LY)
    clerk.get("/doan-dong-nguoi/bao")
    clerk.submit(
        "record", site="elsewhere", place="07519-20250101", home="07519-20250101",
        count__low="5", count__high="5", issue="land",
    )  # fmt: skip
    crowd = id_in(clerk.at)
    _, fields = forms_of(clerk.page)[-1]
    for came_from in ("https://site.test/hop-viec", "http://["):
        clerk.post(f"/su-viec/{crowd}/da-biet", fields, Referer=came_from)
        assert clerk.status == 200
    assert facts(world, crowd).count("gathering.acknowledged") == 1


def test_a_protected_text_is_opened_for_a_purpose_on_record_and_shown_once(
    world: SiteWorld,
) -> None:
    petition = receive(world)
    clerk = world.browser(TAM_DI)
    clerk.get(f"/ho-so/{petition}?tab=noi-dung")
    assert CANARY not in clerk.page
    here = re.findall(rf'href="(/noi-dung/{petition}/[^"]+)"', clerk.page)[0]
    clerk.get(here)
    assert CANARY not in clerk.page
    clerk.submit()
    assert clerk.status == 422
    assert "Chọn mục đích xem" in words_of(clerk.page)
    clerk.submit(purpose="handling")
    assert CANARY in clerk.page
    assert clerk.headers["cache-control"] == "no-store"
    assert "Mở lúc" in words_of(clerk.page)
    clerk.get(f"/ho-so/{petition}?loc=xem")
    assert CANARY not in clerk.page
    assert "Mục đích: giải quyết vụ việc." in words_of(clerk.page)


def test_a_replay_asks_what_for_and_is_itself_on_record(world: SiteWorld) -> None:
    petition = transferred(world)
    auditor = world.browser(office_id("ttr", "24"), Role.AUDITOR)
    auditor.get(f"/kiem-tra/{petition}?n=2&lan=1")
    assert "nêu mục đích" in words_of(auditor.page)
    assert "Sự kiện" not in words_of(auditor.page)
    auditor.submit(purpose="responsibility_check")
    words = words_of(auditor.page)
    assert "Sự kiện 1/2 · Tiếp nhận đơn" in words
    assert "Mục đích: kiểm tra trách nhiệm" in words
    assert 'data-age="replay"' in auditor.page
    auditor.get(auditor.at.replace("?n=1", "?n=2"))
    assert "Đổi Chờ nhận Không Phòng Nông nghiệp" in words_of(auditor.page)
    clerk = world.browser(TAM_DI)
    clerk.get(f"/ho-so/{petition}?loc=xem")
    assert "Tua lại hồ sơ" in words_of(clerk.page)


def test_another_s_replay_receipt_opens_nothing(world: SiteWorld) -> None:
    petition = transferred(world)
    auditor = world.browser(office_id("ttr", "24"), Role.AUDITOR)
    auditor.get(f"/kiem-tra/{petition}")
    auditor.submit(purpose="responsibility_check")
    handler = world.browser(LAND, Role.HANDLER)
    handler.get(auditor.at)
    assert "Sự kiện" not in words_of(handler.page)


def test_every_deadline_leads_to_why_also_of_another_day(world: SiteWorld) -> None:
    petition = transferred(world)
    receiver = world.browser(LAND, Role.HANDLER)
    receiver.get("/hop-viec")
    here = f"/ho-so/{petition}/thoi-han"
    assert f'href="{here}"' in receiver.page
    receiver.get(here)
    words = words_of(receiver.page)
    for said in ("Trả lời công dân", "Luật Tiếp công dân 2013, Điều 28 khoản 1",
                 "Xác nhận đơn chuyển đến", "Đã đối chiếu với văn bản gốc.",
                 "Nếu công bố thêm một ngày nghỉ trước hạn"):  # fmt: skip
        assert said in words, said
    receiver.get(f"{here}?ngay=13/05/2025")
    assert "Ngày này chưa có hồ sơ." in words_of(receiver.page)
    receiver.get(f"{here}?ngay=31/02/2025")
    assert "Không phải ngày có thật." in words_of(receiver.page)
    stranger = world.browser(CAM_LY)
    stranger.get(here)
    assert stranger.status == 404


def test_how_a_complaint_was_filed_is_noted_by_a_form_and_moves_its_clocks(
    world: SiteWorld,
) -> None:
    petition = receive(world, kind=PetitionKind.COMPLAINT)
    clerk = world.browser(TAM_DI)
    clerk.get(f"/ho-so/{petition}")
    assert f"/ho-so/{petition}/thoi-hieu" in clerk.page
    assert f"/ho-so/{petition}/to-cao-tiep" not in clerk.page
    clerk.get(f"/ho-so/{petition}/thoi-hieu")
    clerk.submit("record", contested="act_or_decision", instance="first", known_on="01/04/2025")
    assert facts(world, petition)[-1] == "petition.filing_dated"
    clerk.get(f"/ho-so/{petition}/thoi-han")
    assert "Nộp ngày 14/05/2025, còn thời hiệu." in words_of(clerk.page)
