"""What an officer may write into the calendar, and what is asked for it (ghi vào lịch)."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import field_validator

from domain.codes import ClosureCause, DayOffKind, Holiday
from domain.commands import calendar as ask_for
from domain.commands.base import Command
from services.api.bodies import calendar as bodies
from services.api.bodies.base import Act
from services.web.present.asking import ActKind, Ask, Part

WHOSE: Final = ("scope", "place")
"""Which calendar an act is about: carried unseen, from the page."""
YEAR: Final = "year"
HIDDEN: Final = (*WHOSE, YEAR, "withdrawn")


class HoursForm(bodies.HoursNotice):
    """Working hours as people write them: ``07:30-11:30, 13:00-17:00``."""

    @field_validator("hours", mode="before")
    @classmethod
    def _spans(cls, said: Any) -> Any:
        return tuple(span.strip() for span in said.split(",")) if isinstance(said, str) else said


class OfYear(Act):
    """The year of what is withdrawn or announced; the API has it in the path."""

    year: int


class DayOffWithdrawalForm(OfYear, bodies.DayOffWithdrawal):
    """An announced day that is worked after all."""


class YearForm(OfYear, bodies.YearNotice):
    """A year of which all notices are in."""


BASIS: Final = Ask("basis", "Số văn bản", hint="Ví dụ 6150/TB-BLĐTBXH", required=False)
READ: Final = Ask(
    "verified", "Đã đọc văn bản gốc", "check", "Để trống nếu mới nghe báo; hạn sẽ là tạm tính",
    required=False,
)  # fmt: skip
ON: Final = Ask("scope", "Phạm vi", required=False), Ask("place", "Nơi", required=False)


def _kind(
    slug: str, command: type[Command], body: type[Act], words: tuple[str, str, str], *asks: Ask,
    lead: str = "",
) -> ActKind:  # fmt: skip
    title, submit, said = words
    return ActKind(
        slug, "calendar", command, body, title, submit, said, lead=lead,
        parts=(Part("", "", tuple((ask,) for ask in asks)),),
    )  # fmt: skip


DAY_OFF: Final = _kind(
    "ngay-nghi", ask_for.AnnounceDayOff, bodies.DayOffNotice,
    ("Ngày nghỉ", "Ghi ngày nghỉ", "Đã ghi ngày nghỉ."),
    Ask("day", "Ngày nghỉ", "day", "Ngày trong tuần, ví dụ 02/05/2025"),
    Ask("holiday", "Dịp", "select", codes=Holiday, default=Holiday.OTHER.value),
    Ask("kind", "Loại", "radios", codes=DayOffKind, default=DayOffKind.HOLIDAY.value),
    Ask("worked_on", "Ngày làm bù", "day", "Chỉ khi hoán đổi: thứ Bảy hoặc Chủ nhật",
        required=False),
    BASIS, READ,
    lead="Áp dụng cho mọi cơ quan. Hạn của hồ sơ đang giải quyết được tính lại ngay.",
)  # fmt: skip
CLOSURE: Final = _kind(
    "dong-cua", ask_for.CloseOffice, bodies.ClosureNotice,
    ("Đóng cửa", "Ghi đóng cửa", "Đã ghi đóng cửa."),
    Ask("first_day", "Từ ngày", "day"), Ask("last_day", "Đến hết ngày", "day"),
    Ask("cause", "Lý do", "radios", codes=ClosureCause),
    BASIS, READ, *ON,
    lead="Chỉ áp dụng cho lịch đang xem. Nơi khác vẫn làm việc.",
)  # fmt: skip
HOURS: Final = _kind(
    "gio", ask_for.SetWorkingHours, HoursForm,
    ("Giờ làm việc", "Ghi giờ làm việc", "Đã ghi giờ làm việc."),
    Ask("valid_from", "Từ ngày", "day"),
    Ask("hours", "Các buổi", hint="Ví dụ 07:30-11:30, 13:00-17:00"),
    BASIS, *ON,
    lead="Chỉ áp dụng cho lịch đang xem.",
)  # fmt: skip
YEAR_IN: Final = _kind(
    "chot-nam", ask_for.AnnounceYear, YearForm,
    ("Chốt lịch năm", "Chốt lịch năm", "Đã chốt lịch năm."),
    Ask(YEAR, "Năm", "count"), BASIS,
    lead="Mọi thông báo nghỉ của năm đã có. Từ đây hạn trong năm không còn là tạm tính.",
)  # fmt: skip
DAY_WITHDRAWN: Final = _kind(
    "huy-ngay-nghi", ask_for.WithdrawDayOff, DayOffWithdrawalForm,
    ("Hủy ngày nghỉ", "Hủy ngày nghỉ này", "Đã hủy ngày nghỉ."),
    BASIS, Ask(YEAR, "Năm", "count"), Ask("withdrawn", "Bản ghi", "count"),
    lead="Ngày này trở lại như trong tuần. Bản ghi cũ vẫn còn trong lịch sử.",
)  # fmt: skip
CLOSURE_WITHDRAWN: Final = _kind(
    "huy-dong-cua", ask_for.WithdrawClosure, bodies.ClosureWithdrawal,
    ("Hủy đóng cửa", "Hủy đợt đóng cửa này", "Đã hủy đợt đóng cửa."),
    BASIS, Ask("withdrawn", "Bản ghi", "count"), *ON,
    lead="Đợt đóng cửa này coi như không có.",
)  # fmt: skip

OFFERED: Final = (DAY_OFF, CLOSURE, HOURS, YEAR_IN)
"""What stands beside the month; the others are reached from an entry."""
CALENDAR_ACTS: Final = (*OFFERED, DAY_WITHDRAWN, CLOSURE_WITHDRAWN)
BY_SLUG: Final[Mapping[str, ActKind]] = {kind.slug: kind for kind in CALENDAR_ACTS}
