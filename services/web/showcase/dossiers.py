"""Samples of the files of a petition and a case; invented."""

from dataclasses import replace

from services.web.models import (
    Custody,
    DueChip,
    EmptyState,
    Fragment,
    Holder,
    Link,
    Moment,
    StateTag,
    Why,
)
from services.web.models.dossier import (
    Acts,
    CaseFile,
    Direction,
    Identity,
    LinkedRow,
    Outcome,
    PetitionFile,
    ProtectedText,
    Rung,
    Tab,
    Timeline,
)
from services.web.models.shell import AgeState
from services.web.showcase.offices import clerk, division, on
from services.web.showcase.simple import why

HERE = "/ho-so/0147"


def tabs(current: str, *labels: tuple[str, int | None]) -> tuple[Tab, ...]:
    return tuple(
        Tab(label, f"{HERE}?phan={index}", count, label == current)
        for index, (label, count) in enumerate(labels)
    )


def filters(current: str = "Chính") -> tuple[Tab, ...]:
    names = ("Chính", "Tất cả", "Pháp lý", "Ai đã xem")
    return tuple(
        Tab(name, f"{HERE}?loc={n}", None, name == current) for n, name in enumerate(names)
    )


def proof(number: str) -> Link:
    return Link(f"Bằng chứng {number}", f"/xac-minh/{number}")


def moments() -> tuple[Moment, ...]:
    to = "Cán bộ tiếp dân, UBND xã Tam Dị → Phòng Nông nghiệp và Môi trường. 4 giấy tờ."
    return (
        Moment("change-wait", "waiting", "Chờ Phòng Nông nghiệp và Môi trường nhận",
               "Nhận, hoặc trả lại có lý do, trước hết ngày 15/05/2025.", note="2 ngày"),
        Moment("read-1", "read", "Đã xem",
               "Chuyên viên, Phòng Nông nghiệp và Môi trường. Mục đích: giải quyết vụ việc",
               on(14, 8, 5)),
        Moment("change-11", "other", "Nhắc nơi nhận", "Tự động theo quy chế: một ngày sau khi "
               "chuyển", on(13, 16, 0), proof=proof("18.302")),
        Moment("change-7", "legal", "Chuyển đơn", to, on(12, 9, 15),
               late="Ghi lúc 16:48, muộn 7 giờ 33 phút.", proof=proof("18.219")),
        Moment("change-6", "legal", "Xác định không thuộc thẩm quyền cấp xã",
               "Chủ tịch UBND xã Tam Dị. Căn cứ: xả thải chăn nuôi quy mô trang trại",
               on(12, 8, 50), proof=proof("18.204")),
        Moment("change-3", "other", "Phân loại: phản ánh, môi trường",
               "Cán bộ tiếp dân, UBND xã Tam Dị", on(5, 10, 12), proof=proof("17.388")),
        Moment("change-1", "legal", "Tiếp nhận tại bàn tiếp dân",
               "Cán bộ tiếp dân, UBND xã Tam Dị. Biên nhận đã in",
               on(29, 9, 40).replace(month=4), proof=proof("16.951")),
    )  # fmt: skip


def accept_why() -> Why:
    return Why(
        "Xác nhận đơn chuyển đến",
        DueChip("soon", "Còn 1 ngày làm việc"),
        "15/05/2025 · hạn của cơ quan bạn",
        reasons=("Nơi gửi xin trả lời trong ba ngày làm việc, từ 12/05/2025.",),
    )


def petition(state: AgeState = "live") -> PetitionFile:
    """Offered to the reader's division, waiting for its answer."""
    return PetitionFile(
        shell=division("Hồ sơ LN-TDI-25-0147", state),
        crumbs=(Link("Chưa nhận (4)", "/hop-viec?hang=chua-nhan"),),
        number="Hồ sơ LN-TDI-25-0147",
        title="Đã chuyển đến cơ quan bạn, chờ bạn nhận",
        state=StateTag("waiting", "Chờ nhận"),
        facts=("Phản ánh · Môi trường", "Một người", "Tiếp nhận 29/04/2025, đã 15 ngày",
               "Bản ghi thứ 11"),
        custody=Custody(
            Holder("UBND xã Tam Dị", "từ 29/04/2025, đến khi bạn nhận"),
            Holder("Phòng Nông nghiệp và Môi trường", "UBND huyện Lục Nam · cơ quan bạn"),
        ),
        acts=Acts(
            "Nhận xong, phòng bạn chịu trách nhiệm và giữ nguyên hạn trả lời 16/05/2025.",
            Link("Nhận đơn", f"{HERE}/nhan"),
            (Link("Trả lại, nêu lý do", f"{HERE}/tra-lai"),),
        ),
        tabs=tabs("Diễn biến", ("Diễn biến", 11), ("Nội dung", 2), ("Liên kết", 1)),
        deadlines=(accept_why(), why()),
        timeline=Timeline(
            filters(), moments(),
            (Link("4 diễn biến khác: biên nhận, đính chính", f"{HERE}?loc=1"),
             Link("Tua lại hồ sơ", "/kiem-tra/0147")),
        ),
        identity=Identity("Người phản ánh", "Danh tính được che. Số định danh •••••••••345",
                          "Mỗi lần xem được ghi vào hồ sơ.",
                          Link("Xem danh tính, nêu mục đích", f"{HERE}/danh-tinh")),
        live=Fragment(f"{HERE}/phan/tat-ca", "file"),
    )  # fmt: skip


def petition_texts() -> PetitionFile:
    """One text opened, one shut, one not for this reader."""
    return replace(
        petition(),
        live=None,
        news=Link("Hồ sơ vừa đổi, bấm để tải", HERE),
        news_live=Fragment(f"{HERE}/phan/moi", "file"),
        editing="Cán bộ tiếp dân, UBND xã Tam Dị đang xem hồ sơ này.",
        timeline=None,
        tabs=tabs("Nội dung", ("Diễn biến", 11), ("Nội dung", 3), ("Liên kết", 1)),
        texts=(
            ProtectedText(
                "Tóm tắt đơn", "Trại chăn nuôi xả nước thải ra mương tưới từ khoảng ngày 20/04.\n"
                "Mùi nặng, cá chết.", opened="Mở lúc 14:31 để giải quyết vụ việc; đã ghi vào hồ sơ."
            ),
            ProtectedText("Chỗ xảy ra", open=Link("Mở, nêu mục đích", f"{HERE}/noi-dung/2")),
            ProtectedText("Ghi chú khi chuyển", closed="Vai của bạn không được mở nội dung này."),
        ),
    )  # fmt: skip


def petition_links() -> PetitionFile:
    return replace(
        petition(), timeline=None, linked=(),
        tabs=tabs("Liên kết", ("Diễn biến", 11), ("Nội dung", 2), ("Liên kết", 0)),
        no_linked=EmptyState("Chưa thuộc vụ việc nào.", "Nhận đơn rồi mới thụ lý được."),
    )  # fmt: skip


def petition_reads() -> PetitionFile:
    """Nobody has read it yet."""
    empty = EmptyState("Chưa ai mở nội dung được bảo vệ.", "Kiểm tra gần nhất 14:32:05.")
    return replace(petition(), timeline=Timeline(filters("Ai đã xem"), (), empty=empty))


def denunciation() -> PetitionFile:
    """Sealed: who denounces is nowhere on the page."""
    return replace(
        petition(),
        shell=clerk("Hồ sơ LN-TDI-25-0151"),
        title="Tố cáo đang ở cơ quan bạn, chờ phân loại",
        state=StateTag("plain", "Mới tiếp nhận"),
        facts=("Tố cáo · Công vụ", "Tiếp nhận 14/05/2025", "Bản ghi thứ 1"),
        number="Hồ sơ LN-TDI-25-0151",
        custody=Custody(Holder("UBND xã Tam Dị", "từ 14/05/2025")),
        sealed="Hồ sơ tố cáo: cơ quan bị tố cáo không thấy hồ sơ này.",
        acts=Acts("Phân loại trước, rồi chuyển đến nơi có thẩm quyền.",
                  Link("Phân loại", "/ho-so/0151/phan-loai")),
        deadlines=(),
        tabs=tabs("Diễn biến", ("Diễn biến", 1), ("Nội dung", 2), ("Liên kết", 0)),
        timeline=Timeline(filters(), moments()[-1:]),
        identity=Identity("Người tố cáo", "Danh tính được niêm phong.",
                          "Chỉ mở theo thủ tục riêng, có hai người. Không mở được ở đây.",
                          sealed=True),
        live=None,
    )  # fmt: skip


def case() -> CaseFile:
    """Escalated to the district, directed, not decided."""
    return CaseFile(
        shell=division("Vụ việc LN-VV-25-0031"),
        crumbs=(Link("Hộp việc", "/hop-viec"),),
        number="Vụ việc LN-VV-25-0031",
        title="Đang giải quyết, chờ thực hiện chỉ đạo của huyện",
        state=StateTag("working", "Đang giải quyết"),
        facts=("Khiếu nại · Bồi thường, tái định cư", "2 đơn", "Thụ lý 22/04/2025",
               "Bản ghi thứ 9"),
        custody=Custody(Holder("UBND xã Nghĩa Phương", "thụ lý từ 22/04/2025; báo cáo lên trên "
                               "không chuyển trách nhiệm")),
        acts=Acts("Ghi khi đã ký. Hạn giải quyết dừng ở ngày ký.",
                  Link("Ra quyết định", "/vu-viec/31/quyet-dinh"),
                  (Link("Báo cáo cấp trên", "/vu-viec/31/bao-cao"),
                   Link("Giao người khác", "/vu-viec/31/giao-viec"))),
        tabs=tabs("Đơn trong vụ việc", ("Diễn biến", 9), ("Đơn trong vụ việc", 2), ("Nội dung", 3)),
        deadlines=(Why("Giải quyết khiếu nại", DueChip("later", "Còn 6 ngày làm việc"),
                       "Thứ Năm 22/05/2025 · hạn của nơi thụ lý",
                       reasons=("Quy định: 30 ngày từ ngày thụ lý. Luật Khiếu nại 2011, Điều 28.",
                                "Bắt đầu: 22/04/2025 (ngày thụ lý, không tính).",
                                "Tính cả ngày nghỉ, ngày lễ.")),),
        linked=(
            LinkedRow("LN-NPH-25-0098", "/ho-so/0098", "Bồi thường đường tỉnh 293, đoạn qua thôn",
                      StateTag("working", "Đã thụ lý"), "Tiếp nhận 17/04/2025 · một người"),
            LinkedRow("LN-NPH-25-0104", "/ho-so/0104", "Cùng việc, thêm cây trồng trên đất",
                      StateTag("working", "Đã thụ lý"), "Tiếp nhận 24/04/2025 · 12 người ký"),
        ),
        link_act=Link("Nhập thêm đơn", "/vu-viec/31/them-don"),
        all_deadlines=Link("Mọi thời hạn, xem tại ngày khác", "/vu-viec/31/thoi-han"),
        deadline_acts=(Link("Ghi nhận vụ việc phức tạp", "/vu-viec/31/ghi-phuc-tap"),
                       Link("Xác định lần giải quyết", "/vu-viec/31/lan-giai-quyet")),
        handler="Chuyên viên thụ lý",
        handler_note="giao 23/04/2025",
        ladder=(
            Rung("UBND tỉnh Bắc Giang", "được báo 12/05/2025",
                 StateTag("waiting", "Chưa xác nhận")),
            Rung("UBND huyện Lục Nam", "nhận đề nghị chủ trì 09/05/2025, lý do: đông người",
                 StateTag("done", "Đã biết")),
            Rung("UBND xã Nghĩa Phương", "đang chịu trách nhiệm", here=True),
        ),
        ladder_note="Thông tin lên ngay; trách nhiệm vẫn ở nơi thụ lý.",
        directions=(Direction("Chủ tịch UBND huyện Lục Nam", on(12, 10, 30),
                              DueChip("soon", "Còn 3 ngày làm việc"),
                              ProtectedText("Việc phải làm",
                                            open=Link("Mở, nêu mục đích", "/m"))),),
        live=Fragment("/vu-viec/31/phan/tat-ca", "file"),
    )  # fmt: skip


def closed_case() -> CaseFile:
    """Decided, told, closed; nothing more to do."""
    return replace(
        case(),
        title="Đã kết thúc: đúng một phần, đã thông báo bằng văn bản",
        state=StateTag("done", "Kết thúc"),
        acts=Acts("Hồ sơ đã kết thúc, không ghi thêm được.",
                  others=(Link("Tua lại hồ sơ", "/kiem-tra/31"),)),
        deadlines=(), directions=(), link_act=None, linked=None, ladder_note="",
        tabs=tabs("Diễn biến", ("Diễn biến", 12), ("Đơn trong vụ việc", 2), ("Nội dung", 4)),
        timeline=Timeline(filters(), (
            Moment("change-12", "legal", "Kết thúc vụ việc", "Chủ tịch UBND xã. Quyết định đã "
                   "thi hành xong", on(14, 9, 0), proof=proof("18.420")),
            Moment("change-11", "legal", "Ra quyết định", "Chủ tịch UBND xã. Đúng một phần",
                   on(13, 8, 0), proof=proof("18.377")),
        )),
        outcomes=(
            Outcome("Quyết định", (("Kết quả", "Đúng một phần"), ("Ngày ký", "13/05/2025"))),
            Outcome("Kết thúc", (("Lý do", "Quyết định đã thi hành xong"),
                                 ("Thông báo", "Văn bản, 14/05/2025"),
                                 ("Quyền còn lại", "Khiếu nại lần hai, khởi kiện tại tòa án"))),
        ),
    )  # fmt: skip
