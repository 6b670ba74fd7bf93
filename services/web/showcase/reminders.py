"""Samples of what a head is reminded of; invented."""

from dataclasses import replace

from services.web.models import DueChip, EmptyState, Fragment, Link, NavItem, Pager
from services.web.models.reminders import ReminderGroup, ReminderLine, ReminderPage
from services.web.models.shell import AgeState
from services.web.showcase.offices import chair

HERE = "/nhac-viec"
TITLE = "Việc cần nhắc"
OWN, BELOW = "UBND huyện Lục Nam", "UBND xã Nghĩa Phương"

CROWD = ReminderLine(
    "g1-2", Link("Đoàn đông người", "/su-viec/g1"), "Trụ sở UBND huyện Lục Nam",
    "Chưa tiếp đoàn", "Báo lúc 13:20, chưa ai tiếp", OWN, "nhắc từ 14:20, báo chính cơ quan",
    act=Link("Tiếp đoàn", "/su-viec/g1/tiep"),
)  # fmt: skip
LATE = (
    ReminderLine(
        "p1-4", Link("LN-NPH-25-0119", "/ho-so/0119"), "Kiến nghị",
        "Quá hạn trả lời người dân", "Hạn 08/05/2025", BELOW,
        "nhắc từ 14/05, đã lên bậc 1", DueChip("overdue", "Quá hạn 6 ngày"),
    ),
    ReminderLine(
        "c1-3", Link("VV-LN-25-0031", "/vu-viec/31"), "Vụ việc, khiếu nại",
        "Quá hạn giải quyết", "Hạn 12/05/2025", OWN,
        "nhắc từ 13/05, báo chính cơ quan", DueChip("overdue", "Quá hạn 2 ngày"),
        Link("Giao người thụ lý", "/vu-viec/31/giao-viec"),
    ),
)  # fmt: skip
WAITING = ReminderLine(
    "c2-1", Link("VV-LN-25-0036", "/vu-viec/36"), "Vụ việc, khiếu nại",
    "Báo cáo chưa được xác nhận", "Hạn 13/05/2025", BELOW,
    f"nhắc từ 14/05, chờ {OWN}", DueChip("overdue", "Quá hạn 1 ngày"),
    Link("Xác nhận đã biết", "/vu-viec/36/xac-nhan"),
)  # fmt: skip
SOON = ReminderLine(
    "m1-1", Link("Hỗ trợ công dân về", "/ho-tro-ve/m1"), "Huyện Lục Nam",
    "Sắp đến ngày hẹn tiếp tại địa phương", "Hạn 16/05/2025", OWN,
    "nhắc từ 14/05, báo chính cơ quan", DueChip("soon", "Còn 2 ngày làm việc"),
    Link("Đã tiếp tại địa phương", "/ho-tro-ve/m1/da-tiep"),
)  # fmt: skip


def reminders(state: AgeState = "live") -> ReminderPage:
    """A district's chair before everything that waits too long."""
    nav = (NavItem("Hộp việc", "/hop-viec"), NavItem(TITLE, HERE, 99, current=True, more=True))
    return ReminderPage(
        shell=replace(chair(TITLE, state), nav=nav),
        title=TITLE,
        summary="5 việc trên trang này, tự mất khi lý do không còn",
        groups=(
            ReminderGroup("Đoàn đông người chưa được tiếp", (CROWD,)),
            ReminderGroup("Quá hạn", LATE),
            ReminderGroup("Nơi khác đang chờ cơ quan bạn", (WAITING,)),
            ReminderGroup("Sắp đến hạn", (SOON,)),
        ),
        pager=Pager("5 việc trên trang này", "", f"{HERE}?sau=2"),
        live=Fragment(f"{HERE}/phan/danh-sach", "inbox"),
    )


def no_reminders() -> ReminderPage:
    """Nothing waits too long."""
    summary = "0 việc trên trang này, tự mất khi lý do không còn"
    empty = EmptyState("Không có việc nào cần nhắc.")
    return replace(reminders(), summary=summary, groups=(), pager=None, empty=empty)
