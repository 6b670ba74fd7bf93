"""A deadline that explains itself (hạn, vì sao)."""

from datetime import date

from domain.law.calendar import Calendar
from domain.law.deadlines import Deadline
from domain.law.explanation import day_strip, reasons, sentence
from services.web.models import DueChip, Why, WhyDay
from services.web.present.words import due_chip

LONGEST_STRIP = 31
"""Days of a strip that is still read; a longer limit is told in words alone."""


def why(
    limit: Deadline, today: date, calendar: Calendar, *, done: date | None = None,
    title: str = "", open_: bool = False,
) -> Why:  # fmt: skip
    """A limit with every day on the way; ``done`` is the day on which it was met."""
    chip = due_chip(limit.due, today, calendar) or DueChip("later", "")
    if done is not None:
        late = (done - limit.due).days
        words = f"Xong {done:%d/%m/%Y}" + (f", muộn {late} ngày" if late > 0 else "")
        chip = DueChip("later", words)
    strip = day_strip(limit)
    return Why(
        title=title or limit.rule.term,
        due=chip,
        words=sentence(limit),
        question=f"Vì sao {limit.due:%d/%m}?",
        days=tuple(
            WhyDay(
                f"{day.day.day}/{day.day.month}"
                if index == 0 or day.day.day == 1
                else f"{day.day.day}",
                day.below,
                skipped=day.why is not None,
                today=day.day == today,
                last=day.day == limit.due,
            )
            for index, day in enumerate(strip)
        )
        if len(strip) <= LONGEST_STRIP
        else (),
        reasons=reasons(limit),
        open=open_,
    )
