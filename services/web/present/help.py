"""Help: keys, words, rules, whom to ask (trợ giúp)."""

from typing import Final

from services.web.models.places import Contact, HelpPage, KeyLine
from services.web.models.shell import Shell

KEYS: Final = (
    ("Mọi trang", (
        KeyLine(("F4",), "tìm"), KeyLine(("F9",), "nút chính của biểu mẫu"),
        KeyLine(("?",), "trợ giúp"),
    )),
    ("Hộp việc, danh sách", (
        KeyLine(("F2",), "tiếp nhận mới"), KeyLine(("J", "K"), "dòng dưới, dòng trên"),
        KeyLine(("Enter",), "mở"), KeyLine(("N",), "hồ sơ kế tiếp"),
    )),
    ("Bản đồ", (KeyLine(("←", "→"), "đi trên bản đồ"), KeyLine(("T",), "xuống bảng"))),
)  # fmt: skip
RULES: Final = (
    "Cơ quan gửi còn chịu trách nhiệm cho đến khi nơi nhận bấm Nhận đơn.",
    "Hạn trả lời người dân tính từ lần tiếp nhận đầu, không tính lại khi chuyển.",
    "Mỗi lần mở nội dung được bảo vệ đều nêu mục đích và được ghi lại.",
    "Không có danh sách người, không chấm điểm ai; đoàn đông người chỉ ghi số và nơi.",
    "Bấm ghi hai lần cũng chỉ ghi một lần.",
)
TERMS: Final = (
    ("Chờ nhận", "đã chuyển, nơi nhận chưa trả lời"),
    ("Bị trả lại", "nơi nhận không nhận; lần thứ hai cấp trên quyết định"),
    ("Quá hạn", "qua ngày phải trả lời; đúng ngày hạn chưa phải quá hạn"),
    ("Trực tiếp", "số liệu không cũ hơn 30 giây"),
)


def help_page(frame: Shell) -> HelpPage:
    """Keys, words, rules and whom to ask; the same for everybody."""
    contacts = (
        Contact("Tài khoản, mật khẩu", "Quản trị của cơ quan bạn"),
        Contact("Trang báo lỗi", "Quản trị; nêu mã tra cứu trên trang"),
    )
    return HelpPage(frame, "Trợ giúp", KEYS, TERMS, RULES, contacts)
