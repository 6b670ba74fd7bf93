"""The pages of acts on a case (vụ việc)."""

from typing import Final

from domain.codes import ClosureReason, DecisionOutcome, EscalationGround, Notice
from services.web.acts.base import Act, Draft, ask, choices_of, day, note, nothing, one, picker
from services.web.models.acts import Section

DAY: Final = "Ví dụ 20/05/2025."
UP: Final = "Thông tin lên ngay; trách nhiệm vẫn ở cơ quan đang thụ lý."


def linking(draft: Draft) -> tuple[Section, ...]:
    """Which petition."""
    return one(
        "them-don",
        "Đơn nào",
        (picker(draft, "petition_id", "Đơn nhập vào vụ việc", "Tìm theo số hồ sơ"),),
    )


def handler(draft: Draft) -> tuple[Section, ...]:
    """Which officer."""
    return one(
        "giao-viec",
        "Giao cho ai",
        (picker(draft, "handler", "Người thụ lý", "", "Cán bộ của cơ quan bạn."),),
    )


def report(draft: Draft) -> tuple[Section, ...]:
    """To whom, what, and what is proposed."""
    hint = "Để trống: cấp trên trực tiếp."
    search = "Tìm cơ quan cấp trên"
    return one(
        "bao-cao",
        "Báo cáo",
        (picker(draft, "to_office", "Gửi đến", search, hint, required=False),),
        (note(draft, "texts.summary", "Tóm tắt tình hình", 4),),
        (note(draft, "texts.proposal", "Đề xuất"),),
    )


def escalation(draft: Draft) -> tuple[Section, ...]:
    """Why the superior should lead."""
    ground = draft.field("ground", "Lý do", choices=choices_of(EscalationGround))
    return one(
        "len-cap-tren",
        "Vì sao đề nghị cấp trên chủ trì",
        (ask(ground, "radios", column=True),),
        (note(draft, "texts.summary", "Tóm tắt tình hình", 4),),
    )


def direction(draft: Draft) -> tuple[Section, ...]:
    """What is to be done, and by when."""
    return one(
        "chi-dao",
        "Chỉ đạo",
        (note(draft, "texts.instruction", "Việc phải làm", 4),),
        (day(draft, "due", "Xong trước hết ngày", DAY),),
    )


def decision(draft: Draft) -> tuple[Section, ...]:
    """What was decided, and when."""
    outcome = draft.field("outcome", "Kết quả", choices=choices_of(DecisionOutcome))
    return one(
        "quyet-dinh",
        "Quyết định, trả lời",
        (ask(outcome, "radios", column=True),),
        (day(draft, "decided_on", "Ngày ký", DAY),),
        (note(draft, "texts.summary", "Nội dung chính", 4),),
    )


def closing(draft: Draft) -> tuple[Section, ...]:
    """Why it ends, and how the citizen was told."""
    reason = draft.field(
        "reason",
        "Lý do kết thúc",
        "Chuyển đơn không phải là giải quyết, nên không có ở đây.",
        choices=choices_of(ClosureReason),
    )
    notice = draft.field("notice", "Đã thông báo cho công dân bằng", choices=choices_of(Notice))
    return one(
        "ket-thuc",
        "Vì sao kết thúc, đã báo công dân thế nào",
        (ask(reason, "radios", column=True),),
        (ask(notice, "radios"),),
        (day(draft, "noticed_on", "Ngày thông báo", DAY),),
    )


APPEAL: Final = (
    "Không đồng ý, công dân khiếu nại lần hai lên cấp trên trực tiếp hoặc khởi kiện "
    "tại tòa án (Luật Khiếu nại 2011, Điều 33)."
)

CASE_ACTS: Final = (
    Act(
        "link-petition", "them-don", "petitions", "Nhập thêm đơn vào vụ việc", "Nhập đơn",
        "Nhiều đơn về cùng một việc được giải quyết chung. Mỗi đơn giữ hạn trả lời của mình.",
        linking,
        checked=False,
    ),
    Act(
        "assign-handler", "giao-viec", "handler", "Giao người thụ lý", "Giao việc",
        "Cơ quan vẫn chịu trách nhiệm; người được giao thấy vụ việc trong hộp việc của mình.",
        handler,
        checked=False,
    ),
    Act(
        "report-upward", "bao-cao", "reports", "Báo cáo cấp trên", "Gửi báo cáo",
        UP,
        report,
        ("Cấp trên được báo ngay và xác nhận đã biết.", UP),
    ),
    Act(
        "escalate", "len-cap-tren", "escalations", "Đề nghị cấp trên chủ trì", "Gửi đề nghị",
        UP,
        escalation,
        ("Cấp trên được báo ngay và xác nhận đã biết.", UP),
    ),
    Act(
        "direct", "chi-dao", "directions", "Chỉ đạo", "Gửi chỉ đạo",
        "Cơ quan thụ lý làm theo và báo lại. Quá hạn thì hiện trên bảng của cả hai cấp.",
        direction,
        ("Cơ quan thụ lý được báo ngay.", "Hạn thực hiện hiện trên hộp việc và bảng điều hành."),
    ),
    Act(
        "acknowledge", "xac-nhan", "acknowledgement", "Xác nhận đã biết", "Đã biết",
        "Nói với cơ quan thụ lý rằng báo cáo hoặc đề nghị đã đến. Trách nhiệm không đổi.",
        nothing,
        checked=False,
    ),
    Act(
        "decide", "quyet-dinh", "decision", "Ra quyết định, trả lời", "Ghi quyết định",
        "Ghi sau khi đã ký. Hạn giải quyết dừng ở ngày ký.",
        decision,
        ("Công dân phải được thông báo; vụ việc còn mở đến khi kết thúc.", APPEAL),
    ),
    Act(
        "close", "ket-thuc", "closure", "Kết thúc vụ việc", "Kết thúc vụ việc",
        "Kết thúc cần lý do và cách đã thông báo cho công dân.",
        closing,
        ("Hồ sơ không ghi thêm được; vẫn đọc và tua lại được.", APPEAL),
    ),
)  # fmt: skip
