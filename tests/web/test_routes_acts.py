"""Acts by plain forms: taken in, checked, recorded once; refused where the field says no."""

import re
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.codes import Channel, Field, PetitionKind, Role
from domain.commands.petition import ReceivePetition
from domain.events.petition import PetitionReceived, PetitionTransferred
from domain.law.reading import Line
from infra.law import carried_edition
from infra.memory import MemoryFactStore
from infra.memory.law import MemoryLawFollower
from services.casework import Casework
from services.demo.offices import committee, office_id
from services.law import carried_law
from services.rulebooks import publish
from tests.web.page_forms import forms_of, id_in, words_of
from tests.web.plain_browser import Browser
from tests.web.site_world import SiteWorld, world

__all__ = ["world"]

BAC_GIANG, LUC_NAM, TAM_DI, CAM_LY = map(committee, ("24", "218", "07456", "07519"))
LAND = office_id("nnmt", "218")
CANARY = "Quỳnhcanary"
ARTICLE = "Luật mới, Điều 1"
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


def test_a_petition_is_taken_in_by_plain_forms_up_to_its_receipt(world: SiteWorld) -> None:
    clerk = world.browser(TAM_DI)
    clerk.get("/tiep-nhan")
    clerk.submit("check", **ANSWERS)
    assert clerk.status == 200
    assert "Xem lại: Tiếp nhận đơn" in words_of(clerk.page)
    assert CANARY in clerk.page
    assert "10 ngày làm việc" in words_of(clerk.page)
    clerk.submit("record")
    assert clerk.at.startswith("/bien-nhan/")
    receipt = words_of(clerk.page)
    number = re.search(r"số (07456-25-\d{4})", receipt)
    assert number
    assert "Đã tiếp nhận đơn." in receipt
    assert CANARY not in clerk.page
    clerk.get(f"/tim?q={number.group(1)}")
    assert clerk.at == f"/ho-so/{id_in(clerk.at)}"
    assert number.group(1) in words_of(clerk.page)


def test_what_is_missing_is_told_at_the_field_and_nothing_typed_is_lost(world: SiteWorld) -> None:
    clerk = world.browser(TAM_DI)
    clerk.get("/tiep-nhan")
    clerk.submit("check", **{**ANSWERS, "field": "", "petitioners": "ba"})
    assert clerk.status == 422
    words = words_of(clerk.page)
    assert "Lĩnh vực: chưa trả lời." in words
    assert "Số người đứng đơn: Nhập một số nguyên" in words
    assert '<a href="#field">' in clerk.page
    assert forms_of(clerk.page)[-1][1]["texts.summary"] == ANSWERS["texts__summary"]


def test_going_back_to_mend_keeps_every_answer(world: SiteWorld) -> None:
    clerk = world.browser(TAM_DI)
    clerk.get("/tiep-nhan")
    clerk.submit("check", **ANSWERS)
    clerk.submit("edit")
    _, fields = forms_of(clerk.page)[-1]
    for name, said in ANSWERS.items():
        assert fields[name.replace("__", ".")] == said


def test_pressing_twice_records_one_petition(world: SiteWorld) -> None:
    clerk = world.browser(TAM_DI)
    clerk.get("/tiep-nhan")
    clerk.submit("check", **ANSWERS)
    page = clerk.page
    clerk.submit("record")
    first, head = id_in(clerk.at), world.store.head()
    clerk.page = page
    clerk.submit("record")
    assert id_in(clerk.at) == first
    assert world.store.head() == head
    received = [f for f in world.store.load(first) if isinstance(f, PetitionReceived)]
    assert len(received) == 1


def test_an_office_is_found_by_its_name_without_a_script(world: SiteWorld) -> None:
    clerk = world.browser(TAM_DI)
    clerk.get(f"/ho-so/{receive(world)}/chuyen")
    action, fields = forms_of(clerk.page)[-1]
    clerk.post(action, {**fields, "to_office.q": "so xay dung", "step": "find"})
    assert 'value="xd-24-20250101"' in clerk.page
    assert "Sở Xây dựng tỉnh Bắc Giang" in words_of(clerk.page)


def test_responsibility_moves_by_forms_when_the_receiver_accepts(world: SiteWorld) -> None:
    petition = transferred(world)
    sender, receiver = world.browser(TAM_DI), world.browser(LAND, Role.HANDLER)
    sender.get(f"/ho-so/{petition}")
    custody = words_of(sender.page)
    assert "Đang chịu trách nhiệm UBND xã Tam Dị" in custody
    assert "Sẽ chịu trách nhiệm khi nhận Phòng Nông nghiệp và Môi trường" in custody
    receiver.get(f"/ho-so/{petition}/nhan")
    receiver.submit("record")
    assert "Cơ quan bạn chịu trách nhiệm từ bây giờ" in words_of(receiver.page)
    sender.get(f"/ho-so/{petition}")
    assert "Đang chịu trách nhiệm Phòng Nông nghiệp" in words_of(sender.page)


def test_a_transfer_goes_back_by_a_form_with_its_ground(world: SiteWorld) -> None:
    petition = transferred(world)
    receiver = world.browser(LAND, Role.HANDLER)
    receiver.get(f"/ho-so/{petition}/tra-lai")
    receiver.submit("check", ground="papers_missing")
    receiver.submit("record")
    sender = world.browser(TAM_DI)
    sender.get(f"/ho-so/{petition}")
    assert "Bị trả lại, UBND xã Tam Dị phải xử lý tiếp" in words_of(sender.page)
    assert "Thiếu giấy tờ kèm theo" in words_of(sender.page)


def test_a_transfer_to_oneself_is_refused_at_the_field(world: SiteWorld) -> None:
    petition = receive(world)
    clerk = world.browser(TAM_DI)
    clerk.get(f"/ho-so/{petition}/chuyen")
    clerk.submit("record", to_office=TAM_DI, ground="other_field", texts__note="Còn giữ")
    assert clerk.status == 422
    assert "Chọn một cơ quan khác." in words_of(clerk.page)
    assert forms_of(clerk.page)[-1][1]["texts.note"] == "Còn giữ"
    assert facts(world, petition) == ["petition.received"]


def test_accepting_what_was_not_offered_is_refused_on_the_page(world: SiteWorld) -> None:
    petition = receive(world)
    clerk = world.browser(TAM_DI)
    clerk.get(f"/ho-so/{petition}/nhan")
    clerk.submit("record")
    assert clerk.status == 409
    assert "không có lượt chuyển nào đang chờ" in words_of(clerk.page)


def test_the_second_of_two_officers_sees_both_versions_and_keeps_the_text(
    world: SiteWorld,
) -> None:
    petition = receive(world)
    first, second = world.browser(TAM_DI), world.browser(TAM_DI, Role.LEADER)
    for browser in (first, second):
        browser.get(f"/ho-so/{petition}/chuyen")
    first.submit("record", to_office=LAND, ground="other_field")
    second.submit("check", to_office=LUC_NAM, ground="other_level", texts__note="Chữ của tôi")
    second.submit("record")
    assert second.status == 409
    words = words_of(second.page)
    assert "Hồ sơ đã thay đổi" in words
    assert "bản ghi 1" in words
    assert "bản ghi 2" in words
    assert "Chữ của tôi" in words
    assert "UBND huyện Lục Nam" in words
    _, fields = forms_of(second.page)[-1]
    assert fields["version"] == "2"
    assert fields["texts.note"] == "Chữ của tôi"
    assert facts(world, petition) == ["petition.received", "petition.transferred"]


def test_a_version_that_is_no_number_says_that_none_was_read(world: SiteWorld) -> None:
    petition = receive(world)
    clerk = world.browser(TAM_DI)
    clerk.get(f"/ho-so/{petition}/chuyen")
    clerk.submit("record", to_office=LAND, ground="other_field", version="²")
    assert clerk.status == 200
    assert facts(world, petition) == ["petition.received", "petition.transferred"]


@pytest.mark.parametrize("said", ["31/02/2025", "mai", "2025-05-20x", "31/12/9999"])
def test_a_day_that_is_none_is_told_at_its_field(world: SiteWorld, said: str) -> None:
    clerk = world.browser(TAM_DI)
    clerk.get(f"/ho-so/{receive(world)}/chuyen")
    clerk.submit("check", to_office=LAND, ground="other_field", reply_due=said)
    assert clerk.status == 422
    assert "Không phải ngày có thật" in words_of(clerk.page)


def test_a_get_records_nothing(world: SiteWorld) -> None:
    petition = receive(world)
    before = world.store.head()
    clerk: Browser = world.browser(TAM_DI, Role.LEADER)
    for path in (f"/ho-so/{petition}", f"/ho-so/{petition}/nhan", f"/kiem-tra/{petition}",
                 "/tiep-nhan", f"/bien-nhan/{petition}"):  # fmt: skip
        clerk.get(f"{path}?step=record&purpose=handling")
        assert clerk.status == 200, path
    assert world.store.head() == before


def edition(**days: int) -> tuple[Line, ...]:
    """The carried lines with other numbers of days, by what a lawyer named as their article."""
    changed = {rule.replace("__", "."): count for rule, count in days.items()}
    return tuple(
        {**line, "days": changed[line["id"]], "article": ARTICLE} if line["id"] in changed else line
        for line in carried_edition().lines
    )


def test_a_published_edition_reaches_forms_receipt_file_and_transfer(world: SiteWorld) -> None:
    books = MemoryFactStore()
    publish(edition(reply__citizen=8, transfer__answer=5), books, world.clock)
    law = MemoryLawFollower(books, carried_law()).current
    casework = Casework(world.store, world.vault, world.follower.current, world.clock, law)
    clerk = world.with_parts(replace(world.parts, law=law, casework=casework)).browser(TAM_DI)
    clerk.get("/tiep-nhan")
    assert "Hạn trả lời 26/05/2025" in words_of(clerk.page)
    clerk.submit("check", **ANSWERS)
    assert f"8 ngày làm việc từ ngày tiếp nhận 14/05/2025 ({ARTICLE})" in words_of(clerk.page)
    clerk.submit("record")
    petition = id_in(clerk.at)
    assert "Trả lời trước hết ngày 26/05/2025" in words_of(clerk.page)
    clerk.get(f"/ho-so/{petition}")
    assert "Thứ Hai 26/05/2025: 8 ngày làm việc từ ngày tiếp nhận" in words_of(clerk.page)
    clerk.get(f"/ho-so/{petition}/chuyen")
    clerk.submit("check", to_office=LAND, ground="other_field")
    assert "Thứ Tư 21/05/2025: 5 ngày làm việc từ ngày chuyển đơn" in words_of(clerk.page)
    clerk.submit("record")
    (offered,) = (f for f in world.store.load(petition) if isinstance(f, PetitionTransferred))
    assert offered.reply_due == date(2025, 5, 21)
