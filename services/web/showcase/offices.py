"""Shells of the working pages' samples: who looks, from which office."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from services.web.models import Account, DataAge, Search, Shell
from services.web.models.acts import Post
from services.web.models.shell import AgeState
from services.web.showcase.frames import NOW, commune_shell, district_shell, nav, province_shell

FIND: Final = Search(href="/tim", words="Tìm số hồ sơ, tên đơn vị")
FORM: Final = DataAge()


def on(day: int, hour: int, minute: int) -> datetime:
    """A moment of the sample month."""
    return NOW.replace(day=day, hour=hour, minute=minute, second=0)


def clerk(title: str, current: str = "Hộp việc") -> Shell:
    """The commune's clerk at a form: a form has no age."""
    return replace(commune_shell(current), title=title, search=FIND, age=FORM, stream="")


def division(title: str, state: AgeState = "live") -> Shell:
    """An officer of a district's division, looking at a file."""
    return replace(
        district_shell(state),
        title=title,
        search=FIND,
        superior="UBND huyện Lục Nam",
        office="Phòng Nông nghiệp và Môi trường",
        account=Account("Chuyên viên", "Phòng NN và MT", "/dang-xuat"),
        alarm=False,
        nav=nav(
            "Hộp việc",
            (("Hộp việc", 14), ("Lịch, trực, phiên", None), ("Kế hoạch", 1), ("Báo cáo", None)),
        ),
    )


def chair(title: str, state: AgeState = "live") -> Shell:
    """A district's chair with a crowd at the gate."""
    return replace(
        district_shell(state),
        title=title,
        search=FIND,
        superior="UBND tỉnh Bắc Giang",
        office="UBND huyện Lục Nam",
        account=Account("Chủ tịch", "UBND huyện", "/dang-xuat"),
        nav=nav(
            "Đoàn đông người",
            (("Bảng huyện", None), ("Hộp việc", 14), ("Đoàn đông người", 1), ("Hỗ trợ về", 2)),
        ),
    )


def inspector(title: str) -> Shell:
    """An auditor at a replay: never live."""
    return replace(
        province_shell(),
        title=title,
        search=FIND,
        office="Thanh tra tỉnh",
        account=Account("Thanh tra viên", "Chỉ đọc, có ghi nhật ký", "/dang-xuat"),
        alarm=False,
        age=DataAge("replay", on(12, 16, 48)),
        nav=nav("Tua lại hồ sơ", (("Tua lại hồ sơ", None), ("Xác minh", None), ("Rà soát", 3))),
    )


def post(action: str, *, version: str = "11") -> Post:
    """Where a sample form would go."""
    return Post(action=action, key="5b0c7f0e-6f44-4d62-9f0e-0d6a3c1f7a10", version=version)
