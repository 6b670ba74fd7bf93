"""A file's clocks for people and programs: sentences and plain data (diễn giải thời hạn)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from domain.law.clocks import Clock, Happening, Scope, Whose
from domain.law.explanation import reasons, sentence

SCOPES: Final = {Scope.TOTAL: "Tổng thời gian", Scope.STAGE: "Từng bước"}

HAPPENINGS: Final = {
    Happening.MARKED_COMPLEX: "Nếu ghi nhận vụ việc phức tạp",
    Happening.MARKED_REMOTE: "Nếu thuộc vùng sâu, vùng xa",
    Happening.CHECK_WIDENED: "Nếu phải kiểm tra ở nhiều nơi hoặc ủy quyền",
    Happening.EXTENDED: "Nếu ra quyết định gia hạn hôm nay",
    Happening.SUSPENDED: "Nếu tạm đình chỉ",
    Happening.CONTINUED_LATER: "Nếu chưa tiếp tục giải quyết",
    Happening.DAY_OFF_ADDED: "Nếu công bố thêm một ngày nghỉ trước hạn",
}


def title(clock: Clock) -> str:
    """What a clock is called: its rule's term."""
    return clock.deadline.rule.term


def standing(clock: Clock, asked_on: date) -> str:
    """Whether it runs, rests, was met or is late, as of a day."""
    late = clock.is_late_on(asked_on)
    if clock.whose is Whose.CITIZEN:
        return _of_the_citizen(clock, late=late)
    if clock.whose is Whose.SUPERIOR and clock.runs:
        return "Quá hạn, việc của cấp trên." if late else "Đang chạy, việc của cấp trên."
    if clock.met_on is not None:
        return f"Đã thực hiện {clock.met_on:%d/%m/%Y}{', muộn' if late else ''}."
    if clock.deadline.rests:
        return "Đang tạm đình chỉ."
    if not clock.watched:
        return "Hệ thống chưa ghi nhận việc này, cơ quan tự theo dõi."
    return "Quá hạn." if late else "Đang chạy."


def _of_the_citizen(clock: Clock, *, late: bool) -> str:
    """Whether a complaint came in time, or until when it may come."""
    if clock.met_on is None:
        return "Thời hạn của công dân."
    return f"Nộp ngày {clock.met_on:%d/%m/%Y}, {'quá thời hiệu' if late else 'còn thời hiệu'}."


def what_moves_it(clock: Clock) -> tuple[str, ...]:
    """Sentence by sentence, what would change the due day."""
    return tuple(_what_if(each.happening, each.due) for each in clock.what_ifs)


def _what_if(happening: Happening, due: date | None) -> str:
    if due is not None:
        return f"{HAPPENINGS[happening]}: hạn là {due:%d/%m/%Y}."
    if happening is Happening.CONTINUED_LATER:
        return f"{HAPPENINGS[happening]}: mỗi ngày lùi hạn thêm một ngày."
    return f"{HAPPENINGS[happening]}: thời gian tạm đình chỉ không tính vào thời hạn."


def told(clock: Clock, asked_on: date) -> tuple[str, ...]:
    """Everything about a clock: result, standing, how it came about, what would change it."""
    return (
        sentence(clock.deadline),
        standing(clock, asked_on),
        *reasons(clock.deadline),
        *what_moves_it(clock),
    )


def as_data(clock: Clock, asked_on: date) -> Mapping[str, Any]:
    """The same as plain values; days are ISO."""
    limit = clock.deadline
    return {
        "clock": clock.name,
        "scope": clock.scope.value,
        "whose": clock.whose.value,
        "term": title(clock),
        "due": limit.due.isoformat(),
        "met_on": _iso(clock.met_on),
        "late": clock.is_late_on(asked_on),
        "watched": clock.watched,
        "rests": limit.rests,
        "provisional": [doubt.value for doubt in limit.doubts],
        "rule": {
            "id": limit.rule.rule_id,
            "article": limit.rule.article,
            "days": limit.rule.days,
            "unit": limit.rule.unit.value,
            "verified": limit.rule.verified,
        },
        "start": limit.start.isoformat(),
        "skipped": [
            {
                "day": skip.day.isoformat(),
                "why": skip.why.value,
                "name": None if skip.entry is None else skip.entry.name,
                "basis": None if skip.entry is None else skip.entry.source,
            }
            for skip in limit.skipped
        ],
        "extensions": [
            {"decided_on": each.decided_on.isoformat(), "days": each.days, "article": each.article}
            for each in limit.lengthened
        ],
        "suspensions": [
            {
                "from": pause.since.isoformat(),
                "until": None if pause.open else pause.until.isoformat(),
                "days": pause.days,
                "why": pause.why.value,
            }
            for pause in limit.pauses
        ],
        "would_change": [
            {"if": each.happening.value, "due": _iso(each.due)} for each in clock.what_ifs
        ],
        "told": list(told(clock, asked_on)),
    }


def all_as_data(clocks: Iterable[Clock], asked_on: date) -> list[Mapping[str, Any]]:
    """Every clock, in the order given."""
    return [as_data(clock, asked_on) for clock in clocks]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
