"""A little country for directory tests: one province with districts, one after the reform."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from domain.codes import Role
from domain.directory import Directory
from domain.events.base import OfficeEvent, envelope
from domain.events.directory import OfficeEstablished, UnitEstablished
from domain.names import in_running_text
from domain.streams import office_stream, unit_stream
from domain.values import Officer, Signature

THREE_TIERS = date(2025, 1, 1)
TWO_TIERS = date(2025, 7, 1)
MAY = date(2025, 5, 14)
AUGUST = date(2025, 8, 14)
NOW = datetime(2025, 1, 1, tzinfo=UTC)
BY = Signature(Officer("system:import", "system", Role.SYSTEM), "", NOW, NOW, "test")


def unit(
    code: str, name: str, level: str, parent: str | None, since: date = THREE_TIERS
) -> tuple[OfficeEvent, OfficeEvent]:
    """A unit and its People's Committee."""
    unit_id = f"{code}-{since:%Y%m%d}"
    above = None if parent is None else f"{parent}-{since:%Y%m%d}"
    superior = None if above is None else f"ubnd-{above}"
    established = _fact(
        UnitEstablished,
        unit_stream(unit_id),
        {
            "unit_id": unit_id,
            "code": code,
            "name": name,
            "level": level,
            "parent": above,
            "valid_from": since,
        },
    )
    title = f"UBND {in_running_text(name)}"
    seated = office(f"ubnd-{unit_id}", "peoples_committee", title, unit_id, superior, since)
    return established, seated


def office(
    office_id: str, kind: str, name: str, of_unit: str, superior: str | None, since: date
) -> OfficeEvent:
    """An office of a unit."""
    return _fact(
        OfficeEstablished,
        office_stream(office_id),
        {
            "office_id": office_id,
            "type": kind,
            "name": name,
            "of_unit": of_unit,
            "superior": superior,
            "fields": (),
            "valid_from": since,
        },
    )


def _fact(event: type[OfficeEvent], stream: UUID, facts: dict[str, Any]) -> OfficeEvent:
    return event(**envelope(stream, 1, BY), **facts)


PROVINCE, DISTRICT, OTHER_DISTRICT = "24-20250101", "218-20250101", "217-20250101"
NGHIA_PHUONG, CAM_LY = "07486-20250101", "07519-20250101"
BOARD = "tcd-24-20250101"
LAND = "tnmt-218-20250101"

FACTS: tuple[OfficeEvent, ...] = (
    *unit("24", "Tỉnh Bắc Giang", "province", None),
    *unit("218", "Huyện Lục Nam", "district", "24"),
    *unit("217", "Huyện Lạng Giang", "district", "24"),
    *unit("07519", "Xã Cẩm Lý", "commune", "218"),
    *unit("07486", "Xã Nghĩa Phương", "commune", "218"),
    *unit("07375", "Thị trấn Vôi", "commune", "217"),
    *unit("01", "Thành phố Hà Nội", "province", None),
    *unit("001", "Quận Ba Đình", "district", "01"),
    *unit("00004", "Phường Trúc Bạch", "commune", "001"),
    office(BOARD, "reception_board", "Ban TCD tỉnh", PROVINCE, f"ubnd-{PROVINCE}", THREE_TIERS),
    office(LAND, "department", "Phòng TNMT huyện", DISTRICT, f"ubnd-{DISTRICT}", THREE_TIERS),
    *unit("01", "Thành phố Hà Nội", "province", None, TWO_TIERS),
    *unit("00004", "Phường Ba Đình", "commune", "01", TWO_TIERS),
)  # fmt: skip

LITTLE_COUNTRY = Directory.of(FACTS)
