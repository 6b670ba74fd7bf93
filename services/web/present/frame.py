"""The frame around a page: letterhead, navigation, account, age of the data (khung trang)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.codes import LABELS, Role
from domain.commands.petition import ReceivePetition
from domain.directory import Directory, Unit
from domain.values import Officer
from projections.answers import Freshness
from services import access
from services.web.models import Account, DataAge, NavItem, Search, Shell
from services.web.present.words import Names, local

BANNER: Final = "Tên đơn vị là thật, mọi vụ việc và con số là giả định."
SEARCH: Final = "Tìm số biên nhận, số vụ việc hoặc tên đơn vị"
SYSTEM_NAME: Final = "Phối hợp tiếp công dân"
HELP: Final = "/tro-giup"
LAW: Final = (("Lịch", "/lich"), ("Quy định", "/luat"))
REMINDERS: Final = "/nhac-viec"
MOST_SHOWN: Final = 99
OLD_AFTER: Final = timedelta(seconds=30)
"""Views older than this are not called live: as long as the browser waits for a sign of life."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who reads, where and when: what every page model starts from."""

    officer: Officer
    directory: Directory
    today: date
    now: datetime
    csrf: str
    demo: bool = False
    notice: str = ""
    until: date | None = None
    """The last day of the reader's office, which has ended: ``today`` is that day."""
    reminded: int | None = None
    """How many reminders stand at the reader's office; None where nobody counted."""

    @property
    def names(self) -> Names:
        """Names as of today."""
        return Names(self.directory, self.today)

    @property
    def unit(self) -> Unit:
        """The unit of the reader's office."""
        office = self.directory.get_office(self.officer.office, self.today)
        return self.directory.get_unit(office.unit, self.today)


def age_of(freshness: Freshness | None, now: datetime) -> DataAge:
    """How old what is shown is; before the first fact there is nothing to be old."""
    if freshness is None:
        return DataAge()
    behind = freshness.age or timedelta()
    state = "stale" if behind > OLD_AFTER else "live"
    return DataAge("stale" if state == "stale" else "live", local(now - behind))


def shell(
    seat: Seat,
    title: str,
    *,
    here: str = "",
    age: DataAge | None = None,
    stream: str = "",
    alarm: bool = False,
    wall: bool = False,
    query: str = "",
) -> Shell:
    """The frame of a page for this reader; ``here`` is the address of the current section."""
    names, office = seat.names, seat.officer.office
    return Shell(
        title=title,
        superior=names.superior(office) or SYSTEM_NAME,
        office=names.office(office),
        banner=BANNER if seat.demo else "",
        demo_day=local(seat.now) if seat.demo else None,
        account=Account(LABELS[seat.officer.role], names.office(office), "/dang-xuat"),
        search=None if seat.until else Search("/tim", SEARCH, query),
        help_href=HELP,
        nav=navigation(seat, here),
        age=age or DataAge(),
        stream=stream,
        alarm=alarm,
        csrf=seat.csrf,
        wall=wall,
        notice=seat.notice,
        today=local(seat.now),
    )


def bare_shell(
    title: str, csrf: str = "", *, demo: bool = False, now: datetime | None = None
) -> Shell:
    """The frame before anybody has signed in."""
    return Shell(
        title=title,
        superior="Hệ thống",
        office=SYSTEM_NAME,
        banner=BANNER if demo else "",
        demo_day=local(now) if demo and now is not None else None,
        help_href=HELP,
        csrf=csrf,
    )


def home_of(officer: Officer, unit: Unit) -> str:
    """Where a role begins its day (ux.md 8)."""
    if officer.role in access.SYSTEM:
        return f"/don-vi/{unit.unit_id}"
    if officer.role is Role.RETURN_LEAD:
        return "/ho-tro-ve"
    if officer.role in (Role.CLERK, Role.HANDLER):
        return "/hop-viec"
    return board_of(unit) or "/hop-viec"


def board_of(unit: Unit) -> str:
    """The address of a unit's board; "" where its level has none."""
    path = {"province": "/dieu-hanh", "district": "/huyen"}.get(unit.level)
    return f"{path}/{unit.unit_id}" if path else ""


def navigation(seat: Seat, here: str) -> tuple[NavItem, ...]:
    """The sections this reader may open."""
    return tuple(_item(words, href, seat, here) for words, href in _sections(seat))


def _item(words: str, href: str, seat: Seat, here: str) -> NavItem:
    waiting = seat.reminded if href == REMINDERS else None
    shown = min(waiting, MOST_SHOWN) if waiting else None
    more = waiting is not None and waiting > MOST_SHOWN
    return NavItem(words, href, shown, current=href == here, more=more)


def _sections(seat: Seat) -> Sequence[tuple[str, str]]:
    unit, role = seat.unit, seat.officer.role
    own = ("Đơn vị", f"/don-vi/{unit.unit_id}")
    if seat.until is not None:
        return (("Bảng đã kết thúc", board_of(unit)), own) if board_of(unit) else (own,)
    if role in access.SYSTEM:
        waiting = ("Địa bàn chờ quyết định", "/don-vi/cho-quyet-dinh")
        return (own, waiting, ("Sắp xếp đơn vị", "/don-vi/sap-xep"), *LAW)
    board = board_of(unit)
    words = "Điều hành" if unit.level == "province" else "Bảng huyện"
    return (
        *(((words, board),) if board else ()),
        ("Hộp việc", "/hop-viec"),
        *((("Việc cần nhắc", REMINDERS),) if role in access.HEADS else ()),
        *((("Tiếp nhận", "/tiep-nhan"),) if access.may(ReceivePetition, role) else ()),
        ("Danh sách", "/ds"),
        ("Đoàn đông người", "/doan-dong-nguoi"),
        ("Hỗ trợ về", "/ho-tro-ve"),
        own,
        *LAW,
    )
