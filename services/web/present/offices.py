"""A unit, what a search found, and help (đơn vị, tìm, trợ giúp)."""

from collections.abc import Sequence
from typing import Final

from domain.directory import Office, Unit
from domain.law.calendar import Calendar
from projections.answers import InboxItem
from services.areas import may_look_over
from services.web.models import EmptyState, Link
from services.web.models.places import (
    Contact,
    HelpPage,
    KeyLine,
    OfficeRow,
    SearchPage,
    UnitHit,
    UnitPage,
)
from services.web.models.shell import Shell
from services.web.present.frame import Seat, board_of, shell
from services.web.present.petitions import inbox_row
from services.web.present.words import label

LEVELS: Final = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}


def unit_page(unit: Unit, seat: Seat) -> UnitPage:
    """A unit as of today, with the ways to its work for those who look over it."""
    directory, on = seat.directory, seat.today
    offices = directory.offices_of(unit.unit_id, on)
    below = directory.children(unit.unit_id, on)
    over = may_look_over(seat.officer, unit.unit_id, directory, on)
    until = f" đến {unit.valid_until:%d/%m/%Y}" if unit.valid_until else ""
    return UnitPage(
        shell=shell(seat, unit.name, here=f"/don-vi/{unit.unit_id}"),
        title=unit.name,
        level=LEVELS.get(unit.level, unit.level),
        code=unit.code,
        validity=f"Từ {unit.valid_from:%d/%m/%Y}{until}",
        parents=tuple(
            Link(up.name, f"/don-vi/{up.unit_id}")
            for up in reversed(directory.ancestors(unit.unit_id, on))
        ),
        boards=_boards(unit) if over else (),
        offices=tuple(_office(office, seat) for office in offices),
        below_title=f"Đơn vị trực thuộc ({len(below)})",
        below=tuple(Link(child.name, f"/don-vi/{child.unit_id}") for child in below),
        no_offices=None if offices else EmptyState("Chưa có cơ quan nào trong danh bạ."),
    )


def _boards(unit: Unit) -> tuple[Link, ...]:
    board = board_of(unit)
    here = unit.unit_id
    return (
        *((Link("Bảng điều hành", board),) if board else ()),
        Link("Đang giải quyết", f"/ds?don-vi={here}"),
        Link("Quá hạn", f"/ds?don-vi={here}&hang=qua-han"),
        Link("Chuyển đến chưa nhận", f"/ds?don-vi={here}&hang=chua-nhan"),
        Link("Đoàn đông người", f"/doan-dong-nguoi?don-vi={here}"),
    )


def _office(office: Office, seat: Seat) -> OfficeRow:
    superior = seat.directory.superior_of(office.office_id, seat.today)
    fields = ", ".join(label(each) for each in office.fields) or "Mọi lĩnh vực của đơn vị"
    link = None if superior is None else Link(superior.name, f"/don-vi/{superior.unit}")
    return OfficeRow(office.name, fields, link)


def search_page(
    query: str, units: Sequence[Unit], petitions: Sequence[InboxItem], seat: Seat,
    calendar: Calendar,
) -> SearchPage:  # fmt: skip
    """Petitions by the beginning of a number, units by name; never people."""
    found = len(units) + len(petitions)
    return SearchPage(
        shell=shell(seat, "Tìm", query=query),
        query=query,
        title=f"Tìm “{query}”" if query else "Tìm",
        summary=f"{found} kết quả" if query else "",
        petitions=tuple(inbox_row(item, seat, calendar, where=True) for item in petitions),
        petitions_title=f"Đơn ({len(petitions)})",
        units=tuple(_hit(unit, seat) for unit in units),
        units_title=f"Đơn vị ({len(units)})",
        empty=None if found else EmptyState(
            "Không tìm thấy gì.", "Hồ sơ không thuộc phần việc của bạn không được tìm thấy."),
        hints=(
            "Số biên nhận gõ từ đầu, ví dụ 07456-25-0002.",
            "Tên đơn vị gõ có dấu hay không dấu đều được.",
        ),
    )  # fmt: skip


def _hit(unit: Unit, seat: Seat) -> UnitHit:
    above = seat.directory.ancestors(unit.unit_id, seat.today)
    path = ", ".join(each.name for each in above)
    return UnitHit(unit.name, f"/don-vi/{unit.unit_id}", path)


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
