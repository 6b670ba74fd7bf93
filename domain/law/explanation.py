"""A deadline in days and in words: "vì sao?" (giải thích thời hạn).

Dates here are day and month, as the pages write them; the year is in the deadline itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.law.calendar import MARKS, RESTING, SATURDAY, OffDay
from domain.law.deadlines import ONE_DAY, Deadline, Doubt, SkippedDay, days_after
from domain.law.terms import DayUnit
from domain.names import in_running_text

WEEKDAYS: Final = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")

CHECKED: Final = "Đã đối chiếu với văn bản gốc."
NOT_CHECKED: Final = "Quy định này chưa được đối chiếu với văn bản gốc."
DOUBTS: Final = {
    Doubt.YEAR_NOT_ANNOUNCED: "Tạm tính: lịch nghỉ lễ của năm đến hạn chưa được công bố.",
    Doubt.DAY_NOT_VERIFIED: "Tạm tính: có ngày nghỉ trong khoảng này chưa đối chiếu văn bản.",
    Doubt.RESTS: "Tạm tính: vụ việc đang tạm đình chỉ, hạn lùi theo ngày tiếp tục giải quyết.",
}


@dataclass(frozen=True, slots=True)
class StripDay:
    """A cell of the day strip: what this day did to the count (ô ngày).

    ``counted`` is how many days have run by its end; ``why`` says why it did not count.
    """

    day: date
    counted: int
    of: int
    why: OffDay | None

    @property
    def below(self) -> str:
        """The small line of the cell: ``3/10``, or ``lễ``, ``bù``, ``T7``, ``CN``."""
        return f"{self.counted}/{self.of}" if self.why is None else MARKS[self.why]


def day_strip(deadline: Deadline) -> tuple[StripDay, ...]:
    """Every day from the start to the due day, both included (dải ngày)."""
    skipped = {skip.day: skip.why for skip in deadline.skipped}
    counted, total = 0, deadline.days
    strip = [StripDay(deadline.start, counted, total, None)]
    for day in days_after(deadline.start, deadline.due):
        counted += day not in skipped
        strip.append(StripDay(day, counted, total, skipped.get(day)))
    return tuple(strip)


def sentence(deadline: Deadline) -> str:
    """The deadline in one sentence: date, rule, article, start."""
    rule = deadline.rule
    when = f"{weekday(deadline.due)} {deadline.due:%d/%m/%Y}"
    if deadline.rests:
        when = f"Đang tạm đình chỉ; nếu tiếp tục hôm nay thì {in_running_text(when)}"
    more = f", gia hạn {deadline.days - rule.days} ngày" if deadline.lengthened else ""
    return (
        f"{when}: {rule.days} {rule.unit.term}{more} "
        f"từ {rule.starts} {deadline.start:%d/%m/%Y} ({rule.article})."
    )


def reasons(deadline: Deadline) -> tuple[str, ...]:
    """Sentence by sentence: rule, start, days skipped and why, extension and suspension."""
    rule = deadline.rule
    return (
        f"Quy định: {rule.days} {rule.unit.term} từ {rule.starts}. {rule.article}.",
        CHECKED if rule.verified else NOT_CHECKED,
        f"Bắt đầu: {deadline.start:%d/%m/%Y} ({rule.starts}, không tính).",
        _skips(deadline),
        *_worked_weekends(deadline),
        *_moved(deadline),
        *(DOUBTS[doubt] for doubt in deadline.doubts),
    )


def _moved(deadline: Deadline) -> Iterable[str]:
    """What lengthened the limit and what stopped it, or that nothing did."""
    if not deadline.lengthened and not deadline.pauses:
        yield "Gia hạn: không. Tạm dừng: không."
        return
    for each in deadline.lengthened:
        yield (
            f"Gia hạn thêm {each.days} ngày theo quyết định ngày {each.decided_on:%d/%m/%Y}. "
            f"{each.article}."
        )
    for pause in deadline.pauses:
        until = "nay" if pause.open else f"ngày {pause.until:%d/%m/%Y}"
        if pause.why is OffDay.OBSTACLE:
            yield (
                f"Trở ngại khách quan từ ngày {pause.since + ONE_DAY:%d/%m/%Y} đến {until}: "
                f"{pause.days} ngày không tính vào thời hiệu."
            )
            continue
        yield (
            f"Tạm đình chỉ từ ngày {pause.since:%d/%m/%Y} đến {until}: "
            f"{pause.days} ngày không tính vào thời hạn."
        )


def weekday(day: date) -> str:
    """The Vietnamese name of a day of the week: ``Thứ Sáu``, ``Chủ nhật``."""
    return f"Thứ {WEEKDAYS[day.weekday()]}" if day.weekday() <= SATURDAY else "Chủ nhật"


def _skips(deadline: Deadline) -> str:
    if deadline.rule.unit is DayUnit.CALENDAR:
        return "Tính cả ngày nghỉ, ngày lễ."
    free = [skip for skip in deadline.skipped if skip.why not in RESTING]
    if not free:
        return "Không có ngày nghỉ nào ở giữa."
    by_reason: dict[str, list[date]] = {}
    for skip in free:
        by_reason.setdefault(_reason(skip), []).append(skip.day)
    told = "; ".join(f"{_listed(days)} {reason}" for reason, days in by_reason.items())
    return f"Bỏ qua {len(free)} ngày: {told}."


def _reason(skip: SkippedDay) -> str:
    match skip.why:
        case OffDay.HOLIDAY:
            return "nghỉ lễ"
        case OffDay.MADE_UP:
            return "nghỉ bù ngày lễ"
        case OffDay.SWAPPED:
            return f"nghỉ hoán đổi{_made_up_on(skip)}"
        case OffDay.CLOSED:
            name = "" if skip.entry is None else f" ({in_running_text(skip.entry.name)})"
            return f"cơ quan đóng cửa{name}"
        case OffDay.SATURDAY | OffDay.SUNDAY:
            return "cuối tuần"
        case OffDay.SUSPENDED:
            return "tạm đình chỉ"
        case OffDay.OBSTACLE:
            return "trở ngại khách quan"


def _made_up_on(skip: SkippedDay) -> str:
    if skip.entry is None or skip.entry.worked_on is None:
        return ""
    done = "đã làm bù" if skip.entry.worked_on < skip.day else "làm bù"
    return f", {done} {skip.entry.worked_on:%d/%m}"


def _worked_weekends(deadline: Deadline) -> Iterable[str]:
    if deadline.rule.unit is DayUnit.CALENDAR:
        return
    skipped = {skip.day for skip in deadline.skipped}
    for day in days_after(deadline.start, deadline.due):
        if day.weekday() >= SATURDAY and day not in skipped:
            yield f"Tính cả {in_running_text(weekday(day))} {day:%d/%m}: ngày làm bù."


def _listed(days: Sequence[date]) -> str:
    """``03–04/05 và 10–11/05``: neighbouring days of a month together."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == ONE_DAY and day.month == runs[-1][-1].month:
            runs[-1].append(day)
        else:
            runs.append([day])
    spans = [_span(run) for run in runs]
    return spans[0] if len(spans) == 1 else f"{', '.join(spans[:-1])} và {spans[-1]}"


def _span(run: Sequence[date]) -> str:
    if len(run) == 1:
        return f"{run[0]:%d/%m}"
    return f"{run[0]:%d}–{run[-1]:%d/%m}"
