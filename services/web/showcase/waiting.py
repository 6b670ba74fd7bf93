"""Samples of files that wait for an heir, of cases to hand on, and of sums by units; invented."""

from dataclasses import replace

from services.web.models import (
    Cell,
    DueChip,
    EmptyState,
    Link,
    Pager,
    UnitGroup,
    UnitRow,
    UnitTable,
)
from services.web.models.forms import Choice, Field
from services.web.models.places import DayPick
from services.web.models.sums import Past, SumsPage
from services.web.models.waiting import (
    LeaverRow,
    LeaversPage,
    WaitingForm,
    WaitingPage,
    WaitingRow,
)
from services.web.present.sums import HEADERS
from services.web.showcase.offices import clerk, post

LATE, LATER = DueChip("overdue", "Quá hạn 3 ngày"), DueChip("later", "Còn 21 ngày làm việc")
QUEUE = "/ho-so-cho-quyet-dinh"
CHOICES = (
    Choice("ubnd-07519", "UBND xã Cẩm Lý", "nhận một phần địa bàn; nơi xảy ra nay thuộc đây"),
    Choice("ubnd-07486", "UBND xã Nghĩa Phương", "nhận một phần địa bàn, danh sách đoán"),
    Choice("ubnd-24", "UBND tỉnh Bắc Ninh", "đang tạm giữ, giữ lại giải quyết"),
)


def undecided_files() -> WaitingPage:
    """Petitions of a split commune, the first of them open."""
    files = (("a", "07486-25-0131", LATE), ("b", "07486-25-0147", LATER))
    return WaitingPage(
        shell=clerk("Hồ sơ chờ quyết định nơi nhận"),
        title="Hồ sơ chờ quyết định nơi nhận",
        summary="Cơ quan bạn chỉ tạm chịu trách nhiệm; thời hạn vẫn tính tiếp từ cơ quan cũ.",
        action=QUEUE,
        filters=((Link("Đơn", QUEUE), True), (Link("Vụ việc", f"{QUEUE}?viec=case"), False)),
        rows=tuple(
            WaitingRow(key, number, f"{QUEUE}?chon={key}", "Khiếu nại · Đất đai · Xã Nghĩa Phương",
                       "UBND xã Nghĩa Phương", due, current=key == "a")
            for key, number, due in files
        ),
        form=WaitingForm(
            name="07486-25-0131",
            href="/ho-so/a",
            facts=(
                ("Là", "Khiếu nại · Đất đai · Xã Nghĩa Phương"),
                ("Tiếp nhận", "12/06/2025, 63 ngày"),
                ("Nơi xảy ra", "Xã Nghĩa Phương (nay Xã Cẩm Lý, Xã Nghĩa Phương)"),
                ("Cơ quan cũ", "UBND xã Nghĩa Phương, kết thúc 30/06/2025"),
            ),
            due=(("Trả lời người dân", LATE),),
            clocks=Link("Mọi thời hạn", "/ho-so/a/thoi-han"),
            find=Field("tim", "Tìm cơ quan khác", required=False, unmarked=True),
            choices=Field("to_office", "Giao cho", choices=CHOICES),
            post=post(f"{QUEUE}/petition/a", version="3"),
        ),
        pager=Pager("2 hồ sơ", next_href=f"{QUEUE}?sau=b"),
    )  # fmt: skip


def decided_files() -> WaitingPage:
    """Nothing waits any more."""
    empty = EmptyState("Không có hồ sơ nào chờ quyết định.")
    return replace(undecided_files(), rows=(), form=None, pager=None, empty=empty)


def leavers() -> LeaversPage:
    """Two cases of somebody who left."""
    people = Field("handler", "Giao cho", choices=(Choice("acc-8", "Chuyên viên 8"),))
    return LeaversPage(
        shell=clerk("Việc phải bàn giao"),
        title="Việc phải bàn giao",
        summary="Vụ việc chưa xong của người đã thôi giữ chức vụ; thời hạn vẫn tính tiếp.",
        rows=tuple(
            LeaverRow(str(n), f"VV-07519-25-000{n}", f"/vu-viec/{n}", "Khiếu nại · Đất đai",
                      "acc-7", "giữ chức vụ đến 01/07/2025", due, post(f"/viec-ban-giao/{n}"),
                      people)
            for n, due in ((1, LATE), (2, LATER))
        ),
    )  # fmt: skip


def _table() -> UnitTable:
    def row(key: str, name: str, *values: int) -> UnitRow:
        return UnitRow(key, name, f"/don-vi/{key}", tuple(map(Cell, values)))

    old = (row("218", "Huyện Lục Nam", 214, 31, 6, 12, 9, 2, 5),
           row("217", "Huyện Lạng Giang", 180, 22, 1, 8, 4, 0, 0))  # fmt: skip
    new = (row("n", "Xã Lục Nam (từ 01/07/2025)", 12, 1, 0, 3, 2, 0, 0),)
    return UnitTable(
        "Theo đơn vị", "Thứ tự hành chính, không xếp hạng", "Đơn vị", HEADERS,
        (UnitGroup("Tỉnh Bắc Giang", old), UnitGroup("Tỉnh Bắc Ninh, từ 01/07/2025", new)),
        UnitRow("total", "Tổng cộng", "", tuple(map(Cell, (406, 54, 7, 23, 15, 2, 5)))),
    )  # fmt: skip


def sums() -> SumsPage:
    """A new province's open work by the districts of then."""
    here = "/don-vi/24-20250701/tong-so"
    return SumsPage(
        shell=clerk("Tỉnh Bắc Ninh: việc đang mở"),
        title="Tỉnh Bắc Ninh: việc đang mở",
        summary="Theo đơn vị ngày 30/06/2025, số liệu 14:24:06",
        ways=(
            (Link("Theo đơn vị hiện nay", here), False),
            (Link("Theo đơn vị trước 01/07/2025", f"{here}?theo=truoc"), True),
        ),
        both="Tổng số đơn đang giải quyết: 406 theo đơn vị hiện nay, 406 theo đơn vị ngày "
        "30/06/2025.",
        table=_table(),
        waiting="5 đơn, vụ việc của cơ quan đã kết thúc chờ quyết định nơi nhận; cấp trên trực "
        "tiếp đang tạm chịu trách nhiệm.",
        crumbs=(Link("Bảng điều hành", "/dieu-hanh/24-20250701"),),
        day=DayPick(here, "30/06/2025", keep=(("theo", "truoc"),)),
    )


def past_sums() -> SumsPage:
    """What is left of a district's work."""
    return replace(
        sums(),
        title="Huyện Lục Nam: việc đang mở",
        past=Past(
            "Huyện Lục Nam kết thúc hoạt động hết ngày 30/06/2025; bảng này là lịch sử.",
            "UBND tỉnh Bắc Ninh tạm chịu trách nhiệm thay UBND huyện Lục Nam, chờ quyết định.",
            Link("Tỉnh Bắc Ninh", "/don-vi/24-20250701"),
        ),
    )
