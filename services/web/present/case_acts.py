"""The acts on a case, as pages (việc trên vụ việc)."""

from typing import Final

from domain.codes import ClosureReason, DecisionOutcome, EscalationGround, Notice
from domain.commands import case
from services.api.bodies import cases as bodies
from services.api.bodies.base import PlainAct
from services.web.present.asking import ActKind, Ask, Part
from services.web.present.settlement_acts import SETTLEMENT_ACTS

SUMMARY: Final = Ask("texts.summary", "Tóm tắt", "area", "Vào kho được bảo vệ", required=False)
KEPT: Final = "Cơ quan giải quyết vẫn chịu trách nhiệm; báo cáo chỉ chuyển thông tin."
APPEALS: Final = (
    "Nếu là khiếu nại, người dân còn quyền khiếu nại lần hai lên cấp trên trực tiếp trong 30 ngày "
    "từ ngày nhận quyết định, vùng sâu, vùng xa 45 ngày (Luật Khiếu nại 2011, Điều 33).",
    "Hoặc khởi kiện vụ án hành chính tại Tòa án, không phải chờ khiếu nại lần hai "
    "(Luật Khiếu nại 2011, Điều 7).",
)
"""What is still open to the citizen after a decision on a first complaint."""

LINK: Final = ActKind(
    "nhap-don", "case", case.LinkPetition, bodies.LinkedPetition,
    "Nhập đơn vào vụ việc", "Nhập đơn", "Đã nhập đơn vào vụ việc.", subject="case_id",
    parts=(Part("which", "Đơn nào", (
        (Ask("petition_id", "Đơn", "picker", "Tìm theo số biên nhận", picks="petition"),),
    )),),
)  # fmt: skip

NOTIFY: Final = ActKind(
    "thong-bao-thu-ly", "case", case.NotifyAcceptance, bodies.AcceptanceNotice,
    "Thông báo thụ lý", "Ghi đã thông báo", "Đã ghi ngày thông báo thụ lý.", subject="case_id",
    parts=(Part("when", "Thông báo thụ lý", (
        (Ask("noticed_on", "Ngày thông báo", "day", "Ví dụ 14/05/2025"),),
    )),),
    lead="Ghi ngày của văn bản thông báo gửi người tố cáo và người bị tố cáo.",
)  # fmt: skip

ASSIGN: Final = ActKind(
    "giao-viec", "case", case.AssignHandler, bodies.Handler,
    "Giao người thụ lý", "Giao việc", "Đã giao người thụ lý.", subject="case_id",
    parts=(Part("whom", "Giao cho ai", (
        (Ask("handler", "Người thụ lý", "picker", picks="colleague"),),
    )),),
)  # fmt: skip

REPORT: Final = ActKind(
    "bao-cao", "case", case.ReportCaseUpward, bodies.UpwardReport,
    "Báo cáo cấp trên", "Báo cáo", "Đã báo cáo cấp trên.", subject="case_id", lead=KEPT,
    parts=(Part("report", "Báo cáo", (
        (Ask("to_office", "Báo cáo ai", "picker", "Để trống: cấp trên trực tiếp", required=False,
             picks="office"),),
        (SUMMARY,),
        (Ask("texts.proposal", "Đề xuất", "area", required=False),),
    )),),
    follows=(KEPT,),
)  # fmt: skip

DIRECT: Final = ActKind(
    "chi-dao", "case", case.IssueDirection, bodies.Direction,
    "Chỉ đạo", "Chỉ đạo", "Đã chỉ đạo cơ quan giải quyết.", subject="case_id",
    parts=(Part("direct", "Chỉ đạo", (
        (Ask("texts.instruction", "Nội dung chỉ đạo", "area", "Vào kho được bảo vệ", rows=4,
             required=False),),
        (Ask("due", "Báo cáo kết quả trước hết ngày", "day", "Ví dụ 20/05/2025"),),
    )),),
    follows=("Cơ quan giải quyết thấy ngay trong hàng Chỉ đạo.",),
)  # fmt: skip

ESCALATE: Final = ActKind(
    "chuyen-cap-tren", "case", case.EscalateCase, bodies.Escalation,
    "Đề nghị cấp trên chủ trì", "Chuyển lên cấp trên", "Đã chuyển lên cấp trên.",
    subject="case_id", lead=KEPT,
    parts=(Part("why", "Vì sao", (
        (Ask("ground", "Căn cứ", "radios", codes=EscalationGround, column=True),),
        (SUMMARY,),
    )),),
    follows=(KEPT,),
)  # fmt: skip

KNOW: Final = ActKind(
    "xac-nhan", "case", case.AcknowledgeCase, PlainAct,
    "Xác nhận đã biết", "Đã biết", "Đã xác nhận.", subject="case_id",
    lead="Nơi báo cáo thấy rằng cơ quan bạn đã biết.",
)  # fmt: skip

DECISION: Final = ActKind(
    "quyet-dinh", "case", case.IssueDecision, bodies.Decision,
    "Ra quyết định, trả lời", "Ghi quyết định", "Đã ghi quyết định.", subject="case_id",
    parts=(Part("decision", "Quyết định", (
        (Ask("outcome", "Kết quả", "radios", codes=DecisionOutcome, column=True),),
        (Ask("decided_on", "Ngày quyết định", "day", "Ví dụ 14/05/2025"),),
        (SUMMARY,),
    )),),
    follows=("Thời hạn giải quyết dừng ở ngày quyết định.", *APPEALS),
)  # fmt: skip

CLOSE: Final = ActKind(
    "ket-thuc", "case", case.CloseCase, bodies.Closure,
    "Kết thúc vụ việc", "Kết thúc", "Vụ việc đã kết thúc.", subject="case_id",
    parts=(Part("end", "Kết thúc", (
        (Ask("reason", "Lý do", "radios", codes=ClosureReason, column=True),),
        (Ask("notice", "Đã báo người dân bằng", "radios", codes=Notice),),
        (Ask("noticed_on", "Ngày báo", "day", "Ví dụ 14/05/2025"),),
    )),),
    lead="Chuyển đơn không phải lý do kết thúc.",
    follows=("Không ghi thêm được vào vụ việc này.", *APPEALS),
)  # fmt: skip

CASE_ACTS: Final = (
    LINK, NOTIFY, ASSIGN, REPORT, DIRECT, ESCALATE, KNOW, DECISION, CLOSE, *SETTLEMENT_ACTS,
)  # fmt: skip
