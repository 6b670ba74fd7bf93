"""Samples of forms: intake, its check and receipt, acts, a conflict, a purpose; invented."""

from dataclasses import replace
from typing import Final

from services.web.models import Answer, Custody, DueChip, Holder, Link, StateTag, Why, WhyDay
from services.web.models.acts import (
    ActCheck,
    ActForm,
    AnswerGroup,
    Aside,
    Paper,
    PaperLine,
    ReceiptPage,
    Subject,
)
from services.web.models.forms import Choice
from services.web.present.asking import ActKind
from services.web.present.case_acts import CASE_ACTS
from services.web.present.crowd_acts import CROWD, GATHERING_ACTS, MISSION_ACTS
from services.web.present.petition_acts import INTAKE, PETITION_ACTS
from services.web.showcase.asked import Draft, Found, check, form
from services.web.showcase.frames import BANNER
from services.web.showcase.offices import clerk, post

ACTS: Final[dict[str, ActKind]] = {
    f"{kind.about}-{kind.slug}": kind
    for kind in (*PETITION_ACTS, *CASE_ACTS, CROWD, *GATHERING_ACTS, *MISSION_ACTS)
}
HERE: Final = Choice("07375-20250101", "Xã Tam Dị", "huyện Lục Nam, tỉnh Bắc Giang · nơi bạn tiếp")
TYPED: Final = {
    "texts.name": "Nguyễn Thị A (mẫu)",
    "texts.id_number": "024180000345",
    "texts.address": "Thôn Thanh Giã 1, xã Tam Dị, huyện Lục Nam",
    "texts.phone": "0912 345 678",
    "kind": "feedback",
    "field": "environment",
    "place": "07375-20250101",
    "texts.place_detail": "Mương thôn Thanh Giã 1",
    "texts.summary": "Trại chăn nuôi xả nước thải ra mương tưới từ khoảng ngày 20/04, "
    "mùi nặng, cá chết.",
    "petitioners": "1",
    "channel": "counter",
}
OFFICES: Final = Found(
    (
        Choice("nnmt-24-luc-nam", "Phòng Nông nghiệp và Môi trường", "UBND huyện Lục Nam"),
        Choice("ubnd-07444", "UBND huyện Lục Nam", "tỉnh Bắc Giang"),
        Choice("snnmt-24", "Sở Nông nghiệp và Môi trường", "UBND tỉnh Bắc Giang"),
    ),
    "Gợi ý theo lĩnh vực và địa bàn. Bạn quyết định.",
)
SUBJECT: Final = Subject(
    "LN-TDI-25-0147",
    "/ho-so/0147",
    ("Phản ánh · Môi trường", "Tiếp nhận 29/04/2025, đã 15 ngày"),
    StateTag("working", "Đang giải quyết"),
)


def reply_why(question: str = "Vì sao 28/05?") -> Why:
    """Ten working days from today."""
    days = (
        "14/5 0/10", "15 1/10", "16 2/10", "17 T7", "18 CN", "19 3/10", "20 4/10", "21 5/10",
        "22 6/10", "23 7/10", "24 T7", "25 CN", "26 8/10", "27 9/10", "28 10/10",
    )  # fmt: skip
    pairs = [day.split() for day in days]
    return Why(
        title="Trả lời công dân",
        due=DueChip("later", "Còn 10 ngày làm việc"),
        words="Thứ Tư 28/05/2025",
        question=question,
        days=tuple(
            WhyDay(top, below, "/" not in below, today=top == "14/5", last=top == "28")
            for top, below in pairs
        ),
        reasons=(
            "Quy định: 10 ngày làm việc từ ngày tiếp nhận. Luật Tiếp công dân 2013, Điều 28.",
            "Bắt đầu: 14/05/2025 (ngày tiếp nhận, không tính).",
            "Bỏ qua 4 ngày: 17–18/05 và 24–25/05 cuối tuần.",
            "Gia hạn: không. Tạm dừng: không.",
        ),
    )


def intake_asides() -> tuple[Aside, ...]:
    return (
        Aside(
            "Hạn sẽ là", "Thứ Tư 28/05/2025", "Trả lời: 10 ngày làm việc.",
            why=replace(reply_why("Vì sao?"), title="Trả lời công dân"),
        ),
        Aside("Ai chịu trách nhiệm", "UBND xã Tam Dị",
              "Từ lúc ghi, cho đến khi cơ quan khác nhận đơn."),
        Aside("Quyền của người đến", "", "Ai đến cũng được tiếp. Không bắt buộc có giấy tờ. "
              "Được nhận biên nhận, được biết đơn đang ở đâu."),
    )  # fmt: skip


def intake(**typed: str) -> ActForm:
    """The clerk's form; `typed` on top of an ordinary petition."""
    draft = Draft(values={**TYPED, **typed}, found={"place": Found((HERE,))})
    return intake_of(draft)


def intake_of(draft: Draft) -> ActForm:
    return form(
        INTAKE,
        draft,
        clerk("Tiếp nhận mới", "Bàn tiếp dân"),
        post("/tiep-nhan", version=""),
        cancel=Link("Bỏ, về bàn tiếp dân", "/hop-viec"),
        asides=intake_asides(),
        meta="Thứ Tư 14/05/2025, 14:26 · phòng 1",
    )


def empty_intake() -> ActForm:
    """Nobody has typed anything yet; the office's own commune is suggested."""
    return intake_of(Draft(values={"place": HERE.value}, found={"place": Found((HERE,))}))


def wrong_intake() -> ActForm:
    """A digit missing, a kind not chosen, a place that matches nothing."""
    values = {
        **TYPED,
        "texts.phone": "0912 345 67",
        "kind": "",
        "place": "",
        "place.q": "Tam Di Lục",
    }
    errors = {
        "texts.phone": "Số điện thoại thiếu 1 chữ số",
        "kind": "Chọn loại đơn",
        "place": "Chọn một nơi trong danh sách",
    }
    found = {
        "place": Found((), "Không có nơi nào khớp “Tam Di Lục”. Thử tên xã, không dấu cũng được.")
    }
    return intake_of(Draft(values, errors, found))


def denunciation() -> ActForm:
    """The identity stands in the sealed frame."""
    return intake(kind="denunciation")


def paper(number: str = "(cấp khi ghi)", *, whole: bool = False) -> Paper:
    lines = (
        PaperLine("Đã tiếp nhận 01 phản ánh về môi trường, xảy ra tại mương thôn Thanh Giã 1."),
        PaperLine("Cơ quan chịu trách nhiệm: UBND xã Tam Dị, đến khi nơi được chuyển nhận."),
        PaperLine("Hạn trả lời: ", "28/05/2025", "."),
    )
    rights = (
        PaperLine("Việc kế tiếp: UBND xã Tam Dị phân loại đơn, rồi giải quyết, hướng dẫn "
                  "hoặc chuyển đến cơ quan có thẩm quyền và báo cho ông/bà."),
        PaperLine("Ông/bà có quyền hỏi đơn đang ở đâu, bổ sung giấy tờ, rút đơn; khiếu nại nếu "
                  "quá hạn mà không được trả lời."),
        PaperLine("Hỏi về đơn: nêu số trên tờ này tại bàn tiếp công dân xã, các ngày làm việc."),
    )  # fmt: skip
    return Paper(
        superior="UBND huyện Lục Nam",
        office="UBND xã Tam Dị",
        number=number,
        place_and_day="Tam Dị, ngày 14 tháng 5 năm 2025",
        title="Giấy biên nhận",
        subtitle="Tiếp nhận phản ánh",
        lines=(*lines, *rights) if whole else lines,
        signer="Người tiếp nhận" if whole else "",
        receiver="Người gửi đơn" if whole else "",
        sample="Dữ liệu mẫu, không có giá trị" if BANNER else "",
    )


def intake_check(kind: str = "feedback") -> ActCheck:
    draft = Draft(values={**TYPED, "kind": kind}, found={"place": Found((HERE,))})
    page = check(INTAKE, draft, clerk("Xem lại rồi ghi", "Bàn tiếp dân"), post("/tiep-nhan"))
    due = Answer("Hạn trả lời", ", 10 ngày làm việc", "Thứ Tư 28/05/2025", why_href="#han")
    return replace(
        page,
        meta="Tiếp nhận mới · bước 2/2",
        groups=(*page.groups, AnswerGroup("Tính ra", (due,))),
        why=reply_why(),
        paper=paper(),
        paper_title="Giấy biên nhận sẽ in",
        paper_note="A5, in sau khi ghi",
    )


def receipt() -> ReceiptPage:
    return ReceiptPage(
        shell=clerk("Biên nhận LN-TDI-25-0152", "Bàn tiếp dân"),
        title="Đã tiếp nhận LN-TDI-25-0152",
        number="LN-TDI-25-0152",
        words="ghi lúc 14:31 · UBND xã Tam Dị chịu trách nhiệm",
        paper=paper("LN-TDI-25-0152", whole=True),
        next=(
            Link("Chuyển đơn này", "/ho-so/0152/chuyen"),
            Link("Mở hồ sơ", "/ho-so/0152"),
            Link("Tiếp nhận người kế tiếp", "/tiep-nhan"),
        ),
        why=reply_why(),
    )


def act_form(name: str, draft: Draft, *asides: Aside, problem: str = "") -> ActForm:
    act = ACTS[name]
    return form(
        act,
        draft,
        clerk(act.title),
        post(f"/ho-so/0147/{act.slug}"),
        cancel=Link("Bỏ, về hồ sơ", "/ho-so/0147"),
        subject=SUBJECT,
        asides=asides,
        crumbs=(Link("Hộp việc", "/hop-viec"), Link("LN-TDI-25-0147", "/ho-so/0147")),
        problem=problem,
    )


def offer() -> Custody:
    return Custody(
        Holder("UBND xã Tam Dị", "cho đến khi nơi nhận nhận"),
        Holder("Phòng Nông nghiệp và Môi trường", "UBND huyện Lục Nam"),
    )
