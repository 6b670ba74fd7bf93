"""What the working calendar says no to (lịch làm việc)."""

import re
from itertools import pairwise
from typing import Final

from domain.errors import Conflict, Invalid, NotPermitted, RuleViolated

SPAN: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
MOST_SPANS: Final = 4


class DayAlreadyOff(Conflict):
    """A day is announced off once; another reason for the same day is no second entry."""

    code = "day_already_off"
    title = "Ngày này đã có trong lịch nghỉ"


class CalendarContradiction(RuleViolated):
    """A day cannot be off and worked at once, nor worked for two others."""

    code = "calendar_contradiction"
    title = "Mâu thuẫn với lịch đã công bố"


class WeekendAnyway(Invalid):
    """Saturdays and Sundays are off without a notice; a holiday there is made up on a weekday."""

    code = "weekend_anyway"
    title = "Ngày này vốn đã nghỉ cuối tuần"


class SwapIncomplete(Invalid):
    """A swapped day names the weekend day that is worked for it; no other day off does."""

    code = "swap_incomplete"
    title = "Ngày hoán đổi chưa khớp"


class NoticeNeeded(Invalid):
    """Only what was read in a numbered notice is verified."""

    code = "notice_needed"
    title = "Thiếu số thông báo"


class OverlappingClosure(Conflict):
    """One place is closed once at a time."""

    code = "overlapping_closure"
    title = "Trùng với đợt đóng cửa đã ghi"


class ClosureTooLong(Invalid):
    """A closure is for days, not for good: an office that goes is abolished."""

    code = "closure_too_long"
    title = "Đợt đóng cửa quá dài"


class MalformedHours(Invalid):
    """Working hours are spans of one day, in order: ``07:30-11:30``."""

    code = "malformed_hours"
    title = "Giờ làm việc không hợp lệ"


class NotOwnCalendar(NotPermitted):
    """A head closes the own office; a whole unit is closed by who keeps the house."""

    code = "not_own_calendar"
    title = "Không phải lịch của cơ quan mình"


def hours_must_be_spans(hours: tuple[str, ...]) -> None:
    """Refuses: :class:`MalformedHours`."""
    moments = [moment for span in hours for moment in span.split("-")]
    whole = all(SPAN.fullmatch(span) for span in hours) and 0 < len(hours) <= MOST_SPANS
    if not whole or any(a >= b for a, b in pairwise(moments)):
        raise MalformedHours(
            "Giờ làm việc ghi từng buổi, theo thứ tự trong ngày.",
            pointer="/hours",
            mend="Ví dụ: 07:30-11:30 và 13:00-17:00.",
        )
