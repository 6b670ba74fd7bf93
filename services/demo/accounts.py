"""The accounts of the demo (tài khoản mẫu): role and office, nobody's name.

An account id says role and office and stands for no person. Pages print the
sign-in list from :func:`sign_in_places`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.codes import LABELS, Role
from domain.directory import Directory
from domain.homes import OfficesOn
from domain.units import Office
from domain.values import Officer
from services.demo.clock import TODAY
from services.demo.figures import ALL
from services.demo.offices import BAC_GIANG, LUC_NAM, committee, office_id

SYSTEM_ACCOUNT: Final = "system:demo"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as. ``label`` is role and office in Vietnamese, ``sees`` what for.

    ``until``: the last day of an office that ended without an heir; the account looks back.
    """

    account: str
    office: str
    role: Role
    label: str
    office_name: str
    sees: str
    until: date | None = None

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


LOOKS_BACK: Final = "Đọc lại bảng của huyện đến ngày cuối cùng, không ghi được nữa"
LOOKING_BACK: Final = (Role.LEADER, Role.MONITOR)
"""Who still signs in for an office that has no heir."""


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
        "Đơn chuyển từ tỉnh về phường; công dân về từ Hà Nội được hẹn tiếp ở phường ngày 15/5.",
        "20", "178", ("05971", "05977"),
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


def sign_in_places(directory: Directory, on: date = TODAY) -> tuple[DemoPlace, ...]:
    """Whom to sign in as on a day, by place, the province first. The demo's offices must be there.

    Where an office stands no longer, its account works on at the sure heir; at an office
    without one only those are left who read its board, which is history.
    """
    tree = OfficesOn(directory, on)
    return tuple(
        DemoPlace(place.name, _words(place, tree), tuple(_accounts(place, tree)))
        for place in PLACES
    )


def posts_of_the_demo() -> Iterator[tuple[str, Sequence[Role]]]:
    """Each office in which the demo's work lies or somebody signs in, and the posts held there."""
    posts: dict[str, dict[Role, None]] = {}
    for place in PLACES:
        for office, role in _seats(place):
            posts.setdefault(office, {})[role] = None
    for work in ALL:
        usual = (Role.CLERK, Role.HANDLER, head_role(work.office), Role.RETURN_LEAD)
        posts.setdefault(work.office, {}).update(dict.fromkeys(usual))
    return ((office, tuple(roles)) for office, roles in posts.items())


def works_on_at(office: str, tree: OfficesOn) -> Office | None:
    """The office itself as long as it stands, then its one sure heir, else nobody."""
    if tree.stands(office):
        return tree.directory.find_office(office, tree.day)
    home = tree.home_of(office)
    return None if home is None or home.interim else home.office


def _words(place: _Place, tree: OfficesOn) -> str:
    """What happens there; once the province has become another, where its desks are now."""
    district = committee(place.district)
    now = works_on_at(committee(place.province), tree)
    if now is None or tree.stands(district):
        return place.words
    unit = tree.directory.get_unit(now.unit, tree.day)
    return f"Nay thuộc {unit.name[:1].lower()}{unit.name[1:]}: các xã mới, bảng huyện là lịch sử."


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


def _accounts(place: _Place, tree: OfficesOn) -> Iterator[DemoAccount]:
    for office, role in _seats(place):
        then = tree.directory.get_office(office, TODAY)
        now = works_on_at(office, tree)
        if now is not None:
            yield _account(office, role, now.office_id, now.name)
        elif role in LOOKING_BACK and office == committee(place.district):
            last = tree.directory.offices.of(office)[-1]
            yield _account(office, role, office, then.name, until=last.valid_until)


def _account(
    first: str, role: Role, office: str, name: str, *, until: date | None = None
) -> DemoAccount:
    """``first`` is the office in which the account began."""
    named = name if until is None else f"{name} (đến {until:%d/%m/%Y})"
    return DemoAccount(
        account=account_of(first, role),
        office=office,
        role=role,
        label=f"{LABELS[role]}, {named}",
        office_name=named,
        sees=SEES[role] if until is None else LOOKS_BACK,
        until=until,
    )
