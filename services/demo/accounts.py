"""The accounts of the demo (tài khoản mẫu): role and office, nobody's name.

An account id says role and office and stands for no person. Pages print the
sign-in list from :func:`sign_in_places`.
"""

from dataclasses import dataclass
from typing import Final

from domain.codes import LABELS, Role
from domain.directory import Directory
from domain.values import Officer
from services.demo.clock import TODAY
from services.demo.offices import BAC_GIANG, LUC_NAM, committee, office_id

SYSTEM_ACCOUNT: Final = "system:demo"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as. ``label`` is role and office in Vietnamese, ``sees`` what for."""

    account: str
    office: str
    role: Role
    label: str
    office_name: str
    sees: str

    @property
    def officer(self) -> Officer:
        """As whom this account acts."""
        return Officer(self.account, self.office, self.role)


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """The accounts of one place, with one sentence on what happens there."""

    name: str
    words: str
    accounts: tuple[DemoAccount, ...]


def account_of(office: str, role: Role) -> str:
    """The account of a role in an office: ``clerk.ubnd-07456``."""
    short, code, _ = office.split("-")
    return f"{role.value.replace('_', '-')}.{short}-{code}"


def officer(office: str, role: Role) -> Officer:
    """Whoever has this role in an office."""
    return Officer(account_of(office, role), office, role)


def head_of(office: str) -> Officer:
    """A committee's chair (chủ tịch), another office's head (thủ trưởng)."""
    return officer(office, head_role(office))


def head_role(office: str) -> Role:
    """Which role the head of an office has."""
    return Role.LEADER if office.startswith("ubnd-") else Role.OFFICE_HEAD


SEES: Final = {
    Role.CLERK: "Tiếp nhận, phân loại, chuyển, nhận hoặc trả lại đơn; báo đoàn đông người",
    Role.HANDLER: "Thụ lý, báo cáo cấp trên, theo dõi hạn",
    Role.OFFICE_HEAD: "Giao việc, ký quyết định, nhận đơn chuyển đến",
    Role.LEADER: "Bảng điều hành, tiếp đoàn, chỉ đạo, quyết định thẩm quyền",
    Role.MONITOR: "Theo dõi bảng điều hành, không ghi hồ sơ",
    Role.RETURN_LEAD: "Hỗ trợ công dân về: đề nghị, đồng ý, bàn giao, hẹn tiếp",
    Role.AUDITOR: "Tua lại hồ sơ, nêu mục đích trước khi xem",
    Role.ADMIN: "Danh bạ, sức khỏe hệ thống",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of the list: its province, its district, the communes with a desk of their own."""

    name: str
    words: str
    province: str
    district: str
    communes: tuple[str, ...]


PLACES: Final = (
    _Place(
        "Bắc Giang, huyện Lục Nam",
        "Bốn đoàn đang diễn ra, một đoàn chưa ai tiếp; đơn quá hạn, đơn bị trả lại hai lần.",
        BAC_GIANG, LUC_NAM, ("07456", "07486", "07519", "07477", "07510"),
    ),
    _Place(
        "Lạng Sơn, thành phố Lạng Sơn",
        "Đơn chuyển từ tỉnh về phường; một đợt hỗ trợ công dân về từ Hà Nội đã xong.",
        "20", "178", ("05971",),
    ),
    _Place(
        "Tây Ninh, huyện Tân Biên", "Đơn đất đai ở xã biên giới, việc báo cáo lên tỉnh.",
        "72", "705", ("25486",),
    ),
    _Place(
        "Kon Tum, huyện Kon Rẫy", "Thị trấn Đắk Rve tiếp một đoàn tại chỗ.",
        "62", "614", ("23479",),
    ),
    _Place(
        "Quảng Nam, thành phố Tam Kỳ", "Vụ việc được chuyển lên tỉnh chỉ đạo, đơn kiến nghị.",
        "49", "502", ("20335",),
    ),
)  # fmt: skip


def sign_in_places(directory: Directory) -> tuple[DemoPlace, ...]:
    """Whom to sign in as, by place, the province first. The demo's offices must be there."""
    return tuple(
        DemoPlace(
            place.name,
            place.words,
            tuple(_account(office, role, directory) for office, role in _seats(place)),
        )
        for place in PLACES
    )


def _seats(place: _Place) -> list[tuple[str, Role]]:
    province, district = committee(place.province), committee(place.district)
    seats = [
        (province, Role.LEADER),
        (province, Role.MONITOR),
        (office_id("tcd", place.province), Role.OFFICE_HEAD),
        (office_id("tcd", place.province), Role.CLERK),
        (office_id("ttr", place.province), Role.AUDITOR),
        (province, Role.ADMIN),
        (district, Role.LEADER),
        (district, Role.MONITOR),
        (district, Role.RETURN_LEAD),
        (office_id("tcd", place.district), Role.OFFICE_HEAD),
        (office_id("tcd", place.district), Role.CLERK),
        (office_id("nnmt", place.district), Role.HANDLER),
        (office_id("nnmt", place.district), Role.OFFICE_HEAD),
    ]
    for code in place.communes:
        seats += [(committee(code), role) for role in (Role.CLERK, Role.HANDLER, Role.LEADER)]
        seats.append((committee(code), Role.RETURN_LEAD))
    return seats


def _account(office_ref: str, role: Role, directory: Directory) -> DemoAccount:
    office = directory.get_office(office_ref, TODAY)
    return DemoAccount(
        account=account_of(office_ref, role),
        office=office_ref,
        role=role,
        label=f"{LABELS[role]}, {office.name}",
        office_name=office.name,
        sees=SEES[role],
    )
