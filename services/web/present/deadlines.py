"""A deadline that explains itself (hạn, vì sao)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from domain.events.base import OfficeEvent
from domain.law.calendar import Calendar
from domain.law.clocks import Clock, Whose
from domain.law.deadlines import Deadline
from domain.law.explanation import day_strip, reasons, sentence
from domain.law.law import Law
from domain.law.told_clocks import standing, what_moves_it
from services.explained import WAITING, Days, Explained
from services.explaining import explained
from services.web import formats
from services.web.models import DueChip, Link, Why, WhyDay
from services.web.models.file import OffLine
from services.web.present.frame import Seat
from services.web.present.law import ADDRESS
from services.web.present.subjects import PATHS
from services.web.present.words import due_chip

REVIEWS: Final = "/xem-lai"
"""Of the list of ended files that wait for a head's look."""

LONGEST_STRIP: Final = 31
"""Days of a strip that is still read; a longer limit is told in words alone."""

SLUG: Final = "thoi-han"
"""Of the page with every clock of a file, after the file's own address."""

RESTS: Final = DueChip("paused", "Đang tạm đình chỉ")


def why(limit: Deadline, today: date, calendar: Calendar) -> Why:
    """A limit with every day on the way."""
    return Why(
        title=limit.rule.term,
        due=due_chip(limit.due, today, calendar) or DueChip("later", ""),
        words=sentence(limit),
        question=f"Vì sao {limit.due:%d/%m}?",
        days=_strip(limit, today),
        reasons=reasons(limit),
        off=tuple(_off(limit)),
        rule=_rule(limit),
    )


def _rule(limit: Deadline, known: date | None = None) -> Link:
    """The rule in the rulebook, as it is on the day the limit begins."""
    days = {"ngay": limit.start, "biet": known}
    asked = urlencode({name: formats.day(day) for name, day in days.items() if day is not None})
    return Link("Xem quy định", f"{ADDRESS}/{limit.rule.rule_id}?{asked}")


def clocks_of(subject: UUID, facts: Sequence[OfficeEvent], law: Law, seat: Seat) -> tuple[Why, ...]:
    """Every clock of a file as it is today."""
    told = explained(subject, facts, law, Days(seat.today, seat.today, named=False))
    return () if told is None else whys(told, law)


def explained_at(here: str, chip: DueChip | None) -> DueChip | None:
    """A mark with the way to how its day came about. ``here`` is the address of the file."""
    return None if chip is None else replace(chip, why=f"{here}/{SLUG}")


def all_clocks(here: str) -> Link:
    """Where every clock of a file is told, of any day."""
    return Link("Mọi thời hạn, xem tại ngày khác", f"{here}/{SLUG}")


def whys(told: Explained, law: Law, *, reviewer: bool = False) -> tuple[Why, ...]:
    """Every clock of a file: first and open the earliest that runs against its office.

    ``reviewer``: who finds the questions about its results in the list of reviews.
    """
    calendar = law.calendar_of(told.file.office, told.file.unit)
    first = next(filter(_presses, told.clocks), None)
    ordered = told.clocks if first is None else (
        first, *(clock for clock in told.clocks if clock is not first)
    )  # fmt: skip
    return tuple(
        replace(
            _clock(told, clock, calendar),
            open=clock is first,
            links=tuple(_elsewhere(told, clock, reviewer=reviewer)),
        )
        for clock in ordered
    )


def _elsewhere(told: Explained, clock: Clock, *, reviewer: bool) -> Iterator[Link]:
    """Where what is known now gives another day: the day by that, and the question about it."""
    if clock.name not in told.turned:
        return
    yield Link("Xem theo thông tin ghi đến nay", told_at(told, told.days.known))
    if reviewer and told.reviews.get(clock.name) == WAITING:
        yield Link("Mở câu hỏi xem lại", f"{REVIEWS}#{review_id(told.subject, clock.name)}")


def told_at(told: Explained, known: date) -> str:
    """The clocks of the same file and day, as known on another."""
    asked = urlencode({"ngay": formats.day(told.asked_on), "biet": formats.day(known)})
    return f"{PATHS[told.sort]}/{told.subject}/{SLUG}?{asked}"


def review_id(subject: UUID, clock: str) -> str:
    """Where a question stands in the list of reviews."""
    return f"xem-lai-{subject}-{clock.replace('.', '-')}"


def _presses(clock: Clock) -> bool:
    """Whether the office that answers for the file is late when nothing happens."""
    return clock.runs and clock.watched and clock.whose is Whose.OFFICE


def _clock(told: Explained, clock: Clock, calendar: Calendar) -> Why:
    """A clock as of the day asked, with what would move it."""
    limit, due = clock.deadline, told.due_of(clock)
    ours = clock.whose is Whose.OFFICE
    silent = () if clock.watched and ours else (standing(clock, told.asked_on),)
    plain = why(limit, told.asked_on, calendar)
    return replace(
        plain,
        due=_chip(clock, due, told.asked_on, calendar),
        question=f"Vì sao {due:%d/%m}?",
        reasons=(*plain.reasons, *told.notes(clock), *silent),
        changes=what_moves_it(clock),
        rule=_rule(limit, told.known_of(clock)),
    )


def _chip(clock: Clock, due: date, asked_on: date, calendar: Calendar) -> DueChip:
    if clock.met_on is not None:
        late = (clock.met_on - due).days
        words = f"Xong {clock.met_on:%d/%m/%Y}" + (f", muộn {late} ngày" if late > 0 else "")
        return DueChip("later", words)
    if clock.deadline.rests:
        return RESTS
    if not clock.watched or clock.whose is not Whose.OFFICE:
        return DueChip("later", f"Đến {due:%d/%m/%Y}")
    return due_chip(due, asked_on, calendar) or DueChip("later", "")


def _strip(limit: Deadline, today: date) -> tuple[WhyDay, ...]:
    """Day by day, as long as that can be read."""
    if (limit.due - limit.start).days >= LONGEST_STRIP:
        return ()
    return tuple(
        WhyDay(
            f"{day.day.day}/{day.day.month}"
            if index == 0 or day.day.day == 1
            else f"{day.day.day}",
            day.below,
            skipped=day.why is not None,
            today=day.day == today,
            last=day.day == limit.due,
        )
        for index, day in enumerate(day_strip(limit))
    )


def _off(limit: Deadline) -> Iterator[OffLine]:
    """The skipped days that a notice made free, each with what says so."""
    for skip in limit.skipped:
        if skip.entry is not None:
            source = skip.entry.source or "Chưa có số văn bản"
            checked = "" if skip.entry.verified else " (chưa đối chiếu văn bản)"
            yield OffLine(f"{skip.day:%d/%m/%Y}", skip.entry.name, f"{source}{checked}")
