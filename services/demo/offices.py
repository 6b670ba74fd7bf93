"""The offices of the demo beyond the People's Committees (ban, phòng, sở của dữ liệu mẫu)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.codes import Field
from domain.commands.directory import EstablishOffice
from domain.directory import Directory
from domain.names import in_running_text
from domain.units import RECEPTION_BOARD, Unit

SINCE: Final = date(2025, 1, 1)
"""The first day of the three-tier units: the offices stand as long as they do."""


@dataclass(frozen=True, slots=True)
class OfficeKind:
    """A kind of office: the short type in its id, what it is called, what it is about."""

    short: str
    type: str
    title: str
    fields: tuple[Field, ...] = ()


GROUND: Final = (Field.LAND, Field.COMPENSATION, Field.ENVIRONMENT, Field.AGRICULTURE)
WORKS: Final = (Field.CONSTRUCTION, Field.INFRASTRUCTURE)

BOARD: Final = OfficeKind("tcd", RECEPTION_BOARD, "Ban Tiếp công dân")
INSPECTORATE: Final = OfficeKind("ttr", "inspectorate", "Thanh tra", (Field.OFFICIAL_DUTY,))

DISTRICT_LIGHT: Final = (
    BOARD,
    INSPECTORATE,
    OfficeKind("nnmt", "department", "Phòng Nông nghiệp và Môi trường", GROUND),
    OfficeKind("ktht", "department", "Phòng Kinh tế - Hạ tầng", WORKS),
)
DISTRICT_FULL: Final = (
    *DISTRICT_LIGHT,
    OfficeKind("vp", "office", "Văn phòng HĐND và UBND"),
    OfficeKind("nv", "department", "Phòng Nội vụ", (Field.SOCIAL_POLICY,)),
    OfficeKind("tp", "department", "Phòng Tư pháp", (Field.JUSTICE,)),
    OfficeKind("tckh", "department", "Phòng Tài chính - Kế hoạch"),
    OfficeKind("gddt", "department", "Phòng Giáo dục và Đào tạo"),
    OfficeKind("yt", "department", "Phòng Y tế"),
    OfficeKind("vhtt", "department", "Phòng Văn hóa, Khoa học và Thông tin"),
)
PROVINCE: Final = (
    BOARD,
    INSPECTORATE,
    OfficeKind("nnmt", "department", "Sở Nông nghiệp và Môi trường", GROUND),
    OfficeKind("xd", "department", "Sở Xây dựng", WORKS),
)
PROVINCE_FULL: Final = (
    *PROVINCE,
    OfficeKind("vp", "office", "Văn phòng UBND"),
    OfficeKind("nv", "department", "Sở Nội vụ", (Field.SOCIAL_POLICY,)),
)

BAC_GIANG: Final = "24"
LUC_NAM: Final = "218"
PROVINCES: Final = {BAC_GIANG: PROVINCE_FULL, "20": PROVINCE, "72": PROVINCE, "62": PROVINCE,
                    "49": PROVINCE}  # fmt: skip
"""By code: Bắc Giang, Lạng Sơn, Tây Ninh, Kon Tum, Quảng Nam."""

DISTRICTS: Final = {
    LUC_NAM: DISTRICT_FULL,
    **dict.fromkeys(("213", "215", "216", "217", "219", "220", "222", "223", "224"),
                    DISTRICT_LIGHT),
    **dict.fromkeys(("178", "705", "614", "502", "507"), DISTRICT_LIGHT),
}  # fmt: skip
"""Bắc Giang's ten; then Lạng Sơn city, Tân Biên, Kon Rẫy, Tam Kỳ, Điện Bàn."""


def demo_offices(directory: Directory) -> Iterator[EstablishOffice]:
    """What to establish, in a fixed order; the units must have been imported.

    Refuses: :class:`domain.directory.UnknownUnit`.
    """
    for code, kinds in (*PROVINCES.items(), *DISTRICTS.items()):
        yield from offices_of(directory.get_unit(code, SINCE), kinds, directory, SINCE)


def office_id(short: str, unit_code: str) -> str:
    """The id of a demo office: ``tcd-218-20250101``."""
    return f"{short}-{unit_code}-{SINCE:%Y%m%d}"


def committee(unit_code: str) -> str:
    """The id of a unit's People's Committee (UBND)."""
    return office_id("ubnd", unit_code)


def offices_of(
    unit: Unit, kinds: Sequence[OfficeKind], directory: Directory, since: date
) -> Iterator[EstablishOffice]:
    """The offices of a unit from a day on, all below its People's Committee."""
    superior = directory.committee_of(unit.unit_id, since)
    for kind in kinds:
        yield EstablishOffice(
            office_id=f"{kind.short}-{unit.unit_id}",
            type=kind.type,
            name=f"{kind.title} {in_running_text(unit.name)}",
            of_unit=unit.unit_id,
            superior=superior.office_id,
            fields=tuple(field.value for field in kind.fields),
            valid_from=since,
        )
