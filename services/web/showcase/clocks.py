"""Samples of the page that tells every clock of a file; invented."""

from dataclasses import replace

from services.web.models import DueChip, EmptyState, Link, Why
from services.web.models.clocks import DeadlinesPage, FileClocks
from services.web.models.file import OffLine
from services.web.models.places import DayPick
from services.web.showcase.offices import division
from services.web.showcase.simple import why

HERE = "/ho-so/0147"


def reply() -> Why:
    """Ten working days over a holiday, each with its notice."""
    return replace(
        why(),
        off=(
            OffLine("30/04/2025", "Ngày Chiến thắng", "Bộ luật Lao động 2019, Điều 112"),
            OffLine("01/05/2025", "Ngày Quốc tế Lao động", "Bộ luật Lao động 2019, Điều 112"),
            OffLine("02/05/2025", "Nghỉ hoán đổi",
                    "Chưa có số văn bản (chưa đối chiếu văn bản)"),
        ),
        changes=("Nếu công bố thêm một ngày nghỉ trước hạn: hạn là 19/05/2025.",),
    )  # fmt: skip


def suspended() -> Why:
    """A case at rest, by a rule that nobody has read in the original."""
    return Why(
        "Giải quyết tố cáo",
        DueChip("paused", "Đang tạm đình chỉ"),
        "Đang tạm đình chỉ; nếu tiếp tục hôm nay thì thứ Sáu 13/06/2025: 30 ngày từ ngày thụ lý "
        "05/05/2025 (Luật Tố cáo 2018, Điều 30).",
        "Vì sao 13/06?",
        reasons=(
            "Quy định: 30 ngày từ ngày thụ lý. Luật Tố cáo 2018, Điều 30.",
            "Quy định này chưa được đối chiếu với văn bản gốc.",
            "Bắt đầu: 05/05/2025 (ngày thụ lý, không tính).",
            "Tính cả ngày nghỉ, ngày lễ.",
            "Tạm đình chỉ từ ngày 05/05/2025 đến nay: 9 ngày không tính vào thời hạn.",
            "Tạm tính: vụ việc đang tạm đình chỉ, hạn lùi theo ngày tiếp tục giải quyết.",
        ),
        rule=Link("Xem quy định", "/luat/settlement.denunciation"),
        open=True,
        changes=("Nếu chưa tiếp tục giải quyết: mỗi ngày lùi hạn thêm một ngày.",),
    )


def untouched() -> Why:
    """A clock that was met."""
    return Why(
        "Đơn để quá lâu chưa xem xét",
        DueChip("later", "Xong 05/05/2025"),
        "Thứ Sáu 13/06/2025: 45 ngày từ ngày tiếp nhận 29/04/2025 (Quy chế phối hợp).",
        "Vì sao 13/06?",
        reasons=("Quy định: 45 ngày từ ngày tiếp nhận. Quy chế phối hợp.",
                 "Giữ theo thông tin đã ghi đến ngày 05/05/2025; theo thông tin ghi đến nay, hạn "
                 "là 14/06/2025."),
        links=(Link("Xem theo thông tin ghi đến nay", f"{HERE}/thoi-han?biet=14%2F05%2F2025"),
               Link("Mở câu hỏi xem lại", "/xem-lai#xem-lai-0147")),
    )  # fmt: skip


def page(files: tuple[FileClocks, ...], **more: object) -> DeadlinesPage:
    title = "Thời hạn của LN-TDI-25-0147"
    found = DeadlinesPage(
        shell=division(title, "none"),
        title=title,
        crumbs=(Link("Hộp việc", "/hop-viec"), Link("LN-TDI-25-0147", HERE)),
        day=DayPick(f"{HERE}/thoi-han", "14/05/2025", asks_known=True),
        words=("Bộ quy tắc ấn bản 2", "Theo mọi thông tin đã ghi đến hôm nay"),
        files=files,
    )
    return replace(found, **more)  # type: ignore[arg-type]


def clocks() -> DeadlinesPage:
    """A petition and its case."""
    office = "Phòng Nông nghiệp và Môi trường"
    return page(
        (
            FileClocks("clocks-1", "Đơn LN-TDI-25-0147", Link("Mở hồ sơ", HERE),
                       f"Tố cáo · {office}", (reply(), untouched())),
            FileClocks("clocks-2", "Vụ việc LN-VV-25-0031", Link("Mở hồ sơ", "/vu-viec/31"),
                       f"Tố cáo · {office}", (suspended(),)),
            FileClocks("clocks-3", "Đơn LN-TDI-25-0131", Link("Mở hồ sơ", "/ho-so/0131"),
                       f"Tố cáo · {office}", (untouched(),),
                       as_then="Đơn đã kết thúc ngày 05/05/2025: mỗi thời hạn giữ theo thông tin "
                       "đã ghi đến ngày việc đó xong."),
        ),
        more=Link("Các đơn tiếp theo", f"{HERE}/thoi-han?tu=20"),
    )  # fmt: skip


def before() -> DeadlinesPage:
    """A day before the file was there, and one typed wrong."""
    day = DayPick(f"{HERE}/thoi-han", "01/04/2025", asks_known=True, wrong="Không phải ngày có "
                  "thật. Gõ ngày/tháng/năm, ví dụ 01/07/2025.")  # fmt: skip
    return page((), day=day, empty=EmptyState("Ngày này chưa có hồ sơ."))
