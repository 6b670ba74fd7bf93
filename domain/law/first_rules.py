"""The rules asked of no book yet: what :mod:`domain.law.deadlines` counts with by itself.

The books in ``infra/law/books`` say the same; a test holds them against each other. A rule
that is asked of a :class:`domain.law.rulebook.Rulebook` has no line here.
"""

from datetime import date
from typing import Any, Final

from domain.law import rule_ids
from domain.law.provisions import Rule
from domain.law.terms import DayUnit, Start

LAW_ON_RECEPTION: Final = date(2014, 7, 1)
LAW_ON_COMPLAINTS: Final = date(2012, 7, 1)
LAW_ON_DENUNCIATIONS: Final = date(2019, 1, 1)
END_OF_OLD_ACCEPTANCE: Final = date(2026, 6, 30)
AMENDED_LAWS: Final = date(2026, 7, 1)


def _settlement(rule_id: str, term: str, days: int) -> Rule:
    return Rule(
        rule_id=rule_id,
        term=term,
        days=days,
        unit=DayUnit.CALENDAR,
        start=Start.TAKEN_UP,
        article="Luật Khiếu nại 2011, Điều 28",
        valid_from=LAW_ON_COMPLAINTS,
    )


_ACCEPTANCE: Final[dict[str, Any]] = {
    "rule_id": rule_ids.ACCEPTANCE,
    "term": "Thụ lý khiếu nại",
    "start": Start.RECEIVED,
}

TIME_LIMITS: Final = (
    Rule(
        rule_id=rule_ids.REPLY,
        term="Trả lời công dân",
        days=10,
        unit=DayUnit.WORKING,
        start=Start.RECEIVED,
        article="Luật Tiếp công dân 2013, Điều 28 khoản 1",
        valid_from=LAW_ON_RECEPTION,
    ),
    Rule(
        rule_id=rule_ids.TRANSFER_ANSWER,
        term="Xác nhận đơn chuyển đến",
        days=3,
        unit=DayUnit.WORKING,
        start=Start.OFFERED,
        article="Quy chế phối hợp của hệ thống (luật không quy định)",
        valid_from=LAW_ON_RECEPTION,
    ),
    Rule(
        **_ACCEPTANCE,
        days=10,
        unit=DayUnit.CALENDAR,
        article="Luật Khiếu nại 2011, Điều 27",
        valid_from=LAW_ON_COMPLAINTS,
        valid_until=END_OF_OLD_ACCEPTANCE,
    ),
    Rule(
        **_ACCEPTANCE,
        days=7,
        unit=DayUnit.WORKING,
        article="Luật Khiếu nại 2011 (sửa đổi 2025), Điều 27; Nghị định 155/2026, Điều 10",
        valid_from=AMENDED_LAWS,
        verified=False,
    ),
    _settlement(rule_ids.COMPLAINT, "Giải quyết khiếu nại lần đầu", 30),
    _settlement(rule_ids.COMPLAINT_COMPLEX, "Giải quyết khiếu nại lần đầu, vụ việc phức tạp", 45),
    _settlement(rule_ids.COMPLAINT_REMOTE, "Giải quyết khiếu nại lần đầu, vùng sâu, vùng xa", 45),
    _settlement(
        rule_ids.COMPLAINT_REMOTE_COMPLEX,
        "Giải quyết khiếu nại lần đầu, vùng sâu, vùng xa, vụ việc phức tạp",
        60,
    ),
    Rule(
        rule_id=rule_ids.DENUNCIATION,
        term="Giải quyết tố cáo",
        days=30,
        unit=DayUnit.CALENDAR,
        start=Start.TAKEN_UP,
        article="Luật Tố cáo 2018, Điều 30",
        valid_from=LAW_ON_DENUNCIATIONS,
    ),
)
