"""Words for moments, durations, deadlines and names, as the pages say them."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.codes import LABELS
from domain.days import VIETNAM
from domain.directory import Directory
from domain.law.calendar import Calendar
from domain.law.deadlines import working_days_left
from domain.units import COMMITTEE, RECEPTION_BOARD
from services.web import formats
from services.web.models import Ago, DueChip

NEAR: Final = 3
"""Working days up to which a due day is drawn as near (look/README.md, due chip)."""
CODE_LABELS: Final = {str(code): words for code, words in LABELS.items()}
HEADS: Final = {COMMITTEE: "Chủ tịch", RECEPTION_BOARD: "Trưởng"}
"""The title of the head of an office, which stands before its name."""
ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng: the marks that are no letter of their own."""
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of units and offices as of a day; one that has ended bears its last name.

    An id that was never known is shown as it is.
    """

    directory: Directory
    on: date

    def office(self, office_id: str | None) -> str:
        """An office's name, "" for none."""
        if office_id is None:
            return ""
        found = self.directory.find_office(office_id, self.on)
        last = (found,) if found else self.directory.offices.of(office_id)[-1:]
        return last[0].name if last else office_id

    def head(self, office_id: str | None) -> str:
        """Who must act for an office: by law a person, ``Chủ tịch UBND huyện Lục Nam``."""
        if office_id is None:
            return ""
        found = self.directory.find_office(office_id, self.on)
        last = (found,) if found else self.directory.offices.of(office_id)[-1:]
        if not last:
            return office_id
        return f"{HEADS.get(last[0].type, 'Người đứng đầu')} {last[0].name}"

    def unit(self, unit_id: str) -> str:
        """A unit's name."""
        found = self.directory.find_unit(unit_id, self.on)
        last = (found,) if found else self.directory.units.of(unit_id)[-1:]
        return last[0].name if last else unit_id

    def code(self, unit_id: str) -> str:
        """A unit's code, by which the grid knows it."""
        found = self.directory.find_unit(unit_id, self.on)
        return unit_id if found is None else found.code

    def superior(self, office_id: str) -> str:
        """The name of the office above, "" when there is none."""
        found = self.directory.find_office(office_id, self.on)
        return "" if found is None else self.office(found.superior)


def alphabet_key(name: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The place of a name in a Vietnamese list: letters first (a, ă, â, b), then tones."""
    letters: list[str] = []
    tones: list[str] = []
    for sign in unicodedata.normalize("NFD", name.casefold()):
        if sign in TONES:
            tones.append(f"{len(letters):03d}{sign}")
        elif unicodedata.combining(sign) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + sign)
        else:
            letters.append(sign)
    return tuple(ALPHABET.find(each) for each in letters), tuple(tones)


def local(moment: datetime) -> datetime:
    """The moment by Vietnam's clock."""
    return moment.astimezone(VIETNAM)


def moment_words(moment: datetime, today: date) -> str:
    """``14:20`` today, ``13/05 16:40`` on another day of the year, with its year in another."""
    there = local(moment)
    clock = formats.clock(there)
    return clock if there.date() == today else f"{day_words(there.date(), today)} {clock}"


def day_words(day: date, today: date) -> str:
    """``13/05`` of this year, ``13/05/2025`` of another."""
    return formats.day_and_month(day) if day.year == today.year else formats.day(day)


def duration(span: timedelta) -> str:
    """``12 phút``, ``1 giờ 05 phút``, ``3 ngày``."""
    minutes = max(0, int(span.total_seconds()) // 60)
    if span >= DAY:
        return f"{span.days} ngày"
    if span >= HOUR:
        return f"{minutes // 60} giờ {minutes % 60:02d} phút"
    return f"{minutes} phút"


def ago(moment: datetime, now: datetime, verb: str, *, clock: bool = False) -> Ago:
    """How long since something, and when: ``12 phút từ khi báo`` and ``báo lúc 14:20``."""
    at = moment_words(moment, local(now).date())
    after = f" từ khi {verb}, {at}" if clock else f" từ khi {verb}"
    return Ago(duration(now - moment), f"{verb} lúc {at}", after)


def due_chip(due: date | None, today: date, calendar: Calendar) -> DueChip | None:
    """A deadline as a mark; None where none runs."""
    if due is None:
        return None
    if due < today:
        return DueChip("overdue", f"Quá hạn {(today - due).days} ngày")
    if due == today:
        return DueChip("today", "Hạn hôm nay")
    left = working_days_left(today, due, calendar)
    return DueChip("soon" if left <= NEAR else "later", f"Còn {left} ngày làm việc")


def reply_chip(due: date, today: date, calendar: Calendar) -> DueChip:
    """The deadline of an offer's answer."""
    if due == today:
        return DueChip("today", "Nhận trong hôm nay")
    if due < today:
        return DueChip("overdue", f"Quá hạn nhận {(today - due).days} ngày")
    left = working_days_left(today, due, calendar)
    return DueChip("soon" if left <= 1 else "later", f"Còn {left} ngày làm việc")


def oldest_chip(count: int, oldest: date | None, today: date, *, late: bool) -> DueChip:
    """``2, lâu nhất 6 ngày``: how many, and for how long the oldest."""
    days = 0 if oldest is None else (today - oldest).days
    return DueChip("overdue" if late else "today", f"{count}, lâu nhất {days} ngày")


def label(code: str | None) -> str:
    """The Vietnamese term of a stored code."""
    return "" if code is None else CODE_LABELS.get(str(code), str(code))


def people(low: int, high: int) -> str:
    """``40–50 người``."""
    return f"{low} người" if low == high else f"{low}–{high} người"
