"""The district board of Lục Nam, invented."""

from dataclasses import replace
from typing import Final

from services.web.models import (
    Cell,
    DistrictBoard,
    DueChip,
    EmptyState,
    Figure,
    GatheringCard,
    Header,
    Link,
    Session,
    StateTag,
    TodoEntry,
    UnitGroup,
    UnitRow,
    UnitTable,
)
from services.web.models.shell import AgeState, Fragment
from services.web.showcase.frames import NOW, district_shell

HEADERS: Final = (
    Header("Quá hạn", number=False),
    Header("Chuyển đến\nchưa nhận", number=False),
    Header("Hạn trong\n3 ngày"),
    Header("Phức\ntạp"),
    Header("Đang\ngiải quyết"),
    Header("Tiếp nhận\n7 ngày"),
    Header("Trực", number=False),
    Header("Phiên\nkế tiếp"),
)
OTHERS: Final = (
    "Xã Bảo Đài", "Xã Bảo Sơn", "Xã Bắc Lũng", "Xã Bình Sơn", "Xã Chu Điện", "Xã Cương Sơn",
    "Xã Đan Hội", "Thị trấn Đồi Ngô", "Xã Đông Hưng", "Xã Đông Phú", "Xã Huyền Sơn",
    "Xã Khám Lạng", "Xã Lan Mẫu", "Xã Thanh Lâm", "Xã Tiên Nha", "Xã Trường Giang",
    "Xã Trường Sơn", "Xã Vô Tranh", "Xã Yên Sơn",
)  # fmt: skip


def district_board(state: AgeState = "live") -> DistrictBoard:
    """The board with five communes that need a look."""
    shell = district_shell(state)
    return DistrictBoard(
        shell=shell,
        title="Huyện Lục Nam",
        summary="24 xã, thị trấn · 11 phòng, ban",
        as_of=shell.age.at or NOW,
        live=Fragment("/bang-huyen/218/phan/bang", "board"),
        alerts=(),
        figures=_figures(),
        units=_table(_urgent_rows()),
        gatherings=(_crowd(),),
        gatherings_note="",
        no_gatherings=None,
        session_title="Phiên tiếp dân của Chủ tịch",
        session=(
            Session("Khi nào", "Thứ Năm 15/05/2025, 08:00", strong=True),
            Session("Hồ sơ", "3/3 đã chuẩn bị"),
            Session("Bắt buộc", "2/3 xác nhận.", warn="Thiếu: Phòng Nông nghiệp và Môi trường"),
            Session("Mời dự", "4/6 xác nhận"),
        ),
        decisions_title="Chờ huyện quyết định",
        decisions=(
            TodoEntry(
                "Tranh chấp thẩm quyền",
                "/tranh-chap/1",
                "Cẩm Lý và Đan Hội, đơn bị trả lại lần 2",
                DueChip("today", "Hạn hôm nay"),
            ),
            TodoEntry(
                "Cân nhắc cưỡng chế",
                "/cuong-che/1",
                "Còn 8 ngày đến kỳ họp, phải nêu lý do",
                DueChip("soon", "Còn 2 ngày làm việc"),
            ),
        ),
        tools=(Link("Giao ban ngày 10", "/giao-ban"), Link("Xuất Excel", "/xuat")),
    )


def empty_district_board() -> DistrictBoard:
    """Nothing needs a look."""
    board = district_board()
    return replace(
        board,
        figures=tuple(
            replace(f, number=0, urgent=False, trend="Không có", days=(*f.days[:-1], 0))
            for f in board.figures
        ),
        units=_table(()),
        gatherings=(),
        no_gatherings=EmptyState("Không có đoàn nào đang diễn ra.", "Kiểm tra gần nhất 14:32:05."),
        session=(),
        decisions=(),
        no_decisions=EmptyState("Không có việc chờ quyết định.", "Kiểm tra gần nhất 14:32:05."),
    )


def _figures() -> tuple[Figure, ...]:
    return (
        Figure("Đoàn đang diễn ra", 1, "/doan", (0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1),
               "Trụ sở UBND huyện, chưa ai tiếp", urgent=True),
        Figure("Quá hạn", 6, "/ho-so?qua-han=1", (12, 12, 10, 10, 10, 8, 8, 10, 8, 8, 8, 6, 6, 6),
               "lâu nhất 6 ngày, xã Tam Dị"),
        Figure("Chuyển đến chưa nhận", 10, "/ho-so?chua-nhan=1",
               (3, 4, 4, 3, 3, 5, 6, 8, 11, 10, 8, 9, 11, 10), "3 đơn đã quá 3 ngày làm việc"),
        Figure("Vụ việc phức tạp", 5, "/phuc-tap", (6, 6, 6, 6, 6, 6, 6, 5, 5, 5, 5, 5, 5, 5),
               "1 vụ đến kỳ xem lại 20/05"),
        Figure("Buổi trực thiếu người", 1, "/truc", (0, 1, 1, 0, 0, 2, 2, 1, 0, 0, 1, 1, 0, 1),
               "Xã Lục Sơn, thứ Bảy 17/05"),
    )  # fmt: skip


def _crowd() -> GatheringCard:
    return GatheringCard(
        "g1", "Trụ sở UBND huyện", "/su-viec/g1", StateTag("alone", "Chưa ai tiếp"),
        "40–50 người", ", đếm lúc 14:24", must="Chủ tịch UBND huyện",
        also="Phải có mặt: Chủ tịch UBND xã Nghĩa Phương",
    )  # fmt: skip


def _row(number: int, name: str, late: Cell, offered: Cell, *rest: int, duty: str = "") -> UnitRow:
    numbers = tuple(Cell(value, href="/ho-so" if value else "") for value in rest)
    watch = Cell(words=duty, warn=True) if duty else Cell(words="Đủ")
    day = Cell(words=("15/05", "16/05", "19/05", "20/05", "21/05")[number % 5])
    cells = (late, offered, *numbers, watch, day)
    return UnitRow(str(number), name, f"/xa/{number}", cells)


def _late(words: str) -> Cell:
    return Cell(due=DueChip("overdue", words), href="/ho-so?qua-han=1")


def _urgent_rows() -> tuple[UnitRow, ...]:
    slow = Cell(due=DueChip("today", "3, lâu nhất 5 ngày"), href="/ho-so?chua-nhan=1")
    return (
        _row(1, "Xã Cẩm Lý", _late("2, lâu nhất 4 ngày"), Cell(0), 1, 1, 11, 3),
        _row(2, "Xã Nghĩa Phương", _late("1, lâu nhất 2 ngày"), Cell(0), 2, 2, 14, 5),
        _row(3, "Xã Tam Dị", _late("2, lâu nhất 6 ngày"), Cell(3, href="/ho-so"), 4, 1, 17, 6),
        _row(4, "Thị trấn Phương Sơn", Cell(0), slow, 0, 0, 9, 4),
        _row(5, "Xã Lục Sơn", Cell(0), Cell(2, href="/ho-so"), 0, 1, 6, 2, duty="Thiếu 17/05"),
    )


def _table(urgent: tuple[UnitRow, ...]) -> UnitTable:
    others = tuple(
        _row(i + 10, name, Cell(0), Cell(0), int(i % 6 == 2), 0, i * 5 % 9 + 1, i * 3 % 5)
        for i, name in enumerate(OTHERS)
    )
    groups = [UnitGroup(f"Các xã, thị trấn khác ({len(others)})", others)]
    if urgent:
        groups.insert(0, UnitGroup(f"Cần xem trước ({len(urgent)})", urgent))
    offices = _row(40, "Phòng, ban huyện (11)", _late("1, lâu nhất 1 ngày"), Cell(2), 0, 0, 12, 3)
    if urgent:
        groups.append(UnitGroup("Cấp huyện", (offices,)))
    values = (6, 10, 9, 5, 149, 59) if urgent else (0, 0, 3, 0, 92, 38)
    blank = (Cell(), Cell())
    return UnitTable(
        title="Theo xã, thị trấn",
        note="Nhóm cần xem trước, rồi theo bảng chữ cái",
        first="Đơn vị",
        headers=HEADERS,
        groups=tuple(groups),
        total=UnitRow("total", "Toàn huyện", "", (*(Cell(value) for value in values), *blank)),
    )
