"""From a sent form to the body the API takes, or to what is wrong and where.

Names say the place (`texts.note`, `count.low`), the widget says the type: a count becomes a whole
number, a day dd/mm/yyyy an ISO day, a moment an ISO moment of Vietnam, a box true or false. Empty
answers are left out. What the field means is checked where it always is: by the body and the
domain.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from services.web.acts.base import NEXT, OCCURRED, Draft
from services.web.models.acts import Section, Widget

VIETNAM: Final = timezone(timedelta(hours=7))
DAY: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})", re.ASCII)
CLOCK: Final = re.compile(r"(\d{1,2})[:hg](\d{2})", re.ASCII)
COUNT: Final = re.compile(r"\d{1,7}", re.ASCII)
CENTURY: Final = 2000
NO_DAY: Final = "Ghi ngày theo ngày/tháng/năm, ví dụ 20/05/2025."
NO_MOMENT: Final = "Ghi ngày và giờ, ví dụ 12/05/2025 09:15."
NO_COUNT: Final = "Ghi một số, ví dụ 12."
MISSING: Final = "Chưa trả lời ô này."


@dataclass(frozen=True, slots=True)
class Read:
    """The body, as JSON would hold it, and the mistakes by field name."""

    body: dict[str, Any]
    errors: dict[str, str]


def read(sections: tuple[Section, ...], draft: Draft, today: date) -> Read:
    """Everything typed, as a body. `today` is what "hôm nay" means."""
    body: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for question in (each for section in sections for each in section.questions):
        name, typed = question.field.name, draft.values.get(question.field.name, "").strip()
        if name == NEXT:
            continue
        if not typed and question.widget != "check":
            if question.field.required:
                errors[name] = MISSING
            continue
        _put(body, errors, name, _value(question.widget, typed, today))
    moment = draft.values.get(OCCURRED, "").strip()
    if moment:
        _put(body, errors, OCCURRED, _value("moment", moment, today))
    return Read(body, errors)


def field_of(pointer: str) -> str:
    """The field that an API error points at: `#/texts/note` is `texts.note`."""
    return pointer.removeprefix("#").strip("/").replace("/", ".")


def read_day(typed: str, today: date) -> date | None:
    """5/2/26, 05-02-2026 and hôm nay; None when it is no day."""
    if typed.casefold() == "hôm nay":
        return today
    found = DAY.fullmatch(typed)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year if len(found[3]) == 4 else CENTURY + year, month, day)
    except ValueError:
        return None


def read_moment(typed: str, today: date) -> datetime | None:
    """12/05/2025 09:15, hôm nay 9h15, and 9h15 alone for today; None when it is no moment."""
    words, _, clock = typed.rpartition(" ")
    on, time = read_day(words.strip() or "hôm nay", today), CLOCK.fullmatch(clock.strip())
    if on is None or time is None:
        return None
    hour, minute = int(time[1]), int(time[2])
    try:
        return datetime(on.year, on.month, on.day, hour, minute, tzinfo=VIETNAM)
    except ValueError:
        return None


class _Wrong(str):
    """What is wrong with an answer."""

    __slots__ = ()


def _value(widget: Widget, typed: str, today: date) -> Any:
    match widget:
        case "check":
            return bool(typed)
        case "count":
            return int(typed) if COUNT.fullmatch(typed) else _Wrong(NO_COUNT)
        case "day":
            on = read_day(typed, today)
            return on.isoformat() if on else _Wrong(NO_DAY)
        case "moment":
            at = read_moment(typed, today)
            return at.isoformat() if at else _Wrong(NO_MOMENT)
        case _:
            return typed


def _put(body: dict[str, Any], errors: dict[str, str], name: str, value: Any) -> None:
    """At its place in the body, or among the mistakes."""
    if isinstance(value, _Wrong):
        errors[name] = str(value)
        return
    *parents, last = name.split(".")
    here = body
    for parent in parents:
        here = here.setdefault(parent, {})
    here[last] = value
