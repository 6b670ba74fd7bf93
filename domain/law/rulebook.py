"""The time limits and thresholds of the law, each with article and validity (bộ quy tắc).

One line a number. A rule holds for work that starts between ``valid_from`` and
``valid_until``, both days included; the next line of the same id takes over. ``verified``
says that the primary text was read; the others are to be confirmed before they are relied
on (law.md 12). Days are working days or calendar days, never a mix.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final, Protocol, TypeVar


class DayUnit(StrEnum):
    """What a limit counts (đơn vị tính)."""

    WORKING = "working_day"
    CALENDAR = "calendar_day"


DAY_UNIT_TERM: Final = {DayUnit.WORKING: "ngày làm việc", DayUnit.CALENDAR: "ngày"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A time limit (thời hạn). ``starts`` is the Vietnamese term of what starts it."""

    rule_id: str
    term: str
    days: int
    unit: DayUnit
    starts: str
    article: str
    valid_from: date
    valid_until: date | None = None
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how many people on a rule of the field applies (ngưỡng số người)."""

    rule_id: str
    term: str
    people: int
    article: str
    valid_from: date
    valid_until: date | None = None
    verified: bool = True


class NoRule(LookupError):
    """No rule of this id holds on that day: a gap in the rulebook, not a mistake of a user."""


REPLY: Final = "reply.citizen"
TRANSFER_ANSWER: Final = "transfer.answer"
ACCEPTANCE: Final = "acceptance.complaint"
COMPLAINT: Final = "settlement.complaint.first"
COMPLAINT_COMPLEX: Final = "settlement.complaint.first.complex"
COMPLAINT_REMOTE: Final = "settlement.complaint.first.remote"
COMPLAINT_REMOTE_COMPLEX: Final = "settlement.complaint.first.remote.complex"
DENUNCIATION: Final = "settlement.denunciation"
CROWD: Final = "crowd"

RECEIVED: Final = "ngày tiếp nhận"
OFFERED: Final = "ngày chuyển đơn"
TAKEN_UP: Final = "ngày thụ lý"

LAW_ON_RECEPTION: Final = date(2014, 7, 1)
LAW_ON_COMPLAINTS: Final = date(2012, 7, 1)
LAW_ON_DENUNCIATIONS: Final = date(2019, 1, 1)
END_OF_OLD_ACCEPTANCE: Final = date(2026, 6, 30)
AMENDED_LAWS: Final = date(2026, 7, 1)

W, C = DayUnit.WORKING, DayUnit.CALENDAR

TIME_LIMITS: Final = (
    Rule(
        REPLY, "Trả lời công dân", 10, W, RECEIVED,
        "Luật Tiếp công dân 2013, Điều 28 khoản 1", LAW_ON_RECEPTION,
    ),
    Rule(
        TRANSFER_ANSWER, "Xác nhận đơn chuyển đến", 3, W, OFFERED,
        "Quy chế phối hợp của hệ thống (luật không quy định)", LAW_ON_RECEPTION,
    ),
    Rule(
        ACCEPTANCE, "Thụ lý khiếu nại", 10, C, RECEIVED,
        "Luật Khiếu nại 2011, Điều 27", LAW_ON_COMPLAINTS, END_OF_OLD_ACCEPTANCE,
    ),
    Rule(
        ACCEPTANCE, "Thụ lý khiếu nại", 7, W, RECEIVED,
        "Luật Khiếu nại 2011 (sửa đổi 2025), Điều 27; Nghị định 155/2026, Điều 10",
        AMENDED_LAWS, verified=False,
    ),
    Rule(
        COMPLAINT, "Giải quyết khiếu nại lần đầu", 30, C, TAKEN_UP,
        "Luật Khiếu nại 2011, Điều 28", LAW_ON_COMPLAINTS,
    ),
    Rule(
        COMPLAINT_COMPLEX, "Giải quyết khiếu nại lần đầu, vụ việc phức tạp", 45, C, TAKEN_UP,
        "Luật Khiếu nại 2011, Điều 28", LAW_ON_COMPLAINTS,
    ),
    Rule(
        COMPLAINT_REMOTE, "Giải quyết khiếu nại lần đầu, vùng sâu, vùng xa", 45, C, TAKEN_UP,
        "Luật Khiếu nại 2011, Điều 28", LAW_ON_COMPLAINTS,
    ),
    Rule(
        COMPLAINT_REMOTE_COMPLEX,
        "Giải quyết khiếu nại lần đầu, vùng sâu, vùng xa, vụ việc phức tạp", 60, C, TAKEN_UP,
        "Luật Khiếu nại 2011, Điều 28", LAW_ON_COMPLAINTS,
    ),
    Rule(
        DENUNCIATION, "Giải quyết tố cáo", 30, C, TAKEN_UP,
        "Luật Tố cáo 2018, Điều 30", LAW_ON_DENUNCIATIONS,
    ),
)  # fmt: skip
"""Every time limit, a lawyer's page. law.md 1-4."""

THRESHOLDS: Final = (
    Threshold(
        CROWD, "Đoàn đông người", 5,
        "Hướng dẫn biểu 01/TCD, Thông tư 06/2025/TT-TTCP", LAW_ON_RECEPTION,
    ),
)  # fmt: skip
"""Every threshold. law.md 1."""


class _Ruled(Protocol):
    @property
    def rule_id(self) -> str: ...

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_until(self) -> date | None: ...


R = TypeVar("R", bound=_Ruled)


def rule_on(rule_id: str, day: date, rules: Iterable[Rule] = TIME_LIMITS) -> Rule:
    """The time limit in force on a day. Refuses: :class:`NoRule`."""
    return _in_force(rule_id, day, rules)


def threshold_on(rule_id: str, day: date) -> Threshold:
    """The threshold in force on a day. Refuses: :class:`NoRule`."""
    return _in_force(rule_id, day, THRESHOLDS)


def _in_force(rule_id: str, day: date, rules: Iterable[R]) -> R:
    for rule in rules:
        ended = rule.valid_until is not None and rule.valid_until < day
        if rule.rule_id == rule_id and rule.valid_from <= day and not ended:
            return rule
    raise NoRule(f"no rule {rule_id} on {day.isoformat()}")


def overlaps(rules: Iterable[_Ruled]) -> tuple[tuple[_Ruled, _Ruled], ...]:
    """Pairs of lines of one id that hold on the same day: a rulebook must have none."""
    in_order = sorted(rules, key=lambda rule: (rule.rule_id, rule.valid_from))
    return tuple(
        (earlier, later)
        for earlier, later in pairwise(in_order)
        if earlier.rule_id == later.rule_id
        and (earlier.valid_until is None or later.valid_from <= earlier.valid_until)
    )
