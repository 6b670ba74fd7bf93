"""Samples of a unit, of search results, of help and of a refusal; invented."""

from dataclasses import replace

from services.web.models import EmptyState, ErrorPage, InboxRow, Link, Pager, StateTag
from services.web.models.forms import Choice, Field
from services.web.models.places import (
    Contact,
    DayPick,
    HelpPage,
    KeyLine,
    OfficeRow,
    PastLine,
    ReformPage,
    ReformRow,
    SearchPage,
    UndecidedForm,
    UndecidedPage,
    UndecidedRow,
    UnitHit,
    UnitPage,
)
from services.web.showcase.offices import clerk, post

COMMUNES = (
    "Thị trấn Đồi Ngô", "Xã Bảo Đài", "Xã Bảo Sơn", "Xã Bình Sơn", "Xã Cẩm Lý", "Xã Chu Điện",
    "Xã Cương Sơn", "Xã Đan Hội", "Xã Đông Hưng", "Xã Đông Phú", "Xã Huyền Sơn", "Xã Khám Lạng",
    "Xã Lan Mẫu", "Xã Lục Sơn", "Xã Nghĩa Phương", "Xã Tam Dị",
)  # fmt: skip


def unit() -> UnitPage:
    """A district before the reform."""
    return UnitPage(
        shell=clerk("Huyện Lục Nam"),
        title="Huyện Lục Nam",
        level="Cấp huyện",
        code="218",
        validity="hiệu lực đến hết 30/06/2025",
        parents=(Link("Tỉnh Bắc Giang", "/don-vi/24-20250101"),),
        boards=(Link("Bảng huyện", "/huyen/218"), Link("Đơn đang giải quyết", "/danh-sach?dv=218"),
                Link("Đoàn đông người", "/doan-dong-nguoi?dv=218")),
        offices=(
            OfficeRow("UBND huyện Lục Nam", "mọi lĩnh vực",
                      Link("UBND tỉnh Bắc Giang", "/don-vi/24-20250101")),
            OfficeRow("Ban Tiếp công dân huyện", "tiếp nhận, phân loại", Link("UBND huyện", "")),
            OfficeRow("Phòng Nông nghiệp và Môi trường", "đất đai, môi trường, nông nghiệp",
                      Link("UBND huyện", "")),
        ),
        below_title=f"Xã, thị trấn ({len(COMMUNES)})",
        below=tuple(Link(name, f"/don-vi/{n}") for n, name in enumerate(COMMUNES)),
        succession_words="Đến hết 30/06/2025. Nay thuộc một trong các đơn vị:",
        succession=(Link("Xã Lục Nam", "/don-vi/07444-20250701"),
                    Link("Xã Bảo Đài", "/don-vi/07462-20250701")),
        answers="UBND tỉnh Bắc Ninh tạm chịu trách nhiệm thay UBND huyện Lục Nam, chờ quyết định.",
        day=DayPick("/don-vi/218-20250101", "01/07/2025", asks_known=True),
        former_title="Nhận từ (1)",
        former=(Link("Huyện Lục Nam (cũ)", "/don-vi/218-20240101"),),
        past=(
            PastLine("01/01/2025", "Thành lập Huyện Lục Nam", "02/05/2025"),
            PastLine("01/07/2025", "Nhập vào Xã Lục Nam (suy đoán, cần xác nhận)", "01/07/2025",
                     withdrawn=True),
            PastLine("đến 30/06/2025", "Ngày cuối cùng", "01/07/2025"),
        ),
    )  # fmt: skip


def bare_unit() -> UnitPage:
    """A unit nobody has given an office yet."""
    return replace(
        unit(), title="Xã Tam Dị", level="Cấp xã", offices=(), below=(), below_title="",
        succession=(), succession_words="", no_offices=EmptyState("Chưa có cơ quan nào được khai."),
    )  # fmt: skip


def search() -> SearchPage:
    return SearchPage(
        shell=clerk("Kết quả tìm"),
        query="tam di",
        title="Kết quả cho “tam di”",
        summary="2 hồ sơ · 2 đơn vị",
        petitions_title="Hồ sơ (2)",
        petitions=(
            InboxRow("0147", "LN-TDI-25-0147", "/ho-so/0147", "Phản ánh", "Môi trường",
                     "Xã Tam Dị", "Chờ Phòng Nông nghiệp và Môi trường nhận",
                     state=StateTag("waiting", "Chờ nhận")),
            InboxRow("0131", "LN-TDI-25-0131", "/ho-so/0131", "Khiếu nại", "Đất đai",
                     "Xã Tam Dị", "UBND xã Tam Dị", state=StateTag("working", "Đã thụ lý")),
        ),
        units_title="Đơn vị (2)",
        units=(
            UnitHit("Xã Tam Dị", "/don-vi/1", "huyện Lục Nam, tỉnh Bắc Giang"),
            UnitHit("Phường Tam Dị (mẫu)", "/don-vi/2", "tỉnh Bắc Ninh",
                    "từ 01/07/2025; trước đó: xã Tam Dị và một phần xã bên cạnh"),
        ),
    )  # fmt: skip


def undecided() -> UndecidedPage:
    """The queue of old units, the first of them open."""
    names = (("07486", "Xã Nghĩa Phương", "Chưa rõ nhập vào đâu"),
             ("07519", "Xã Cẩm Lý", "Suy đoán, cần xác nhận"),
             ("218", "Huyện Lục Nam", "Không còn cấp này"))  # fmt: skip
    choices = (Choice("07444", "Xã Lục Nam", "nhận xã bên cạnh"),
               Choice("07462", "Xã Bảo Đài", "cùng tên"))  # fmt: skip
    return UndecidedPage(
        shell=clerk("Địa bàn chờ quyết định"),
        title="Địa bàn chờ quyết định",
        summary="Gợi ý chỉ để tham khảo.",
        filters=((Link("Tất cả", "/"), True), (Link("Chia nhiều nơi", "/?vi-sao=split"), False)),
        rows=tuple(
            UndecidedRow(code, name, f"/?chon={code}", "Huyện Lục Nam, Tỉnh Bắc Giang", why,
                         current=code == "07486")
            for code, name, why in names
        ),
        form=UndecidedForm(
            name="Xã Nghĩa Phương",
            href="/don-vi/07486-20250101",
            why="Danh sách không ghi đơn vị này nhập vào đâu.",
            candidates=tuple(Link(each.label, f"/don-vi/{each.value}") for each in choices),
            find=Field("tim", "Tìm đơn vị khác", required=False, unmarked=True),
            choices=Field("successor", "Đơn vị kế thừa", choices=choices),
            relation=Field("relation", "Phần kế thừa", value="whole",
                           choices=(Choice("whole", "Toàn bộ"), Choice("part", "Một phần"))),
            basis=Field("basis", "Số văn bản", hint="Ví dụ 202/2025/QH15", required=False),
            facts=(("Mã", "07486"), ("Thuộc", "Huyện Lục Nam, Tỉnh Bắc Giang"),
                   ("Kết thúc", "30/06/2025"), ("Nay trả lời thay", "UBND tỉnh Bắc Ninh")),
            post=post("/don-vi/07486-20250101/ke-thua", version=""),
        ),
        pager=Pager("", next_href="/?sau=218"),
    )  # fmt: skip


def reform() -> ReformPage:
    """What a reform makes of a province, before anything is recorded."""
    rows = (
        ReformRow("24", "Tỉnh Bắc Giang", "/don-vi/24-20250101", "Kết thúc",
                  (Link("Tỉnh Bắc Ninh", "/"),), "12 đơn, 3 vụ việc"),
        ReformRow("218", "Huyện Lục Nam", "/don-vi/218-20250101", "Không còn cấp này",
                  (Link("Xã Lục Nam", "/"), Link("Xã Bảo Đài", "/"))),
        ReformRow("07486", "Xã Nghĩa Phương", "/don-vi/07486-20250101", "Chưa rõ nhập vào đâu", ()),
    )  # fmt: skip
    return ReformPage(
        shell=clerk("Xem trước phương án sắp xếp"),
        title="Xem trước phương án sắp xếp ngày 01/07/2025",
        summary="Đã ghi 0 trên 38.278 sự kiện. Ghi bằng lệnh: tiepdan units reform.",
        figures=(("Thành lập", "3.225"), ("Giữ nguyên", "130"), ("Kết thúc", "10.664")),
        pick=Field("tinh", "Đơn vị trước sắp xếp", value="24",
                   choices=(Choice("24", "Tỉnh Bắc Giang"), Choice("27", "Tỉnh Bắc Ninh"))),
        rows=rows,
        rows_title="Tỉnh Bắc Giang: 203 đơn vị trước ngày 01/07/2025",
        touched="Việc đang mở bị ảnh hưởng: 12 đơn, 3 vụ việc.",
        filters=((Link("Tất cả", "/"), True), (Link("Có việc đang mở", "/?loc=con-viec"), False)),
        queue=Link("Địa bàn chờ quyết định", "/don-vi/cho-quyet-dinh"),
        pager=Pager("1-100 trên 203", next_href="/?sau=07486"),
    )  # fmt: skip


def looked_at_undecided() -> UndecidedPage:
    """The same for who may only look, with nothing left of this sort."""
    page = undecided()
    return replace(page, rows=(), form=None, pager=None, empty=EmptyState("Không còn địa bàn nào."))


def nothing_found() -> SearchPage:
    return replace(
        search(),
        title="Kết quả cho “0912345678”",
        summary="",
        petitions=(),
        units=(),
        empty=EmptyState("Không tìm thấy gì."),
        hints=(
            "Tìm được số hồ sơ (LN-TDI-25-0147), tên đơn vị có dấu hoặc không dấu, tên cũ.",
            "Không tìm được theo họ tên, số điện thoại, số định danh: những thứ đó nằm trong kho "
            "được bảo vệ.",
        ),
    )


def help_page() -> HelpPage:
    return HelpPage(
        shell=clerk("Trợ giúp"),
        title="Trợ giúp",
        keys=(
            ("Ở mọi trang", (KeyLine(("F4",), "tìm"), KeyLine(("F2",), "tiếp nhận mới"),
                             KeyLine(("?",), "trang này"))),
            ("Trong biểu mẫu", (KeyLine(("F8",), "đến phần nội dung"),
                                KeyLine(("F9",), "xem lại, rồi ghi"))),
            ("Trong danh sách", (KeyLine(("J", "K"), "xuống, lên"), KeyLine(("Enter",), "mở"),
                                 KeyLine(("N",), "hồ sơ kế tiếp"))),
            ("Khi tua lại", (KeyLine(("←", "→"), "một sự kiện"),
                             KeyLine(("Home", "End"), "đầu, cuối"))),
        ),
        words=(
            ("Chờ nhận", "Đã chuyển đi, nơi nhận chưa trả lời; nơi gửi còn chịu trách nhiệm."),
            ("Bị trả lại", "Nơi nhận không nhận, có lý do. Lần thứ hai thì cấp trên quyết định."),
            ("Thụ lý", "Mở vụ việc để giải quyết; khiếu nại, tố cáo có thêm một hạn."),
            ("Ghi muộn", "Việc xảy ra trước lúc ghi; cả hai thời điểm đều giữ lại."),
        ),
        rules=(
            "Mỗi lúc có đúng một cơ quan chịu trách nhiệm cho một đơn.",
            "Báo cáo lên trên chuyển thông tin, không chuyển trách nhiệm.",
            "Không ai sửa được điều đã ghi; sai thì ghi đính chính.",
            "Mở nội dung được bảo vệ là một lần xem có ghi lại.",
        ),
        contacts=(
            Contact("Nghiệp vụ", "Ban Tiếp công dân huyện Lục Nam"),
            Contact("Máy, mạng, tài khoản", "Văn phòng UBND huyện",
                    Link("Tình trạng hệ thống", "/suc-khoe")),
        ),
    )  # fmt: skip


def forbidden() -> ErrorPage:
    return ErrorPage(
        shell=clerk("Không thực hiện được"),
        title="Vai này không được thực hiện",
        what="Vai “Cán bộ tiếp dân” không ra quyết định. Nhờ thủ trưởng cơ quan thực hiện.",
        trace="0af7-651916d0",
        status=403,
        links=(Link("Về hồ sơ", "/ho-so/0147"), Link("Về hộp việc", "/hop-viec")),
    )
