"""Shells of the invented offices."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from services.web.models import Account, AgeState, DataAge, NavItem, Search, Shell

HANOI_TIME: Final = timezone(timedelta(hours=7))
NOW: Final = datetime(2025, 5, 14, 7, 32, 5, tzinfo=UTC).astimezone(HANOI_TIME)
LOST: Final = NOW - timedelta(minutes=7, seconds=25)
BANNER: Final = "Tên đơn vị là thật, mọi vụ việc và con số là giả định. Đồng hồ mẫu: tháng 5/2025."
SEARCH: Final = Search(href="/tim", words="Tìm mã hồ sơ, họ tên, số điện thoại")


def at(hour: int, minute: int) -> datetime:
    """A moment of the sample day."""
    return NOW.replace(hour=hour, minute=minute, second=0)


def nav(current: str, items: tuple[tuple[str, int | None], ...]) -> tuple[NavItem, ...]:
    return tuple(
        NavItem(label, f"/{index}", count, current=label == current)
        for index, (label, count) in enumerate(items)
    )


def province_shell(state: AgeState = "live", *, busy: bool = True, wall: bool = False) -> Shell:
    counts = (4, 23) if busy else (None, None)
    return Shell(
        title="Bảng điều hành toàn tỉnh",
        superior="UBND tỉnh Bắc Giang",
        office="Ban Tiếp công dân tỉnh",
        banner=BANNER,
        account=Account("Lãnh đạo tỉnh", "Xem toàn tỉnh", "/dang-xuat"),
        search=SEARCH,
        help_href="/tro-giup",
        nav=nav(
            "Điều hành",
            (
                ("Điều hành", None),
                ("Đoàn đông người", counts[0]),
                ("Hạn và quá hạn", counts[1]),
                ("Lịch tiếp dân", None),
                ("Kế hoạch", 2),
                ("Báo cáo", None),
            ),
        ),
        age=DataAge(state, LOST if state == "stale" else NOW),
        alarm=True,
        csrf="sample",
        wall=wall,
        today=NOW,
    )


def district_shell(state: AgeState = "live") -> Shell:
    return replace(
        province_shell(state),
        title="Huyện Lục Nam",
        superior="UBND huyện Lục Nam",
        office="Ban Tiếp công dân huyện",
        account=Account("Trưởng ban", "Ban Tiếp công dân", "/dang-xuat"),
        nav=nav(
            "Bảng huyện",
            (
                ("Bảng huyện", None),
                ("Hộp việc", 14),
                ("Đoàn đông người", 1),
                ("Lịch, trực, phiên", None),
                ("Kế hoạch", 2),
                ("Báo cáo", None),
            ),
        ),
    )


def commune_shell(current: str = "Hộp việc", state: AgeState = "live") -> Shell:
    return replace(
        province_shell(state),
        title=current,
        superior="UBND huyện Lục Nam",
        office="UBND xã Tam Dị",
        account=Account("Cán bộ tiếp dân", "Đang trực", "/dang-xuat"),
        alarm=False,
        nav=nav(
            current,
            (
                ("Bàn tiếp dân", None),
                ("Hộp việc", 9),
                ("Đoàn đông người", 0),
                ("Lịch, trực, phiên", None),
                ("Kế hoạch", 1),
                ("Báo cáo ngày", None),
            ),
        ),
    )


def plain_shell(title: str) -> Shell:
    """Before anybody has signed in."""
    return Shell(
        title=title,
        superior="Hệ thống phối hợp",
        office="Tiếp công dân",
        banner=BANNER,
        help_href="/tro-giup",
        csrf="sample",
    )
