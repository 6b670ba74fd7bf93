"""The commune desk of Tam Dị and the list behind a figure, invented."""

from dataclasses import replace

from services.web.models import (
    Desk,
    DueChip,
    EmptyState,
    FilterChip,
    InboxRow,
    Link,
    Pager,
    PetitionList,
    Queue,
    QueueGroup,
    StateTag,
    TransferRow,
)
from services.web.models.shell import AgeState, Fragment
from services.web.showcase.frames import commune_shell, province_shell


def desk(state: AgeState = "live") -> Desk:
    """An ordinary day: three offers to answer, nine cases, two of them late."""
    return Desk(
        shell=commune_shell(state=state),
        title="Thứ Tư 14/05/2025",
        duty=(
            ("Bạn trực tiếp dân ", False), ("sáng và chiều", True),
            (", phòng 1 · Hôm nay đã tiếp ", False), ("6 lượt", True),
            (" · Chủ tịch tiếp định kỳ: thứ Năm 15/05, 08:00, ", False),
            ("2 lượt đăng ký", True),
        ),
        intake_href="/tiep-nhan",
        rail=rail(),
        transfers=transfers(),
        queue_title="Chờ tôi (9)",
        rows=rows(),
        news=Link("1 mục mới, bấm để tải", "/hop-viec"),
        rail_live=Fragment("/hop-viec/phan/hang", "inbox"),
        transfers_live=Fragment("/hop-viec/phan/chuyen-den", "inbox"),
        news_live=Fragment("/hop-viec/phan/moi", "inbox"),
    )  # fmt: skip


def empty_desk() -> Desk:
    """The work is done."""
    return replace(
        desk(),
        transfers=(),
        rows=(),
        news=None,
        queue_title="Chờ tôi (0)",
        no_rows=EmptyState(
            "Hết việc chờ bạn.",
            "Hạn kế tiếp 25/11/2025. Kiểm tra gần nhất 14:32:05.",
            Link("Xem việc của cả cơ quan", "/hop-viec?hang=co-quan"),
        ),
    )


def rail() -> tuple[QueueGroup, ...]:
    mine = (
        Queue("Chờ tôi", "/hop-viec", 9, current=True),
        Queue("Chưa nhận", "/hop-viec?hang=chua-nhan", 3),
        Queue("Sắp hạn", "/hop-viec?hang=sap-han", 4),
        Queue("Quá hạn", "/hop-viec?hang=qua-han", 2, urgent=True),
        Queue("Chỉ đạo", "/hop-viec?hang=chi-dao", 1),
        Queue("Bị trả lại", "/hop-viec?hang=tra-lai", 0),
        Queue("Theo dõi", "/hop-viec?hang=theo-doi", 12),
    )
    saved = (
        Queue("Đất đai, thôn Thanh Giã", "/hop-viec?loc=1", 5),
        Queue("Của cả cơ quan", "/hop-viec?hang=co-quan", 31),
    )
    return QueueGroup("Việc của tôi", mine), QueueGroup("Bộ lọc đã lưu", saved)


def transfers() -> tuple[TransferRow, ...]:
    offers = (
        ("LN-BSO-25-0088", "Kiến nghị sửa kênh tưới liên xã", "UBND xã Bảo Sơn",
         DueChip("today", "Nhận trong hôm nay")),
        ("LN-HUY-25-0213", "Phản ánh lấn chiếm hành lang đường huyện 83",
         "Ban Tiếp công dân huyện", DueChip("soon", "Còn 1 ngày làm việc")),
        ("LN-DNG-25-0102", "Khiếu nại mức hỗ trợ cây trồng", "UBND thị trấn Đồi Ngô",
         DueChip("later", "Còn 3 ngày làm việc")),
    )  # fmt: skip
    return tuple(
        TransferRow(
            id=number.lower(),
            number=number,
            href=f"/ho-so/{number}",
            issue=issue,
            sender=sender,
            due=replace(due, why=f"/ho-so/{number}/thoi-han"),
            accept_href=f"/ho-so/{number}/nhan",
            return_href=f"/ho-so/{number}/tra-lai",
        )
        for number, issue, sender, due in offers
    )


def rows() -> tuple[InboxRow, ...]:
    lines = (
        ("0131", "Khiếu nại", "Đo lại ranh giới thửa đất", "Thôn Đông Thịnh",
         "Ra quyết định giải quyết", "", DueChip("overdue", "Quá hạn 6 ngày")),
        ("0138", "Phản ánh", "Rác thải chợ Tam Dị", "Chợ Tam Dị",
         "Trả lời người phản ánh", "", DueChip("overdue", "Quá hạn 1 ngày")),
        ("0149", "Kiến nghị", "Lắp đèn đường liên thôn", "Thôn Trại Trầm",
         "Phân loại", "", DueChip("today", "Hạn hôm nay")),
        ("0147", "Phản ánh", "Trại chăn nuôi xả thải ra mương", "Thôn Thanh Giã 1",
         "Chờ Phòng Nông nghiệp và Môi trường nhận", "Nhắc được từ 15/05",
         DueChip("soon", "Còn 2 ngày làm việc")),
        ("0142", "Khiếu nại", "Hỗ trợ tái định cư đường tỉnh 293", "Thôn Hòn Ngọc",
         "Lập biên bản đối thoại", "Chỉ đạo của Chủ tịch 12/05",
         DueChip("soon", "Còn 3 ngày làm việc")),
        ("0140", "Khiếu nại", "Cấp đổi giấy chứng nhận chậm", "Thôn Thanh Giã 2",
         "Bổ sung giấy tờ", "Chờ người khiếu nại", DueChip("paused", "Tạm dừng từ 09/05")),
        ("0151", "Kiến nghị", "Mở lại điểm trường mầm non", "Thôn Đông Thịnh",
         "Mời dự phiên 22/05", "", DueChip("later", "Còn 6 ngày làm việc")),
        ("0145", "Kiến nghị", "Tưới tiêu cánh đồng Đồng Cống", "Thôn Đông Thịnh",
         "Trả lời bằng văn bản", "", DueChip("later", "Còn 7 ngày làm việc")),
        ("0144", "Phản ánh", "Xe quá tải qua cầu", "Cầu thôn Bãi Cả",
         "Xác minh hiện trường", "", DueChip("later", "Còn 8 ngày làm việc")),
    )  # fmt: skip
    return tuple(
        InboxRow(
            id=end,
            number=f"LN-TDI-25-{end}",
            href=f"/ho-so/LN-TDI-25-{end}",
            kind=kind,
            issue=issue,
            place=place,
            next_act=act,
            next_note=note,
            editing="Cán bộ địa chính đang sửa" if end == "0138" else "",
            due=replace(due, why=f"/ho-so/LN-TDI-25-{end}/thoi-han"),
        )
        for end, kind, issue, place, act, note, due in lines
    )


def petition_list() -> PetitionList:
    """The cases behind the figure "Quá hạn" of the province board."""
    where = ("UBND xã Tam Dị", "UBND xã Cẩm Lý", "UBND phường Dĩnh Kế")
    listed = tuple(
        replace(
            row,
            next_act=where[index % 3],
            next_note="",
            editing="",
            state=StateTag("waiting", "Chờ nhận") if index % 3 == 1 else None,
        )
        for index, row in enumerate(rows())
    )
    return PetitionList(
        shell=replace(province_shell(), title="Quá hạn"),
        title="Quá hạn",
        summary="23 hồ sơ, số liệu 14:32:05",
        crumbs=(Link("Bảng điều hành toàn tỉnh", "/dieu-hanh"),),
        rows=listed,
        filters=(
            FilterChip("Quá hạn", "/ho-so?don-vi=218"),
            FilterChip("Huyện Lục Nam", "/ho-so?qua-han=1"),
        ),
        clear_href="/ho-so",
        pager=Pager("Hồ sơ 51–59 trong 59", "/ho-so?trang=1"),
        export=Link("Xuất Excel", "/xuat"),
        news=None,
        live=Fragment("/ho-so/phan/moi", "board"),
    )


def empty_petition_list() -> PetitionList:
    return replace(
        petition_list(),
        rows=(),
        pager=None,
        summary="Không có hồ sơ nào, số liệu 14:32:05",
        no_rows=EmptyState(
            "Không có hồ sơ nào khớp với bộ lọc.",
            "Kiểm tra gần nhất 14:32:05.",
            Link("Bỏ mọi bộ lọc", "/ho-so"),
        ),
    )
