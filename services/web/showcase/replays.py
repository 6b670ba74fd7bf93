"""Samples of a replayed history; invented."""

from dataclasses import replace

from services.web.models import Choice, Field, Link, StateTag
from services.web.models.replay import DiffLine, MetaLine, Replay, StateLine, Tick
from services.web.showcase.offices import inspector, on

HERE = "/kiem-tra/0147"
EVENTS = (
    ("29/04", "Tiếp nhận", True, ""), ("29/04", "Biên nhận", False, ""),
    ("05/05", "Phân loại", False, ""), ("08/05", "Kiểm tra", False, ""),
    ("08/05", "Đính chính", False, "sửa sự kiện 4"), ("12/05", "Thẩm quyền", True, ""),
    ("12/05", "Chuyển đơn", True, "ghi muộn"), ("13/05", "Nhắc nhận", False, ""),
    ("14/05", "Hỏi nơi gửi", False, ""), ("14/05", "Trả lời", False, ""),
    ("14/05", "Thêm ảnh", False, ""),
)  # fmt: skip


def at(n: int) -> str:
    return f"{HERE}?n={n}&vai=leader"


def ticks(total: int) -> tuple[Tick, ...]:
    events = [EVENTS[n % len(EVENTS)] for n in range(total)]
    return tuple(
        Tick(n, day, label, at(n), legal, mark)
        for n, (day, label, legal, mark) in enumerate(events, start=1)
    )


def replay() -> Replay:
    """The seventh of eleven events: a transfer, recorded late."""
    return Replay(
        shell=inspector("Tua lại hồ sơ LN-TDI-25-0147"),
        title="Tua lại hồ sơ LN-TDI-25-0147",
        href=HERE,
        keep=(("vai", "leader"),),
        purpose="Mục đích: kiểm tra trách nhiệm. Lần xem này đã được ghi lúc 14:31:40. · Xếp theo "
        "lúc ghi; cây đơn vị, quy định, lịch nghỉ như đã biết lúc đó.",
        n=7,
        total=11,
        act="Chuyển đơn",
        recorded=on(12, 16, 48),
        said="sự kiện 7/11, ghi 12/05/2025 16:48, chuyển đơn",
        ticks=ticks(11),
        first=at(1),
        previous=at(6),
        next=at(8),
        last=at(11),
        role=Field("vai", "Nhìn với quyền của", "leader", choices=(
            Choice("leader", "Chủ tịch UBND huyện Lục Nam"), Choice("clerk", "Cán bộ tiếp dân xã"),
            Choice("auditor", "Thanh tra viên (mọi mục)"))),
        go_to=Field("den", "Đến ngày", hint="Đến ngày, vd 5/5/25", required=False),
        state=state(),
        state_note="như Chủ tịch UBND huyện thấy lúc đó",
        diff=diff(),
        meta=(
            MetaLine("Ai ghi", "Cán bộ tiếp dân, UBND xã Tam Dị"),
            MetaLine("Xảy ra, ghi lại", "12/05/2025 09:15, ghi 12/05/2025 16:48",
                     mark=StateTag("waiting", "Ghi muộn 7 giờ 33 phút")),
            MetaLine("Do đâu", "Sau", Link("sự kiện 6, xác định thẩm quyền", at(6))),
            MetaLine("Căn cứ", "Thuộc lĩnh vực cơ quan khác"),
            MetaLine("Ai đã xem", "2 lượt, 1 cơ quan.", Link("Xem nhật ký", "/ho-so/0147?loc=3")),
        ),
        proof=Link("Bằng chứng 18.219", "/xac-minh/18219"),
        verdict=StateTag("done", "Khớp"),
    )  # fmt: skip


def state() -> tuple[StateLine, ...]:
    return (
        StateLine("Trạng thái", "Chờ nơi khác nhận", changed=True),
        StateLine("Chịu trách nhiệm", "UBND xã Tam Dị"),
        StateLine("Được chuyển đến", "Phòng Nông nghiệp và Môi trường", changed=True),
        StateLine("Loại, lĩnh vực", "Phản ánh · Môi trường"),
        StateLine("Hạn xác nhận", "15/05/2025", changed=True),
        StateLine("Hạn trả lời", "16/05/2025, khi đó còn 4 ngày làm việc"),
        StateLine("Giấy tờ", "4"),
        StateLine("Nội dung đơn", "Vai này không được xem tại thời điểm đó", hidden=True),
        StateLine("Danh tính", "Được che", hidden=True),
        StateLine("Quy định đang dùng", "Luật Tiếp công dân 2013, lịch nghỉ 2025 bản 2"),
    )


def diff() -> tuple[DiffLine, ...]:
    return (
        DiffLine("changed", "Trạng thái", "Đang xử lý", "Chờ nơi khác nhận"),
        DiffLine("kept", "Cơ quan chịu trách nhiệm", "UBND xã Tam Dị",
                 "UBND xã Tam Dị (không đổi, chờ nhận)"),
        DiffLine("added", "Nơi được chuyển", "chưa có", "Phòng Nông nghiệp và Môi trường"),
        DiffLine("added", "Hạn xác nhận", "chưa có", "15/05/2025"),
        DiffLine("kept", "Hạn trả lời", "16/05/2025", "16/05/2025"),
    )  # fmt: skip


def first_event() -> Replay:
    """At the beginning: nothing before it; a day was asked for that has no event."""
    page = replay()
    return replace(
        page,
        n=1,
        act="Tiếp nhận",
        recorded=on(29, 9, 40).replace(month=4),
        said="sự kiện 1/11, ghi 29/04/2025 09:40, tiếp nhận",
        first="",
        previous="",
        go_to=replace(page.go_to, value="1/4/25", error="Trước 29/04/2025 chưa có sự kiện nào."),
        diff=(),
    )


def long_replay() -> Replay:
    """More events than can be named under the slider."""
    page = replay()
    return replace(
        page,
        n=31,
        total=64,
        act="Hỏi nơi gửi",
        ticks=ticks(64),
        said="sự kiện 31/64, hỏi nơi gửi",
    )
