"""Numbers, days and account names that an act may carry (giới hạn giá trị)."""

import re
from datetime import date, timedelta
from typing import Final

from domain.commands.base import Command
from domain.errors import Invalid

ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
FIRST_DAY: Final = date(1945, 9, 2)
"""No office of this state acted on a day before it (Quốc khánh)."""
LAST_DAY: Final = date(2199, 12, 31)
"""The last day that anybody may name or ask of: days can be counted on from it."""
FURTHEST: Final = timedelta(days=3660)
"""How far ahead of its own day an act may set one: ten years."""


class OutOfRange(Invalid):
    """A number lies outside what the field can mean."""

    code = "out_of_range"
    title = "Số nằm ngoài khoảng cho phép"


class NoAccount(Invalid):
    """An account id is opaque: letters, digits and ``._:-``; never a name or an address."""

    code = "invalid_account"
    title = "Mã tài khoản không hợp lệ"


class DateInPast(Invalid):
    """A due date or an appointment lies before the day of the act that sets it.

    The day of the act counts, not today: a paper act may be entered late as it was.
    """

    code = "date_in_past"
    title = "Ngày đã qua"


class DateInFuture(Invalid):
    """Something said to have happened lies after the day of the act that says so."""

    code = "date_in_future"
    title = "Ngày chưa đến"


class DayOutOfReach(Invalid):
    """A day lies before the state was founded, or over ten years after the act that names it.

    Most likely its year is mistyped. Whoever counts days from such a one may find no end.
    """

    code = "day_out_of_reach"
    title = "Ngày ngoài khoảng cho phép"


def within(value: int, low: int, high: int, *, what: str, pointer: str) -> int:
    """The number itself. Refuses: :class:`OutOfRange` below ``low`` or above ``high``."""
    if not low <= value <= high:
        raise OutOfRange(
            f"{what} phải từ {_vn(low)} đến {_vn(high)}, không phải {_vn(value)}.",
            pointer=pointer,
            mend="Nhập lại số.",
        )
    return value


def account(value: str, *, what: str, pointer: str) -> str:
    """The account id itself. Refuses: :class:`NoAccount`."""
    if not ACCOUNT.fullmatch(value):
        raise NoAccount(
            f"{what} phải là mã tài khoản, không phải tên hay địa chỉ.",
            pointer=pointer,
            mend="Chọn cán bộ trong danh sách.",
        )
    return value


def not_before(day: date, earliest: date, *, what: str, pointer: str) -> date:
    """The day itself. Refuses: :class:`DateInPast`."""
    if day < earliest:
        raise DateInPast(
            f"{what} {day:%d/%m/%Y} trước ngày thực hiện {earliest:%d/%m/%Y}.",
            pointer=pointer,
            mend="Chọn ngày từ ngày thực hiện trở đi.",
        )
    return day


def not_after(day: date, latest: date, *, what: str, pointer: str) -> date:
    """The day itself. Refuses: :class:`DateInFuture`."""
    if day > latest:
        raise DateInFuture(
            f"{what} {day:%d/%m/%Y} sau ngày thực hiện {latest:%d/%m/%Y}.",
            pointer=pointer,
            mend="Chọn ngày không sau ngày thực hiện.",
        )
    return day


def within_reach(day: date, acted_on: date, *, pointer: str) -> date:
    """The day itself. Refuses: :class:`DayOutOfReach`."""
    last = acted_on + FURTHEST
    if not FIRST_DAY <= day <= last:
        raise DayOutOfReach(
            f"Ngày {day:%d/%m/%Y} ngoài khoảng {FIRST_DAY:%d/%m/%Y} đến {last:%d/%m/%Y}.",
            pointer=pointer,
            mend="Kiểm tra lại năm đã nhập.",
        )
    return day


def days_within_reach(command: Command, acted_on: date) -> None:
    """Every day that a command names, whatever for. Refuses: :class:`DayOutOfReach`."""
    for name, value in vars(command).items():
        if isinstance(value, date):
            within_reach(value, acted_on, pointer=f"/{name}")


def _vn(number: int) -> str:
    """A number as written in Vietnam: 10.000."""
    return f"{number:,}".replace(",", ".")
