"""Invented people of the demo (công dân mẫu): marked as such, their numbers belong to nobody."""

from random import Random
from typing import Final

FAMILY_NAMES: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Giáp", "Nông")
MIDDLE_NAMES: Final = ("Thị", "Văn", "Đức", "Hữu", "Minh", "Ngọc", "Xuân", "Quang")
GIVEN_NAMES: Final = (
    "Ấn", "Bình", "Chiến", "Dung", "Đông", "Hạnh", "Hiền", "Khoa", "Lan", "Mai", "Năm", "Oanh",
    "Phượng", "Quý", "Sáu", "Thắm", "Tuyết", "Út", "Vinh", "Yến",
)  # fmt: skip
MARK: Final = "(mẫu)"
"""Stands in every invented text."""

NO_PROVINCE: Final = "000"
"""An identity number begins with a province's code; no province has this one."""


def invented_person(draw: Random, home: str) -> dict[str, str]:
    """The identity texts of somebody who does not exist, from a unit named ``home``."""
    name = " ".join(draw.choice(part) for part in (FAMILY_NAMES, MIDDLE_NAMES, GIVEN_NAMES))
    number = draw.randrange(1_000_000)
    return {
        "name": f"{name} {MARK}",
        "address": f"Thôn {draw.randrange(1, 13)} {MARK}, {home}",
        "id_number": f"{NO_PROVINCE}{number:09d}",
        "phone": f"0000{number:06d}",
    }
