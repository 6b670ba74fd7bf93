"""What may be asked of the office tree (danh bạ). ``basis``: the resolution's number."""

from dataclasses import dataclass
from datetime import date

from domain.codes import Role, SuccessionRelation
from domain.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class EstablishUnit(Command):
    """Enter a unit of an imported list (thành lập đơn vị). ``parent``: a unit id."""

    unit_id: str
    code: str
    name: str
    level: str
    parent: str | None
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class RenameUnit(Command):
    """Give a unit another name from a day on (đổi tên). The kind stays."""

    unit_id: str
    name: str
    valid_from: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class ChangeUnitKind(Command):
    """Make a unit one of another kind, a commune a ward (xã thành phường)."""

    unit_id: str
    name: str
    valid_from: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class MoveUnit(Command):
    """Put a unit under another one (chuyển đơn vị trực thuộc)."""

    unit_id: str
    parent: str | None
    valid_from: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class AbolishUnit(Command):
    """Let a unit stand no longer after its last day (giải thể, nhập, chia)."""

    unit_id: str
    last_day: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class NameUnitSuccessor(Command):
    """Say which unit takes over all or a part of an abolished one (xác định kế thừa)."""

    unit_id: str
    successor: str
    relation: SuccessionRelation
    basis: str


@dataclass(frozen=True, kw_only=True)
class CedePart(Command):
    """Let a unit that goes on cede a part of its area (điều chỉnh địa giới)."""

    unit_id: str
    to_unit: str
    valid_from: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class WithdrawUnitFact(Command):
    """Say that an earlier fact of a unit was a mistake (đính chính). ``withdrawn``: its version."""

    unit_id: str
    withdrawn: int
    basis: str


@dataclass(frozen=True, kw_only=True)
class EstablishOffice(Command):
    """Enter an office of a unit (thành lập cơ quan)."""

    office_id: str
    type: str
    name: str
    of_unit: str
    superior: str | None
    fields: tuple[str, ...] = ()
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class RenameOffice(Command):
    """Give an office another name from a day on (đổi tên cơ quan)."""

    office_id: str
    name: str
    valid_from: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class ChangeOfficeSuperior(Command):
    """Put an office under another one (đổi cơ quan cấp trên)."""

    office_id: str
    superior: str | None
    valid_from: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class ChangeOfficeFields(Command):
    """Let an office answer for other fields (đổi lĩnh vực phụ trách)."""

    office_id: str
    fields: tuple[str, ...]
    valid_from: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class AbolishOffice(Command):
    """Let an office stand no longer after its last day (giải thể cơ quan)."""

    office_id: str
    last_day: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class NameOfficeSuccessor(Command):
    """Say which office takes over the work of an abolished one (cơ quan kế thừa)."""

    office_id: str
    successor: str
    relation: SuccessionRelation
    basis: str


@dataclass(frozen=True, kw_only=True)
class WithdrawOfficeFact(Command):
    """Say that an earlier fact of an office was a mistake (đính chính). ``withdrawn``: version."""

    office_id: str
    withdrawn: int
    basis: str


@dataclass(frozen=True, kw_only=True)
class OpenReceptionPlace(Command):
    """Receive citizens at a place from a day on (mở địa điểm tiếp công dân)."""

    office_id: str
    place_id: str
    location: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class CloseReceptionPlace(Command):
    """Receive nobody there after a day (đóng địa điểm tiếp công dân)."""

    office_id: str
    place_id: str
    last_day: date


@dataclass(frozen=True, kw_only=True)
class FillPost(Command):
    """Enter who holds a post (bố trí người giữ vị trí)."""

    office_id: str
    account: str
    post: Role
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class LeavePost(Command):
    """Enter that somebody leaves a post (rời vị trí). Open work must be handed on."""

    office_id: str
    account: str
    post: Role
    last_day: date


@dataclass(frozen=True, kw_only=True)
class NameStandIn(Command):
    """Enter who stands in while another is absent (cử người làm thay)."""

    office_id: str
    absent: str
    stand_in: str
    post: Role
    valid_from: date
    last_day: date
