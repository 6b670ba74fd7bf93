"""What the directory says no to (danh bạ)."""

import re
from datetime import date
from typing import Final

from domain.errors import Conflict, Invalid, NotPermitted, RuleViolated

BASIS: Final = re.compile(r"[0-9]{1,6}(/[0-9]{4})?(/[A-ZĐ0-9-]{1,30})?", re.ASCII | re.IGNORECASE)
"""The number of a resolution: ``202/2025/QH15``, ``1191/NQ-UBTVQH15``. No words, no names."""


class UnknownUnit(Invalid):
    """No unit goes by this code or id on that day."""

    code = "unknown_unit"
    title = "Không có đơn vị này"


class UnknownOffice(Invalid):
    """No office goes by this id on that day, or the unit has no People's Committee."""

    code = "unknown_office"
    title = "Không có cơ quan này"


class AlreadyEstablished(Conflict):
    """A unit or an office is entered once; a reform enters a successor."""

    code = "already_established"
    title = "Đã có trong danh bạ"


class UnitIdMismatch(Invalid):
    """A unit's id is its code and first day: ``07375-20250101``."""

    code = "unit_id_mismatch"
    title = "Mã định danh đơn vị không khớp"


class OverlappingUnits(RuleViolated):
    """Two units of one level and code do not stand on the same day."""

    code = "overlapping_units"
    title = "Trùng thời gian hiệu lực"


class ParentCycle(RuleViolated):
    """No unit stands below itself."""

    code = "parent_cycle"
    title = "Đơn vị cấp trên vòng tròn"


class StillBelow(RuleViolated):
    """A unit ends when everything below it has ended or has another parent."""

    code = "still_below"
    title = "Còn đơn vị hoặc cơ quan trực thuộc"


class NotStanding(RuleViolated):
    """It does not stand on that day: not yet, or no longer."""

    code = "not_standing"
    title = "Không tồn tại vào ngày này"


class StillStanding(RuleViolated):
    """Only what has ended has a successor; what goes on cedes a part."""

    code = "still_standing"
    title = "Đơn vị, cơ quan còn tồn tại"


class NothingToWithdraw(Invalid):
    """No fact of this version is there, or it was withdrawn already."""

    code = "nothing_to_withdraw"
    title = "Không có thông tin để đính chính"


class MalformedBasis(Invalid):
    """The basis is a document's number, nothing else."""

    code = "malformed_basis"
    title = "Số văn bản không hợp lệ"


class PostNotHeld(RuleViolated):
    """The account does not hold this post on that day, or holds it already."""

    code = "post_not_held"
    title = "Không khớp với người giữ vị trí"


class NotOwnOffice(NotPermitted):
    """A head says who holds the posts of the own office, and of no other."""

    code = "not_own_office"
    title = "Không phải cơ quan của mình"


class BackwardPeriod(Invalid):
    """A period's last day is not before its first."""

    code = "backward_period"
    title = "Ngày kết thúc trước ngày bắt đầu"


def basis_must_be_a_number(basis: str) -> None:
    """Refuses: :class:`MalformedBasis`. Empty is allowed where a list names none."""
    if basis and not BASIS.fullmatch(basis):
        raise MalformedBasis(
            "Căn cứ phải là số văn bản.", pointer="/basis", mend="Ví dụ: 202/2025/QH15."
        )


def not_standing(what: str, on: date, pointer: str) -> NotStanding:
    """What does not stand on a day, and where the day was said."""
    return NotStanding(
        f"Ngày {on:%d/%m/%Y} không có {what} này.",
        pointer=pointer,
        mend="Xem lịch sử của đơn vị, cơ quan để chọn ngày.",
    )
