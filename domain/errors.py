"""What the field says no to. Every refusal has a stable code and a reason fit to show.

The reason is Vietnamese (the officer reads it); the class docstring names the rule.
HTTP numbers live in ``services/api/problems.py`` alone.
"""

from typing import ClassVar


class Refusal(Exception):
    """The field says no."""

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = "Không thực hiện được"

    def __init__(self, reason: str, *, pointer: str | None = None, mend: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.pointer = pointer
        self.mend = mend


class NotFound(Refusal):
    """No such thing, or not for this reader: both answer alike."""

    code = "not_found"
    title = "Không tìm thấy"


class NotPermitted(Refusal):
    """This officer may not do this here."""

    code = "not_permitted"
    title = "Không có quyền"


class RuleViolated(Refusal):
    """A rule of the field forbids it."""

    code = "rule_violated"
    title = "Trái quy định"


class Invalid(Refusal):
    """A value names nothing known: an unknown unit, a date before time."""

    code = "invalid_value"
    title = "Dữ liệu không hợp lệ"


class Conflict(Refusal):
    """Somebody else was first."""

    code = "conflict"
    title = "Xung đột"


class Outdated(Conflict):
    """The thing changed since the caller read it."""

    code = "outdated"
    title = "Hồ sơ đã thay đổi"

    def __init__(self, expected: int, current: int) -> None:
        super().__init__(
            f"Hồ sơ đã sang bản ghi {current}, bạn đang sửa từ bản ghi {expected}.",
            mend="Tải lại hồ sơ rồi thực hiện lại.",
        )
        self.expected = expected
        self.current = current


class AlreadyRecorded(Conflict):
    """The same idempotency key came with another request."""

    code = "key_reused"
    title = "Khóa chống trùng đã dùng cho yêu cầu khác"
