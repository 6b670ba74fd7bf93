"""Samples of the other act pages, of a conflict and of a purpose; invented."""

from dataclasses import replace

from services.web.models import Answer, Field, FieldError, Link, Moment, StateTag
from services.web.models.acts import (
    ActCheck,
    ActForm,
    Aside,
    ConflictPage,
    Difference,
    PurposePage,
)
from services.web.models.forms import Choice
from services.web.showcase.asked import Draft, Found, check
from services.web.showcase.forms import ACTS, HERE, OFFICES, SUBJECT, act_form, offer
from services.web.showcase.offices import clerk, division, inspector, on, post

TRANSFER = {
    "to_office": "nnmt-24-luc-nam",
    "ground": "other_field",
    "papers": "4",
    "reply_due": "16/05/2025",
    "texts.note": "Đã kiểm tra tại chỗ ngày 08/05, có biên bản và 6 ảnh.",
}
SAME_DAY = Aside("Hạn không đổi", "Thứ Sáu 16/05/2025", "Trả lời, tính từ lần tiếp nhận đầu.")


def transfer() -> ActForm:
    return act_form(
        "petition-chuyen",
        Draft(values=TRANSFER, found={"to_office": OFFICES}),
        Aside("Ai chịu trách nhiệm", custody=offer()),
        Aside(
            "Hạn không đổi", "Thứ Sáu 16/05/2025", "Trả lời công dân, tính từ lần tiếp nhận đầu."
        ),
    )


def wrong_transfer() -> ActForm:
    """To oneself, with a day that is none."""
    errors = {
        "to_office": "Không chuyển được cho chính cơ quan mình",
        "reply_due": "Ghi ngày theo ngày/tháng/năm, ví dụ 20/05/2025",
    }
    values = {**TRANSFER, "to_office": "", "to_office.q": "tam di", "reply_due": "31/02"}
    found = Found((Choice("ubnd-07375", "UBND xã Tam Dị", "huyện Lục Nam"),), "1 cơ quan khớp.")
    return act_form("petition-chuyen", Draft(values, errors, {"to_office": found}))


def transfer_check() -> ActCheck:
    draft = Draft(values=TRANSFER, found={"to_office": OFFICES})
    page = check(
        ACTS["petition-chuyen"], draft, clerk("Xem lại rồi ghi"), post("/ho-so/0147/chuyen")
    )
    crumbs = (Link("Hộp việc", "/hop-viec"), Link("LN-TDI-25-0147", "/ho-so/0147"))
    return replace(page, subject=SUBJECT, crumbs=crumbs, custody=offer())


def accept() -> ActForm:
    return act_form(
        "petition-nhan", Draft(), Aside("Hạn không đổi", "Thứ Sáu 16/05/2025", "Trả lời công dân.")
    )


def closing() -> ActForm:
    """Refused as a whole: no decision yet."""
    return act_form(
        "case-ket-thuc",
        Draft(values={"occurred_at": "12/05/2025 09:15"}, errors={"reason": "Chọn lý do kết thúc"}),
        Aside("Công dân còn quyền", "", "Khiếu nại lần hai lên cấp trên trực tiếp, hoặc khởi kiện "
              "tại tòa án. Thông báo phải nói điều này."),
        problem="Vụ việc chưa có quyết định hoặc trả lời, nên chưa kết thúc được.",
    )  # fmt: skip


def simple_act(name: str) -> ActForm:
    """Any act's form as it opens."""
    officers = Found(
        (Choice("handler.nnmt", "Chuyên viên thụ lý", "Phòng Nông nghiệp và Môi trường"),)
    )
    found = {
        **dict.fromkeys(("to_office", "competent_office"), OFFICES),
        **dict.fromkeys(("place", "home"), Found((HERE,))),
        **dict.fromkeys(("handler", "lead", "receiving_officer"), officers),
    }
    page = act_form(name, Draft(found=found))
    return replace(page, subject=None, crumbs=()) if name == "gathering-bao" else page


def conflict(*, possible: bool = True) -> ConflictPage:
    """Somebody transferred it while this officer was classifying."""
    now = Moment("c12", "legal", "Chuyển đơn", "Cán bộ tiếp dân, UBND xã Tam Dị → "
                 "Phòng Nông nghiệp và Môi trường.", on(14, 14, 30))  # fmt: skip
    return ConflictPage(
        shell=clerk("Hồ sơ đã thay đổi"),
        title="Hồ sơ đã đổi trong lúc bạn đang làm",
        what="Cán bộ tiếp dân, UBND xã Tam Dị đã ghi “Chuyển đơn” lúc 14:30.",
        subject=replace(SUBJECT, state=StateTag("waiting", "Chờ nhận")),
        read_version="bản ghi 11",
        now_version="bản ghi 12",
        differences=(
            Difference("Trạng thái", "Đang giải quyết", "Chờ nhận"),
            Difference("Được chuyển đến", "chưa có", "Phòng Nông nghiệp và Môi trường"),
            Difference("Chịu trách nhiệm", "UBND xã Tam Dị", "UBND xã Tam Dị", changed=False),
        ),
        since=(now,),
        mine_title="Bạn định ghi: Phân loại đơn",
        mine=(
            Answer("Loại", "Kiến nghị"),
            Answer("Lĩnh vực", "Nông nghiệp, thủy lợi"),
            Answer("Ghi chú", "Người dân đề nghị nạo vét mương,\nkhông chỉ phản ánh xả thải."),
        ),
        post=post("/ho-so/0147/phan-loai", version="12"),
        leave=Link("Bỏ, mở hồ sơ", "/ho-so/0147"),
        possible=possible,
        trace="0af7-651916cf",
    )


PURPOSES = (
    Choice("handling", "Giải quyết vụ việc"),
    Choice("contact_citizen", "Liên hệ công dân"),
    Choice("responsibility_check", "Kiểm tra trách nhiệm"),
    Choice("complaint_about_officer", "Xem xét phản ánh về cán bộ"),
)


def purpose(*, wrong: bool = False) -> PurposePage:
    """Before the identity of the petitioner is shown."""
    words = "Chọn mục đích trước khi mở" if wrong else ""
    return PurposePage(
        shell=division("Xem danh tính, nêu mục đích", "none"),
        title="Xem danh tính, nêu mục đích",
        what="Bạn sắp mở họ tên, địa chỉ, giấy tờ, điện thoại của người phản ánh.",
        post=post("/ho-so/0147/danh-tinh", version=""),
        field=Field("purpose", "Mục đích", error=words, choices=PURPOSES),
        submit="Mở và ghi lần xem",
        cancel=Link("Bỏ, về hồ sơ", "/ho-so/0147"),
        seen=(
            "Vai, cơ quan, mục đích, thời điểm vào diễn biến của hồ sơ, mục “Ai đã xem”.",
            "Cơ quan chịu trách nhiệm và Thanh tra thấy lần xem này.",
            "Nội dung mở ra không nằm trong địa chỉ trang; đóng trang là hết.",
        ),
        crumbs=(Link("Hộp việc", "/hop-viec"), Link("LN-TDI-25-0147", "/ho-so/0147")),
        subject=SUBJECT,
        errors=(FieldError("purpose", words),) if wrong else (),
    )


def replay_purpose() -> PurposePage:
    """Before a history is replayed."""
    return replace(
        purpose(),
        shell=replace(inspector("Tua lại hồ sơ, nêu mục đích"), age=clerk("").age),
        title="Tua lại hồ sơ, nêu mục đích",
        what="Bạn sắp xem hồ sơ như một vai đã thấy vào từng thời điểm.",
        post=post("/kiem-tra/0147", version=""),
        submit="Bắt đầu tua",
    )
